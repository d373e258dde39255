"""Conflicts between what a job generated and what a person has: looked at, and settled by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from generation.engines.merging import Merge, Region, Side, merge_texts
from generation.engines.merging.texts import Style
from generation.engines.paths import UnsafePath, check_path
from generation.models import FileMerge, MergeKind, MergeState
from generation.pipeline.places import Place, place_of
from generation.workspace.errors import FileChanged, NotSettled, NotThere
from generation.workspace.session import Session, editing
from generation.workspace.texts import checked
from projects.files import OWN, Origin
from projects.models import Project, User
from projects.models.files import EditAction


@dataclass(frozen=True)
class Review:
    """A conflict as it stands now: the person may have changed the file since it arose.

    `hunks` are what must be decided about, in order; for a whole file it is one.
    """

    row: FileMerge
    place: Place

    @property
    def path(self) -> str:
        """Where the person has the file, or where it would be made."""
        return self.place.path

    @property
    def version(self) -> int | None:
        """The file's version; None where there is no file."""
        newest = self.place.version
        return None if newest is None or newest.deleted else newest.version

    @cached_property
    def ours(self) -> str | None:
        """The file as the person has it."""
        return self.place.text

    @cached_property
    def merge(self) -> Merge | None:
        """The merge by lines, where both sides have the file."""
        if self.ours is None or self.row.theirs is None:
            return None
        return merge_texts(self.row.path, self.place.base, self.ours, self.row.theirs)

    @cached_property
    def hunks(self) -> tuple[Region, ...]:
        """The parts in conflict, each with its lines before, of the person and as generated."""
        if self.merge is not None:
            return self.merge.hunks
        sides = (self.place.base, self.ours, self.row.theirs)
        base, ours, theirs = (tuple(Style().lines_of(text or "")) for text in sides)
        return (Region(base, ours, theirs, None),)

    def text(self, choices: Sequence[Side] = ()) -> str | None:
        """Return the text that choices lead to, one for each hunk; None for no file."""
        if self.merge is not None:
            return self.merge.text(choices)
        side = choices[0] if choices else Side.OURS
        return self.row.theirs if side is Side.THEIRS else self.ours


def open_conflicts(project: Project) -> QuerySet[FileMerge]:
    """Return the conflicts that wait for somebody, without their texts."""
    rows = FileMerge.objects.filter(project=project, state=MergeState.CONFLICT)
    return rows.order_by("path").defer("base", "theirs")


def merged_last(project: Project) -> QuerySet[FileMerge]:
    """Return what the newest job that merged anything has merged without a conflict."""
    merged = FileMerge.objects.filter(project=project, state=MergeState.MERGED)
    newest = merged.order_by("-job__created_at").values("job_id")[:1]
    return merged.filter(job_id__in=newest).order_by("place").defer("base", "theirs")


def review_of(project: Project, conflict_id: UUID) -> Review:
    """Return an open conflict. Raises `NotThere`."""
    row = FileMerge.objects.filter(
        project=project, pk=conflict_id, state=MergeState.CONFLICT
    ).first()
    if row is None:
        raise NotThere("There is no such conflict, or it is settled already.")
    return Review(row, place_of(project.pk, row.path))


def settle_conflict(
    *,
    project: Project,
    conflict_id: UUID,
    by: User,
    version: int | None,
    choices: Sequence[Side] | None = None,
    text: str | None = None,
) -> FileMerge:
    """Settle a conflict by a choice for each hunk, or by a text of the person's own.

    `version` is that of the file which they looked at. Raises `NotThere`, `FileChanged` when the
    file is at another by now, and `NotSettled` when choices are missing.
    """
    with editing(project, by, EditAction.SETTLE) as session:
        review = review_of(project, conflict_id)
        if review.version != version:
            raise FileChanged(review.path, review.version)
        if choices is not None and len(choices) != len(review.hunks):
            raise NotSettled(f"Choose for each of {len(review.hunks)} parts.")
        if choices is None and text is None:
            raise NotSettled("Choose for each part, or send the text.")
        session.summary = f"Settled the conflict in {review.path}"
        _store(session, review, text if choices is None else review.text(choices))
        row = review.row
        row.state, row.place = MergeState.SETTLED, review.path
        if session.changed:
            row.edit = session.edit
        row.save()
        session.check_room()
    return row


def _store(session: Session, review: Review, text: str | None) -> None:
    """Bring the file to what was decided, and have the next merge start at what was generated."""
    path, row = review.path, review.row
    if text is None:
        # A deletion also where there never was a file: so that it is not made again.
        if review.version is not None or review.place.version is None:
            session.remove(path)
        return
    checked(path, text)
    if review.version is None:
        for other in _in_the_way(session.paths(), path):
            session.remove(other)
    origin = OWN if row.kind == MergeKind.REMOVED else Origin.of(row.theirs or "")
    row.version = session.put(path, text, origin=origin).version


def _in_the_way(existing: set[str], path: str) -> list[str]:
    """Return the files that cannot be there beside one at a path."""
    return [other for other in sorted(existing) if not _fits(path, other)]


def _fits(path: str, other: str) -> bool:
    try:
        check_path(path, existing=[other])
    except UnsafePath:
        return False
    return True
