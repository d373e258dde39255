"""Pages of a project's code: the tree, the editor, what happened to the files, going back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from generation.errors import GenerationError
from generation.file_tree import tree_of
from generation.views import own_project
from generation.workspace import edits
from generation.workspace.conflicts import open_conflicts
from generation.workspace.errors import FileChanged
from generation.workspace.search import search_files
from projects.models import Project, ProjectFile
from projects.views import signed_in

DEFAULT_FILE = "README.md"


def code_address(project: Project, path: str = "", **query: str) -> str:
    """Return the address of the code page, of one file when a path is given."""
    name, args = ("generation:code-file", [path]) if path else ("generation:code", [])
    address = reverse(name, args=[project.pk, *args])
    return f"{address}?{urlencode(query)}" if query else address


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request: HttpRequest, project_id: UUID, path: str = "") -> HttpResponse:
    """Show the tree and one file in an editor; a POST saves it where no script does."""
    project = own_project(request, project_id)
    if "\x00" in path:
        raise Http404
    if request.method == "POST":
        return _save(request, project, path)
    if not path and project.files.filter(path=DEFAULT_FILE).exists() and "q" not in request.GET:
        path = DEFAULT_FILE
    file = get_object_or_404(project.files, path=path) if path else None
    return render(request, "generation/code.html", _context(request, project, file))


def _context(request: HttpRequest, project: Project, file: ProjectFile | None) -> dict[str, Any]:
    files = list(project.files.only("project", "path", "size").order_by("path"))
    words = request.GET.get("q", "").strip()
    return {
        "project": project,
        "place": "code",
        "file": file,
        "text": file.content or "" if file else "",
        "seq": project.event_seq,
        "tree": tree_of(files, file.path if file else "", request.GET.getlist("open")),
        "file_count": len(files),
        "conflict_count": open_conflicts(project).count(),
        "words": words,
        "found": search_files(project, words) if words else None,
        "shown": file.path if file else "",
    }


@never_cache
@login_required
@require_safe
def folder(request: HttpRequest, project_id: UUID, path: str) -> HttpResponse:
    """Return what is in one folder, for a tree in which a person opens it."""
    project = own_project(request, project_id)
    found = None
    if "\x00" not in path:
        files = (
            project.files.filter(path__startswith=f"{path}/")
            .only("project", "path", "size")
            .order_by("path")
        )
        found = tree_of(files).inner(path)
    if found is None:
        raise Http404
    context = {"project": project, "folder": found, "for_code": "code" in request.GET}
    return render(request, "generation/folder.html", context)


def _save(request: HttpRequest, project: Project, path: str) -> HttpResponse:
    """Store the form's text; its line ends become those that the file had."""
    file = get_object_or_404(project.files, path=path)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if "\r\n" in (file.content or ""):
        text = text.replace("\n", "\r\n")
    version = request.POST.get("version", "")
    expected = int(version) if version.isascii() and version.isdigit() else 0
    try:
        edits.save_file(
            project=project, path=path, text=text, expected=expected, by=signed_in(request)
        )
    except FileChanged as error:
        context = {**_context(request, project, file), "text": text, "conflict": error.message}
        return render(request, "generation/code.html", context, status=error.status)
    except GenerationError as error:
        context = {**_context(request, project, file), "text": text, "refused": error.message}
        return render(request, "generation/code.html", context, status=error.status)
    messages.success(request, f"{path} is saved.")
    return redirect(code_address(project, path))


Act = Callable[[HttpRequest, Project], str]


def _shown_file(request: HttpRequest, project: Project) -> str:
    """Return the address of the file that the page shows, if it is there still."""
    path = request.POST.get("path", "").replace("\x00", "")
    return code_address(project, path if project.files.filter(path=path).exists() else "")


def file_action(act: Act, *, back: Act = _shown_file) -> Callable[..., HttpResponse]:
    """Make a POST-only view that goes where `act` says, or `back` with what went wrong."""

    @login_required
    @require_POST
    def view(request: HttpRequest, project_id: UUID) -> HttpResponseRedirect:
        project = own_project(request, project_id)
        try:
            return redirect(act(request, project))
        except GenerationError as error:
            messages.error(request, error.message)
        return redirect(back(request, project))

    return view


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() else 0


def _create(request: HttpRequest, project: Project) -> str:
    path = request.POST.get("new_path", "").strip().strip("/")
    edits.create_file(project=project, path=path, text="", by=signed_in(request))
    return code_address(project, path)


def _rename(request: HttpRequest, project: Project) -> str:
    path, to = request.POST.get("path", ""), request.POST.get("to", "").strip().strip("/")
    edits.rename_file(
        project=project, path=path, to=to, expected=_version(request), by=signed_in(request)
    )
    return code_address(project, to)


def _delete(request: HttpRequest, project: Project) -> str:
    path = request.POST.get("path", "")
    edits.delete_file(project=project, path=path, expected=_version(request), by=signed_in(request))
    messages.success(request, f"{path} is deleted. Its versions are in the history.")
    return code_address(project)


def _upload(request: HttpRequest, project: Project) -> str:
    folder = request.POST.get("folder", "").strip().strip("/")
    prefix = f"{folder}/" if folder else ""
    sent = {
        f"{prefix}{upload.name}": upload.read(edits.LARGEST_READ)
        for upload in request.FILES.getlist("files")
    }
    stored = edits.upload_files(project=project, files=sent, by=signed_in(request))
    return code_address(project, stored[0].path)


create = file_action(_create)
rename = file_action(_rename)
delete = file_action(_delete)
upload = file_action(_upload)
