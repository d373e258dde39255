"""What the adapters of hosted models share: the key, the connection, and errors in plain words."""

from __future__ import annotations

import ssl
from abc import ABC, abstractmethod
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

import httpx2

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

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
CONNECT_SECONDS = 10.0
LISTING_SECONDS = 15.0  # a person waits for the list of models
SHOWN_ERROR = 300
# What a vendor says of a prompt that does not fit.
TOO_LONG = ("too long", "context length", "context_length", "context window", "token count")
# What a key that is wrong is called by a vendor that answers 400 to it.
BAD_KEY = ("api key not valid", "api_key_invalid")
NO_MONEY = ("insufficient_quota", "credit balance")
Given = TypeVar("Given")


@dataclass(frozen=True)
class Vendor:
    """Who hosts the models; `key_setting` is the usual name of its key."""

    name: str
    title: str
    key_setting: str
    url: str


@dataclass
class Said:
    """What a stream has brought: `cut` at the limit, `declined` with a reason, or `done`."""

    pieces: list[str] = field(default_factory=list)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    done: bool = False
    cut: bool = False
    declined: str = ""


@dataclass(frozen=True)
class Refusal:
    """An error status with what the vendor says of it."""

    status: int
    said: str


class HostedProvider(ABC):
    """Models of one account; `silence` is how long the vendor may say nothing, in seconds.

    No error repeats the key. Redirects are not followed: they would carry the key elsewhere.
    """

    vendor: ClassVar[Vendor]
    # Options of a request that not every model takes; a model that refuses one is asked without.
    optional: ClassVar[tuple[str, ...]] = ("temperature",)
    # What the vendor's SDK raises.
    errors: ClassVar[tuple[type[Exception], ...]]

    def __init__(self, key: str | None, *, base_url: str = "", silence: float = 120.0) -> None:
        title, setting = self.vendor.title, self.vendor.key_setting
        self._key = (key or "").strip()
        if not self._key:
            raise EngineRejected(f"{title} needs a key: set {setting}, or one in your account.")
        if not self._key.isascii() or any(map(str.isspace, self._key)):
            raise EngineRejected(f"The key for {title} holds what no key has.")
        self.url = (base_url.strip() or self.vendor.url).rstrip("/")
        if urlsplit(self.url).scheme not in {"http", "https"} or not urlsplit(self.url).hostname:
            raise EngineRejected(f"The address for {title} is not one like {self.vendor.url}.")
        self._silence = silence
        self._left_out: dict[str, frozenset[str]] = {}

    @property
    def name(self) -> str:
        """Return the vendor's name."""
        return self.vendor.name

    def models(self) -> tuple[ModelInfo, ...]:
        """Return the models that the account may use and that answer questions."""
        return run_until(None, self._listed())

    def chat(self, request: ChatRequest, *, stop: StopSignal | None = None) -> Answer:
        """Ask a model and return its whole answer; a stop signal ends the call."""
        return self._answer_of(run_until(stop, self._asked(request)))

    @abstractmethod
    async def _list(self, http: httpx2.AsyncClient) -> tuple[ModelInfo, ...]:
        """List the models with the vendor's SDK."""

    @abstractmethod
    async def _ask(
        self, http: httpx2.AsyncClient, request: ChatRequest, left_out: frozenset[str]
    ) -> Said:
        """Stream an answer with the vendor's SDK, without the options of those names."""

    @abstractmethod
    def _refusal(self, error: Exception) -> Refusal | None:
        """Return the status and the words of an SDK's error; None where there was no answer."""

    async def _listed(self) -> tuple[ModelInfo, ...]:
        seconds = min(self._silence, LISTING_SECONDS)
        async with self._http(seconds) as http:
            try:
                return await self._translated("", self._list(http), seconds)
            except AttributeError:  # an SDK's own, at an answer that is a page
                text = f"What answers at {self.url} is not {self.vendor.title}."
                raise EngineRejected(text) from None

    async def _asked(self, request: ChatRequest) -> Said:
        """Ask, and once more for each option that turns out not to be the model's."""
        async with self._http(self._silence) as http:
            while True:
                left_out = self._left_out.get(request.model, frozenset())
                call = self._ask(http, request, left_out)
                try:
                    return await self._translated(request.model, call, self._silence)
                except _NotTaken as error:
                    more = {name for name in self.optional if name in str(error)} - left_out
                    if not more:
                        raise EngineRejected(str(error)) from None
                    self._left_out[request.model] = left_out | more

    def _http(self, seconds: float) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            timeout=httpx2.Timeout(seconds, connect=CONNECT_SECONDS),
            follow_redirects=False,
            verify=_trust(),
            # A proxy of the environment is not to stand before a server of this machine.
            trust_env=urlsplit(self.url).hostname not in LOOPBACK,
        )

    async def _translated(
        self, model: str, call: Coroutine[Any, Any, Given], seconds: float
    ) -> Given:
        """Await a call of the SDK that may be silent for so long, with its errors as ours."""
        title = self.vendor.title
        known: tuple[type[Exception], ...] = (httpx2.HTTPError, ValueError, *self.errors)
        try:
            return await call
        except known as error:
            refusal = self._refusal(error)
            if refusal is not None:
                raise self._refused(refusal, model) from None
            causes = (error, error.__cause__)
            if any(isinstance(cause, httpx2.TimeoutException) for cause in causes):
                text = f"{title} said nothing for {seconds:g} s."
            elif any(isinstance(cause, httpx2.ConnectError) for cause in causes):
                text = f"{title} cannot be reached at {self.url}."
            else:
                text = f"The answer of {title} at {self.url} broke off."
            raise EngineUnavailable(text) from None

    def _refused(self, refusal: Refusal, model: str) -> EngineError:
        """Return the error for a status, as people can act on it."""
        title, status = self.vendor.title, refusal.status
        said, lower = self._plain(refusal), refusal.said.lower()
        if status in {401, 403} or any(words in lower for words in BAD_KEY):
            return EngineRejected(
                f"{title} does not accept the key ({status}). Check {self.vendor.key_setting}, "
                "or the key in your account."
            )
        if status == httpx2.codes.NOT_FOUND and model:
            return ModelMissing(f"{title} has no model {model!r} for this account.")
        if any(words in lower for words in NO_MONEY):
            return EngineRejected(f"The account with {title} has no credit left: {said}")
        if status == httpx2.codes.CONTENT_TOO_LARGE or (
            status == httpx2.codes.BAD_REQUEST and any(words in lower for words in TOO_LONG)
        ):
            return PromptTooLong(f"The prompt is too long for {model}: {said}")
        if status in {408, 429} or status >= httpx2.codes.INTERNAL_SERVER_ERROR:
            return EngineUnavailable(f"{title} could not answer: {said}")
        if httpx2.codes.OK <= status < httpx2.codes.MULTIPLE_CHOICES:  # within a stream
            return EngineUnavailable(f"{title} could not go on: {said}")
        kind = _NotTaken if status == httpx2.codes.BAD_REQUEST and model else EngineRejected
        return kind(f"{title} refused: {said}")

    def _plain(self, refusal: Refusal) -> str:
        text = " ".join(refusal.said.split()) or f"status {refusal.status}"
        return text.replace(self._key, "[key]")[:SHOWN_ERROR].rstrip(".") + "."

    def _answer_of(self, said: Said) -> Answer:
        """Return a whole answer; raise for one that is cut, declined or empty."""
        title = self.vendor.title
        if said.declined:
            raise InvalidOutput(f"{title} declined to answer ({said.declined[:SHOWN_ERROR]}).")
        if said.cut:
            raise AnswerCut("The model's answer was longer than the room for it.")
        if not said.done:
            raise EngineUnavailable(f"The answer of {title} at {self.url} ended too early.")
        text = without_thoughts("".join(said.pieces))
        if not text:
            raise InvalidOutput("The model answered with nothing.")
        return Answer(text, said.prompt_tokens, said.completion_tokens)


class _NotTaken(EngineRejected):
    """The request has something that the model does not take."""


@cache
def _trust() -> ssl.SSLContext:
    """Return whom to trust; it is made once, since reading the certificates takes 20 ms."""
    return httpx2.create_ssl_context()
