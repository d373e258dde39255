"""The ZIP and the design as files to keep."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import quote_etag

from generation.engines.archive import stream_zip, zip_name
from generation.services import check_finished
from generation.workspace.history import blobs_at, moment_id_of, time_of
from projects.design import Design
from projects.identity import Identity, current_identity, holding
from projects.models import Blob, Project
from projects.spec.jdl import jdl_of

READ_AT_ONCE = 50  # files of at most 1 MB


class StreamedZip(StreamingHttpResponse):
    """A ZIP that is sent while it is packed, also by an ASGI server."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Pack in a thread, a part at a time; Django would wait for all of them."""
        parts = iter(self)
        pack = sync_to_async(lambda: next(parts, b""))
        while part := await pack():
            yield part


def project_zip(project: Project, moment_id: UUID | None = None) -> Iterator[bytes]:
    """Return a project's files as parts of a ZIP: as they are, or as a job or an edit left them.

    Raises `NothingToDownload` before it is done, and `NotThere` when there was no such moment.
    """
    if moment_id is None:
        check_finished(project)
    blobs = blobs_at(project, time_of(project, moment_id) if moment_id else None)
    return stream_zip(project.project_name, _texts(sorted(blobs.items()), current_identity()))


def _texts(files: list[tuple[str, str]], reader: Identity) -> Iterator[tuple[str, str]]:
    """Yield paths and texts, read when they are wanted, which is after the view has answered."""
    for start in range(0, len(files), READ_AT_ONCE):
        some = files[start : start + READ_AT_ONCE]
        with holding(reader):
            texts = Blob.objects.in_bulk([blob for _, blob in some])
        for path, blob in some:
            yield path, texts[blob].content


def zip_response(project: Project, moment: str = "") -> StreamedZip:
    """Return a project's ZIP as an attachment, of a moment if one is named.

    Raises as `project_zip` does.
    """
    parts = project_zip(project, moment_id_of(moment) if moment else None)
    response = StreamedZip(parts, content_type="application/zip")
    response["Content-Disposition"] = _kept_as(project, "zip")
    return response


def jdl_response(project: Project, design: Design) -> HttpResponse:
    """Return a project's design as a JDL file, with its version as `ETag`."""
    response = HttpResponse(jdl_of(design.spec), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = _kept_as(project, "jdl")
    response["ETag"] = quote_etag(design.version)
    return response


def _kept_as(project: Project, ending: str) -> str:
    """Return the header that gives a file the name of the app."""
    name = zip_name(project.project_name)
    plain = name.encode("ascii", "ignore").decode().strip("-_") or "app"
    return f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(name)}.{ending}"
