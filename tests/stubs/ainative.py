"""An AINative service for tests, good and bad; by hand: `python -m tests.stubs.ainative`.

It speaks code-generation create and refactor, and agent memory store and search. The key it takes
is `stub-key`, in either form of header, and never in both.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from tests.stubs.server import Received, StubHandler, StubServer, serve_by_hand

KEY = "stub-key"
PREFIX = "/api/v1"
CREATE = f"{PREFIX}/code-generation/create"
REFACTOR = f"{PREFIX}/code-generation/refactor"
STORE = f"{PREFIX}/agent/memory"
SEARCH = f"{PREFIX}/agent/memory/search"

# Status, body and headers of answers that are errors whatever was asked.
ERRORS: Mapping[str, tuple[int, Any, Mapping[str, str]]] = {
    "no-service": (404, {"detail": "Not Found"}, {}),
    "no-credit": (402, {"detail": "No credit left", "error_code": "INSUFFICIENT_CREDITS"}, {}),
    "invalid-text": (422, {"detail": "template is unknown", "error_code": "BAD_TEMPLATE"}, {}),
    "invalid-list": (
        422,
        {"detail": [{"loc": ["body", "template"], "msg": "field required", "type": "missing"}]},
        {},
    ),
    "invalid-object": (
        422,
        {"detail": {"template": "unknown"}, "error_code": "BAD_TEMPLATE"},
        {},
    ),
    "invalid-message": (400, {"message": "that cannot be done"}, {}),
    "unavailable": (503, {"detail": "down for maintenance"}, {}),
    "rate-limited": (429, {"detail": "slow down", "error_code": "RATE_LIMITED"}, {}),
}


class AINativeStub(StubServer):
    """An AINative service; memories are kept while it runs."""

    behaviours: ClassVar[Mapping[str, str]] = {
        "good": "answers as the contract has it",
        "wrapped": 'answers within {"success": true, "data": …}',
        "other-names": "says id and refactored_code",
        "created": "answers 201",
        "other-path": "names another file than it was asked for",
        "empty-code": "answers without code",
        "code-not-text": "answers with a number as the code",
        **dict.fromkeys(ERRORS, "answers with an error"),
        "unavailable-once": "answers 503 once, then as it should",
        "rate-limited-once": "answers 429 with Retry-After once, then as it should",
        "page-error": "answers 502 with a page",
        "not-json": "answers 200 with a page",
        "leaks-key": "repeats the key in its error",
        "silent": "accepts the question and says nothing",
        "silent-once": "says nothing once, then answers as it should",
        "reset": "breaks the connection",
    }

    def __init__(
        self,
        *,
        port: int = 0,
        behaviour: str = "good",
        retry_after: str = "1",
        script: Iterable[str] = (),
    ) -> None:
        self.script = list(script)
        self.memories: list[dict[str, Any]] = []
        self.retry_after = retry_after
        self.asked_before = False
        super().__init__(AINativeHandler, port=port, behaviour=behaviour)


class AINativeHandler(StubHandler):
    """One connection to the AINative stub."""

    server: AINativeStub

    def answer(self, request: Received) -> None:
        """Check the key, misbehave where told to, and answer."""
        first, self.server.asked_before = not self.server.asked_before, True
        if not _has_key(request):
            self.send_json({"detail": "Invalid API key", "error_code": "INVALID_API_KEY"}, 401)
        elif not self._misbehaved(request, first=first):
            self._serve(request)

    def _misbehaved(self, request: Received, *, first: bool) -> bool:
        name = self.server.behaviour
        if name in ERRORS:
            status, body, headers = ERRORS[name]
            self.send_json(body, status, headers)
            return True
        match name:
            case "unavailable-once" if first:
                self.send_json({"detail": "restarting"}, 503)
            case "rate-limited-once" if first:
                headers = {"Retry-After": self.server.retry_after}
                self.send_json({"detail": "slow down"}, 429, headers)
            case "page-error":
                self.send_bytes(b"<html><h1>502 Bad Gateway</h1></html>", status=502)
            case "not-json":
                self.send_bytes(b"<html>hello</html>")
            case "leaks-key":
                self.send_json({"detail": f"key {_key_of(request)} may not do this"}, 403)
            case "silent":
                self.stay_silent(60)
                self.close_connection = True
            case "silent-once" if first:
                self.stay_silent(60)
                self.close_connection = True
            case "reset":
                self.reset()
            case _:
                return False
        return True

    def _serve(self, request: Received) -> None:
        services: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            CREATE: self._create,
            REFACTOR: self._refactor,
            STORE: self._store,
            SEARCH: self._search,
        }
        service = services.get(request.path)
        if request.method != "POST" or service is None:
            self.send_json({"detail": "Not Found"}, 404)
            return
        body = service(request.body or {})
        if self.server.behaviour == "wrapped":
            body = {"success": True, "data": body}
        self.send_json(body, 201 if self.server.behaviour == "created" else 200)

    def _create(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self._file(asked, f"# {asked['template']}\n# {sorted(asked['variables'])}\n", "code")

    def _refactor(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        field = "refactored_code" if self.server.behaviour == "other-names" else "code"
        return self._file(asked, f"{asked['existing_code']}# {asked['instructions']}\n", field)

    def _file(self, asked: Mapping[str, Any], code: str, field: str) -> dict[str, Any]:
        if self.server.script:
            code = self.server.script.pop(0)
        match self.server.behaviour:
            case "other-path":
                return {"file_path": "../../etc/passwd", field: code}
            case "empty-code":
                return {"file_path": asked["file_path"], field: ""}
            case "code-not-text":
                return {"file_path": asked["file_path"], field: 7}
        return {"file_path": asked["file_path"], field: code}

    def _store(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        name = f"m{len(self.server.memories) + 1}"
        self.server.memories.append({"memory_id": name, **asked})
        return {"id" if self.server.behaviour == "other-names" else "memory_id": name}

    def _search(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        words = set(str(asked.get("query", "")).lower().split())
        found = [
            {
                "memory_id": memory["memory_id"],
                "content": memory["content"],
                "score": len(words & set(memory["content"].lower().split())) / max(1, len(words)),
                "metadata": memory.get("metadata", {}),
            }
            for memory in self.server.memories
        ]
        return {"results": sorted(found, key=lambda row: -row["score"])}


def _key_of(request: Received) -> str:
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bearer or request.headers.get("x-api-key", "")


def _has_key(request: Received) -> bool:
    both = "authorization" in request.headers and "x-api-key" in request.headers
    return _key_of(request) == KEY and not both


def main() -> None:
    """Run the stub until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.stubs.ainative", description=__doc__)
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--behaviour", choices=list(AINativeStub.behaviours), default="good")
    chosen = parser.parse_args()
    serve_by_hand(AINativeStub(port=chosen.port, behaviour=chosen.behaviour))


if __name__ == "__main__":
    main()
