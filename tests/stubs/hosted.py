"""What the stubs of hosted models share: keys, behaviours, answers sent as events."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from tests.stubs.schema import instance_of
from tests.stubs.server import Received, StubHandler, StubServer, serve_by_hand

KEY = "stub-key-0123456789"
ANSWER = "Hello from the stub."
ERRORS: Mapping[str, tuple[int, str, str]] = {
    "no-credit": (429, "insufficient_quota", "Your credit balance is too low"),
    "too-long": (400, "context_length_exceeded", "The prompt is too long"),
    "no-model": (404, "not_found", "no such model"),
    "forbidden": (403, "forbidden", "Key {key} may not do this"),
    "rate-limited": (429, "rate_limited", "slow down"),
    "overloaded": (503, "overloaded", "busy; the key was {key}"),
}


class HostedStub(StubServer):
    """A vendor's server; `script` holds answers to give in turn before it makes up its own."""

    behaviours: ClassVar[Mapping[str, str]] = {
        "good": "answers as asked",
        "length": "is cut at the answer's limit, and says so",
        "declines": "refuses to answer, in the protocol's way",
        "empty": "answers with nothing",
        "thinks-aloud": "says its thoughts before the answer",
        "no-temperature": "has a model that takes no temperature",
        "no-schema": "has a model that takes no schema",
        "no-credit": "says that the account is empty",
        "too-long": "says that the prompt does not fit",
        "no-model": "answers 404 to a question",
        "forbidden": "does not accept the key, and repeats it",
        "rate-limited": "answers 429",
        "overloaded": "answers 503",
        "page-error": "answers 502 with a page",
        "web-page": "answers 200 with a page",
        "redirect": "sends elsewhere",
        "no-end": "ends the stream in the middle",
        "error-midstream": "sends an error in the middle",
        "garbage": "sends what is not JSON in the middle",
        "reset": "breaks the connection before it answers",
        "reset-midstream": "breaks the connection in the middle",
        "silent": "accepts the question and says nothing",
        "silent-midstream": "begins and then says nothing",
        "slow": "sends a word every 50 ms",
    }
    handler: ClassVar[type[HostedHandler]]

    def __init__(
        self, *, port: int = 0, behaviour: str = "good", script: Iterable[str] = ()
    ) -> None:
        self.script = list(script)
        super().__init__(self.handler, port=port, behaviour=behaviour)

    @property
    def questions(self) -> list[Any]:
        """Return the bodies of the questions that were asked, oldest first."""
        return [request.body for request in self.received if request.method == "POST"]


class HostedHandler(StubHandler):
    """One connection; a vendor's handler says how its protocol words things."""

    server: HostedStub
    # The names under which the protocol has what some models do not take.
    temperature_name = "temperature"
    schema_name = ""

    def key_of(self, request: Received) -> str:
        """Return the key that came."""
        raise NotImplementedError

    def send_error_of(self, status: int, code: str, text: str) -> None:
        """Answer with an error."""
        raise NotImplementedError

    def list_models(self) -> None:
        """Answer with the models."""
        raise NotImplementedError

    def schema_in(self, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the schema that is asked for."""
        raise NotImplementedError

    def has_temperature(self, body: Mapping[str, Any]) -> bool:
        """Return whether a temperature is asked for."""
        return "temperature" in body

    def speak(self, request: Received, pieces: list[str]) -> None:
        """Send an answer in pieces."""
        raise NotImplementedError

    def answer(self, request: Received) -> None:
        """Check the key, misbehave where told to, and answer."""
        if self.key_of(request) != KEY:
            self.send_error_of(401, "invalid_api_key", f"Wrong key: {self.key_of(request)}")
        elif not self._refused(request):
            if request.method == "GET":
                self.list_models()
            else:
                self.speak(request, self._pieces(request.body))

    def _refused(self, request: Received) -> bool:
        asked = request.method == "POST"
        if self.server.behaviour in ERRORS:
            status, code, text = ERRORS[self.server.behaviour]
            self.send_error_of(status, code, text.format(key=self.key_of(request)))
            return True
        match self.server.behaviour:
            case "no-temperature" if asked and self.has_temperature(request.body):
                self.send_error_of(400, "unsupported", f"{self.temperature_name} is not supported")
            case "no-schema" if asked and self.schema_in(request.body) is not None:
                self.send_error_of(400, "unsupported", f"{self.schema_name} is not supported")
            case "page-error":
                self.send_bytes(b"<html><h1>502 Bad Gateway</h1></html>", status=502)
            case "web-page":
                self.send_bytes(b"<html><title>Welcome</title></html>")
            case "redirect":
                self.send_bytes(b"", status=302, headers={"Location": "http://127.0.0.1:9/"})
            case "reset":
                self.reset()
            case "silent":
                self.stay_silent(60)
                self.close_connection = True
            case _:
                return False
        return True

    def _pieces(self, body: Mapping[str, Any]) -> list[str]:
        schema = self.schema_in(body)
        if self.server.behaviour == "empty":
            return []
        if self.server.script:
            text = self.server.script.pop(0)
        else:
            text = ANSWER if schema is None else json.dumps(instance_of(schema))
        if self.server.behaviour == "thinks-aloud":
            text = f"<think>\nLet me see.\n</think>\n{text}"
        return re.findall(r"\s*\S+\s*", text)

    def breaks_off(self, number: int, count: int) -> bool:
        """Break off in the middle of an answer where told to."""
        if self.server.behaviour == "slow" and self.server.closing.wait(0.05):
            return True
        if number != count // 2:
            return False
        match self.server.behaviour:
            case "no-end":
                self.end_stream()
            case "garbage":
                self.send_piece(b"event: message\ndata: <html>502</html>\n\n")
                self.end_stream()
            case "reset-midstream":
                self.reset()
            case "silent-midstream":
                self.stay_silent(60)
                self.close_connection = True
            case _:
                return False
        return True

    def event(self, value: object, name: str = "") -> None:
        """Send one server-sent event."""
        named = f"event: {name}\n" if name else ""
        self.send_piece(f"{named}data: {json.dumps(value)}\n\n".encode())


def run_by_hand(stub: type[HostedStub], module: str, text: str | None) -> None:
    """Run a stub until Ctrl-C."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.stubs.{module}", description=text)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behaviour", choices=list(stub.behaviours), default="good")
    chosen = parser.parse_args()
    serve_by_hand(stub(port=chosen.port, behaviour=chosen.behaviour))
