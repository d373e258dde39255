"""What every stub server is: HTTP on loopback, behaviours by name, the requests it was sent."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


@dataclass(frozen=True)
class Received:
    """One request as it came in; names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


class StubServer(ThreadingHTTPServer):
    """A server that behaves as it is told and remembers what it was asked."""

    daemon_threads = True
    behaviours: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self, handler: type[StubHandler], *, port: int = 0, behaviour: str = "good"
    ) -> None:
        self._behaviour = ""
        self.behaviour = behaviour
        self.received: list[Received] = []
        self.closing = threading.Event()
        super().__init__(("127.0.0.1", port), handler)

    @property
    def behaviour(self) -> str:
        """How it answers; one of `behaviours`."""
        return self._behaviour

    @behaviour.setter
    def behaviour(self, name: str) -> None:
        if name not in self.behaviours:
            raise ValueError(f"no behaviour {name!r}; there are {', '.join(self.behaviours)}")
        self._behaviour = name

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def asked(self, path: str) -> list[Received]:
        """Return the requests to a path, oldest first."""
        return [request for request in self.received if request.path == path]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of callers that hang up: that is what many tests have them do."""

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer until the block ends."""
        thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.closing.set()
            self.shutdown()
            self.server_close()
            thread.join()


class StubHandler(BaseHTTPRequestHandler):
    """Reads requests and writes answers, whole or in pieces."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: StubServer

    def answer(self, request: Received) -> None:
        """Answer one request."""
        raise NotImplementedError

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""

    def _take(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = raw
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Received(self.command, self.path.partition("?")[0], headers, body)
        self.server.received.append(request)
        self.answer(request)

    do_GET = do_POST = do_DELETE = _take  # noqa: N815 - names of the standard library

    def send_json(
        self, body: object, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer with JSON."""
        self.send_bytes(json.dumps(body).encode(), "application/json", status, headers)

    def send_bytes(
        self,
        body: bytes,
        kind: str = "text/html",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin_stream(self, kind: str) -> None:
        """Begin an answer that comes in pieces."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send_piece(self, data: bytes) -> None:
        """Send one piece of a stream."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def end_stream(self) -> None:
        """End a stream in good order."""
        self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()

    def reset(self) -> None:
        """Break the connection, so that the other side sees a reset."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def stay_silent(self, seconds: float) -> None:
        """Send nothing for a while, or until the server closes."""
        self.server.closing.wait(seconds)


def serve_by_hand(server: StubServer) -> None:
    """Answer until Ctrl-C."""
    print(f"{server.url} ({server.behaviour}); Ctrl-C ends it", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
