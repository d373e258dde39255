"""The engines by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from generation.engines.base import Engine, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine

_FACTORIES: dict[str, Callable[[], Engine]] = {"builtin": BuiltinEngine}
MODEL_ENGINES = ("ollama",)
ENGINE_NAMES = (*_FACTORIES, *MODEL_ENGINES)


@dataclass(frozen=True)
class EngineChoice:
    """An engine and, where it has models, which; as text `ollama:coder:7b`."""

    name: str
    model: str | None = None

    @classmethod
    def parse(cls, text: str) -> EngineChoice:
        """Read a choice. Raises `EngineRejected` when there is no such engine."""
        name, _, model = text.strip().partition(":")
        if name not in _FACTORIES and name not in MODEL_ENGINES:
            known = ", ".join(ENGINE_NAMES)
            raise EngineRejected(f"Unknown engine {name!r}. Use one of: {known}.")
        if model and name not in MODEL_ENGINES:
            raise EngineRejected(f"The engine {name} has no models to choose from.")
        return cls(name, model or None)

    @property
    def has_models(self) -> bool:
        """Whether it asks a model."""
        return self.name in MODEL_ENGINES

    def __str__(self) -> str:
        return f"{self.name}:{self.model}" if self.model else self.name


@lru_cache(maxsize=8)
def get_engine(name: str) -> Engine:
    """Return an engine without models; raise `EngineRejected` when there is none of that name."""
    factory = _FACTORIES.get(name)
    if factory is None:
        raise EngineRejected(f"Unknown engine {name!r}. Use one of: {', '.join(_FACTORIES)}.")
    return factory()
