"""Ollama's own API (`/api/chat`, not `/v1`, which drops options without a word)."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
import ollama
from pydantic_core import from_json

from generation.engines.base import EngineError
from generation.engines.providers.base import (
    Answer,
    AnswerCut,
    ChatRequest,
    EngineRejected,
    EngineUnavailable,
    InvalidOutput,
    ModelInfo,
    ModelMissing,
    PromptTooLong,
    StopSignal,
)
from generation.engines.providers.reading import without_thoughts
from generation.engines.providers.stopping import run_until

DEFAULT_PORT = 11434
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
QUICK_SECONDS = 10.0  # to connect, and for questions that no model has to answer
CHARACTERS_PER_TOKEN = 3  # fewer than English or code have, so that the window is never too small
# More characters per token than any text has: fewer tokens than that were not the whole prompt.
MOST_CHARACTERS_PER_TOKEN = 16
SHORT_PROMPT = 512  # characters; below, the count proves nothing
MOST_BYTES_PER_TOKEN = 512  # of a stream, in which a token is a line of its own
SHOWN_ERROR = 300


def base_url(host: str) -> str:
    """Return the URL for what OLLAMA_HOST may hold: a URL, a host, or a host and a port."""
    url = urlsplit(host if "//" in host else f"http://{host}")
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(url.hostname or "", url.hostname)  # noqa: S104
    if url.scheme not in {"http", "https"} or not name:
        raise EngineRejected("OLLAMA_HOST is not an address like http://127.0.0.1:11434.")
    if url.username or url.password:
        raise EngineRejected("OLLAMA_HOST may not hold a user name or password.")
    name = f"[{name}]" if ":" in name else name
    port = url.port or (443 if url.scheme == "https" else DEFAULT_PORT)
    return f"{url.scheme}://{name}:{port}{url.path.rstrip('/')}"


@cache
def _certificates(*, needed: bool) -> ssl.SSLContext:
    """Return what servers are trusted by; to load it takes longer than all else around a call."""
    return httpx.create_ssl_context(verify=needed)


@dataclass
class _Said:
    """What a stream has brought so far."""

    pieces: list[str] = field(default_factory=list)
    last: Mapping[str, Any] | None = None

    def add(self, line: bytes) -> None:
        """Take in a line. Raises `EngineUnavailable` for one that is an error, or not Ollama's."""
        if not line.strip():
            return
        try:
            part = from_json(line)
        except ValueError:
            part = None
        if not isinstance(part, dict):
            raise EngineUnavailable("Ollama's answer broke off in something else.")
        if "error" in part:
            raise EngineUnavailable(f"Ollama could not go on: {_shown(part['error'])}.")
        message = part.get("message")
        self.pieces.append(str(message.get("content") or "") if isinstance(message, dict) else "")
        if part.get("done") is True:
            self.last = part


class OllamaProvider:
    """Models of one Ollama server; `silence` is how long it may say nothing, in seconds."""

    name = "ollama"

    def __init__(self, host: str, *, silence: float = 120.0, keep_alive: str = "10m") -> None:
        self.url = base_url(host)
        self._silence = silence
        self._keep_alive = keep_alive
        self._known: dict[str, ModelInfo] = {}
        # A proxy of the environment is not to stand before a server of this machine.
        self._through_proxy = urlsplit(self.url).hostname not in LOOPBACK
        self._secure = self._through_proxy or self.url.startswith("https:")

    def models(self) -> tuple[ModelInfo, ...]:
        """Return what the server has, newest first."""
        with self._client() as client:
            listed = client.list().models
        return tuple(ModelInfo(m.model, size=m.size) for m in listed if m.model)

    def model(self, name: str) -> ModelInfo:
        """Return a model with its length and capabilities. Raises `ModelMissing`."""
        if name not in self._known:
            with self._client(model=name) as client:
                shown = client.show(name)
            lengths = (
                length
                for key, length in (shown.modelinfo or {}).items()
                if key.endswith("context_length") and isinstance(length, int)
            )
            capabilities = frozenset(map(str, shown.capabilities or ()))
            self._known[name] = ModelInfo(name, next(lengths, None), capabilities)
        return self._known[name]

    def pull(self, name: str) -> Iterator[tuple[str, float | None]]:
        """Fetch a model; yields what is being done and, where known, the part that is done."""
        with self._client(model=name, seconds=self._silence) as client:
            for progress in client.pull(name, stream=True):
                done = progress.completed or 0
                yield progress.status or "", done / progress.total if progress.total else None

    def chat(self, request: ChatRequest, *, stop: StopSignal | None = None) -> Answer:
        """Ask a model; the window is sized for the prompt, and a cut answer is an error."""
        body = self._body(request)
        said = run_until(stop, self._ask(body))
        return _answer_of(said, _length_of(request))

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        info = self.model(request.model)
        window = _length_of(request) // CHARACTERS_PER_TOKEN + request.answer_tokens
        body: dict[str, Any] = {
            "model": request.model,
            "messages": [{"role": m.role, "content": m.content} for m in request.messages],
            "stream": True,
            "truncate": False,
            "shift": False,
            "keep_alive": self._keep_alive,
            "options": {
                "num_ctx": min(window, info.context_length or window),
                "num_predict": request.answer_tokens,
                "temperature": request.temperature,
            },
        }
        if request.schema is not None:
            body["format"] = dict(request.schema)
        if "thinking" in info.capabilities:
            body["think"] = False
        return body

    async def _ask(self, body: Mapping[str, Any]) -> _Said:
        said = _Said()
        timeout = httpx.Timeout(self._silence, connect=QUICK_SECONDS)
        try:
            async with (
                httpx.AsyncClient(
                    timeout=timeout,
                    trust_env=self._through_proxy,
                    verify=_certificates(needed=self._secure),
                ) as client,
                client.stream("POST", f"{self.url}/api/chat", json=dict(body)) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    text = (await response.aread()).decode(errors="replace")
                    raise self._refused(response.status_code, _error_in(text), str(body["model"]))
                most = body["options"]["num_predict"] * MOST_BYTES_PER_TOKEN
                await _listen(response.aiter_bytes(), most, said)
        except httpx.TimeoutException:
            raise EngineUnavailable(
                f"Ollama at {self.url} said nothing for {self._silence:g} s."
            ) from None
        except httpx.TransportError as error:
            raise self._unreachable(error) from None
        return said

    @contextmanager
    def _client(self, *, model: str = "", seconds: float = QUICK_SECONDS) -> Iterator[Any]:
        """Lend a client of the `ollama` package, with its errors as ours."""
        try:
            client = ollama.Client(
                self.url,
                timeout=seconds,
                trust_env=self._through_proxy,
                verify=_certificates(needed=self._secure),
                follow_redirects=False,
            )
            with closing(client):
                yield client
        except ollama.ResponseError as error:
            raise self._refused(error.status_code, _error_in(error.error), model) from None
        except (httpx.TransportError, ConnectionError) as error:
            raise self._unreachable(error) from None
        except ValueError:
            raise EngineRejected(f"What answers at {self.url} is not Ollama.") from None

    def _unreachable(self, error: Exception) -> EngineUnavailable:
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | ConnectionError):
            return EngineUnavailable(
                f"No Ollama server answers at {self.url}. Start it with `ollama serve`, "
                "or set OLLAMA_HOST."
            )
        return EngineUnavailable(f"The connection to Ollama at {self.url} broke.")

    def _refused(self, status: int, reason: str, model: str) -> EngineError:
        said = reason or f"status {status}"
        if status == httpx.codes.NOT_FOUND and model:
            return ModelMissing(
                f"Ollama does not have the model {model!r}. Fetch it with `ollama pull {model}`."
            )
        if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            return EngineRejected(f"What answers at {self.url} asks for a key ({status}).")
        if status == httpx.codes.BAD_REQUEST and "context length" in reason:
            return PromptTooLong(f"The prompt is too long for {model}: {said}.")
        if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            return EngineUnavailable(f"Ollama could not answer: {said}.")
        if status == -1:  # the `ollama` package's number for an error within a stream
            return EngineUnavailable(f"Ollama could not go on: {said}.")
        return EngineRejected(f"Ollama refused: {said}.")


async def _listen(chunks: AsyncIterator[bytes], most: int, said: _Said) -> None:
    """Take in the lines of a stream; raise `AnswerCut` where it is longer than `most` bytes."""
    heard, begun = 0, list[bytes]()
    async for chunk in chunks:
        heard += len(chunk)
        if heard > most:
            raise AnswerCut("The model said more than there was room for.")
        begun.append(chunk)
        if b"\n" in chunk:
            *lines, rest = b"".join(begun).split(b"\n")
            begun = [rest]
            for line in lines:
                said.add(line)
    said.add(b"".join(begun))


def _answer_of(said: _Said, prompt_length: int) -> Answer:
    """Return a whole answer; raise for one that is cut, empty, or to a part of the prompt."""
    if said.last is None:
        raise EngineUnavailable("Ollama's answer ended before it was done.")
    prompt_tokens = _count(said.last.get("prompt_eval_count"))
    if said.last.get("done_reason") == "length":
        raise AnswerCut("The model's answer was longer than the room for it.")
    # No count at all is a prompt that the server still had in its cache.
    if (
        prompt_length > SHORT_PROMPT
        and 0 < prompt_tokens * MOST_CHARACTERS_PER_TOKEN < prompt_length
    ):
        raise AnswerCut("Ollama dropped a part of the prompt; the model's window is too small.")
    text = without_thoughts("".join(said.pieces))
    if not text:
        raise InvalidOutput("The model answered with nothing.")
    return Answer(text, prompt_tokens, _count(said.last.get("eval_count")))


def _count(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 0


def _length_of(request: ChatRequest) -> int:
    """Return the prompt's length in bytes of UTF-8; other scripts have more tokens than letters."""
    return sum(len(message.content.encode()) for message in request.messages)


def _error_in(text: str) -> str:
    try:
        said = json.loads(text)
    except ValueError:
        said = text
    reason = said.get("error", "") if isinstance(said, dict) else said
    return _shown(reason)


def _shown(reason: object) -> str:
    """Return a server's words in one line that can be stored."""
    words = " ".join(str(reason).split())[:SHOWN_ERROR]
    return "".join(filter(str.isprintable, words)).rstrip(".")
