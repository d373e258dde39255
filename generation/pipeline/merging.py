"""The end of a job: what it no longer makes goes, and what was held is merged with people's work.

Every write of it is part of the transaction that completes the job, so it has its effect once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from generation.engines.merging import Outcome, decide
from generation.engines.paths import UnsafePath, check_path
from generation.events import EventBatch
from generation.models import AgentJob, FileMerge, LogLevel, MergeKind, MergeState
from generation.pipeline.files import paths_of_job
from generation.pipeline.places import Place, place_of
from projects.files import Author, Origin, put_file, remove_file
from projects.models import ProjectFile, ProjectFileVersion
from projects.models.files import AuthorKind


@dataclass(frozen=True)
class Merged:
    """What became of files that were changed by people, as paths."""

    merged: tuple[str, ...]
    conflicts: tuple[str, ...]
    left_deleted: tuple[str, ...]

    @classmethod
    def of(cls, job: AgentJob) -> Merged:
        """Return what a job has done, also before a step of it was carried out again."""
        rows = FileMerge.objects.filter(job=job).order_by("path").values_list("state", "path")
        states = (MergeState.MERGED, MergeState.CONFLICT, MergeState.LEFT_DELETED)
        found = {state: tuple(p for s, p in rows if s == state) for state in states}
        return cls(*found.values())


def merge_files_of(job: AgentJob, kept: Collection[str], events: EventBatch) -> Merged:
    """Bring a project's files to what a job has made, with what people made of them before."""
    made = paths_of_job(job)
    rows = list(FileMerge.objects.filter(job=job, theirs__isnull=False).order_by("path"))
    places = {row.path: place_of(job.project_id, row.path, made) for row in rows}
    older = FileMerge.objects.filter(project_id=job.project_id).exclude(job=job)
    older.filter(state__in=(MergeState.CONFLICT, MergeState.HELD)).update(
        state=MergeState.SUPERSEDED
    )
    _remove_stale(job, made | {*kept, *(place.path for place in places.values())}, events)
    for row in rows:
        if row.state == MergeState.HELD:  # others stand from before a step was carried out again
            _merge(job, row, places[row.path], events)
    return Merged.of(job)


def _remove_stale(job: AgentJob, there: set[str], events: EventBatch) -> None:
    """Delete files that are no longer made; those that people have changed become conflicts."""
    newest = (
        ProjectFileVersion.objects.filter(project_id=job.project_id)
        .order_by("path", "-version")
        .distinct("path")
        .select_related("generated")
        .defer("generated__content")
    )
    for version in newest:
        if version.deleted or version.generated_id is None or version.path in there:
            continue
        if version.is_as_generated and version.author_kind != AuthorKind.USER:
            gone = remove_file(job.project_id, version.path, _author(job, AuthorKind.STEP))
            events.file_removed(version.path, gone.version)
            events.log(f"Removed {version.path}: no longer part of the app")
            continue
        row = FileMerge.objects.filter(job=job, path=version.path).first()
        row = row or FileMerge(project_id=job.project_id, job=job, path=version.path)
        row.kind, row.theirs = MergeKind.REMOVED, None
        row.base = version.generated.content if version.generated else None
        _leave(row, version.path, events)


def _author(job: AgentJob, kind: AuthorKind) -> Author:
    return Author(kind, job_id=job.pk)


def _leave(row: FileMerge, place: str, events: EventBatch) -> None:
    """Leave a file as a person has it until they settle the conflict."""
    row.state, row.place = MergeState.CONFLICT, place
    row.save()
    text = f"{place} is kept as you have it: what was generated conflicts with your changes"
    events.log(text, level=LogLevel.WARNING)


def _merge(job: AgentJob, row: FileMerge, place: Place, events: EventBatch) -> None:
    """Take what was held, merge it, or leave it as a conflict."""
    theirs = row.theirs or ""
    row.base, row.place = place.base, place.path
    if place.is_deleted_by_person:
        row.state = MergeState.LEFT_DELETED
        row.save()
        return
    if place.text is None and not _is_free(job, place.path):
        row.kind = MergeKind.BLOCKED
        _leave(row, place.path, events)
        return
    verdict = decide(row.path, base=place.base, ours=place.text, theirs=theirs)
    if verdict.outcome is Outcome.SAME:
        row.state = MergeState.TAKEN
        row.save()
    elif verdict.outcome is Outcome.CONFLICT:
        _leave(row, place.path, events)
    elif verdict.outcome is Outcome.TAKEN:
        _take(job, row, verdict.text, MergeState.TAKEN, events)
    else:
        _take(job, row, verdict.text, MergeState.MERGED, events)
        events.log(f"Merged {place.path} with your changes")


def _is_free(job: AgentJob, path: str) -> bool:
    """Tell whether a file can be made at a path, beside those that are there now."""
    others = ProjectFile.objects.filter(project_id=job.project_id).exclude(path=path)
    try:
        check_path(path, existing=others.values_list("path", flat=True))
    except UnsafePath:
        return False
    return True


def _take(job: AgentJob, row: FileMerge, text: str, state: MergeState, events: EventBatch) -> None:
    kind = AuthorKind.MERGE if state is MergeState.MERGED else AuthorKind.STEP
    origin = Origin.of(row.theirs or "")
    file = put_file(job.project_id, row.place, text, _author(job, kind), origin=origin)
    row.state, row.version, row.kind = state, file.version, MergeKind.CONTENT
    row.save()
    events.file(file)
