"""What happened to the files: jobs and edits in time, versions of a file, the state at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from generation.models import AgentJob
from generation.workspace.errors import NotThere
from projects.models import Project, ProjectEdit, ProjectFileVersion
from projects.models.files import AuthorKind

PATHS_NAMED = 20


@dataclass(frozen=True)
class Moment:
    """A job or an edit: when it last changed a file, what, and who made it."""

    id: UUID
    kind: str  # "job", or the action of an edit
    summary: str
    by: str | None
    at: datetime
    files: int
    deleted: int
    undoable: bool = False


def versions_of(project: Project) -> QuerySet[ProjectFileVersion]:
    """Return all versions of a project's files."""
    return ProjectFileVersion.objects.filter(project=project)


def versions_of_file(project: Project, path: str) -> QuerySet[ProjectFileVersion]:
    """Return a file's versions, newest first, without their texts."""
    versions = versions_of(project).filter(path=path).order_by("-version")
    return versions.select_related("edit__user", "blob", "parent").defer("blob__content")


def version_of_file(project: Project, path: str, number: int) -> ProjectFileVersion:
    """Return one version with its text. Raises `NotThere`."""
    if "\x00" in path:  # which the database cannot even look for
        raise NotThere("There is no such file.")
    found = versions_of(project).filter(path=path, version=number).select_related("blob").first()
    if found is None:
        raise NotThere(f"There is no version {number} of {path}.")
    return found


def timeline(
    project: Project, *, limit: int, before: datetime | None = None, only: UUID | None = None
) -> list[Moment]:
    """Return jobs and edits that changed files, newest first.

    With `before` those that ended before a time; with `only` the job or edit of that id.
    """
    groups = (
        versions_of(project)
        .exclude(job_id=None, edit_id=None)
        .order_by()
        .values("job_id", "edit_id")
        .annotate(
            at=Max("created_at"),
            files=Count("path", distinct=True),
            gone=Count("path", distinct=True, filter=Q(deleted=True)),
        )
        .order_by("-at")
    )
    if only is not None:
        groups = groups.filter(Q(job_id=only) | Q(edit_id=only))
    if before is not None:
        groups = groups.filter(at__lt=before)
    rows: list[dict[str, Any]] = [dict(row) for row in groups[:limit]]
    edits = ProjectEdit.objects.select_related("user").in_bulk([row["edit_id"] for row in rows])
    first = _first_job(project)
    return [_moment(row, edits, first) for row in rows]


def _first_job(project: Project) -> UUID | None:
    jobs = AgentJob.objects.filter(project=project).order_by("created_at")
    return jobs.values_list("pk", flat=True).first()


def _moment(row: dict[str, Any], edits: dict[UUID, ProjectEdit], first_job: UUID | None) -> Moment:
    edit = edits.get(row["edit_id"])
    if edit is not None:
        email = edit.user.email if edit.user else None
        return Moment(
            edit.pk,
            str(edit.action),
            edit.summary,
            email,
            row["at"],
            row["files"],
            row["gone"],
            undoable=True,
        )
    job_id: UUID = row["job_id"]
    words = "Generated the app" if job_id == first_job else "Generated again"
    return Moment(job_id, "job", words, None, row["at"], row["files"], row["gone"])


def changes_at(project: Project, moment_id: UUID) -> QuerySet[ProjectFileVersion]:
    """Return the versions that a job or an edit made, by path, without their texts."""
    made = versions_of(project).filter(Q(job_id=moment_id) | Q(edit_id=moment_id))
    return made.order_by("path", "version").select_related("parent")


def moment_id_of(given: str) -> UUID:
    """Return the id of a job or an edit as it was written. Raises `NotThere`."""
    try:
        return UUID(given)
    except ValueError as error:
        raise NotThere("There is no such moment in the history of this project.") from error


def time_of(project: Project, moment_id: UUID) -> datetime:
    """Return when a job or an edit last changed a file. Raises `NotThere`."""
    made = versions_of(project).filter(Q(job_id=moment_id) | Q(edit_id=moment_id))
    at: datetime | None = made.aggregate(at=Max("created_at"))["at"]
    if at is None:
        raise NotThere("There is no such moment in the history of this project.")
    return at


def time_before(project: Project, moment_id: UUID) -> datetime:
    """Return when a job or an edit first changed a file. Raises `NotThere`."""
    made = versions_of(project).filter(Q(job_id=moment_id) | Q(edit_id=moment_id))
    at: datetime | None = made.aggregate(at=Min("created_at"))["at"]
    if at is None:
        raise NotThere("There is no such moment in the history of this project.")
    return at


def state_at(project: Project, at: datetime) -> dict[str, ProjectFileVersion]:
    """Return the versions that were current at a time, with their texts, by path."""
    newest = _newest(versions_of(project).filter(created_at__lte=at)).select_related("blob")
    return {version.path: version for version in newest if not version.deleted}


def _newest(versions: QuerySet[ProjectFileVersion]) -> QuerySet[ProjectFileVersion]:
    return versions.order_by("path", "-version").distinct("path")


def blobs_at(project: Project, at: datetime | None) -> dict[str, str]:
    """Return the hashes of the texts that the files had at a time, or have now, by path."""
    versions = versions_of(project)
    if at is not None:
        versions = versions.filter(created_at__lte=at)
    rows = _newest(versions).values_list("path", "blob_id")
    return {path: blob_id for path, blob_id in rows if blob_id}


def texts_at(project: Project, at: datetime) -> dict[str, str]:
    """Return the texts that the files had at a time, by path."""
    versions = state_at(project, at).items()
    return {path: version.blob.content for path, version in versions if version.blob}


def author_words(version: ProjectFileVersion) -> str:
    """Return in a few words who made a version."""
    if version.edit is not None:
        user = version.edit.user
        return user.email if user else "somebody who is gone"
    kinds = {AuthorKind.MERGE: "generation, merged with edits", AuthorKind.MODEL: "a model"}
    return kinds.get(AuthorKind(version.author_kind), "generation")
