"""A server that speaks OpenAI's chat completions, good and bad; its key is in `hosted.KEY`.

By hand: `python -m tests.stubs.openai --port 8091`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stubs.hosted import HostedHandler, HostedStub, run_by_hand
from tests.stubs.server import Received

UNSUPPORTED_IN_STRICT = ("minLength", "maxLength", "default")


class OpenAIHandler(HostedHandler):
    """One connection to the OpenAI stub."""

    schema_name = "response_format"

    def key_of(self, request: Received) -> str:
        return request.headers.get("authorization", "").removeprefix("Bearer ")

    def send_error_of(self, status: int, code: str, text: str) -> None:
        self.send_json({"error": {"message": text, "type": "error", "code": code}}, status)

    def list_models(self) -> None:
        models = [
            {"id": name, "object": "model", "created": 1, "owned_by": "stub"}
            for name in ("stub-large", "stub-small")
        ]
        self.send_json({"object": "list", "data": models})

    def schema_in(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return body.get("response_format", {}).get("json_schema", {}).get("schema")

    def speak(self, request: Received, pieces: list[str]) -> None:
        body = request.body
        asked = body.get("response_format", {}).get("json_schema")
        if asked and asked["strict"] and not _is_strict(asked["schema"]):
            self.send_error_of(400, "invalid_schema", "Invalid schema: not a strict one")
            return
        if self.server.behaviour == "length":
            pieces = pieces[:2]
        self.begin_stream("text/event-stream")
        self.event(self._chunk({"role": "assistant", "content": ""}))
        for number, piece in enumerate(pieces):
            if self.server.behaviour == "error-midstream" and number:
                self.event({"error": {"message": "the engine broke", "code": "server_error"}})
                self.end_stream()
                return
            if self.breaks_off(number, len(pieces)):
                return
            self.event(self._chunk({"content": piece}))
        if self.server.behaviour == "declines":
            self.event(self._chunk({"refusal": "I cannot help with that."}))
        reason = "length" if self.server.behaviour == "length" else "stop"
        self.event(self._chunk({}, reason))
        if body.get("stream_options", {}).get("include_usage"):
            counted = sum(len(m["content"].split()) for m in body["messages"])
            usage = {"prompt_tokens": counted, "completion_tokens": len(pieces)}
            usage["total_tokens"] = sum(usage.values())
            self.event({**self._chunk({}), "choices": [], "usage": usage})
        self.send_piece(b"data: [DONE]\n\n")
        self.end_stream()

    def _chunk(self, delta: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "stub-large",
            "choices": [{"index": 0, "delta": dict(delta), "finish_reason": reason}],
        }


def _is_strict(schema: Mapping[str, Any]) -> bool:
    """Whether every object names all its properties as needed, and nothing unsupported is used."""
    if "properties" in schema:
        named = set(schema["properties"]) == set(schema.get("required", ()))
        if not named or schema.get("additionalProperties") is not False:
            return False
    if any(word in schema for word in UNSUPPORTED_IN_STRICT):
        return False
    parts = [
        *schema.get("properties", {}).values(),
        *schema.get("$defs", {}).values(),
        *schema.get("anyOf", ()),
        *([schema["items"]] if "items" in schema else ()),
    ]
    return all(_is_strict(part) for part in parts)


class OpenAIStub(HostedStub):
    """OpenAI's server, as far as the product uses it."""

    handler = OpenAIHandler


if __name__ == "__main__":
    run_by_hand(OpenAIStub, "openai", __doc__)
