"""Reading a project by `git clone` and `git fetch`, over git's smart HTTP protocol.

git-scm.com/docs/http-protocol: a client asks for the references, then posts what it wants and has.
"""

from __future__ import annotations

import gzip
import io
import zlib
from typing import Any

from dulwich.errors import GitProtocolError
from dulwich.protocol import ReceivableProtocol
from dulwich.server import DictBackend, UploadPackHandler

from generation.errors import GenerationError
from generation.shipping.commits import repository_of
from projects.models import Project

SERVICE = "git-upload-pack"
LARGEST_QUESTION = 1_000_000  # bytes


class BadQuestion(GenerationError):
    """What a git client never sends."""

    code = "bad_request"
    status = 400


def advertisement(project: Project) -> bytes:
    """Return the references of a project's repository, the first answer of a fetch."""
    out = io.BytesIO()
    handler = _handler(project, b"", out, advertise=True)
    handler.proto.write_pkt_line(f"# service={SERVICE}\n".encode())
    handler.proto.write_pkt_line(None)
    handler.handle()
    return out.getvalue()


def pack(project: Project, question: bytes, *, is_zipped: bool = False) -> bytes:
    """Return the answer to what a client wants and has: a pack. Raises `BadQuestion`."""
    out = io.BytesIO()
    handler = _handler(project, _unzipped(question) if is_zipped else question, out)
    try:
        handler.handle()
    except GitProtocolError as error:
        raise BadQuestion("This is not what a git client asks.") from error
    return out.getvalue()


def _handler(
    project: Project, question: bytes, out: io.BytesIO, *, advertise: bool = False
) -> UploadPackHandler:
    def write(data: bytes) -> int:
        return out.write(data)

    # Its annotation asks for more than it calls.
    repositories: dict[str, Any] = {"/": repository_of(project)}
    backend = DictBackend(repositories)
    proto = ReceivableProtocol(io.BytesIO(question).read, write)
    return UploadPackHandler(backend, ["/"], proto, stateless_rpc=True, advertise_refs=advertise)


def _unzipped(question: bytes) -> bytes:
    """Return what was zipped, up to the limit. Raises `BadQuestion`."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(question)) as packed:
            text = packed.read(LARGEST_QUESTION + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadQuestion("The body is not gzip as it says.") from error
    if len(text) > LARGEST_QUESTION:
        raise BadQuestion("The body is too large.")
    return text
