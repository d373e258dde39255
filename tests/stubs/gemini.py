"""A server that speaks the Gemini API, good and bad; its key is in `hosted.KEY`.

By hand: `python -m tests.stubs.gemini --port 8093`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stubs.hosted import HostedHandler, HostedStub, run_by_hand
from tests.stubs.server import Received


class GeminiHandler(HostedHandler):
    """One connection to the Gemini stub."""

    schema_name = "generation_config.response_schema"

    def key_of(self, request: Received) -> str:
        return request.headers.get("x-goog-api-key", "")

    def send_error_of(self, status: int, code: str, text: str) -> None:
        if status == 401:  # as Google answers to a key that is none
            status, text = 400, "API key not valid. Please pass a valid API key."
        body = {"code": status, "message": text, "status": code.upper()}
        self.send_json({"error": body}, status)

    def list_models(self) -> None:
        models = [
            {
                "name": f"models/{name}",
                "inputTokenLimit": 1_000_000,
                "supportedGenerationMethods": [method],
            }
            for name, method in [
                ("stub-large", "generateContent"),
                ("stub-vectors", "embedContent"),
            ]
        ]
        self.send_json({"models": models})

    def schema_in(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        return body.get("generationConfig", {}).get("responseJsonSchema")

    def has_temperature(self, body: Mapping[str, Any]) -> bool:
        return "temperature" in body.get("generationConfig", {})

    def speak(self, request: Received, pieces: list[str]) -> None:
        if not request.path.endswith(":streamGenerateContent"):
            self.send_error_of(404, "not_found", "no such method")
            return
        self.begin_stream("text/event-stream")
        if self.server.behaviour == "declines":
            self.event({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}})
            self.end_stream()
            return
        self.event(_chunk("Let me think.", thought=True))
        for number, piece in enumerate(pieces):
            if self.server.behaviour == "error-midstream" and number:
                error = {"code": 503, "message": "The model is overloaded", "status": "UNAVAILABLE"}
                self.event({"error": error})
                self.end_stream()
                return
            if self.breaks_off(number, len(pieces)):
                return
            self.event(_chunk(piece))
        reason = "MAX_TOKENS" if self.server.behaviour == "length" else "STOP"
        words = sum(
            len(part["text"].split()) for c in request.body["contents"] for part in c["parts"]
        )
        usage = {"promptTokenCount": words, "candidatesTokenCount": len(pieces)}
        usage["thoughtsTokenCount"] = 3
        self.event({**_chunk("", reason=reason), "usageMetadata": usage})
        self.end_stream()


def _chunk(text: str, *, thought: bool = False, reason: str | None = None) -> dict[str, Any]:
    part = {"text": text, **({"thought": True} if thought else {})}
    ending = {"finishReason": reason} if reason else {}
    return {"candidates": [{"content": {"role": "model", "parts": [part]}, "index": 0, **ending}]}


class GeminiStub(HostedStub):
    """Google's server of the Gemini API, as far as the product uses it."""

    handler = GeminiHandler


if __name__ == "__main__":
    run_by_hand(GeminiStub, "gemini", __doc__)
