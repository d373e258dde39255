"""Going back: one file, the whole project, or one edit; always by new versions."""

from __future__ import annotations

from uuid import UUID

from generation.errors import InvalidTransition
from generation.models import AgentJob, FileMerge, MergeState
from generation.models.jobs import ACTIVE
from generation.workspace.errors import FileChanged, NothingChanged, NotThere
from generation.workspace.history import changes_at, state_at, time_of, version_of_file
from generation.workspace.session import Session, editing
from generation.workspace.texts import safe_path
from projects.files import OWN, Origin, newest_version
from projects.models import Project, ProjectEdit, ProjectFileVersion, User
from projects.models.files import AuthorKind, EditAction


def restore_file(
    *, project: Project, path: str, version: int, by: User, expected: int | None = None
) -> ProjectEdit:
    """Make an old version of a file the current one; a deleted file comes back.

    Raises `NotThere`, `FileChanged` when it is not at version `expected`, `FileRefused` when
    another file is in its way, and `NothingChanged`.
    """
    old = version_of_file(project, path, version)
    summary = f"Restored {path} to version {version}"
    with editing(project, by, EditAction.RESTORE, summary) as session:
        if expected is not None:
            session.current(path, expected)
        _make_current(session, path, old)
        return _done(session)


def _make_current(session: Session, path: str, old: ProjectFileVersion | None) -> None:
    """Give a path the text of an old version; without one, or for a deletion, delete it."""
    now = newest_version(session.project.pk, path)
    if old is None or old.deleted:
        if now is not None and not now.deleted:
            session.remove(path)
    elif now is None or now.deleted or now.blob_id != old.blob_id:
        if now is None or now.deleted:
            safe_path(path, existing=session.paths())
        # What no job makes any more is the person's own from here on.
        is_unmade = now is not None and now.deleted and now.author_kind == AuthorKind.STEP
        origin = OWN if is_unmade else Origin(old.generated_id)
        session.put(path, old.blob.content if old.blob else "", origin=origin)


def _done(session: Session) -> ProjectEdit:
    if not session.changed:
        raise NothingChanged("It is as it was then already.")
    session.check_room()
    return session.edit


def restore_project(*, project: Project, moment_id: UUID, by: User) -> ProjectEdit:
    """Make all files what they were right after a job or an edit.

    Raises `NotThere`, `NothingChanged`, and `InvalidTransition` while a job runs.
    """
    at = time_of(project, moment_id)
    summary = f"Restored all files to {at:%Y-%m-%d %H:%M:%S} UTC"
    with editing(project, by, EditAction.RESTORE, summary) as session:
        if AgentJob.objects.filter(project=project, status__in=ACTIVE).exists():
            raise InvalidTransition("A job is writing files. Wait for its end, or cancel it.")
        then = state_at(project, at)
        for path in sorted(session.paths() - set(then)):
            session.remove(path)
        for path, old in sorted(then.items()):
            _make_current(session, path, old)
        return _done(session)


def undo_edit(*, project: Project, edit_id: UUID, by: User) -> ProjectEdit:
    """Take one edit back, if what it changed was not changed again.

    Raises `NotThere`, `FileChanged` and `NothingChanged`.
    """
    edit = ProjectEdit.objects.filter(project=project, pk=edit_id).first()
    if edit is None:
        raise NotThere("There is no such edit in this project.")
    with editing(project, by, EditAction.UNDO, f"Undid: {edit.summary}") as session:
        session.undoes = edit
        made = list(changes_at(project, edit.pk))
        for version in made:
            now = newest_version(project.pk, version.path)
            if now is not None and now.pk != version.pk:
                raise FileChanged(version.path, None if now.deleted else now.version)
        for version in sorted(made, key=lambda one: one.deleted):
            _make_current(session, version.path, _before(version))
        _open_again(edit)
        return _done(session)


def _open_again(settling: ProjectEdit) -> None:
    """Make the conflict that an edit settled wait again, unless a newer job has one there."""
    settled = FileMerge.objects.filter(edit=settling, state=MergeState.SETTLED)
    waiting = FileMerge.objects.filter(project=settling.project_id, state=MergeState.CONFLICT)
    settled.exclude(path__in=waiting.values("path")).update(state=MergeState.CONFLICT, edit=None)


def _before(version: ProjectFileVersion) -> ProjectFileVersion | None:
    """Return what the path held before a version; a renamed file's parent is another path's."""
    versions = ProjectFileVersion.objects.filter(
        project_id=version.project_id, path=version.path, version=version.version - 1
    )
    return versions.select_related("blob").first()
