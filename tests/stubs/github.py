"""GitHub's REST API for tests, good and bad; by hand: `python -m tests.stubs.github`.

It keeps repositories with real git objects (hashes as git has them) and refuses what the documented
API refuses. The token it takes is `ghp_stub`, of the account `octo`.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import unquote

from tests.stubs.server import Received, StubHandler, StubServer, serve_by_hand

TOKEN, LOGIN = "ghp_stub", "octo"
MODES = {"100644", "100755", "040000", "160000", "120000"}


def git_hash(kind: str, content: bytes) -> str:
    """Return the hash of a git object."""
    header = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


@dataclass
class StubRepository:
    """A repository: files by tree, commits and branches."""

    name: str
    private: bool
    default_branch: str = "main"
    trees: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    commits: dict[str, dict[str, Any]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def files(self, branch: str = "main") -> dict[str, str]:
        """Return the texts of a branch by path."""
        tree = self.trees[self.commits[self.branches[branch]]["tree"]]
        return {path: self.texts[sha] for path, (_, sha) in tree.items()}

    def log(self, branch: str = "main") -> list[str]:
        """Return the messages of a branch's commits, newest first."""
        messages, sha = [], self.branches.get(branch)
        while sha:
            messages.append(self.commits[sha]["message"])
            sha = next(iter(self.commits[sha]["parents"]), None)
        return messages

    def write(self, path: str, text: str, *, branch: str = "main") -> None:
        """Commit one file as somebody else would."""
        head = self.branches.get(branch)
        files = dict(self.trees[self.commits[head]["tree"]]) if head else {}
        files[path] = ("100644", self.keep(text))
        self.branches[branch] = self.commit(f"Write {path}", self.store(files), head)

    def keep(self, text: str) -> str:
        """Keep a text and return its hash."""
        sha = git_hash("blob", text.encode())
        self.texts[sha] = text
        return sha

    def store(self, files: Mapping[str, tuple[str, str]]) -> str:
        """Keep a tree and return its hash."""
        sha = git_hash("tree", json.dumps(sorted(files.items())).encode())
        self.trees[sha] = dict(files)
        return sha

    def commit(self, message: str, tree: str, parent: str | None) -> str:
        """Keep a commit and return its hash."""
        body = {"message": message, "tree": tree, "parents": [parent] if parent else []}
        sha = git_hash("commit", json.dumps([body, len(self.commits)]).encode())
        self.commits[sha] = body
        return sha


class GitHubStub(StubServer):
    """GitHub with one account."""

    behaviours: ClassVar[Mapping[str, str]] = {
        "good": "answers as the documented API does",
        "rate-limited": "answers 403 with no requests left and when that ends",
        "slow-down": "answers 403 with Retry-After, as secondary limits do",
        "forbidden": "answers 403: the token has not the right",
        "down": "answers 503 with a page",
        "not-json": "answers 200 with a page",
        "leaks-token": "repeats the token in its error",
    }

    def __init__(self, *, port: int = 0, behaviour: str = "good") -> None:
        self.repositories: dict[str, StubRepository] = {}
        self.silent_at: int | None = None  # the number of the request that gets no answer
        self.acts_when_silent = False  # whether it does all the same what it was asked
        self.before: Callable[[Received], None] = lambda _request: None
        super().__init__(GitHubHandler, port=port, behaviour=behaviour)

    def make(self, name: str, *, private: bool = False, begun: bool = True) -> StubRepository:
        """Make a repository; unless it is to be empty, with one commit."""
        made = self.repositories[name.lower()] = StubRepository(name, private)
        if begun:
            made.write("LICENSE", "All rights reserved.\n")
        return made

    def of(self, name: str) -> StubRepository:
        """Return a repository."""
        return self.repositories[name.lower()]


class GitHubHandler(StubHandler):
    """One connection to the GitHub stub."""

    server: GitHubStub

    def do_PATCH(self) -> None:  # noqa: N802 - a name of the standard library
        """Take a PATCH."""
        self._take()

    def do_PUT(self) -> None:  # noqa: N802 - a name of the standard library
        """Take a PUT."""
        self._take()

    def answer(self, request: Received) -> None:
        """Check the token, misbehave where told to, and answer."""
        if len(self.server.received) - 1 == self.server.silent_at:
            if self.server.acts_when_silent:
                self._route(request)
            self.stay_silent(60)
            self.close_connection = True
            return
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            self.send_json({"message": "Bad credentials"}, 401)
        elif not self._misbehaved():
            self.server.before(request)
            status, body = self._route(request)
            self.send_json(body, status)

    def _misbehaved(self) -> bool:
        match self.server.behaviour:
            case "rate-limited":
                headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1767614400"}
                self.send_json({"message": "API rate limit exceeded"}, 403, headers)
            case "slow-down":
                self.send_json({"message": "secondary rate limit"}, 403, {"Retry-After": "30"})
            case "forbidden":
                self.send_json({"message": "Resource not accessible by token"}, 403)
            case "down":
                self.send_bytes(b"<html>Unicorn</html>", status=503)
            case "not-json":
                self.send_bytes(b"<html>hello</html>")
            case "leaks-token":
                self.send_json({"message": f"the token {TOKEN} may not"}, 422)
            case _:
                return False
        return True

    def _route(self, request: Received) -> tuple[int, Any]:
        method, path, body = request.method, unquote(request.path), request.body or {}
        if (method, path) == ("GET", "/user"):
            return 200, {"login": LOGIN}
        made = re.fullmatch(r"/(?:user|orgs/(?P<org>[^/]+))/repos", path)
        if method == "POST" and made:
            return self._make(made["org"] or LOGIN, body)
        found = re.fullmatch(r"/repos/(?P<name>[^/]+/[^/]+)(?P<rest>/.*)?", path)
        repository = self.server.repositories.get(found["name"].lower()) if found else None
        if found is None or repository is None:
            return 404, {"message": "Not Found"}
        return self._within(repository, method, found["rest"] or "", body)

    def _make(self, owner: str, body: Any) -> tuple[int, Any]:
        name = f"{owner}/{body['name']}"
        if name.lower() in self.server.repositories:
            errors = [{"resource": "Repository", "message": "name already exists on this account"}]
            return 422, {"message": "Repository creation failed.", "errors": errors}
        made = self.server.make(name, private=body["private"], begun=bool(body.get("auto_init")))
        return 201, _described(made)

    def _within(self, at: StubRepository, method: str, rest: str, body: Any) -> tuple[int, Any]:
        if (method, rest) == ("GET", ""):
            return 200, _described(at)
        if method == "PUT" and rest.startswith("/contents/"):
            return self._first(at, rest.removeprefix("/contents/"), body)
        if rest.startswith("/git/") and not at.commits:
            return 409, {"message": "Git Repository is empty."}
        if rest.startswith("/git/ref"):
            return self._refs(at, method, rest, body)
        if rest.startswith("/git/"):
            return self._objects(at, method, rest, body)
        if rest == "/pulls":
            return self._pulls(at, method, body)
        return 404, {"message": "Not Found"}

    def _first(self, at: StubRepository, path: str, body: Any) -> tuple[int, Any]:
        at.write(path, base64.b64decode(body["content"], validate=True).decode())
        sha = at.branches["main"]
        at.commits[sha]["message"] = body["message"]
        return 201, {"commit": {"sha": sha}}

    def _refs(self, at: StubRepository, method: str, rest: str, body: Any) -> tuple[int, Any]:
        if (method, rest) == ("POST", "/git/refs"):
            branch = body["ref"].removeprefix("refs/heads/")
            if branch in at.branches or body["sha"] not in at.commits:
                return 422, {"message": "Reference already exists"}
            at.branches[branch] = body["sha"]
            return 201, _ref(at, branch)
        branch = rest.rpartition("heads/")[2]
        if branch not in at.branches:
            return (404 if method == "GET" else 422), {"message": "Reference does not exist"}
        if method == "PATCH":
            parents = at.commits.get(body["sha"], {}).get("parents", [])
            if at.branches[branch] not in parents:
                return 422, {"message": "Update is not a fast forward"}
            at.branches[branch] = body["sha"]
        return 200, _ref(at, branch)

    def _objects(self, at: StubRepository, method: str, rest: str, body: Any) -> tuple[int, Any]:
        kind, _, sha = rest.removeprefix("/git/").partition("/")
        if method == "GET" and kind == "commits":
            return (200, {"sha": sha}) if sha in at.commits else (404, {"message": "Not Found"})
        if method == "GET" and kind == "trees" and sha in at.commits:
            tree = at.commits[sha]["tree"]
            rows = [
                {"path": path, "mode": mode, "type": "blob", "sha": blob}
                for path, (mode, blob) in at.trees[tree].items()
            ]
            return 200, {"sha": tree, "tree": rows, "truncated": False}
        if (method, kind) == ("POST", "trees"):
            return self._tree(at, body)
        if (method, kind) == ("POST", "commits") and body["tree"] in at.trees:
            parents = [parent for parent in body["parents"] if parent in at.commits]
            return 201, {"sha": at.commit(body["message"], body["tree"], next(iter(parents), None))}
        return 404, {"message": "Not Found"}

    def _tree(self, at: StubRepository, body: Any) -> tuple[int, Any]:
        files = dict(at.trees[body["base_tree"]]) if body.get("base_tree") else {}
        for entry in body["tree"]:
            if entry["mode"] not in MODES or entry["path"].startswith("/"):
                return 422, {"message": "tree.path is malformed"}
            if entry.get("sha", "") is None:
                if files.pop(entry["path"], None) is None:
                    return 422, {"message": "GitRPC::BadObjectState"}
            else:
                files[entry["path"]] = (entry["mode"], at.keep(entry["content"]))
        return 201, {"sha": at.store(files)}

    def _pulls(self, at: StubRepository, method: str, body: Any) -> tuple[int, Any]:
        if method == "GET":
            return 200, at.requests
        if at.requests:
            return 422, {"message": "A pull request already exists"}
        if at.branches[body["head"]] == at.branches[body["base"]]:
            return 422, {"message": "No commits between the branches"}
        at.requests.append({**body, "html_url": f"https://github.com/{at.name}/pull/1"})
        return 201, at.requests[-1]


def _described(at: StubRepository) -> dict[str, Any]:
    return {
        "full_name": at.name,
        "html_url": f"https://github.com/{at.name}",
        "default_branch": at.default_branch,
        "private": at.private,
    }


def _ref(at: StubRepository, branch: str) -> dict[str, Any]:
    return {"ref": f"refs/heads/{branch}", "object": {"sha": at.branches[branch]}}


def main() -> None:
    """Run the stub until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.stubs.github", description=__doc__)
    parser.add_argument("--port", type=int, default=8098)
    parser.add_argument("--behaviour", choices=list(GitHubStub.behaviours), default="good")
    chosen = parser.parse_args()
    serve_by_hand(GitHubStub(port=chosen.port, behaviour=chosen.behaviour))


if __name__ == "__main__":
    main()
