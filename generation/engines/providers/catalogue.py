"""The providers of models by name, made from the site's settings and a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from generation.engines.providers.base import EngineRejected, Provider
from generation.engines.providers.ollama import OllamaProvider

# The module and the class of each hosted provider; a module imports its vendor's SDK.
_HOSTED = {
    "openai": ("openai_provider", "OpenAIProvider"),
    "anthropic": ("anthropic_provider", "AnthropicProvider"),
    "gemini": ("gemini_provider", "GeminiProvider"),
}
HOSTED_NAMES = tuple(_HOSTED)
PROVIDER_NAMES = (OllamaProvider.name, *HOSTED_NAMES)
_INSTALL = ".venv/bin/python -m pip install -r requirements-hosted.txt"


@dataclass(frozen=True)
class ProviderSettings:
    """Where providers are, and how long they may say nothing, in seconds.

    `base_urls` holds addresses of hosted providers where they are not the vendors' own.
    """

    ollama_host: str = "http://127.0.0.1:11434"
    silence: float = 120.0
    base_urls: Mapping[str, str] = field(default_factory=dict)


def provider_named(name: str, settings: ProviderSettings, *, key: str | None = None) -> Provider:
    """Return a provider; a hosted one asks with `key`.

    Raises `EngineRejected` where there is no such provider, no usable key, or no SDK installed.
    """
    if name == OllamaProvider.name:
        return OllamaProvider(settings.ollama_host, silence=settings.silence)
    if name not in _HOSTED:
        raise EngineRejected(
            f"There is no provider {name!r}. There are: {', '.join(PROVIDER_NAMES)}."
        )
    made: Provider = _class_of(name)(
        key, base_url=settings.base_urls.get(name, ""), silence=settings.silence
    )
    return made


def _class_of(name: str) -> Any:
    module, title = _HOSTED[name]
    try:
        return getattr(import_module(f"generation.engines.providers.{module}"), title)
    except ModuleNotFoundError as error:
        raise EngineRejected(
            f"Models of {name} need the package {error.name}, which is not installed. "
            f"Install with `{_INSTALL}`."
        ) from error
