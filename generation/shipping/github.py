"""The calls of GitHub's REST API that an export needs (docs.github.com, version 2022-11-28)."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import requests

from generation.engines.providers.refusals import said_in
from generation.shipping.errors import (
    ChangedOnGitHub,
    GitHubError,
    GitHubUnavailable,
    RateLimited,
    TokenRefused,
)

VERSION = "2022-11-28"
ONE_CALL = 20.0  # seconds
MISSING = (requests.codes.not_found, requests.codes.conflict)  # 409: the repository is empty
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Repository:
    """A repository; `name` is `owner/name`, `url` where a person looks at it."""

    name: str
    url: str
    default_branch: str


@dataclass(frozen=True)
class RemoteTree:
    """The files of a commit: git's hash of each by path. A cut list names only some of them."""

    sha: str
    blobs: Mapping[str, str]
    is_cut: bool


@dataclass(frozen=True)
class TreeEntry:
    """A file to write, or with no text one to take away."""

    path: str
    mode: str
    text: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the entry as the API takes it."""
        named = {"path": self.path, "mode": self.mode, "type": "blob"}
        return {**named, "sha": None} if self.text is None else {**named, "content": self.text}


class GitHubClient:
    """Speaks for one token, for `seconds` in all.

    A call raises `TokenRefused`, `RateLimited`, `GitHubUnavailable` or, for what will not be better
    later, `GitHubError`. The token goes into one header; redirects are not followed with it.
    """

    def __init__(self, base_url: str, token: str, *, seconds: float) -> None:
        self._url = base_url.rstrip("/")
        self._token = token.strip()
        if not self._token or not self._token.isascii() or any(map(str.isspace, self._token)):
            raise TokenRefused("The GitHub token is empty, or holds what no token has.")
        self._ends = time.monotonic() + seconds
        self._headers = {
            "Authorization": f"Bearer {self._token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": VERSION,
        }

    def login(self) -> str:
        """Return the name of the account that the token belongs to."""
        return _text(self._call("GET", "/user"), "login")

    def repository(self, name: str) -> Repository | None:
        """Return a repository (`owner/name`), None when the token sees none of that name."""
        found = self._find(f"/repos/{name}")
        return _repository(found) if found is not None else None

    def create_repository(
        self, name: str, *, organisation: str | None, private: bool, description: str
    ) -> Repository:
        """Make an empty repository, of the token's account or of an organisation."""
        address = f"/orgs/{organisation}/repos" if organisation else "/user/repos"
        asked = {"name": name, "private": private, "description": description, "auto_init": False}
        return _repository(self._call("POST", address, asked))

    def head(self, name: str, branch: str) -> str | None:
        """Return a branch's commit, None where there is no such branch or no commit at all."""
        found = self._find(f"/repos/{name}/git/ref/heads/{quote(branch)}")
        return _text(found.get("object") or {}, "sha") if found is not None else None

    def has_commit(self, name: str, sha: str) -> bool:
        """Tell whether a commit is there."""
        return self._find(f"/repos/{name}/git/commits/{sha}") is not None

    def begin(self, name: str, *, path: str, content: str, message: str) -> str:
        """Make the first commit of an empty repository, which its git data API cannot do."""
        asked = {"message": message, "content": content}
        made = self._call("PUT", f"/repos/{name}/contents/{quote(path)}", asked)
        return _text(made.get("commit") or {}, "sha")

    def tree(self, name: str, commit: str) -> RemoteTree:
        """Return the files of a commit."""
        found = self._call("GET", f"/repos/{name}/git/trees/{commit}?recursive=1")
        entries = [row for row in found.get("tree", ()) if row.get("type") == "blob"]
        blobs = {str(row["path"]): str(row["sha"]) for row in entries}
        return RemoteTree(_text(found, "sha"), blobs, bool(found.get("truncated")))

    def create_tree(self, name: str, base: str | None, entries: Sequence[TreeEntry]) -> str:
        """Store a tree: the one of `base` with these entries in place of its own."""
        asked: dict[str, Any] = {"tree": [entry.as_json() for entry in entries]}
        asked |= {"base_tree": base} if base else {}
        return _text(self._call("POST", f"/repos/{name}/git/trees", asked), "sha")

    def create_commit(self, name: str, *, message: str, tree: str, parent: str) -> str:
        """Store a commit, which no branch names yet."""
        asked = {"message": message, "tree": tree, "parents": [parent]}
        return _text(self._call("POST", f"/repos/{name}/git/commits", asked), "sha")

    def create_branch(self, name: str, branch: str, commit: str) -> None:
        """Make a branch at a commit."""
        asked = {"ref": f"refs/heads/{branch}", "sha": commit}
        self._call("POST", f"/repos/{name}/git/refs", asked)

    def move_branch(self, name: str, branch: str, commit: str) -> None:
        """Move a branch on to a commit that follows it.

        Raises `ChangedOnGitHub` when it does not follow. Where no answer comes, the branch itself
        is asked whether it moved.
        """
        address = f"/repos/{name}/git/refs/heads/{quote(branch)}"
        try:
            response = self._send("PATCH", address, {"sha": commit, "force": False})
        except GitHubUnavailable:
            if self.head(name, branch) != commit:
                raise
            return
        if response.status_code == requests.codes.unprocessable_entity:
            raise ChangedOnGitHub(
                f"The branch {branch} moved meanwhile. Nothing was changed; export again."
            )
        self._checked(response)

    def open_pull_request(self, name: str, *, head: str, base: str, title: str, body: str) -> str:
        """Return the address of the pull request from `head` to `base`, opened if need be."""
        owner = name.partition("/")[0]
        query = f"head={quote(f'{owner}:{head}')}&base={quote(base)}&state=open"
        there = self._checked(self._send("GET", f"/repos/{name}/pulls?{query}"))
        if isinstance(there, list) and there:
            return _text(there[0], "html_url")
        asked = {"title": title, "head": head, "base": base, "body": body}
        return _text(self._call("POST", f"/repos/{name}/pulls", asked), "html_url")

    def _find(self, address: str) -> Json | None:
        response = self._send("GET", address)
        if response.status_code in MISSING:
            return None
        return _object(self._checked(response))

    def _call(self, method: str, address: str, body: Json | None = None) -> Json:
        return _object(self._checked(self._send(method, address, body)))

    def _send(self, method: str, address: str, body: Json | None = None) -> requests.Response:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise GitHubUnavailable("GitHub took too long in all. Export again.")
        try:
            return requests.request(
                method,
                self._url + address,
                json=body,
                headers=self._headers,
                timeout=min(left, ONE_CALL),
                allow_redirects=False,
            )
        except requests.Timeout:
            raise GitHubUnavailable("GitHub said nothing in time. Export again.") from None
        except requests.RequestException:
            raise GitHubUnavailable(f"GitHub cannot be reached at {self._url}.") from None

    def _checked(self, response: requests.Response) -> Any:
        if not response.ok:
            raise self._fault(response)
        try:
            return response.json()
        except ValueError:
            raise GitHubUnavailable("GitHub's answer is not JSON.") from None

    def _fault(self, response: requests.Response) -> GitHubError:
        code = response.status_code
        said = said_in(response, _words_in, secret=self._token)
        if code == requests.codes.unauthorized:
            return TokenRefused("GitHub does not accept the token (401). Make a new one.")
        if _is_limited(response):
            return RateLimited(f"GitHub wants a pause{_until(response)}: {said}")
        if code == requests.codes.forbidden:
            return TokenRefused(f"The token may not do this (403): {said}")
        if code == requests.codes.not_found:
            return GitHubError(
                f"GitHub shows this token no such thing (404): {said} It needs the right to read "
                "and write the repository's contents.",
                code="github_not_found",
            )
        if 300 <= code < 400:
            return GitHubError("GitHub says that this has moved. Use its present name.")
        if code >= requests.codes.internal_server_error:
            return GitHubUnavailable(f"GitHub could not answer ({code}). Export again.")
        return GitHubError(f"GitHub refused ({code}): {said}")


def _is_limited(response: requests.Response) -> bool:
    """Tell a limit from a refusal: GitHub answers both with 403."""
    if response.status_code == requests.codes.too_many_requests:
        return True
    spent = response.headers.get("X-RateLimit-Remaining") == "0"
    return response.status_code == requests.codes.forbidden and (
        spent or "Retry-After" in response.headers
    )


def _until(response: requests.Response) -> str:
    after = response.headers.get("Retry-After", "")
    reset = response.headers.get("X-RateLimit-Reset", "")
    if after.isdigit():
        return f" of {after} s"
    if reset.isdigit():
        return f" until {datetime.fromtimestamp(int(reset), UTC):%H:%M} UTC"
    return ""


def _words_in(body: Json) -> list[str]:
    """Return an error's message, and what it names as wrong."""
    errors = body.get("errors")
    faults = [_fault_words(one) for one in errors] if isinstance(errors, list) else []
    return [str(body.get("message") or ""), "; ".join(faults)]


def _fault_words(error: object) -> str:
    if isinstance(error, dict):
        return str(error.get("message") or " ".join(map(str, error.values())))
    return str(error)


def _object(body: object) -> Json:
    if not isinstance(body, dict):
        raise GitHubUnavailable("GitHub's answer is not an object.")
    return body


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise GitHubUnavailable(f"GitHub's answer has no {name}.")
    return value


def _repository(body: Json) -> Repository:
    return Repository(
        _text(body, "full_name"),
        _text(body, "html_url"),
        str(body.get("default_branch") or "main"),
    )
