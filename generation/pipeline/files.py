"""What a job does to a project's files."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from generation.models import AgentJob, GenerationStep
from projects.files import Author, put_file, remove_file
from projects.models import Project, ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind


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


def files_of_job(job: AgentJob, kept: Collection[str]) -> dict[str, str]:
    """Return the files that a job has made so far or takes over, texts by path."""
    made = ProjectFileVersion.objects.filter(project_id=job.project_id, job_id=job.pk)
    files = ProjectFile.objects.filter(project_id=job.project_id)
    files = files.filter(Q(path__in=made.values("path")) | Q(path__in=list(kept)))
    return {path: text or "" for path, text in files.values_list("path", "content")}


def write_file(*, project: Project, step: GenerationStep, path: str, text: str) -> ProjectFile:
    """Store a file a step has made; the caller holds the transaction."""
    author = Author(AuthorKind.STEP, job_id=step.job_id, step_id=step.step_id, engine=step.engine)
    return put_file(project.pk, path, text, author)


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
        remove_file(job.project_id, version.path, Author(AuthorKind.STEP, job_id=job.pk))
        removed.append(version.path)
    return removed
