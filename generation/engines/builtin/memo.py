"""Results kept for as long as the very same value is asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")
KEPT = 8


def kept_for_same(function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """Keep the last results of a function of one immutable value, found by its identity.

    To hash or to compare a large spec takes as long as to walk it, and every step of a plan asks.
    The values are held beside the results, so no other value can come to have their identity.
    """
    kept: dict[int, tuple[Argument, Result]] = {}

    @wraps(function)
    def asked(argument: Argument) -> Result:
        found = kept.get(id(argument))
        if found is not None:
            return found[1]
        result = function(argument)
        while len(kept) >= KEPT:
            kept.pop(next(iter(kept)), None)
        kept[id(argument)] = (argument, result)
        return result

    return asked
