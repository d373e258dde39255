"""A model whose answers depend on the question alone, and whose connections can be broken."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from tests.stubs.ollama import OllamaHandler, OllamaStub

FEATURE = "Page that says who runs the site"
PAGE = "core/views/imprint.py"
PAGE_CODE = '''"""Who runs this site."""

from django.http import HttpRequest, HttpResponse


def imprint(request: HttpRequest) -> HttpResponse:
    """Say who runs this site."""
    return HttpResponse(f"A bakery, at {request.get_host()}")
'''
STEPS = [
    {
        "tool": "codegen_create",
        "feature": FEATURE,
        "input": {"template": "custom", "file_path": PAGE, "instructions": "Who runs this site."},
    }
]


class ChaosModel(OllamaStub):
    """Speaks slowly, so that somebody is always in the middle of an answer; `drop` hangs up.

    A question that was hung up on is answered the next time: after three failures an app is made
    without the model, as it should be, and has other bytes.
    """

    def __init__(self) -> None:
        super().__init__(behaviour="slow")
        self.RequestHandlerClass = _Handler
        self._asking: dict[socket.socket, str] = {}
        self._spared: set[str] = set()
        self._lock = threading.Lock()

    @property
    def is_asked(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._asking)

    def drop(self) -> int:
        """Hang up in the middle of every answer; return how many there were."""
        with self._lock:
            broken = [line for line, words in self._asking.items() if words not in self._spared]
            self._spared.update(self._asking[line] for line in broken)
        for line in broken:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        return len(broken)

    @contextmanager
    def answering(self, line: socket.socket, words: str) -> Iterator[None]:
        """Know a question while it is answered; once it is, it may be hung up on again."""
        with self._lock:
            self._asking[line] = words
        answered = False
        try:
            yield
            answered = True
        finally:
            with self._lock:
                del self._asking[line]
                if answered:
                    self._spared.discard(words)


class _Handler(OllamaHandler):
    server: ChaosModel

    def _chat(self, body: Mapping[str, Any]) -> None:
        with self.server.answering(self.connection, json.dumps(body.get("messages"))):
            super()._chat(body)

    def _words(self, body: Mapping[str, Any], _prompt: str) -> str:
        wanted = (body.get("format") or {}).get("properties", {})
        if "steps" in wanted:
            return json.dumps({"steps": STEPS})
        if "code" in wanted:
            return json.dumps({"file_path": PAGE, "code": PAGE_CODE})
        return json.dumps({"entities": []})
