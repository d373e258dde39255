"""AINative's HTTP API: code-generation create and refactor, agent memory store and search.

An account need not have these services: a 404 is said as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from generation.engines.base import EngineError
from generation.engines.providers.base import (
    EngineRejected,
    EngineUnavailable,
    InvalidOutput,
    StopSignal,
)
from generation.engines.providers.refusals import said_in
from generation.engines.providers.stopping import pause, run_in_thread

PREFIX = "/api/v1"
TRIES = 3
FIRST_WAIT = 0.5  # seconds; doubled with each try
LONGEST_WAIT = 60.0
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Paths:
    """Where the services are, under the base address."""

    create: str = "/code-generation/create"
    refactor: str = "/code-generation/refactor"
    store: str = "/agent/memory"
    search: str = "/agent/memory/search"


class ServiceMissing(EngineRejected):
    """The account has no such service."""

    code = "service_missing"


@dataclass(frozen=True)
class Memory:
    """A memory that a search found; `score` is the service's own."""

    memory_id: str
    content: str
    score: float
    metadata: Json


class _TryAgain(EngineUnavailable):
    """What may be better later; `after` is how long the service asked to wait, in seconds."""

    def __init__(self, text: str, after: float | None = None) -> None:
        super().__init__(text)
        self.after = after


class AINativeClient:
    """Speaks for one account; `seconds` is how long connecting, and the answer, may take.

    `header` is `Authorization`, for the key as a bearer's, or the name of one for the key alone.

    A call raises `EngineUnavailable` after three tries at what may be better later,
    `EngineRejected` for what will not, `InvalidOutput` for an answer without what was asked
    for, and `Stopped` soon after the stop signal is set. No error repeats the key.
    """

    def __init__(
        self,
        base_url: str,
        key: str,
        *,
        header: str = "Authorization",
        seconds: float = 15.0,
        paths: Paths = Paths(),
    ) -> None:
        if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
            raise EngineRejected("The address of AINative is not one like https://host.")
        self._paths = paths
        self.url = base_url.rstrip("/").removesuffix(PREFIX) + PREFIX
        self._key = key.strip()
        if not self._key or not self._key.isascii() or any(map(str.isspace, self._key)):
            raise EngineRejected("The AINative key is empty, or holds what no key has.")
        sent = f"Bearer {self._key}" if header == "Authorization" else self._key
        self._headers: dict[str, str] = {header: sent}
        self._seconds = seconds

    def create(
        self, template: str, file_path: str, variables: Json, *, stop: StopSignal | None = None
    ) -> str:
        """Return the code of a new file. The path that the answer names does not count."""
        asked = {"template": template, "file_path": file_path, "variables": dict(variables)}
        return _code_in(self._post(self._paths.create, asked, stop))

    def refactor(
        self,
        file_path: str,
        existing_code: str,
        instructions: str,
        *,
        stop: StopSignal | None = None,
    ) -> str:
        """Return a file's code after an edit; `existing_code` is what it is now."""
        asked = {"file_path": file_path, "existing_code": existing_code}
        return _code_in(
            self._post(self._paths.refactor, {**asked, "instructions": instructions}, stop)
        )

    def store(
        self, agent_id: str, content: str, metadata: Json, *, stop: StopSignal | None = None
    ) -> str:
        """Keep a memory and return the service's id of it."""
        asked = {"agent_id": agent_id, "content": content, "metadata": dict(metadata)}
        answer = self._post(self._paths.store, asked, stop)
        memory_id = str(answer.get("memory_id") or answer.get("id") or "")
        if not memory_id:
            raise InvalidOutput("AINative gave no id for the memory.")
        return memory_id

    def search(self, query: str, *, stop: StopSignal | None = None) -> tuple[Memory, ...]:
        """Return what is remembered, the most alike first."""
        results = self._post(self._paths.search, {"query": query}, stop).get("results")
        if not isinstance(results, list):
            raise InvalidOutput("AINative gave no list of memories.")
        return tuple(_memory_of(row) for row in results if isinstance(row, dict))

    def look(self) -> None:
        """Ask once whether the key is taken, by a search, which changes nothing.

        An account without memories may have the other services, so that is no error.
        """
        with suppress(ServiceMissing):
            self._post_once(self._paths.search, {"query": "latest app spec"}, None)

    def _post(self, path: str, asked: Json, stop: StopSignal | None) -> Json:
        """Post and return the answer's object, after at most two more tries."""
        wait = FIRST_WAIT
        for _ in range(TRIES - 1):
            try:
                return self._post_once(path, asked, stop)
            except _TryAgain as fault:
                pause(wait if fault.after is None else fault.after, stop)
                wait *= 2
        return self._post_once(path, asked, stop)

    def _post_once(self, path: str, asked: Json, stop: StopSignal | None) -> Json:
        try:
            response = run_in_thread(stop, lambda: self._send(path, asked))
        except requests.Timeout:
            raise _TryAgain(f"AINative said nothing for {self._seconds:g} s.") from None
        except requests.RequestException:
            raise _TryAgain(f"AINative cannot be reached at {self.url}.") from None
        if not response.ok:
            raise self._fault(response)
        return _object_in(response)

    def _send(self, path: str, asked: Json) -> requests.Response:
        # A redirect would carry the key elsewhere.
        return requests.post(
            self.url + path,
            json=asked,
            headers=self._headers,
            timeout=self._seconds,
            allow_redirects=False,
        )

    def _fault(self, response: requests.Response) -> EngineError:
        status = response.status_code
        said = said_in(response, _words_in, secret=self._key)
        if status == requests.codes.not_found:
            return ServiceMissing("This AINative account has no such service (404).")
        if status == requests.codes.unauthorized:
            return EngineRejected("AINative does not accept the key (401).")
        if status == requests.codes.too_many_requests:
            return _TryAgain(f"AINative asks to wait: {said}", _seconds_in(response))
        if status >= requests.codes.internal_server_error:
            return _TryAgain(f"AINative could not answer: {said}")
        return EngineRejected(f"AINative refused: {said}")


def _words_in(body: Json) -> tuple[str, str]:
    """Return an error's code, and its detail of any shape."""
    detail = _plain(body.get("detail") or body.get("message") or "")
    return str(body.get("error_code") or ""), detail


def _plain(detail: object) -> str:
    if isinstance(detail, list):
        return "; ".join(_plain(one) for one in detail)
    if isinstance(detail, dict) and "msg" in detail:
        place = ".".join(map(str, detail.get("loc", ())))
        return f"{place}: {detail['msg']}" if place else str(detail["msg"])
    if isinstance(detail, dict):
        return "; ".join(f"{name}: {_plain(value)}" for name, value in detail.items())
    return str(detail)


def _object_in(response: requests.Response) -> Json:
    """Return the answer, flat or within `{"success": true, "data": …}`."""
    try:
        body = response.json()
    except ValueError:
        raise InvalidOutput("AINative's answer is not JSON.") from None
    inner = body.get("data", body) if isinstance(body, dict) else None
    if not isinstance(inner, dict):
        raise InvalidOutput("AINative's answer is not an object.")
    return inner


def _code_in(answer: Json) -> str:
    code = answer.get("code", answer.get("refactored_code"))
    if not isinstance(code, str) or not code.strip():
        raise InvalidOutput("AINative answered without code.")
    return code


def _memory_of(row: Json) -> Memory:
    score = row.get("score")
    return Memory(
        str(row.get("memory_id") or row.get("id") or ""),
        str(row.get("content") or ""),
        float(score) if isinstance(score, int | float) else 0.0,
        row.get("metadata") or {},
    )


def _seconds_in(response: requests.Response) -> float | None:
    """Return `Retry-After` in seconds, within bounds; None where it is a date or absent."""
    text = response.headers.get("Retry-After", "")
    return min(float(text), LONGEST_WAIT) if text.isdigit() else None
