"""The order in which names can be given: each is free before something takes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple


class Renames(NamedTuple):
    """Renames one after the other, and what all old names are afterwards.

    What goes and is in the way is moved `aside` until it goes; where names go round, one of them
    is another in between.
    """

    steps: tuple[tuple[str, str], ...]
    final: Mapping[str, str]
    aside: frozenset[str]


def renames_of(same: Mapping[str, str], old: Collection[str], new: Collection[str]) -> Renames:
    """Return how `old` names become those that they are in `new`; `same` tells which is which."""
    moves = {was: now for was, now in same.items() if was != now}
    wanted = {n.lower() for n in new} - {n.lower() for n, now in same.items() if n == now}
    known = {name.lower() for name in (*old, *new)}
    aside = {
        name: _free(name, known) for name in old if name not in same and name.lower() in wanted
    }
    waiting = {**aside, **moves}
    final = {name: waiting.get(name, name) for name in old}
    return Renames(tuple(_steps(waiting, {n.lower() for n in old}, known)), final, frozenset(aside))


def _steps(waiting: dict[str, str], there: set[str], known: set[str]) -> Iterator[tuple[str, str]]:
    while waiting:
        was = next((w for w, now in waiting.items() if now.lower() not in there), None)
        if was is None:  # they go round
            was = next(iter(waiting))
            between = _free(was, known)
            waiting[between] = waiting.pop(was)
            now = between
        else:
            now = waiting.pop(was)
        there.discard(was.lower())
        there.add(now.lower())
        yield was, now


def _free(name: str, known: set[str]) -> str:
    free, number = f"{name}_before", 2
    while free.lower() in known:
        free, number = f"{name}_before{number}", number + 1
    known.add(free.lower())
    return free
