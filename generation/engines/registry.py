"""The engines by name, and how one is chosen in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from generation.engines.base import Engine, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.providers.catalogue import PROVIDER_NAMES

_FACTORIES: dict[str, Callable[[], Engine]] = {"builtin": BuiltinEngine}
MODEL_ENGINES = PROVIDER_NAMES
AINATIVE = "ainative"
ENGINE_NAMES = (*_FACTORIES, *MODEL_ENGINES, AINATIVE)
HOW_TO_CHOOSE = (
    f"One of {', '.join(ENGINE_NAMES)}; with a model as in `ollama:coder:7b`; "
    "`ainative+ollama:coder:7b` has the model plan what AINative writes."
)


@dataclass(frozen=True)
class EngineChoice:
    """An engine in words: `builtin`, `ollama:coder:7b`, `ainative`, `ainative+ollama:coder:7b`.

    `planner` names the provider whose models plan for AINative; the model is then the planner's.
    """

    name: str
    model: str | None = None
    planner: str | None = None

    @classmethod
    def parse(cls, text: str) -> EngineChoice:
        """Read a choice. Raises `EngineRejected` when there is no such engine."""
        head, _, model = text.strip().partition(":")
        name, plus, planner = head.partition("+")
        if name not in _FACTORIES and name not in ENGINE_NAMES:
            known = ", ".join(ENGINE_NAMES)
            raise EngineRejected(f"Unknown engine {name!r}. Use one of: {known}.")
        if plus and (name != AINATIVE or planner not in MODEL_ENGINES):
            known = ", ".join(f"{AINATIVE}+{provider}" for provider in MODEL_ENGINES)
            raise EngineRejected(f"{head!r} is not to be had together. Use one of: {known}.")
        choice = cls(name, model or None, planner or None)
        if choice.model and choice.thinker is None:
            raise EngineRejected(f"The engine {name} has no models to choose from.")
        return choice

    @property
    def thinker(self) -> str | None:
        """The provider whose model understands and plans; None where rules do."""
        return self.name if self.name in MODEL_ENGINES else self.planner

    @property
    def asks_others(self) -> bool:
        """Whether a model or a service is asked."""
        return self.name not in _FACTORIES

    def __str__(self) -> str:
        head = f"{self.name}+{self.planner}" if self.planner else self.name
        return f"{head}:{self.model}" if self.model else head


@lru_cache(maxsize=8)
def get_engine(name: str) -> Engine:
    """Return an engine without models; raise `EngineRejected` when there is none of that name."""
    factory = _FACTORIES.get(name)
    if factory is None:
        raise EngineRejected(f"Unknown engine {name!r}. Use one of: {', '.join(_FACTORIES)}.")
    return factory()
