"""Google's Gemini models, by the Gemini API."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import httpx2
from google import genai
from google.genai import errors, types

from generation.engines.providers.base import ChatRequest, ModelInfo
from generation.engines.providers.hosted import HostedProvider, Refusal, Said, Vendor
from generation.engines.providers.schemas import told

ANSWERS = "generateContent"
CUT = "MAX_TOKENS"
DONE = "STOP"
SCHEMA_NAME = re.compile("responseJsonSchema|response_schema")  # in the protocol


class GeminiProvider(HostedProvider):
    """Models of an account with Google's Gemini API."""

    vendor = Vendor(
        "gemini", "Gemini", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com"
    )
    optional: ClassVar[tuple[str, ...]] = ("temperature", "response_json_schema")
    errors = (errors.APIError,)

    def _client(self, http: httpx2.AsyncClient) -> Any:
        options = types.HttpOptions(
            base_url=self.url,
            httpx_async_client=http,
            timeout=int(self._silence * 1000),
            retry_options=types.HttpRetryOptions(attempts=1),
        )
        return genai.Client(api_key=self._key, vertexai=False, http_options=options).aio

    async def _list(self, http: httpx2.AsyncClient) -> tuple[ModelInfo, ...]:
        listed = await self._client(http).models.list()
        return tuple(
            [
                ModelInfo(model.name.removeprefix("models/"), model.input_token_limit)
                async for model in listed
                if model.name and ANSWERS in (model.supported_actions or ())
            ]
        )

    async def _ask(
        self, http: httpx2.AsyncClient, request: ChatRequest, left_out: frozenset[str]
    ) -> Said:
        said = Said()
        stream = await self._client(http).models.generate_content_stream(
            model=request.model, contents=_contents(request), config=_config(request, left_out)
        )
        async for chunk in stream:
            _hear(said, chunk)
        return said

    def _refusal(self, error: Exception) -> Refusal | None:
        if not isinstance(error, errors.APIError):
            return None
        # What is wrong with a schema is said by its name in the protocol.
        said = str(error.message or "").replace("responseJsonSchema", "response_json_schema")
        return Refusal(
            int(error.code or 200), said.replace("response_schema", "response_json_schema")
        )


def _hear(said: Said, chunk: types.GenerateContentResponse) -> None:
    usage, feedback = chunk.usage_metadata, chunk.prompt_feedback
    if usage is not None:
        said.prompt_tokens = usage.prompt_token_count or 0
        answered, thought = usage.candidates_token_count or 0, usage.thoughts_token_count or 0
        said.completion_tokens = answered + thought
    if feedback is not None and feedback.block_reason is not None:
        said.declined = str(feedback.block_reason.value)
    for candidate in chunk.candidates or ():
        parts = (candidate.content.parts if candidate.content else None) or ()
        said.pieces.extend(part.text or "" for part in parts if not part.thought)
        reason = candidate.finish_reason.value if candidate.finish_reason else None
        if reason is not None:
            said.done = True
            said.cut = reason == CUT
            said.declined = said.declined if reason in {CUT, DONE} else reason


def _contents(request: ChatRequest) -> list[types.ContentOrDict]:
    roles = {"user": "user", "assistant": "model"}
    return [
        {"role": roles[m.role], "parts": [{"text": m.content}]}
        for m in request.messages
        if m.role in roles
    ]


def _config(request: ChatRequest, left_out: frozenset[str]) -> types.GenerateContentConfig:
    system = [m.content for m in request.messages if m.role == "system"]
    config: dict[str, Any] = {
        "max_output_tokens": request.answer_tokens,
        "temperature": request.temperature,
    }
    if request.schema is not None:
        config["response_mime_type"] = "application/json"
        config["response_json_schema"] = dict(request.schema)
        if "response_json_schema" in left_out:
            system.append(told(request.schema))
    if system:
        config["system_instruction"] = "\n\n".join(system)
    kept = {name: value for name, value in config.items() if name not in left_out}
    return types.GenerateContentConfig(**kept)
