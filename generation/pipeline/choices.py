"""Engines to choose from: what each user has now, and a look at a choice before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from generation.engines.base import EngineError
from generation.engines.providers.base import ModelMissing, Provider
from generation.engines.providers.catalogue import HOSTED_NAMES, PROVIDER_NAMES
from generation.engines.providers.ollama import OllamaProvider
from generation.engines.registry import AINATIVE, EngineChoice
from generation.errors import EngineNotReady
from generation.keys import key_for
from generation.pipeline.config import RunOptions, is_model_only
from generation.pipeline.engines import (
    ainative_for,
    first_model,
    provider_for,
    source_of,
)
from projects.models import User
from projects.spec.request import TECH_STACKS

MOST_NAMED = 12
LIST_SECONDS, TROUBLE_SECONDS = 300, 20  # how long what a vendor said of an account is kept


def settled(options: RunOptions, user: User) -> RunOptions:
    """Return options that name the model to use, after a look at whether all is there.

    Raises `EngineNotReady` with what to do.
    """
    try:
        choice = EngineChoice.parse(options.engine)
        if choice.name == AINATIVE:
            ainative_for(user).look()
        if choice.thinker is not None:
            provider = provider_for(choice.thinker, user)
            choice = replace(choice, model=_model_there(choice, provider))
    except EngineError as error:
        raise EngineNotReady(str(error), code=error.code) from error
    return options.model_copy(update={"engine": str(choice)})


def check_stack(options: RunOptions, stack: str) -> None:
    """Raise `EngineNotReady` where a stack has no templates and no model is to write it."""
    if is_model_only(stack) and EngineChoice.parse(options.engine).thinker is None:
        raise EngineNotReady(
            f"There are no templates for {stack}, so a model alone can write it. Choose an engine "
            f"with a model, or one of: {', '.join(TECH_STACKS)}.",
            code="stack_needs_model",
        )


def _model_there(choice: EngineChoice, provider: Provider) -> str:
    """Return the model to use. Raises `ModelMissing` when the provider does not list it."""
    known = [model.name for model in provider.models()]
    if provider.name == OllamaProvider.name:
        model = choice.model or first_model(provider)
        fetch = f"Fetch it with `./codegen models --pull {model}`, or choose another."
    else:
        model = choice.model or getattr(settings, f"{provider.name.upper()}_MODEL")
        fetch = "Choose one of them."
    if not model:
        raise ModelMissing(f"Name a model, as in `{choice}:MODEL`. There are: {_named(known)}.")
    if model not in known and f"{model}:latest" not in known:
        raise ModelMissing(f"There is no model {model!r}. There are: {_named(known)}. {fetch}")
    return model


def _named(known: list[str]) -> str:
    more = f", and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return (", ".join(known[:MOST_NAMED]) or "none yet") + more


@dataclass(frozen=True)
class Offer:
    """An engine to choose: what to choose with its words; `trouble` says why it cannot be used."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    trouble: str = ""


def offers(user: User) -> list[Offer]:
    """Return the engines that ask others, after a look at what each has for a user."""
    looks = [_look(name, user) for name in PROVIDER_NAMES]
    with ThreadPoolExecutor(len(looks)) as pool:
        found = {offer.name: offer for offer in pool.map(lambda look: look(), looks)}
    found[AINATIVE] = _ainative(user, found[OllamaProvider.name])
    return [found[name] for name in (OllamaProvider.name, AINATIVE, *HOSTED_NAMES)]


def _look(name: str, user: User) -> Callable[[], Offer]:
    """Return what asks a provider for its models, and no database."""
    label = str(source_of(name).label)
    try:
        provider = provider_for(name, user)
        key = key_for(user, name) if name in HOSTED_NAMES else None
    except EngineError as error:
        return partial(Offer, name, label, trouble=str(error))
    return partial(_offer, label, provider, key)


def _offer(label: str, provider: Provider, key: str | None) -> Offer:
    models, trouble = _listed(provider, key)
    choices = tuple((f"{provider.name}:{model}", model) for model in models)
    if not choices and not trouble:
        trouble = "It runs, but has no models yet."
    return Offer(provider.name, label, choices, trouble)


def _listed(provider: Provider, key: str | None) -> tuple[tuple[str, ...], str]:
    """Return the models of an account, or why it has none; a vendor is not asked each time."""
    place = (
        f"codegen:models:{provider.name}:{salted_hmac(__name__, key).hexdigest()}" if key else ""
    )
    kept: tuple[tuple[str, ...], str] | None = cache.get(place) if place else None
    if kept is not None:
        return kept
    found: tuple[tuple[str, ...], str]
    try:
        found = tuple(model.name for model in provider.models()), ""
    except EngineError as error:
        found = (), str(error)
    if place:
        cache.set(place, found, TROUBLE_SECONDS if found[1] else LIST_SECONDS)
    return found


def _ainative(user: User, local: Offer) -> Offer:
    """Offer AINative, planned by rules or by each of Ollama's models."""
    label = str(source_of(AINATIVE).label)
    try:
        ainative_for(user)
    except EngineError as error:
        return Offer(AINATIVE, label, trouble=str(error))
    planned = (
        (f"{AINATIVE}+{value}", f"{label}, planned by {model}") for value, model in local.choices
    )
    return Offer(AINATIVE, label, ((AINATIVE, f"{label}, planned by rules"), *planned))
