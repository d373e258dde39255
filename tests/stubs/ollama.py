"""An Ollama server for tests, good and bad; by hand: `python -m tests.stubs.ollama --port 11434`.

It speaks /api/version, /api/tags, /api/show, /api/pull and /api/chat as Ollama documents them:
streaming lines of JSON, structured output, tools and thinking only where the model has them, and a
prompt that does not fit cut without a word unless `truncate` is false.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from tests.stubs.schema import instance_of
from tests.stubs.server import Received, StubHandler, StubServer, serve_by_hand
from tests.stubs.wordings import WORDINGS

DEFAULT_WINDOW = 4096
STAMP = "2026-11-01T12:00:00Z"
LATE_SECONDS = 0.4
PLAIN_ANSWER = "Hello from the stub."
# Takes the body of a question; returns the behaviour of its answer, and the words.
Speaker = Callable[[Mapping[str, Any]], tuple[str, str]]
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class StubModel:
    """A model that the server has."""

    name: str
    context_length: int = 32_768
    capabilities: tuple[str, ...] = ("completion",)


MODELS = (
    StubModel("coder:7b", capabilities=("completion", "tools")),
    StubModel("thinker:8b", capabilities=("completion", "tools", "thinking")),
    StubModel("small:1b", context_length=2048),
)


class OllamaStub(StubServer):
    """An Ollama server; `script` holds answers to give in turn before it makes up its own.

    A `speaker` is asked instead what to say to a question, and by which behaviour.
    """

    behaviours: ClassVar[Mapping[str, str]] = {
        "good": "answers as asked",
        **dict.fromkeys(WORDINGS, "says something wrong, sent in order"),
        "echo": "says the prompt again",
        "length": "is cut at the answer's limit, and says so",
        "cuts-prompt": "drops most of the prompt without a word",
        "no-done": "ends the stream in the middle",
        "error-midstream": "sends a line with an error in the middle",
        "garbage-line": "sends a line that is not JSON",
        "odd-line": "sends lines of JSON in which every value is of a wrong kind",
        "endless": "repeats itself, whatever the limit",
        "endless-line": "sends a line that has no end",
        "out-of-memory": "answers 500",
        "starting": "answers 503 once, then as asked",
        "reset": "breaks the connection before it answers",
        "reset-midstream": "breaks the connection in the middle",
        "silent": "accepts the question and says nothing",
        "silent-midstream": "begins and then says nothing",
        "slow": "sends a word every 50 ms",
        "late": "answers as asked, but after a while",
        "no-models": "has no models",
        "not-pulled": "does not have the model it is asked for",
        "unauthorized": "asks for a key",
        "web-page": "answers 200 with a page, as a proxy would",
        "redirect": "sends elsewhere",
        "pull-fails": "cannot pull",
    }

    def __init__(
        self,
        *,
        port: int = 0,
        behaviour: str = "good",
        models: Iterable[StubModel] = MODELS,
        script: Iterable[str] = (),
        speaker: Speaker | None = None,
    ) -> None:
        self.speaker = speaker
        self.models = {model.name: model for model in models}
        self.script = list(script)
        self.asked_before = False
        super().__init__(OllamaHandler, port=port, behaviour=behaviour)


class OllamaHandler(StubHandler):
    """One connection to the Ollama stub."""

    server: OllamaStub
    said: tuple[str, str] | None = None  # what the speaker chose for the question at hand

    @property
    def behaviour(self) -> str:
        """How the request at hand is answered."""
        return self.said[0] if self.said else self.server.behaviour

    def answer(self, request: Received) -> None:
        """Send a request to its endpoint, unless the behaviour is not to get that far."""
        self.said = None
        if self._refused_at_the_door():
            return
        endpoints = {
            ("GET", "/api/version"): self._version,
            ("GET", "/api/tags"): self._tags,
            ("POST", "/api/show"): self._show,
            ("POST", "/api/pull"): self._pull,
            ("POST", "/api/chat"): self._chat,
        }
        endpoint = endpoints.get((request.method, request.path))
        if endpoint is None:
            self.send_json({"error": "not found"}, 404)
        else:
            endpoint(request.body or {})

    def _refused_at_the_door(self) -> bool:
        match self.behaviour:
            case "unauthorized":
                self.send_json({"error": "unauthorized"}, 401)
            case "web-page":
                self.send_bytes(b"<html><title>Welcome</title></html>")
            case "redirect":
                self.send_bytes(b"", status=302, headers={"Location": "http://127.0.0.1:9/"})
            case _:
                return False
        return True

    def _version(self, _body: Mapping[str, Any]) -> None:
        self.send_json({"version": "0.13.5"})

    def _tags(self, _body: Mapping[str, Any]) -> None:
        names = [] if self.behaviour == "no-models" else list(self.server.models)
        details = {"format": "gguf", "family": "stub", "parameter_size": "7B"}
        models = [
            {
                "name": name,
                "model": name,
                "modified_at": STAMP,
                "size": 4_000_000_000,
                "digest": "0" * 64,
                "details": details,
            }
            for name in names
        ]
        self.send_json({"models": models})

    def _model(self, body: Mapping[str, Any]) -> StubModel | None:
        """Return the model asked for, or answer 404 as Ollama does."""
        name = str(body.get("model", ""))
        missing = self.behaviour in {"not-pulled", "pull-fails", "no-models"}
        model = None if missing else self.server.models.get(name)
        if model is None:
            self.send_json({"error": f"model '{name}' not found"}, 404)
        return model

    def _show(self, body: Mapping[str, Any]) -> None:
        model = self._model(body)
        if model is None:
            return
        self.send_json(
            {
                "modelfile": "",
                "parameters": "",
                "template": "",
                "details": {"format": "gguf", "family": "stub", "families": ["stub"]},
                "model_info": {
                    "general.architecture": "stub",
                    "stub.context_length": model.context_length,
                },
                "capabilities": list(model.capabilities),
                "modified_at": STAMP,
            }
        )

    def _pull(self, body: Mapping[str, Any]) -> None:
        name = str(body.get("model", ""))
        self.begin_stream("application/x-ndjson")
        self._line({"status": "pulling manifest"})
        if self.behaviour == "pull-fails":
            self._line({"error": "pull model manifest: file does not exist"})
            self.end_stream()
            return
        digest = "sha256:" + "0" * 64
        for done in (0, 50, 100):
            self._line(
                {"status": "pulling 000000", "digest": digest, "total": 100, "completed": done}
            )
        self._line({"status": "success"})
        self.server.models.setdefault(name, StubModel(name))
        if self.behaviour == "not-pulled":
            self.server.behaviour = "good"
        self.end_stream()

    def _chat(self, body: Mapping[str, Any]) -> None:
        self.said = self.server.speaker(body) if self.server.speaker else None
        if self.said and self._refused_at_the_door():
            return
        model = self._model(body)
        if model is None or self._refuses(body, model) or self._breaks_before(body):
            return
        prompt = " ".join(str(part.get("content", "")) for part in body.get("messages", ()))
        counted, window = len(WORD.findall(prompt)), _window(body, model)
        if counted > window and body.get("truncate") is False:
            self.send_json({"error": "the input length exceeds the context length"}, 400)
            return
        if self.behaviour == "cuts-prompt":
            counted = counted // 10
        self._speak(body, model, self._words(body, prompt), min(counted, window))

    def _refuses(self, body: Mapping[str, Any], model: StubModel) -> bool:
        """Refuse what the model does not have, as Ollama does."""
        wanted = [("tools", bool(body.get("tools"))), ("thinking", bool(body.get("think")))]
        for capability, asked in wanted:
            if asked and capability not in model.capabilities:
                self.send_json({"error": f'"{model.name}" does not support {capability}'}, 400)
                return True
        return False

    def _breaks_before(self, _body: Mapping[str, Any]) -> bool:
        first, self.server.asked_before = not self.server.asked_before, True
        match self.behaviour:
            case "out-of-memory":
                self.send_json({"error": "model requires more system memory (9.9 GiB)"}, 500)
            case "starting" if first or self.said:
                self.send_json({"error": "server busy, please try again"}, 503)
            case "reset":
                self.reset()
            case "silent":
                self.stay_silent(60)
                self.close_connection = True
            case "late":
                self.stay_silent(LATE_SECONDS)
                return False
            case _:
                return False
        return True

    def _words(self, body: Mapping[str, Any], prompt: str) -> str:
        """Return what the model says."""
        if self.said:
            text = self.said[1]
        elif self.server.script:
            text = self.server.script.pop(0)
        elif isinstance(body.get("format"), dict):
            text = json.dumps(instance_of(body["format"]))
        else:
            text = "{}" if body.get("format") == "json" else PLAIN_ANSWER
        if self.behaviour == "echo":
            return prompt
        wording = WORDINGS.get(self.behaviour)
        return wording(text) if wording else text

    def _speak(
        self, body: Mapping[str, Any], model: StubModel, text: str, prompt_tokens: int
    ) -> None:
        pieces = re.findall(r"\s*\S+\s*", text) or ([text] if text else [])
        limit = int(body.get("options", {}).get("num_predict") or -1)
        reason = "stop"
        if self.behaviour == "length":
            limit = max(1, len(pieces) // 2)
        if 0 < limit < len(pieces):
            pieces, reason = pieces[:limit], "length"
        last = {
            "model": model.name,
            "created_at": STAMP,
            "message": {"role": "assistant", "content": ""},
            "done": True,
            "done_reason": reason,
            "total_duration": 5_000_000,
            "load_duration": 1_000_000,
            "prompt_eval_count": prompt_tokens,
            "prompt_eval_duration": 1_000_000,
            "eval_count": len(pieces),
            "eval_duration": 1_000_000,
        }
        if not body.get("stream", True):
            last["message"] = {"role": "assistant", "content": "".join(pieces)}
            self.send_json(last)
            return
        self.begin_stream("application/x-ndjson")
        if self._stream(body, model, pieces):
            self._line(last)
            self.end_stream()

    def _stream(self, body: Mapping[str, Any], model: StubModel, pieces: list[str]) -> bool:
        """Send the words one by one; False when the stream did not get to its end."""
        if body.get("think") and "thinking" in model.capabilities:
            self._line(_part(model, {"role": "assistant", "content": "", "thinking": "Hm. "}))
        if body.get("tools"):
            function = body["tools"][0]["function"]
            arguments = instance_of(function.get("parameters", {}))
            call = {"function": {"name": function["name"], "arguments": arguments}}
            self._line(_part(model, {"role": "assistant", "content": "", "tool_calls": [call]}))
            return True
        for number, piece in enumerate(pieces):
            if number == (len(pieces) + 1) // 2 and self._breaks_off():
                return False
            if self.behaviour == "slow" and self.server.closing.wait(0.05):
                return False
            self._line(_part(model, {"role": "assistant", "content": piece}))
        return not (len(pieces) <= 1 and self._breaks_off())

    def _breaks_off(self) -> bool:
        match self.behaviour:
            case "no-done":
                self.end_stream()
            case "reset-midstream":
                self.reset()
            case "silent-midstream":
                self.stay_silent(60)
                self.close_connection = True
            case "endless":
                while not self.server.closing.is_set():
                    self._line({"message": {"content": "again " * 1000}, "done": False})
            case "endless-line":
                while not self.server.closing.is_set():
                    self.send_piece(b"again " * 1000)
            case _:
                return self._says_something_else()
        return True

    def _says_something_else(self) -> bool:
        match self.behaviour:
            case "error-midstream":
                self._line({"error": "an error was encountered while running the model"})
            case "garbage-line":
                self.send_piece(b"<html>502 Bad Gateway</html>\n")
            case "odd-line":
                self._line({"message": "text", "done": False})
                self._line({"message": {"content": None}, "done": "yes", "eval_count": "many"})
            case _:
                return False
        self.end_stream()
        return True

    def _line(self, value: object) -> None:
        self.send_piece(json.dumps(value).encode() + b"\n")


def _window(body: Mapping[str, Any], model: StubModel) -> int:
    asked = int(body.get("options", {}).get("num_ctx") or DEFAULT_WINDOW)
    return min(asked, model.context_length)


def _part(model: StubModel, message: Mapping[str, Any]) -> dict[str, Any]:
    return {"model": model.name, "created_at": STAMP, "message": message, "done": False}


def main() -> None:
    """Run the stub until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.stubs.ollama", description=__doc__)
    parser.add_argument("--port", type=int, default=11434)
    parser.add_argument("--behaviour", choices=list(OllamaStub.behaviours), default="good")
    parser.add_argument("--answer", type=Path, help="a file with what the model says, each time")
    chosen = parser.parse_args()
    script = [chosen.answer.read_text()] * 10_000 if chosen.answer else []
    serve_by_hand(OllamaStub(port=chosen.port, behaviour=chosen.behaviour, script=script))


if __name__ == "__main__":
    main()
