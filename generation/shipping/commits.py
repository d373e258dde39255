"""A project's history as git has it: the same rows give the same commits; history only grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from dulwich.index import commit_tree
from dulwich.objects import Blob as GitBlob
from dulwich.objects import Commit, ObjectID
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo

from generation.engines.archive import is_program
from generation.models import JobStatus
from generation.pipeline.transitions import newest_run
from projects.models import Blob, Project, ProjectEdit, ProjectFileVersion

MAIN, HEAD = Ref(b"refs/heads/main"), Ref(b"HEAD")
CODEGEN = "Codegen <codegen@localhost>"
PLAIN, PROGRAM = 0o100644, 0o100755


@dataclass(frozen=True)
class Step:
    """What one job or edit changed before another did: hashes of blobs by path, None for gone."""

    at: datetime
    job_id: UUID | None
    edit_id: UUID | None
    changed: dict[str, str | None]


@dataclass(frozen=True)
class Content:
    """A text within a repository: git's hash of it and its mode."""

    sha: ObjectID
    mode: int


def repository_of(project: Project) -> MemoryRepo:
    """Return a repository with a commit for each job and edit, on the branch `main`.

    A job that may still write files is left out with all that came after it began, so that no
    commit that somebody has fetched is ever replaced.
    """
    repository = MemoryRepo.init_bare([], {})
    repository.refs.set_symbolic_ref(HEAD, MAIN)
    steps = list(_steps(project))
    contents = _store_contents(repository, steps)
    edits = ProjectEdit.objects.select_related("user").in_bulk(
        [step.edit_id for step in steps if step.edit_id]
    )
    state: dict[str, str] = {}
    parent: ObjectID | None = None
    for number, step in enumerate(steps):
        state |= {path: blob for path, blob in step.changed.items() if blob is not None}
        for path in [path for path, blob in step.changed.items() if blob is None]:
            state.pop(path, None)
        files = [
            (path.encode(), contents[blob].sha, contents[blob].mode) for path, blob in state.items()
        ]
        tree = commit_tree(repository.object_store, files)
        edit = edits.get(step.edit_id) if step.edit_id else None
        commit = _commit(step, edit, tree, parent, is_first=number == 0)
        repository.object_store.add_object(commit)
        parent = commit.id
    if parent is not None:
        repository.refs[MAIN] = parent
    return repository


def _steps(project: Project) -> Iterator[Step]:
    """Yield what was done to the files, oldest first."""
    versions = ProjectFileVersion.objects.filter(project=project)
    newest = newest_run(project)
    if newest is not None and newest.status != JobStatus.COMPLETED:
        first = versions.filter(job_id=newest.pk).order_by("created_at").first()
        versions = versions.filter(created_at__lt=first.created_at) if first else versions
    rows = versions.order_by("created_at", "path", "version").values_list(
        "job_id", "edit_id", "path", "blob_id", "created_at"
    )
    for (job_id, edit_id), group in groupby(rows.iterator(), key=lambda row: row[:2]):
        done = list(group)
        changed: dict[str, str | None] = {path: blob for _, _, path, blob, _ in done}
        yield Step(done[-1][4], job_id, edit_id, changed)


def _store_contents(repository: MemoryRepo, steps: list[Step]) -> dict[str, Content]:
    """Put every text into the repository; return what each is there."""
    wanted = {blob for step in steps for blob in step.changed.values() if blob is not None}
    stored = {}
    for blob in Blob.objects.filter(pk__in=wanted).iterator():
        content = GitBlob.from_string(blob.content.encode())
        repository.object_store.add_object(content)
        stored[blob.pk] = Content(content.id, PROGRAM if is_program(blob.content) else PLAIN)
    return stored


def _commit(
    step: Step, edit: ProjectEdit | None, tree: ObjectID, parent: ObjectID | None, *, is_first: bool
) -> Commit:
    commit = Commit()
    commit.tree = tree
    commit.parents = [parent] if parent else []
    by = f"{edit.user.email} <{edit.user.email}>" if edit and edit.user else CODEGEN
    commit.author, commit.committer = by.encode(), CODEGEN.encode()
    commit.author_time = commit.commit_time = int(step.at.timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    words = "Generate the app" if is_first else "Generate the app again"
    commit.message = f"{edit.summary if edit else words}\n".encode()
    return commit
