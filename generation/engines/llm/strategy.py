"""How much a job asks of a model: the strategies to choose from, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from generation.engines.providers.structured import TRIES

StrategyName = Literal["economical", "balanced", "thorough"]


@dataclass(frozen=True)
class Strategy:
    """What a model is asked for.

    `tries` bounds how often an answer that cannot be used is asked for, `proposes` tells whether
    the model adds to the design, `corrects` whether it may correct steps of its plan that cannot
    be used, and `rounds` how often it is asked what the plan lacks.
    """

    tries: int = TRIES
    proposes: bool = True
    corrects: bool = True
    rounds: int = 1


BALANCED = Strategy()
STRATEGIES: Mapping[StrategyName, Strategy] = MappingProxyType(
    {
        "economical": Strategy(tries=1, proposes=False, corrects=False),
        "balanced": BALANCED,
        "thorough": Strategy(rounds=2),
    }
)
STRATEGY_LABELS: tuple[tuple[StrategyName, str], ...] = (
    ("economical", "Economical: it plans, once"),
    ("balanced", "Balanced: it adds to the design"),
    ("thorough", "Thorough: it looks at its plan twice"),
)
