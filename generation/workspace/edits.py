"""Save, create, upload, rename and delete files; each function owns its transaction."""

from __future__ import annotations

from collections.abc import Mapping

from generation.workspace.errors import FileExists, FileRefused, NothingChanged
from generation.workspace.session import Session, editing
from generation.workspace.texts import LARGEST_FILE, checked, decoded, safe_path
from projects.files.store import newest_version
from projects.models import Project, ProjectFile, User
from projects.models.files import EditAction

MOST_UPLOADED = 200
LARGEST_READ = LARGEST_FILE + 1  # bytes: enough to see that a file is too large
NAMES_SHOWN = 3


def save_file(
    *, project: Project, path: str, text: str, expected: int | None, by: User
) -> ProjectFile:
    """Store a changed text over version `expected` (over any, when None).

    The same text again makes no version. Raises `FileChanged` when another version is there,
    `NotThere`, `FileRefused` and `FileTooLarge`.
    """
    checked(path, text)
    with editing(project, by, EditAction.EDIT, f"Edited {path}") as session:
        file = session.current(path, expected)
        if file.content == text:
            return file
        stored = session.put(path, text)
        session.check_room()
    return stored


def create_file(*, project: Project, path: str, text: str, by: User) -> ProjectFile:
    """Store a new file. Raises `FileExists`, `FileRefused` and `FileTooLarge`."""
    checked(path, text)
    with editing(project, by, EditAction.CREATE, f"Created {path}") as session:
        file = _add(session, path, text, session.paths())
        session.check_room()
    return file


def _add(session: Session, path: str, text: str, existing: set[str]) -> ProjectFile:
    if path in existing:
        raise FileExists(f"There is a file {path} already.")
    safe_path(path, existing=existing)
    return session.put(path, text)


def upload_files(*, project: Project, files: Mapping[str, bytes], by: User) -> list[ProjectFile]:
    """Store new files, all or none. Raises `FileExists`, `FileRefused` and `FileTooLarge`."""
    if not files:
        raise FileRefused("Choose at least one file.", code="nothing_sent")
    if len(files) > MOST_UPLOADED:
        raise FileRefused(f"Send at most {MOST_UPLOADED} files at once.", code="too_many_files")
    texts = {path: decoded(path, data) for path, data in files.items()}
    shown = ", ".join(list(texts)[:NAMES_SHOWN])
    more = f" and {len(texts) - NAMES_SHOWN} more" if len(texts) > NAMES_SHOWN else ""
    with editing(project, by, EditAction.UPLOAD, f"Uploaded {shown}{more}") as session:
        existing = session.paths()
        stored = []
        for path, text in texts.items():
            stored.append(_add(session, path, text, existing))
            existing.add(path)
        session.check_room()
    return stored


def rename_file(
    *, project: Project, path: str, to: str, expected: int | None, by: User
) -> ProjectFile:
    """Move a file; the new path's first version comes from the old path's last one.

    Raises `FileChanged`, `FileExists`, `FileRefused`, `NotThere`, and `NothingChanged` when both
    paths are the same.
    """
    if path == to:
        raise NothingChanged("The file has that name already.")
    with editing(project, by, EditAction.RENAME, f"Renamed {path} to {to}") as session:
        file = session.current(path, expected)
        others = session.paths() - {path}
        if to in others:
            raise FileExists(f"There is a file {to} already.")
        safe_path(to, existing=others)
        came_from = newest_version(project.pk, path)
        session.remove(path)
        return session.put(to, file.content or "", parent=came_from)


def delete_file(*, project: Project, path: str, expected: int | None, by: User) -> int:
    """Delete a file and return the number of its deletion. Raises `FileChanged`, `NotThere`."""
    with editing(project, by, EditAction.DELETE, f"Deleted {path}") as session:
        session.current(path, expected)
        return session.remove(path).version
