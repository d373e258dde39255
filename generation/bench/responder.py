"""A server on loopback that answers as Ollama does, at once, and says how long it took itself."""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "bench"
WORDS = 200  # of the answer's filling; each is a line of the stream
FILE = "docs/help.md"
# What is said to a question for an answer of a shape, by the first name in the shape.
ANSWERS: dict[str, Any] = {
    "entities": {"entities": []},
    "steps": {
        "steps": [
            {
                "tool": "codegen_create",
                "feature": None,
                "input": {"template": "custom", "file_path": FILE, "instructions": "Say how."},
            }
        ]
    },
    "file_path": {"file_path": FILE, "code": "# Help\n\n" + "word " * WORDS + "\n"},
}


class Responder(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """List the one model."""
        self._whole({"models": [{"name": MODEL, "model": MODEL, "size": 1}]})

    def do_POST(self) -> None:
        """Show the model, or answer a question."""
        began = time.perf_counter_ns()
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/api/chat":
            self._whole({"model_info": {"bench.context_length": 131_072}, "capabilities": []})
            return
        shape = (asked.get("format") or {}).get("properties") or {"file_path": None}
        text = json.dumps(ANSWERS[next(iter(shape))])
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        lines = [{"message": {"role": "assistant", "content": f"{w} "}} for w in text.split(" ")]
        self._piece(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        took = time.perf_counter_ns() - began
        last = {"done": True, "done_reason": "stop", "prompt_eval_count": 0, "total_duration": took}
        self._piece(json.dumps(last).encode() + b"\n")
        self._piece(b"")

    def _piece(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _whole(self, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def main() -> None:
    """Print the address and answer until ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Responder)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
