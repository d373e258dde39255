"""Writing a file's rows: the current text, its version, its blob. The caller has the transaction.

Steps of a job write at the same time, each its own file, under a shared lock; a person's edit
takes the lock alone. Whoever also needs the project's row locks it after this one.
"""

from __future__ import annotations

import hashlib
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
    versions = ProjectFileVersion.objects.filter(project_id=project_id, path=path)
    return versions.order_by("-version").first()


def put_file(
    project_id: UUID,
    path: str,
    text: str,
    author: Author,
    *,
    parent: ProjectFileVersion | None = None,
) -> ProjectFile:
    """Store a text as the file's next version; `parent` is what it came from, if not the last."""
    data = text.encode()
    newest = newest_version(project_id, path)
    file = ProjectFile(
        id=(newest and newest.file_id) or uuid4(),
        project_id=project_id,
        path=path,
        content=text,
        language=language_of(path),
        file_type=file_type_of(path),
        size=len(data),
        lines=len(text.splitlines()),
        version=newest.version + 1 if newest else 1,
        ai_provider=author.engine,
        generated_at=timezone.now() if author.engine else None,
    )
    ProjectFile.objects.bulk_create(
        [file],
        update_conflicts=True,
        unique_fields=["project", "path"],
        update_fields=[*CURRENT, *(MADE_BY if author.engine else ())],
    )
    blob = Blob(sha256=hashlib.sha256(data).hexdigest(), content=text, size=len(data))
    ProjectFileVersion.objects.create(
        project_id=project_id,
        file=file,
        path=path,
        version=file.version,
        blob_id=blob.sha256,
        author_kind=author.kind,
        job_id=author.job_id,
        step_id=author.step_id,
        edit=author.edit,
        parent=parent or newest,
    )
    # After the version: row-level security lets a person write only what a file of theirs holds.
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    return file


def remove_file(project_id: UUID, path: str, author: Author) -> ProjectFileVersion:
    """Store that a file is deleted. Raises `ProjectFileVersion.DoesNotExist` without a version."""
    newest = newest_version(project_id, path)
    if newest is None:
        raise ProjectFileVersion.DoesNotExist(path)
    ProjectFile.objects.filter(project_id=project_id, path=path).delete()
    return ProjectFileVersion.objects.create(
        project_id=project_id,
        path=path,
        version=newest.version + 1,
        author_kind=author.kind,
        job_id=author.job_id,
        step_id=author.step_id,
        edit=author.edit,
        parent=newest,
        deleted=True,
    )
