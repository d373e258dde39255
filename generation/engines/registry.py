"""Which engines there are."""

from __future__ import annotations

from collections.abc import Callable

from generation.engines.base import Engine, EngineRejected
from generation.engines.builtin.engine import BuiltinEngine

ENGINES: dict[str, Callable[[], Engine]] = {"builtin": BuiltinEngine}
ENGINE_NAMES = tuple(ENGINES)


def get_engine(name: str) -> Engine:
    """Return the engine of this name. Raises `EngineRejected` for an unknown one."""
    if name not in ENGINES:
        raise EngineRejected(f"Unknown engine {name!r}. Known: {', '.join(ENGINES)}.")
    return ENGINES[name]()
