"""The ZIP as an answer."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from generation.engines.archive import zip_name
from generation.services import project_zip
from projects.models import Project


def zip_response(project: Project) -> HttpResponse:
    """Return the project's ZIP as an attachment. Raises `NothingToDownload` before it is done."""
    data = project_zip(project)
    name = f"{zip_name(project.project_name)}.zip"
    plain = name.encode("ascii", "ignore").decode() or "app.zip"
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    return response
