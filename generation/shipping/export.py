"""An app as a commit on GitHub: one for each export, with only what changed since the last."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from generation.events import event_batch
from generation.models import GitHubExport, LogSource
from generation.services import finished_files
from generation.shipping.changes import changes_between
from generation.shipping.destination import Destination
from generation.shipping.errors import ChangedOnGitHub, GitHubError, RepositoryTaken, TokenRefused
from generation.shipping.github import GitHubClient, Repository, TreeEntry
from generation.workspace.history import texts_at
from projects.db import DbClock
from projects.models import KeyProvider, Project, ProviderKey, User

FIRST_FILE = "README.md"
NEW_BRANCH = "codegen"
LARGEST_TREE = 4_000_000  # characters of text in one request
SHOWN_CONFLICTS = 5
DESCRIPTION = 300


@dataclass(frozen=True)
class Exported:
    """What became of an export."""

    repository_url: str
    files_pushed: int
    commit_sha: str
    pull_request_url: str | None = None


@dataclass(frozen=True)
class _Start:
    """Where a branch stands before the export, and what was exported to it last."""

    branch: str
    commit: str
    is_there: bool
    exported: dict[str, str]
    begun: int = 0  # files that the first commit of an empty repository took


def kept_token(user: User) -> ProviderKey | None:
    """Return the token that a person keeps here, if it can be read still."""
    kept = ProviderKey.objects.filter(user=user, provider=KeyProvider.GITHUB).first()
    return kept if kept is not None and kept.is_readable else None


def token_of(user: User) -> str:
    """Open the token that a person keeps here. Raises `TokenRefused` where there is none."""
    kept = kept_token(user)
    if kept is None:
        raise TokenRefused("Give a GitHub token, or keep one in your account page.")
    return kept.open()


def export_to_github(
    *, project: Project, by: User, token: str, destination: Destination
) -> Exported:
    """Push a finished project's files as one commit, and return what was pushed.

    The branch is moved last of all, so an export that breaks off has changed nothing that anybody
    sees, save that a new repository may be there. Raises `NothingToDownload` before the project is
    done, and a `GitHubError`.
    """
    at, files = _moment(project), finished_files(project)
    client = GitHubClient(settings.GITHUB_API_URL, token, seconds=settings.GITHUB_SECONDS)
    repository = _repository(client, project, destination)
    export = GitHubExport.objects.create(
        project=project, user=by, repository=repository.name, branch="", files_at=at
    )
    start = _start(client, project, repository, destination, files)
    commit, pushed = _push(client, repository, start, files, destination.message)
    request_url = None
    if destination.pull_request and start.branch != repository.default_branch:
        request_url = client.open_pull_request(
            repository.name,
            head=start.branch,
            base=repository.default_branch,
            title=destination.message,
            body=f"The files of {project.project_name} as they were generated and edited.",
        )
    export.branch, export.commit_sha = start.branch, commit
    export.files_pushed, export.pull_request_url = pushed + start.begun, request_url
    _record(export)
    return Exported(repository.url, export.files_pushed, commit, request_url)


def _moment(project: Project) -> datetime:
    """Return the time by the clock that versions of files are stamped with."""
    at: datetime = Project.objects.filter(pk=project.pk).values_list(DbClock(), flat=True).get()
    return at


def _record(export: GitHubExport) -> None:
    with event_batch(export.project_id) as events:
        export.save(update_fields=["branch", "commit_sha", "files_pushed", "pull_request_url"])
        count = "1 file" if export.files_pushed == 1 else f"{export.files_pushed} files"
        events.log(
            f"Exported to GitHub: {export.repository}, branch {export.branch}, {count}",
            source=LogSource.USER,
        )


def _repository(client: GitHubClient, project: Project, to: Destination) -> Repository:
    """Return the repository, made if need be. Raises `RepositoryTaken`."""
    login = client.login()
    owner, _, short = to.repository.rpartition("/")
    name = f"{owner or login}/{short}"
    found = client.repository(name)
    if found is None:
        organisation = owner if owner and owner.lower() != login.lower() else None
        words = (project.vision_statement or project.description or "").split("\n")[0]
        return client.create_repository(
            short, organisation=organisation, private=to.private, description=words[:DESCRIPTION]
        )
    if to.branch or to.pull_request or _exports(project, found).exists():
        return found
    if client.head(found.name, found.default_branch) is not None:
        raise RepositoryTaken(
            f"There is a repository {found.name} already. Choose another name, or give a branch."
        )
    return found


def _exports(project: Project, repository: Repository) -> QuerySet[GitHubExport]:
    return GitHubExport.objects.filter(project=project, repository__iexact=repository.name)


def _start(
    client: GitHubClient,
    project: Project,
    repository: Repository,
    to: Destination,
    files: dict[str, str],
) -> _Start:
    """Find out what the new commit follows; an empty repository gets its first commit."""
    name, default = repository.name, repository.default_branch
    done = _exports(project, repository).exclude(commit_sha=None)
    branch = to.branch or (NEW_BRANCH if to.pull_request else default)
    head = client.head(name, branch)
    if head is not None:
        last = done.filter(branch=branch).first()
        return _Start(branch, head, is_there=True, exported=_texts(project, last))
    last = done.first()
    if last is not None and last.commit_sha and client.has_commit(name, last.commit_sha):
        return _Start(branch, last.commit_sha, is_there=False, exported=_texts(project, last))
    trunk = client.head(name, default)
    if trunk is not None:
        return _Start(branch, trunk, is_there=False, exported={})
    path = FIRST_FILE if FIRST_FILE in files else min(files)
    content = base64.b64encode(files[path].encode()).decode()
    first = client.begin(name, path=path, content=content, message="Begin")
    return _Start(branch, first, is_there=branch == default, exported={}, begun=1)


def _texts(project: Project, export: GitHubExport | None) -> dict[str, str]:
    return texts_at(project, export.files_at) if export else {}


def _push(
    client: GitHubClient, repository: Repository, start: _Start, files: dict[str, str], message: str
) -> tuple[str, int]:
    """Commit what changed and move the branch; return its commit and the number of files."""
    name = repository.name
    remote = client.tree(name, start.commit)
    if remote.is_cut:
        raise GitHubError("The repository holds too many files to be compared with.")
    changes = changes_between(files=files, exported=start.exported, remote=remote.blobs)
    if changes.conflicts:
        raise ChangedOnGitHub(_conflict_words(changes.conflicts))
    commit = start.commit
    if changes.entries:
        tree = remote.sha
        for part in _parts(changes.entries):
            tree = client.create_tree(name, tree, part)
        commit = client.create_commit(name, message=message, tree=tree, parent=start.commit)
    if not start.is_there:
        client.create_branch(name, start.branch, commit)
    elif changes.entries:
        client.move_branch(name, start.branch, commit)
    return commit, len(changes.entries)


def _conflict_words(paths: Sequence[str]) -> str:
    shown = ", ".join(paths[:SHOWN_CONFLICTS])
    more = f" and {len(paths) - SHOWN_CONFLICTS} more" if len(paths) > SHOWN_CONFLICTS else ""
    return (
        f"GitHub has other texts of {shown}{more} than were exported there. Nothing was changed. "
        "Export to a new branch with a pull request and settle them there."
    )


def _parts(entries: Sequence[TreeEntry]) -> Iterator[list[TreeEntry]]:
    """Split entries so that no request is too large."""
    part: list[TreeEntry] = []
    size = 0
    for entry in entries:
        length = len(entry.text or "") + len(entry.path)
        if part and size + length > LARGEST_TREE:
            yield part
            part, size = [], 0
        part.append(entry)
        size += length
    if part:
        yield part
