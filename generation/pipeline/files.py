"""Writing a project's files: the current text, its version, its blob."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import PurePosixPath
from uuid import UUID, uuid4

from django.utils import timezone

from generation.engines.languages import language_of
from generation.models import AgentJob, GenerationStep
from projects.models import Blob, Project, ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind

CURRENT = (
    "content",
    "language",
    "file_type",
    "size",
    "lines",
    "version",
    "ai_provider",
    "generated_at",
)


def made_by_job(project_id: UUID, path: str, job_id: UUID) -> str | None:
    """Return a file's current text if a step of this job has written it."""
    newest = (
        ProjectFileVersion.objects.filter(project_id=project_id, path=path)
        .order_by("-version")
        .values_list("job_id", "blob__content")
        .first()
    )
    if newest is None or newest[0] != job_id:
        return None
    return newest[1]


def write_file(*, project: Project, step: GenerationStep, path: str, text: str) -> ProjectFile:
    """Store a file a step has made; the caller holds the transaction."""
    data = text.encode()
    blob = Blob(sha256=hashlib.sha256(data).hexdigest(), content=text, size=len(data))
    Blob.objects.bulk_create([blob], ignore_conflicts=True)
    newest = (
        ProjectFileVersion.objects.filter(project=project, path=path).order_by("-version").first()
    )
    number = newest.version + 1 if newest else 1
    file = ProjectFile(
        id=(newest and newest.file_id) or uuid4(),
        project=project,
        path=path,
        content=text,
        language=language_of(path),
        file_type=PurePosixPath(path).suffix.lstrip(".") or PurePosixPath(path).name,
        size=len(data),
        lines=len(text.splitlines()),
        version=number,
        ai_provider=step.engine,
        generated_at=timezone.now(),
    )
    ProjectFile.objects.bulk_create(
        [file],
        update_conflicts=True,
        unique_fields=["project", "path"],
        update_fields=CURRENT,
    )
    ProjectFileVersion.objects.create(
        project=project,
        file=file,
        path=path,
        version=number,
        blob=blob,
        author_kind=AuthorKind.STEP,
        job_id=step.job_id,
        step_id=step.step_id,
        parent=newest,
    )
    return file


def remove_stale_files(job: AgentJob, kept: Collection[str]) -> list[str]:
    """Delete files that steps of earlier jobs made and this job neither made nor keeps.

    Returns their paths.
    """
    newest = (
        ProjectFileVersion.objects.filter(project_id=job.project_id)
        .order_by("path", "-version")
        .distinct("path")
        .select_related("file")
    )
    removed = []
    for version in newest:
        if version.deleted or version.author_kind != AuthorKind.STEP or version.job_id == job.pk:
            continue
        if version.path in kept:
            continue
        ProjectFileVersion.objects.create(
            project_id=job.project_id,
            path=version.path,
            version=version.version + 1,
            author_kind=AuthorKind.STEP,
            job_id=job.pk,
            parent=version,
            deleted=True,
        )
        ProjectFile.objects.filter(project_id=job.project_id, path=version.path).delete()
        removed.append(version.path)
    return removed
