"""Pages of an app's making: the form, the project's page, its files, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from generation import services
from generation.downloads import zip_response
from generation.errors import GenerationError
from generation.forms import NewAppForm
from generation.models import AgentJob, GenerationStep, Log, StepStatus
from generation.pipeline.ending import tally_of
from memory.services import recall_spec
from projects.models import Project, ProjectFile, User

LOG_LINES = 2000
HIGHLIGHT_LIMIT = 200_000
SUGGESTIONS = ("User login/signup", "Task CRUD", "Dashboard view", "Create/Edit/Delete notes")
EXAMPLES: dict[str, dict[str, Any]] = {
    "quicknotes": {
        "project_name": "QuickNotes",
        "description": "A simple notes app with user auth and note CRUD.",
        "features": ["User login/signup", "Task CRUD", "Dashboard view"],
        "tech_stack": "React + FastAPI + PostgreSQL",
        "styling": "Bootstrap",
    }
}
STAGES = (
    ("backend/tests/", "Back end tests"),
    ("backend/alembic/", "Migrations"),
    ("backend/", "Back end"),
    ("frontend/", "Front end"),
    ("", "Project"),
)


@dataclass
class Stage:
    """Steps shown together."""

    name: str
    steps: list[GenerationStep]

    @property
    def done(self) -> int:
        """Return how many are done."""
        return sum(step.status == StepStatus.SUCCESS for step in self.steps)

    @property
    def open(self) -> bool:
        """Whether something in it wants to be seen."""
        return any(step.status in {StepStatus.RUNNING, StepStatus.FAILED} for step in self.steps)


@dataclass
class Folder:
    """Files of one folder."""

    name: str
    files: list[ProjectFile] = field(default_factory=list)
    open: bool = False


def person(request: HttpRequest) -> User:
    """Return who asks; `login_required` lets nobody else through."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def own_project(request: HttpRequest, project_id: UUID) -> Project:
    """Return a project of the person; somebody else's is not there."""
    return get_object_or_404(Project.objects.visible_to(request.user), project_id=project_id)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take the description of a new app."""
    if request.method == "POST":
        form = NewAppForm(request.POST)
        if form.is_valid():
            project = services.submit_project(
                owner=person(request), request=form.app, engine=form.cleaned_data["engine"]
            )
            return redirect(project)
    else:
        form = NewAppForm(initial=_initial(request))
    status = 200 if not form.errors else 422
    context = {"form": form, "suggestions": SUGGESTIONS}
    return render(request, "generation/new.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Return what the form begins with: nothing, an example, or the last spec."""
    spec = EXAMPLES.get(request.GET.get("example", ""))
    if request.GET.get("recall"):
        spec = recall_spec(person(request))
        if spec is None:
            messages.info(request, "You have not submitted an app yet.")
    return {**spec, "features": "\n".join(spec["features"])} if spec else {}


@login_required
@require_GET
def project_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project: progress, steps, log, files."""
    project = own_project(request, project_id)
    job = AgentJob.objects.filter(project=project).order_by("-created_at", "-id").first()
    # The number is read before the rows: what comes in between is sent again, not lost.
    context = {"project": project, "seq": project.event_seq, "job": job}
    steps = GenerationStep.objects.filter(job=job).order_by("sequence_order") if job else []
    newest = Log.objects.filter(project=project).order_by("-log_id")[:LOG_LINES]
    context |= {
        "stages": _stages(list(steps)),
        "tally": tally_of(job.pk) if job else {"total": 0, "done": 0},
        "elapsed": _elapsed(job),
        "logs": reversed(newest),
        "unplaced": ((job.result or {}).get("unplaced", []) if job else []),
        **_tree(project, None),
    }
    return render(request, "generation/project.html", context)


def _elapsed(job: AgentJob | None) -> timedelta | None:
    if job is None:
        return None
    return (job.completed_at or timezone.now()) - (job.started_at or job.created_at)


def _stage_of(step: GenerationStep) -> int:
    paths = (prefix for prefix, _ in STAGES)
    return next(i for i, prefix in enumerate(paths) if step.file_path.startswith(prefix))


def _stages(steps: list[GenerationStep]) -> list[Stage]:
    order = {2: 0, 1: 1, 0: 2, 3: 3, 4: 4}
    steps.sort(key=lambda s: (order[_stage_of(s)], s.sequence_order))
    return [Stage(STAGES[i][1], list(group)) for i, group in groupby(steps, key=_stage_of)]


def _tree(project: Project, shown: ProjectFile | None) -> dict[str, Any]:
    """Return the files of a project by folder, the folder of `shown` open."""
    files = project.files.defer("content").order_by("path")
    folders: dict[str, Folder] = {}
    for file in files:
        path = PurePosixPath(file.path)
        name = "" if str(path.parent) == "." else str(path.parent)
        file.name = path.name  # type: ignore[attr-defined]
        folder = folders.setdefault(name, Folder(name, open=not name and shown is None))
        folder.files.append(file)
        folder.open = folder.open or (shown is not None and shown.path == file.path)
    return {"folders": [folders[name] for name in sorted(folders)], "files": files, "shown": shown}


@login_required
@require_GET
def file_page(request: HttpRequest, project_id: UUID, path: str) -> HttpResponse:
    """Show one file, highlighted."""
    project = own_project(request, project_id)
    shown = get_object_or_404(project.files, path=path)
    context = {"project": project, "highlighted": _highlighted(shown), **_tree(project, shown)}
    return render(request, "generation/file.html", context)


def _highlighted(file: ProjectFile) -> SafeString:
    text = file.content or ""
    try:
        lexer = get_lexer_for_filename(file.path) if len(text) < HIGHLIGHT_LIMIT else TextLexer()
    except ClassNotFound:
        lexer = TextLexer()
    # Pygments escapes the text; only its own tags are markup.
    return mark_safe(highlight(text, lexer, HtmlFormatter(cssclass="code")))  # noqa: S308


@login_required
@require_GET
def download(request: HttpRequest, project_id: UUID, name: str) -> HttpResponse:  # noqa: ARG001
    """Send the ZIP."""
    project = own_project(request, project_id)
    try:
        return zip_response(project)
    except GenerationError as error:
        messages.error(request, error.message)
        return redirect(project)


def _action(run: Callable[..., object]) -> Callable[..., HttpResponse]:
    """Return a view that does one thing with a project and shows it again."""

    @login_required
    @require_POST
    def view(request: HttpRequest, project_id: UUID) -> HttpResponse:
        project = own_project(request, project_id)
        try:
            run(project=project, by=person(request))
        except GenerationError as error:
            messages.error(request, error.message)
        return redirect(project)

    return view


start = _action(services.start_project)
retry = _action(services.retry_project)
cancel = _action(services.cancel_project)
again = _action(services.generate_again)


@login_required
@require_POST
def delete(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Delete a project."""
    project = own_project(request, project_id)
    services.delete_project(project=project, by=person(request))
    messages.info(request, f"{project.project_name} was deleted.")
    return redirect("projects:list")
