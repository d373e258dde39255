"""OpenAI's models, by chat completions, which compatible servers have too."""

from __future__ import annotations

from typing import Any, ClassVar

import httpx2
import openai

from generation.engines.providers.base import ChatRequest, ModelInfo
from generation.engines.providers.hosted import HostedProvider, Refusal, Said, Vendor
from generation.engines.providers.schemas import STRICT_KEYWORDS, closed, told


class OpenAIProvider(HostedProvider):
    """Models of an account with OpenAI, or of a server that speaks its protocol."""

    vendor = Vendor("openai", "OpenAI", "OPENAI_API_KEY", "https://api.openai.com/v1")
    optional: ClassVar[tuple[str, ...]] = ("temperature", "response_format")
    errors = (openai.OpenAIError,)

    def _client(self, http: httpx2.AsyncClient) -> openai.AsyncOpenAI:
        return openai.AsyncOpenAI(
            api_key=self._key, base_url=self.url, max_retries=0, http_client=http
        )

    async def _list(self, http: httpx2.AsyncClient) -> tuple[ModelInfo, ...]:
        listed = await self._client(http).models.list()
        return tuple(ModelInfo(model.id) for model in listed.data or ())

    async def _ask(
        self, http: httpx2.AsyncClient, request: ChatRequest, left_out: frozenset[str]
    ) -> Said:
        said = Said()
        stream: Any = await self._client(http).chat.completions.create(
            **_body(request, left_out), stream=True, stream_options={"include_usage": True}
        )
        async for chunk in stream:
            if chunk.usage is not None:
                said.prompt_tokens = chunk.usage.prompt_tokens
                said.completion_tokens = chunk.usage.completion_tokens
            for choice in chunk.choices:
                said.pieces.append(choice.delta.content or "")
                said.declined += getattr(choice.delta, "refusal", None) or ""
                if choice.finish_reason is not None:
                    said.done = True
                    said.cut = choice.finish_reason == "length"
                if choice.finish_reason == "content_filter":
                    said.declined = said.declined or "content_filter"
        return said

    def _refusal(self, error: Exception) -> Refusal | None:
        if isinstance(error, openai.APIStatusError):
            return Refusal(error.status_code, f"{error.code or ''} {error.message}".strip())
        if isinstance(error, openai.APIConnectionError):
            return None
        # An error within a stream comes without a status of its own.
        return Refusal(200, error.message) if isinstance(error, openai.APIError) else None


def _body(request: ChatRequest, left_out: frozenset[str]) -> dict[str, Any]:
    messages = [{"role": m.role, "content": m.content} for m in request.messages]
    body: dict[str, Any] = {
        "model": request.model,
        "messages": messages,
        "max_completion_tokens": request.answer_tokens,
        "temperature": request.temperature,
    }
    if request.schema is not None:
        strict = closed(request.schema, STRICT_KEYWORDS, all_required=True)
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": "answer",
                "strict": strict is not None,
                "schema": dict(request.schema) if strict is None else strict,
            },
        }
        if "response_format" in left_out:
            messages.insert(0, {"role": "system", "content": told(request.schema)})
    return {name: value for name, value in body.items() if name not in left_out}
