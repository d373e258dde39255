"""Anthropic's models, by its Messages API, which has no temperature any more."""

from __future__ import annotations

from typing import Any, ClassVar

import anthropic
import httpx2

from generation.engines.providers.base import ChatRequest, ModelInfo
from generation.engines.providers.hosted import HostedProvider, Refusal, Said, Vendor
from generation.engines.providers.schemas import PLAIN_KEYWORDS, closed, told

MOST_MODELS = 1000


class AnthropicProvider(HostedProvider):
    """Models of an account with Anthropic."""

    vendor = Vendor("anthropic", "Anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com")
    optional: ClassVar[tuple[str, ...]] = ("output_config",)
    errors = (anthropic.AnthropicError,)

    def _client(self, http: httpx2.AsyncClient) -> anthropic.AsyncAnthropic:
        return anthropic.AsyncAnthropic(
            api_key=self._key, base_url=self.url, max_retries=0, http_client=http
        )

    async def _list(self, http: httpx2.AsyncClient) -> tuple[ModelInfo, ...]:
        listed = await self._client(http).models.list(limit=MOST_MODELS)
        return tuple(ModelInfo(model.id, model.max_input_tokens) for model in listed.data or ())

    async def _ask(
        self, http: httpx2.AsyncClient, request: ChatRequest, left_out: frozenset[str]
    ) -> Said:
        said = Said()
        stream: Any = await self._client(http).messages.create(
            **_body(request, left_out), stream=True
        )
        async for event in stream:
            match event.type:
                case "message_start":
                    said.prompt_tokens = event.message.usage.input_tokens
                case "content_block_delta" if event.delta.type == "text_delta":
                    said.pieces.append(event.delta.text)
                case "message_delta":
                    said.completion_tokens = event.usage.output_tokens
                    _end(said, event.delta.stop_reason)
                case "message_stop":
                    said.done = True
        return said

    def _refusal(self, error: Exception) -> Refusal | None:
        if isinstance(error, anthropic.APIStatusError):
            return Refusal(error.status_code, error.message)
        return None


def _end(said: Said, reason: str | None) -> None:
    said.cut = reason in {"max_tokens", "model_context_window_exceeded"}
    if reason == "refusal":
        said.declined = reason


def _body(request: ChatRequest, left_out: frozenset[str]) -> dict[str, Any]:
    system = [m.content for m in request.messages if m.role == "system"]
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [
            {"role": m.role, "content": m.content} for m in request.messages if m.role != "system"
        ],
        "max_tokens": request.answer_tokens,
    }
    if request.schema is not None:
        schema = closed(request.schema, PLAIN_KEYWORDS)
        if schema is None or "output_config" in left_out:
            system.append(told(request.schema))
        else:
            body["output_config"] = {"format": {"type": "json_schema", "schema": schema}}
    if system:
        body["system"] = "\n\n".join(system)
    return {name: value for name, value in body.items() if name not in left_out}
