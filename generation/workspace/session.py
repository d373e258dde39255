"""One edit: a transaction that alone writes the project's files, its row, its versions, events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Sum

from generation.events import EventBatch, event_batch, lock_project
from generation.models import LogSource
from generation.workspace.errors import FileChanged, NotThere
from generation.workspace.texts import check_room
from projects.files import Author, Origin, keep_out_everybody, put_file, remove_file
from projects.models import Project, ProjectEdit, ProjectFile, ProjectFileVersion, User
from projects.models.files import AuthorKind, EditAction

KINDS = {
    EditAction.RESTORE: AuthorKind.RESTORE,
    EditAction.UNDO: AuthorKind.RESTORE,
    EditAction.SETTLE: AuthorKind.MERGE,
}


@dataclass
class Session:
    """What an edit may do; its row is made with its first change."""

    project: Project
    by: User
    action: EditAction
    events: EventBatch
    summary: str = ""
    undoes: ProjectEdit | None = None
    changed: list[str] = field(default_factory=list)

    @cached_property
    def edit(self) -> ProjectEdit:
        """The edit's row."""
        return ProjectEdit.objects.create(
            project=self.project,
            user=self.by,
            action=self.action,
            summary=self.summary,
            undoes=self.undoes,
        )

    @property
    def author(self) -> Author:
        """Who the versions are by."""
        return Author(KINDS.get(self.action, AuthorKind.USER), edit=self.edit)

    def paths(self) -> set[str]:
        """Return the paths of the project's files."""
        return set(self.project.files.values_list("path", flat=True))

    def current(self, path: str, expected: int | None) -> ProjectFile:
        """Return a file that must be at version `expected`, or at any when that is None.

        Raises `FileChanged` when it is not, `NotThere` when there never was such a file.
        """
        if "\x00" in path:  # which the database cannot even look for
            raise NotThere("There is no such file.")
        file = self.project.files.filter(path=path).first()
        if file is None:
            if not ProjectFileVersion.objects.filter(project=self.project, path=path).exists():
                raise NotThere(f"There is no file {path}.")
            raise FileChanged(path, None)
        if expected is not None and file.version != expected:
            raise FileChanged(path, file.version)
        return file

    def put(
        self,
        path: str,
        text: str,
        *,
        parent: ProjectFileVersion | None = None,
        origin: Origin | None = None,
    ) -> ProjectFile:
        """Store a file's next version and tell of it."""
        file = put_file(self.project.pk, path, text, self.author, parent=parent, origin=origin)
        self.changed.append(path)
        self.events.file(file)
        return file

    def remove(self, path: str) -> ProjectFileVersion:
        """Store a file's deletion and tell of it."""
        version = remove_file(self.project.pk, path, self.author)
        self.changed.append(path)
        self.events.file_removed(path, version.version)
        return version

    def check_room(self) -> None:
        """Raise `FileTooLarge` when the project holds too much now."""
        sums = self.project.files.aggregate(size=Sum("size"))
        check_room(self.project.files.count(), sums["size"] or 0)


@contextmanager
def editing(project: Project, by: User, action: EditAction, summary: str = "") -> Iterator[Session]:
    """Run one edit; it is logged and told to watchers when it has changed something."""
    with event_batch(project.pk) as events:
        keep_out_everybody(project.pk)
        lock_project(project.pk)
        session = Session(project, by, action, events, summary)
        yield session
        if session.changed:
            events.log(f"{session.edit.summary} ({by.email})", source=LogSource.USER)
