"""List the models of the Ollama server; fetch one, or see whether one can do the work."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, Literal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from pydantic import BaseModel, ConfigDict, Field

from generation.engines.base import EngineError
from generation.engines.providers.base import ChatRequest, Message, ModelInfo
from generation.engines.providers.ollama import OllamaProvider
from generation.engines.providers.structured import Call, ask

GIGABYTE = 1_000_000_000
CHECK_TOKENS = 512


class SampleEntity(BaseModel):
    """What the check asks a model for: a thing that an app keeps, with typed fields."""

    class SampleField(BaseModel):
        """One field of it."""

        model_config = ConfigDict(extra="forbid")

        name: str = Field(min_length=1, max_length=40)
        type: Literal["text", "integer", "date", "boolean"]

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    fields: list[SampleField] = Field(min_length=1, max_length=8)


QUESTION = (
    "An app keeps the books that a person has read. Name the one entity that it stores, and its "
    "fields with their types."
)


class Command(BaseCommand):
    """Show what a local model server has."""

    help = __doc__
    requires_system_checks: tuple[str, ...] = ()  # the site has run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--pull", metavar="MODEL", help="fetch a model")
        chosen.add_argument("--check", metavar="MODEL", help="ask a model for an entity as JSON")

    def handle(self, **options: Any) -> None:
        """Do what was asked; a server that cannot be used is an error with its reason."""
        try:
            provider = OllamaProvider(settings.OLLAMA_HOST, silence=settings.OLLAMA_SILENCE)
            if options["pull"]:
                self._pull(provider, options["pull"])
            elif options["check"]:
                self._check(provider, options["check"])
            else:
                self._list(provider)
        except EngineError as error:
            raise CommandError(str(error)) from error

    def _list(self, provider: OllamaProvider) -> None:
        listed = provider.models()
        if not listed:
            raise CommandError(
                f"Ollama at {provider.url} has no models. Fetch one with `--pull MODEL`."
            )
        for model in listed:
            self.stdout.write(_line(model, provider.model(model.name)))

    def _pull(self, provider: OllamaProvider, name: str) -> None:
        shown = ""
        for status, part in provider.pull(name):
            text = status if part is None else f"{status} {part:.0%}"
            if text != shown:
                self.stdout.write(text)
                shown = text

    def _check(self, provider: OllamaProvider, name: str) -> None:
        calls: list[Call] = []
        request = ChatRequest(name, (Message("user", QUESTION),), answer_tokens=CHECK_TOKENS)
        try:
            entity = ask(provider, request, SampleEntity, record=calls.append)
        finally:
            for number, call in enumerate(calls, start=1):
                outcome = call.error or f"{call.completion_tokens} tokens"
                self.stdout.write(f"call {number}: {call.seconds:.1f} s, {outcome}")
        fields = ", ".join(f"{field.name} ({field.type})" for field in entity.fields)
        self.stdout.write(f"{name} answers as asked: {entity.name} with {fields}")


def _line(listed: ModelInfo, known: ModelInfo) -> str:
    size = f"{listed.size / GIGABYTE:.1f} GB" if listed.size else "?"
    window = f"{known.context_length} tokens" if known.context_length else "?"
    return f"{listed.name:<32} {size:>9}  {window:>14}  {', '.join(sorted(known.capabilities))}"
