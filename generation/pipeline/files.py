"""What a job's steps do to a project's files.

A step writes over what was generated. What it makes of a file that a person has changed, taken
away or stands in the way of is held until the job's end, and merged then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from generation.engines.base import GeneratedFile
from generation.models import (
    AgentJob,
    FileMerge,
    GenerationStep,
    MergeKind,
    MergeState,
    StepStatus,
)
from generation.pipeline.places import BY_PERSON
from projects.files import Author, NewText, put_files
from projects.models import ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind


def made_by_job(job: AgentJob, paths: Collection[str]) -> dict[str, str]:
    """Return what steps of this job that are done have made of some files, texts by path.

    What a step made that is carried out again does not count.
    """
    done = GenerationStep.objects.filter(
        job=job, status=StepStatus.SUCCESS, input_payload__file_path__in=list(paths)
    )
    made = dict(done.values_list("pk", "input_payload__file_path"))
    if not made:
        return {}
    versions = ProjectFileVersion.objects.filter(project_id=job.project_id, step_id__in=made)
    newest = versions.order_by("path", "-version").distinct("path")
    held = _not_written(job.pk).filter(path__in=made.values()).values_list("path", "theirs")
    rows = [*newest.values_list("path", "blob__content"), *held]
    return {path: text for path, text in rows if text is not None}


def files_of_job(job: AgentJob, kept: Collection[str]) -> dict[str, str]:
    """Return the files that a job has made so far or takes over, texts by path."""
    files = ProjectFile.objects.filter(project_id=job.project_id, path__in=list(kept))
    made = _made_by(job).values_list("path", "blob__content")
    held = _not_written(job.pk).values_list("path", "theirs")
    rows = [*files.values_list("path", "content"), *made, *held]
    return {path: text or "" for path, text in rows}


def paths_of_job(job: AgentJob) -> set[str]:
    """Return the paths of the files that a job has made so far."""
    held = _not_written(job.pk).values_list("path", flat=True)
    return {*_made_by(job).values_list("path", flat=True), *held}


def _made_by(job: AgentJob) -> QuerySet[ProjectFileVersion]:
    made = ProjectFileVersion.objects.filter(
        project_id=job.project_id, job_id=job.pk, author_kind=AuthorKind.STEP, deleted=False
    )
    return made.order_by("path", "-version").distinct("path")


def _not_written(job_id: UUID) -> QuerySet[FileMerge]:
    """Return what a job has made and not written as it is, also what was merged since."""
    return FileMerge.objects.filter(job_id=job_id, theirs__isnull=False)


def must_be_held(newest: ProjectFileVersion | None) -> bool:
    """Tell whether a person has changed a file since it was generated, or deleted it."""
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


def write_files(
    made: Sequence[tuple[GenerationStep, GeneratedFile]],
    newest: Mapping[str, ProjectFileVersion],
) -> dict[str, ProjectFile]:
    """Store files that steps have made, and return them by path; the caller has the transaction."""
    # What is held from before a step was carried out again is out of date.
    paths = [file.file_path for _, file in made]
    FileMerge.objects.filter(job_id__in={step.job_id for step, _ in made}, path__in=paths).delete()
    texts = [NewText(file.file_path, file.code, _author_of(step)) for step, file in made]
    stored = put_files(made[0][0].project_id, texts, newest) if made else []
    return {file.path: file for file in stored}


def _author_of(step: GenerationStep) -> Author:
    return Author(AuthorKind.STEP, job_id=step.job_id, step_id=step.step_id, engine=step.engine)
