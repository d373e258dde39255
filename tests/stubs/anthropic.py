"""A server that speaks Anthropic's Messages API, good and bad; its key is in `hosted.KEY`.

By hand: `python -m tests.stubs.anthropic --port 8092`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stubs.hosted import HostedHandler, HostedStub, run_by_hand
from tests.stubs.server import Received

BOUNDS = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "pattern")


class AnthropicHandler(HostedHandler):
    """One connection to the Anthropic stub."""

    schema_name = "output_config.format"

    def key_of(self, request: Received) -> str:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        return request.headers.get("x-api-key") or bearer

    def send_error_of(self, status: int, code: str, text: str) -> None:
        self.send_json({"type": "error", "error": {"type": code, "message": text}}, status)

    def list_models(self) -> None:
        model = {
            "type": "model",
            "id": "stub-large",
            "display_name": "Stub",
            "created_at": "2026-11-01T00:00:00Z",
            "lifecycle": "active",
            "max_input_tokens": 200_000,
        }
        self.send_json({"data": [model], "has_more": False, "first_id": None, "last_id": None})

    def schema_in(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return body.get("output_config", {}).get("format", {}).get("schema")

    def speak(self, request: Received, pieces: list[str]) -> None:
        body = request.body
        if any(message["role"] == "system" for message in body["messages"]):
            self.send_error_of(400, "invalid_request_error", "messages: unexpected role system")
            return
        if any(f'"{word}"' in repr(body.get("output_config")).replace("'", '"') for word in BOUNDS):
            self.send_error_of(400, "invalid_request_error", "schema: bounds are not supported")
            return
        reason = {"length": "max_tokens", "declines": "refusal"}.get(
            self.server.behaviour, "end_turn"
        )
        words = " ".join([str(body.get("system", "")), *(m["content"] for m in body["messages"])])
        self.begin_stream("text/event-stream")
        self._send("message_start", message=_message(len(words.split())))
        self._send("content_block_start", index=0, content_block={"type": "text", "text": ""})
        self._send("ping")
        for number, piece in enumerate(pieces):
            if self.server.behaviour == "error-midstream" and number:
                self._send("error", error={"type": "overloaded_error", "message": "Overloaded"})
                self.end_stream()
                return
            if self.breaks_off(number, len(pieces)):
                return
            delta = {"type": "text_delta", "text": piece}
            self._send("content_block_delta", index=0, delta=delta)
        self._send("content_block_stop", index=0)
        self._send(
            "message_delta",
            delta={"stop_reason": reason, "stop_sequence": None},
            usage={"output_tokens": len(pieces)},
        )
        self._send("message_stop")
        self.end_stream()

    def _send(self, name: str, **values: Any) -> None:
        self.event({"type": name, **values}, name)


def _message(prompt_tokens: int) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "stub-large",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": prompt_tokens, "output_tokens": 1},
    }


class AnthropicStub(HostedStub):
    """Anthropic's server, as far as the product uses it."""

    handler = AnthropicHandler


if __name__ == "__main__":
    run_by_hand(AnthropicStub, "anthropic", __doc__)
