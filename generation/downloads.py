"""The ZIP as an answer."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse

from generation.engines.archive import build_zip, zip_name
from generation.services import project_zip
from generation.workspace.errors import NotThere
from generation.workspace.history import texts_at, time_of
from projects.models import Project


def moment_in(given: str) -> UUID | None:
    """Return the id of a job or an edit, None when none is given. Raises `NotThere`."""
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise NotThere("There is no such moment in the history of this project.") from error


def zip_response(project: Project, moment_id: UUID | None = None) -> HttpResponse:
    """Return a project's ZIP as an attachment: as it is, or as a job or an edit left it.

    Raises `NothingToDownload` before it is done, and `NotThere` when there was no such moment.
    """
    if moment_id is None:
        data = project_zip(project)
    else:
        data = build_zip(project.project_name, texts_at(project, time_of(project, moment_id)))
    name = f"{zip_name(project.project_name)}.zip"
    plain = name.encode("ascii", "ignore").decode() or "app.zip"
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return response
