"""Pages about one app: the form that asks for it, its making, its files, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from generation import control, services
from generation.downloads import zip_response
from generation.engines.changing import EXAMPLES
from generation.engines.llm.alone import warning_of
from generation.errors import EngineNotReady, GenerationError
from generation.file_tree import tree_of
from generation.forms import NewAppForm, initial_of
from generation.models import AgentJob, Log, LogLevel
from generation.pipeline.config import config_of, is_model_only, result_of
from generation.pipeline.ending import tally_of
from generation.pipeline.line import place_of
from generation.pipeline.transitions import newest_run
from generation.plan_graph import draw_plan
from generation.presentation import (
    elapsed_of,
    highlighted,
    job_usage,
    stages_of,
    step_usage,
    usual_duration,
)
from generation.workspace.conflicts import open_conflicts
from memory.services import recall_spec
from projects.examples import example_spec
from projects.models import Project, ProjectFile
from projects.spec.models import FeatureSpec, FeatureState
from projects.views import signed_in

LOG_LINES = 200
MOST_STEPS = 150  # that a page shows at once when nothing runs
LEVELS = tuple(LogLevel)
SUGGESTIONS = (
    "User login/signup",
    "Dashboard view",
    "Task CRUD",
    "Create/Edit/Delete notes",
    "List notes by user",
)


def own_project(request: HttpRequest, project_id: UUID) -> Project:
    """Return a project that the request's user may open; to others it does not exist."""
    return get_object_or_404(Project.objects.visible_to(request.user), pk=project_id)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take the words of a new app; start from nothing, from an example or from the last one."""
    if request.method == "POST":
        form = NewAppForm(request.POST)
        if form.is_valid():
            try:
                project = services.submit_project(
                    owner=signed_in(request),
                    request=form.app,
                    options=form.run,
                    start=not form.cleaned_data["design_first"],
                )
            except EngineNotReady as error:
                form.add_error("engine", error.message)
                return _new_page(request, form)
            if form.cleaned_data["design_first"]:
                return redirect("generation:design", project.pk)
            return redirect(project)
        return _new_page(request, form)
    return _new_page(request, NewAppForm(initial=_initial(request)))


def _new_page(request: HttpRequest, form: NewAppForm) -> HttpResponse:
    context = {"form": form, "suggestions": SUGGESTIONS}
    return render(request, "generation/new.html", context)


def _initial(request: HttpRequest) -> dict[str, Any]:
    if "recall" in request.GET:
        spec = recall_spec(signed_in(request))
        if spec is None:
            messages.info(request, "There is no app to recall yet. Describe your first one.")
        return initial_of(spec) if spec else {}
    spec = example_spec(request.GET.get("example", ""))
    return initial_of(spec) if spec else {}


def _overview(request: HttpRequest, project: Project) -> dict[str, Any]:
    job = newest_run(project)
    sums = project.files.aggregate(size=Sum("size"))
    return {
        "project": project,
        "job": job,
        "tally": tally_of(job.pk) if job else None,
        "queue_place": place_of(job) if job else None,
        "elapsed": elapsed_of(job),
        "used": job_usage(job),
        "usual": usual_duration(signed_in(request)) if project.is_running else None,
        "file_count": project.files.count(),
        "conflict_count": open_conflicts(project).count(),
        "total_size": sums["size"],
    }


def _steps(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Return the steps; those of a long run that is over are fetched when a stage is opened."""
    job = newest_run(project)
    stages = stages_of(job)
    is_long = sum(len(stage.steps) for stage in stages) > MOST_STEPS
    return {
        "project": project,
        "stages": stages,
        "step_usage": step_usage(job),
        "folded": is_long and not project.is_running and request.GET.get("steps") != "all",
        "all_steps": f"{reverse('generation:part', args=[project.pk, 'steps'])}?steps=all",
    }


def _graph(_request: HttpRequest, project: Project) -> dict[str, Any]:
    stages = stages_of(newest_run(project))
    return {"project": project, "stages": stages, "graph": draw_plan(stages)}


def _files(request: HttpRequest, project: Project, shown: str = "") -> dict[str, Any]:
    files = list(project.files.only("project", "path", "size").order_by("path"))
    names = {file.path for file in files}
    default = "README.md" if "README.md" in names else ""
    return {
        "project": project,
        "tree": tree_of(files, shown, request.GET.getlist("open")),
        "file_count": len(files),
        "shown": shown,
        "default": default,
    }


def _outcome(feature: FeatureSpec) -> str:
    """Return in words what a feature lacks; nothing where it is done."""
    if feature.state is FeatureState.UNPLACED:
        return "Not placed."
    return "In part." if feature.reason else ""


def _asked(_request: HttpRequest, project: Project) -> dict[str, Any]:
    job = newest_run(project)
    spec = config_of(job).spec if job else None
    told = {f.text: (_outcome(f), f.reason or "") for f in spec.features} if spec else {}
    result = result_of(job) if job else None
    by_model = dict.fromkeys(result.by_model if result else (), ("Added by the model.", ""))
    told |= by_model
    features = [(text, *told.get(text, ("", ""))) for text in project.features]
    others = [(text, *rest) for text, rest in told.items() if text not in project.features]
    return {
        "project": project,
        "features": features,
        "others": others,
        "unplaced": len([f for f in spec.unplaced if f.text not in by_model]) if spec else 0,
        "left_out": result.left_out if result else (),
        "alone": warning_of(project.tech_stack) if is_model_only(project.tech_stack) else "",
        "questions_asked": config_of(job).clarify if job else None,
        "engine": config_of(job).engine if job else project.settings.get("engine", ""),
    }


PARTS: dict[str, Callable[[HttpRequest, Project], dict[str, Any]]] = {
    "overview": _overview,
    "steps": _steps,
    "graph": _graph,
    "files": _files,
    "request": _asked,
}


@never_cache
@login_required
@require_safe
def project_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a project: state, steps, log, files, and what was asked for."""
    project = own_project(request, project_id)
    # The number is read before the rows: what comes in between is sent again, nothing is missed.
    context = {"seq": project.event_seq, "wish_examples": EXAMPLES}
    context |= _overview(request, project)
    files = _files(request, project)
    shown = project.files.filter(path=files["default"]).first()
    steps = _steps(request, project)
    context |= {**steps, **_asked(request, project), **files}
    context["graph"] = draw_plan(steps["stages"])
    context |= {"shown": files["default"], **_log(request, project), **_file_view(shown)}
    return render(request, "generation/project.html", context)


def _log(request: HttpRequest, project: Project) -> dict[str, Any]:
    lines = Log.objects.filter(project=project).order_by("-log_id")
    total = lines.count()
    newest = list(lines if request.GET.get("lines") == "all" else lines[:LOG_LINES])
    floor = request.GET.get("level", "")
    return {
        "lines": newest[::-1],
        "lines_left_out": total - len(newest),
        "levels": LEVELS,
        "floor": floor if floor in LogLevel.values else LogLevel.DEBUG.value,
    }


def _file_view(file: ProjectFile | None) -> dict[str, Any]:
    return {"file": file, "highlighted": highlighted(file) if file else ""}


@never_cache
@login_required
@require_safe
def part(request: HttpRequest, project_id: UUID, name: str) -> HttpResponse:
    """Return one part of the project's page, for the script that keeps it true."""
    project = own_project(request, project_id)
    if name not in PARTS:
        raise Http404
    return render(request, f"generation/parts/{name}.html", PARTS[name](request, project))


@never_cache
@login_required
@require_safe
def file_page(request: HttpRequest, project_id: UUID, path: str) -> HttpResponse:
    """Show one file: the view alone to the script, a whole page to anybody else."""
    project = own_project(request, project_id)
    file = get_object_or_404(project.files, path=path)
    context = {"project": project, **_file_view(file)}
    if request.headers.get("HX-Request"):
        return render(request, "generation/file_view.html", context)
    context |= _files(request, project, path)
    return render(request, "generation/file.html", context)


@login_required
@require_safe
def download(request: HttpRequest, project_id: UUID, name: str) -> HttpResponseBase:  # noqa: ARG001
    """Send the project as a ZIP, of a job or edit when one is named; `name` is for people."""
    project = own_project(request, project_id)
    try:
        return zip_response(project, request.GET.get("moment", ""))
    except GenerationError as error:
        messages.error(request, error.message)
        return redirect(project)


def _action(act: Callable[..., AgentJob]) -> Callable[..., HttpResponse]:
    """Make a POST-only view that does one thing to a project and shows the page again."""

    @login_required
    @require_POST
    def view(request: HttpRequest, project_id: UUID) -> HttpResponse:
        project = own_project(request, project_id)
        try:
            act(project=project, by=signed_in(request))
        except GenerationError as error:
            messages.error(request, error.message)
        return redirect(project)

    return view


start = _action(services.start_project)
pause = _action(services.pause_project)
resume = _action(services.resume_project)
retry = _action(services.retry_project)
cancel = _action(services.cancel_project)
again = _action(services.generate_again)


@login_required
@require_POST
def retry_step(request: HttpRequest, project_id: UUID, step_id: UUID) -> HttpResponse:
    """Carry one step out again."""
    return _retry_step(request, own_project(request, project_id), step_id)


@login_required
@require_POST
def retry_from(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Carry the step that was chosen out again, and all that comes after it when that is wanted."""
    project = own_project(request, project_id)
    try:
        step_id = UUID(request.POST.get("step", ""))
    except ValueError as error:
        raise Http404 from error
    return _retry_step(request, project, step_id, onwards="onwards" in request.POST)


def _retry_step(
    request: HttpRequest, project: Project, step_id: UUID, *, onwards: bool = False
) -> HttpResponse:
    step = get_object_or_404(project.steps.filter(job__isnull=False), pk=step_id)
    try:
        control.retry_step(step=step, by=signed_in(request), onwards=onwards)
    except GenerationError as error:
        messages.error(request, error.message)
    return redirect(project)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Ask, naming what goes; a POST does it."""
    project = own_project(request, project_id)
    if request.method != "POST":
        return render(request, "generation/delete.html", _overview(request, project))
    services.delete_project(project=project, by=signed_in(request))
    messages.success(request, f"{project.project_name} is deleted.")
    return redirect("projects:list")
