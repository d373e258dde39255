"""Writing a file's rows: the current text, its version, its blob. The caller has the transaction.

Steps of a job write at the same time, each its own file, under a shared lock; a person's edit
takes the lock alone. Whoever also needs the project's row locks it after this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from projects.languages import file_type_of, language_of
from projects.models import Blob, ProjectEdit, ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind

CURRENT = ("content", "language", "file_type", "size", "lines", "version")
MADE_BY = ("ai_provider", "generated_at")
_LOCK_SPACE = 0x66696C65  # keeps these locks apart from others on the same number


@dataclass(frozen=True)
class Author:
    """Who makes a version: a step of a job, or a person by an edit. `engine` marks the file."""

    kind: AuthorKind
    job_id: UUID | None = None
    step_id: UUID | None = None
    edit: ProjectEdit | None = None
    engine: str | None = None


@dataclass(frozen=True)
class Origin:
    """The generated text that a version is made from, by its hash; none for a person's own file.

    `text` is given where it may not be stored yet.
    """

    sha256: str | None = None
    text: str | None = None

    @classmethod
    def of(cls, text: str) -> Origin:
        """Return the origin that a text is."""
        return cls(_sha256(text), text)


OWN = Origin()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def keep_out_editors(project_id: UUID) -> None:
    """Let other steps write until this transaction ends, but nobody edit."""
    _lock("pg_advisory_xact_lock_shared", project_id)


def keep_out_everybody(project_id: UUID) -> None:
    """Let nobody else write the project's files until this transaction ends."""
    _lock("pg_advisory_xact_lock", project_id)


def _lock(function: str, project_id: UUID) -> None:
    number = project_id.int & 0x7FFFFFFF
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_SPACE, number])


def newest_version(project_id: UUID, path: str) -> ProjectFileVersion | None:
    """Return the last version of a file, which may be its deletion."""
    return newest_versions(project_id, [path]).get(path)


def newest_versions(project_id: UUID, paths: Collection[str]) -> dict[str, ProjectFileVersion]:
    """Return the last version of each of the files that have one, which may be its deletion."""
    versions = ProjectFileVersion.objects.filter(project_id=project_id, path__in=paths)
    return {one.path: one for one in versions.order_by("path", "-version").distinct("path")}


@dataclass(frozen=True)
class NewText:
    """A text to store as a file's next version; `parent` is what it came from, if not the last.

    Without an `origin` what a step writes is its own, and what others write keeps its parent's.
    """

    path: str
    text: str
    author: Author
    parent: ProjectFileVersion | None = None
    origin: Origin | None = None


def put_file(
    project_id: UUID,
    path: str,
    text: str,
    author: Author,
    *,
    parent: ProjectFileVersion | None = None,
    origin: Origin | None = None,
) -> ProjectFile:
    """Store one text; see `NewText`."""
    new = NewText(path, text, author, parent, origin)
    return put_files(project_id, [new], newest_versions(project_id, [path]))[0]


def put_files(
    project_id: UUID, texts: Sequence[NewText], newest: Mapping[str, ProjectFileVersion]
) -> list[ProjectFile]:
    """Store texts of different files, all by an engine or none, over their `newest` versions."""
    files = [_file_of(project_id, new, newest.get(new.path)) for new in texts]
    ProjectFile.objects.bulk_create(
        files,
        update_conflicts=True,
        unique_fields=["project", "path"],
        update_fields=[*CURRENT, *(MADE_BY if texts[0].author.engine else ())],
    )
    came_from = [new.parent or newest.get(new.path) for new in texts]
    origins = [
        new.origin or _origin_of(new.text, new.author, parent)
        for new, parent in zip(texts, came_from, strict=True)
    ]
    ProjectFileVersion.objects.bulk_create(
        ProjectFileVersion(
            project_id=project_id,
            file=file,
            path=new.path,
            version=file.version,
            blob_id=_sha256(new.text),
            generated_id=origin.sha256,
            author_kind=new.author.kind,
            job_id=new.author.job_id,
            step_id=new.author.step_id,
            edit=new.author.edit,
            parent=parent,
        )
        for new, file, origin, parent in zip(texts, files, origins, came_from, strict=True)
    )
    # After the versions: row-level security lets a person write only what a file of theirs holds.
    _store_blobs({new.text for new in texts} | {o.text for o in origins if o.text is not None})
    return files


def _file_of(project_id: UUID, new: NewText, newest: ProjectFileVersion | None) -> ProjectFile:
    return ProjectFile(
        id=(newest and newest.file_id) or uuid4(),
        project_id=project_id,
        path=new.path,
        content=new.text,
        language=language_of(new.path),
        file_type=file_type_of(new.path),
        size=len(new.text.encode()),
        lines=len(new.text.splitlines()),
        version=newest.version + 1 if newest else 1,
        ai_provider=new.author.engine,
        generated_at=timezone.now() if new.author.engine else None,
    )


def _origin_of(text: str, author: Author, came_from: ProjectFileVersion | None) -> Origin:
    if author.kind == AuthorKind.STEP:
        return Origin.of(text)
    return Origin(came_from.generated_id if came_from else None)


def _store_blobs(texts: set[str]) -> None:
    Blob.objects.bulk_create(  # in order: nobody who stores the same ones waits for another
        [Blob(sha256=_sha256(one), content=one, size=len(one.encode())) for one in sorted(texts)],
        ignore_conflicts=True,
    )


def remove_file(project_id: UUID, path: str, author: Author) -> ProjectFileVersion:
    """Store that a file is deleted, or that one which never was shall not be made."""
    newest = newest_version(project_id, path)
    ProjectFile.objects.filter(project_id=project_id, path=path).delete()
    return ProjectFileVersion.objects.create(
        project_id=project_id,
        path=path,
        version=newest.version + 1 if newest else 1,
        generated_id=newest.generated_id if newest else None,
        author_kind=author.kind,
        job_id=author.job_id,
        step_id=author.step_id,
        edit=author.edit,
        parent=newest,
        deleted=True,
    )
