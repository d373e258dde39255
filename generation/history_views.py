"""Pages of what happened to a project's files, of versions compared, and of going back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation.code_views import file_action
from generation.views import own_project
from generation.workspace import restore
from generation.workspace.conflicts import open_conflicts
from generation.workspace.diff import side_by_side
from generation.workspace.errors import NotThere
from generation.workspace.history import (
    author_words,
    changes_at,
    moment_id_of,
    timeline,
    version_of_file,
    versions_of_file,
)
from projects.models import Project, ProjectFileVersion
from projects.views import signed_in

MOMENTS = 50
VERSIONS = 200
FILES = 500
ROWS = 4_000


@dataclass(frozen=True)
class Change:
    """A file that a moment changed: what it was before, and what became of it."""

    path: str
    old: int  # the version before, 0 when there was none
    new: int
    is_deleted: bool
    was: str  # the name that it had before, if it was renamed

    @classmethod
    def of(cls, version: ProjectFileVersion) -> Change:
        """Return the change that a version is."""
        parent = version.parent
        was = parent.path if parent is not None and parent.path != version.path else ""
        return cls(version.path, version.version - 1, version.version, version.deleted, was)


def history_address(project: Project, **query: str) -> str:
    """Return the address of the history page, of one file's or moment's when they are given."""
    address = reverse("generation:history", args=[project.pk])
    return f"{address}?{urlencode(query)}" if query else address


@never_cache
@login_required
@require_safe
def history_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the timeline, or what one moment changed, or two versions of one file."""
    project = own_project(request, project_id)
    context: dict[str, Any] = {
        "project": project,
        "place": "history",
        "conflict_count": open_conflicts(project).count(),
    }
    try:
        if "path" in request.GET:
            context |= _file(request, project, request.GET["path"])
            return render(request, "generation/history/file.html", context)
        if "moment" in request.GET:
            context |= _moment(project, request.GET["moment"])
            return render(request, "generation/history/moment.html", context)
    except NotThere as error:
        raise Http404 from error
    context |= _timeline(request, project)
    return render(request, "generation/history/timeline.html", context)


def _timeline(request: HttpRequest, project: Project) -> dict[str, Any]:
    given = request.GET.get("before", "")
    try:
        before = parse_datetime(given)
    except ValueError:
        before = None
    if before is not None and before.tzinfo is None:
        before = None
    moments = timeline(project, limit=MOMENTS + 1, before=before)
    older = moments[MOMENTS - 1].at.isoformat() if len(moments) > MOMENTS else ""
    return {"moments": moments[:MOMENTS], "older": older, "is_newest": before is None}


def _moment(project: Project, given: str) -> dict[str, Any]:
    moment_id = moment_id_of(given)
    changes = list(changes_at(project, moment_id)[: FILES + 1])
    if not changes:
        raise NotThere("Nothing was changed then.")
    (moment,) = timeline(project, limit=1, only=moment_id)
    shown = [Change.of(version) for version in changes[:FILES]]
    return {"moment": moment, "changes": shown, "is_cut": len(changes) > FILES}


def _file(request: HttpRequest, project: Project, path: str) -> dict[str, Any]:
    if "\x00" in path:
        raise NotThere("There is no such file.")
    versions = list(versions_of_file(project, path)[:VERSIONS])
    if not versions:
        raise NotThere("There never was such a file.")
    newest = versions[0].version
    old, new = _chosen(request, "old", max(newest - 1, 0)), _chosen(request, "new", newest)
    rows = side_by_side(_text(project, path, old), _text(project, path, new))
    return {
        "path": path,
        "versions": [(version, author_words(version)) for version in versions],
        "newest": newest,
        "is_there": not versions[0].deleted,
        "old": old,
        "new": new,
        "rows": rows[:ROWS],
        "rows_left_out": max(0, len(rows) - ROWS),
        "is_same": all(row.kind == "gap" for row in rows),
    }


def _chosen(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else otherwise


def _text(project: Project, path: str, version: int) -> str:
    if version == 0:
        return ""
    blob = version_of_file(project, path, version).blob
    return blob.content if blob else ""


def _restore_file(request: HttpRequest, project: Project) -> str:
    path, version = request.POST.get("path", ""), request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    restore.restore_file(project=project, path=path, version=number, by=signed_in(request))
    return history_address(project, path=path)


def _restore_project(request: HttpRequest, project: Project) -> str:
    moment_id = moment_id_of(request.POST.get("moment", ""))
    restore.restore_project(project=project, moment_id=moment_id, by=signed_in(request))
    return history_address(project)


def _undo(request: HttpRequest, project: Project) -> str:
    edit_id = moment_id_of(request.POST.get("moment", ""))
    restore.undo_edit(project=project, edit_id=edit_id, by=signed_in(request))
    return history_address(project)


def _back(request: HttpRequest, project: Project) -> str:
    path = request.POST.get("path", "")
    known = "\x00" not in path and versions_of_file(project, path).exists()
    return history_address(project, path=path) if known else history_address(project)


restore_file = file_action(_restore_file, back=_back)
restore_project = file_action(_restore_project, back=_back)
undo = file_action(_undo, back=_back)
