"""What a job's steps do to a project's files.

A step writes over what was generated. What it makes of a file that a person has changed, taken
away or stands in the way of is held until the job's end, and merged then.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, QuerySet

from generation.models import (
    AgentJob,
    FileMerge,
    GenerationStep,
    MergeKind,
    MergeState,
    StepStatus,
)
from generation.pipeline.places import BY_PERSON
from projects.files import Author, newest_version, put_file
from projects.models import ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind


def made_by_job(project_id: UUID, path: str, job_id: UUID) -> str | None:
    """Return what steps of this job that are done have made of a file.

    What a step made that is carried out again does not count.
    """
    done = GenerationStep.objects.filter(job_id=job_id, status=StepStatus.SUCCESS)
    done = done.filter(input_payload__file_path=path)
    held = _held_by(job_id).filter(Exists(done), path=path).values_list("theirs", flat=True).first()
    if held is not None:
        return held
    versions = ProjectFileVersion.objects.filter(
        project_id=project_id, path=path, step_id__in=done.values("pk")
    )
    return versions.order_by("-version").values_list("blob__content", flat=True).first()


def files_of_job(job: AgentJob, kept: Collection[str]) -> dict[str, str]:
    """Return the files that a job has made so far or takes over, texts by path."""
    files = ProjectFile.objects.filter(project_id=job.project_id, path__in=list(kept))
    made = _made_by(job).values_list("path", "blob__content")
    held = _held_by(job.pk).values_list("path", "theirs")
    rows = [*files.values_list("path", "content"), *made, *held]
    return {path: text or "" for path, text in rows}


def paths_of_job(job: AgentJob) -> set[str]:
    """Return the paths of the files that a job has made so far."""
    held = _held_by(job.pk).values_list("path", flat=True)
    return {*_made_by(job).values_list("path", flat=True), *held}


def _made_by(job: AgentJob) -> QuerySet[ProjectFileVersion]:
    made = ProjectFileVersion.objects.filter(
        project_id=job.project_id, job_id=job.pk, author_kind=AuthorKind.STEP, deleted=False
    )
    return made.order_by("path", "-version").distinct("path")


def _held_by(job_id: UUID) -> QuerySet[FileMerge]:
    return FileMerge.objects.filter(job_id=job_id, state=MergeState.HELD)


def must_be_held(project_id: UUID, path: str) -> bool:
    """Tell whether a person has changed a file since it was generated, or deleted it."""
    newest = newest_version(project_id, path)
    if newest is None:
        return False
    if newest.deleted:
        return newest.author_kind in BY_PERSON
    return not newest.is_as_generated


def hold_file(*, step: GenerationStep, path: str, text: str, is_blocked: bool) -> None:
    """Keep what a step has made for the job's end; the caller holds the transaction."""
    FileMerge.objects.update_or_create(
        job_id=step.job_id,
        path=path,
        defaults={
            "project_id": step.project_id,
            "place": path,
            "kind": MergeKind.BLOCKED if is_blocked else MergeKind.CONTENT,
            "state": MergeState.HELD,
            "theirs": text,
        },
    )


def write_file(*, step: GenerationStep, path: str, text: str) -> ProjectFile:
    """Store a file a step has made; the caller holds the transaction."""
    author = Author(AuthorKind.STEP, job_id=step.job_id, step_id=step.step_id, engine=step.engine)
    return put_file(step.project_id, path, text, author)
