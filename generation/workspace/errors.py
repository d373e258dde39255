"""What can go wrong with an edit; each error has a stable code."""

from __future__ import annotations

from generation.errors import GenerationError


class FileRefused(GenerationError):
    """The text or the name cannot be kept."""

    code = "file_refused"
    status = 422


class FileTooLarge(GenerationError):
    """The file, or the project with it, would be over a limit."""

    code = "too_large"
    status = 413


class FileExists(GenerationError):
    """A file of that name is there already."""

    code = "file_exists"
    status = 409


class NotThere(GenerationError):
    """No such file, version or moment."""

    code = "not_found"
    status = 404


class NotSettled(GenerationError):
    """A conflict needs a decision about each of its parts."""

    code = "not_settled"
    status = 422


class NothingChanged(GenerationError):
    """What was asked for is how it is already."""

    code = "nothing_changed"
    status = 409


class FileChanged(GenerationError):
    """Somebody else changed the file; `version` is the current one, None when it is deleted."""

    code = "file_changed"
    status = 412

    def __init__(self, path: str, version: int | None) -> None:
        self.path, self.version = path, version
        state = "was deleted" if version is None else f"is at version {version}"
        super().__init__(
            f"{path} {state} by now. Read it again and repeat your change; nothing was stored."
        )


class VersionNeeded(GenerationError):
    """The caller did not say which version they have changed."""

    code = "version_needed"
    status = 428

    def __init__(self) -> None:
        super().__init__(
            "Send If-Match with the file's ETag to change it, or If-None-Match: * to create it."
        )
