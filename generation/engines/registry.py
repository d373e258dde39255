"""The engines by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from generation.engines.base import Engine, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine

_FACTORIES: dict[str, Callable[[], Engine]] = {"builtin": BuiltinEngine}
ENGINE_NAMES = tuple(_FACTORIES)


@lru_cache(maxsize=8)
def get_engine(name: str) -> Engine:
    """Return the engine of that name; raise `EngineRejected` when there is none."""
    factory = _FACTORIES.get(name)
    if factory is None:
        raise EngineRejected(f"Unknown engine {name!r}. Use one of: {', '.join(ENGINE_NAMES)}.")
    return factory()
