"""Where a person has what was generated under a name: there, elsewhere, or not any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from projects.files import newest_version
from projects.models import Blob, ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind

BY_PERSON = (AuthorKind.USER, AuthorKind.MERGE)  # whose deletions last


@dataclass(frozen=True)
class Place:
    """Where a file is, its newest version, and the hash of what it was generated as before."""

    path: str
    version: ProjectFileVersion | None
    generated_id: str | None

    @property
    def is_deleted_by_person(self) -> bool:
        """Whether a person has deleted it, so that it stays deleted."""
        newest = self.version
        return newest is not None and newest.deleted and newest.author_kind in BY_PERSON

    @property
    def text(self) -> str | None:
        """The text as a person has it; None where there is no file."""
        if self.version is None or self.version.deleted:
            return None
        return _text_of(self.version.blob_id)

    @property
    def base(self) -> str | None:
        """The text as it was generated before; None when that was nothing."""
        return _text_of(self.generated_id)


def _text_of(sha256: str | None) -> str | None:
    if sha256 is None:
        return None
    return Blob.objects.values_list("content", flat=True).get(pk=sha256)


def place_of(project_id: UUID, path: str, made: Collection[str] = ()) -> Place:
    """Return where a generated file is now, however often a person has renamed it.

    A new name that is itself among those `made` by the job is a file of its own.
    """
    newest = newest_version(project_id, path)
    generated_id = newest.generated_id if newest else None
    known = {path}
    while newest is not None and newest.deleted and newest.author_kind == AuthorKind.USER:
        moved = _renamed(newest) or _made_again(newest)
        if moved is None or moved in known:
            break
        if moved in made:
            return Place(path, None, None)
        known.add(moved)
        path, newest = moved, newest_version(project_id, moved)
    return Place(path, newest, (newest and newest.generated_id) or generated_id)


def _renamed(deletion: ProjectFileVersion) -> str | None:
    """Return the path that a file was renamed to by the edit that deleted it here."""
    moved = ProjectFileVersion.objects.filter(
        project_id=deletion.project_id,
        edit_id=deletion.edit_id,
        parent_id=deletion.parent_id,
        deleted=False,
    )
    if deletion.edit_id is None or deletion.parent_id is None:
        return None
    return moved.exclude(path=deletion.path).values_list("path", flat=True).first()


def _made_again(deletion: ProjectFileVersion) -> str | None:
    """Return the one file of a person's own that was made of the text that was deleted here."""
    before = deletion.parent
    if before is None or before.blob is None or not before.blob.size:
        return None
    alike = ProjectFileVersion.objects.filter(
        project_id=deletion.project_id,
        blob_id=before.blob_id,
        generated_id=None,
        path__in=ProjectFile.objects.filter(project_id=deletion.project_id).values("path"),
    )
    paths = set(alike.exclude(path=deletion.path).values_list("path", flat=True)[:2])
    return paths.pop() if len(paths) == 1 else None
