"""Circles of required links: of their entities no first row could ever be made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from projects.spec.access import HOLDS_ONE
from projects.spec.messages import Faults, fault
from projects.spec.models import AppSpec, RelationKind


class Circle(NamedTuple):
    """A required relation that closes a circle of those before it.

    `entity` and `relation` are the numbers, from 0, of the entity that says it and of the relation
    there; `names` are the entities that need one another, the first again at the end.
    """

    entity: int
    relation: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Say the circle and what follows of it."""
        needs = " needs ".join(f"“{name}”" for name in self.names)
        return f"{needs}: no first one could ever be made."


def circle_faults(spec: AppSpec) -> Faults:
    """Yield a fault for each circle of required links."""
    for circle in circles_in(spec):
        message = f"{circle.words} Make one of these relations optional."
        yield fault(f"entities.{circle.entity}.relations.{circle.relation}.required", message)


def without_circles(spec: AppSpec) -> AppSpec:
    """Return a design in which each relation that closes a circle is optional."""
    closing = {(circle.entity, circle.relation) for circle in circles_in(spec)}
    if not closing:
        return spec
    entities = []
    for number, entity in enumerate(spec.entities):
        relations = (
            one.model_copy(update={"required": False}) if (number, at) in closing else one
            for at, one in enumerate(entity.relations)
        )
        entities.append(entity.model_copy(update={"relations": tuple(relations)}))
    return spec.model_copy(update={"entities": tuple(entities)})


def circles_in(spec: AppSpec) -> Iterator[Circle]:
    """Yield what must become optional for every row to be made: an entity's own links in order.

    Who needs whom is kept in bits, so that a design of the greatest size is looked through soon.
    """
    numbers = {entity.name: number for number, entity in enumerate(spec.entities)}
    needs, reach = [0] * len(spec.entities), [0] * len(spec.entities)
    for holder, target, place in _needs(spec, numbers):
        if holder == target or reach[target] >> holder & 1:
            way = _way(target, holder, needs)
            yield Circle(*place, tuple(spec.entities[n].name for n in (*way, target)))
            continue
        needs[holder] |= 1 << target
        more = reach[target] | 1 << target
        if reach[holder] | more != reach[holder]:
            for number, reached in enumerate(reach):
                if number == holder or reached >> holder & 1:
                    reach[number] = reached | more


def _needs(spec: AppSpec, numbers: dict[str, int]) -> list[tuple[int, int, tuple[int, int]]]:
    """Return whose rows need a row of what, and the relation that says so, holder by holder."""
    found = []
    for number, entity in enumerate(spec.entities):
        for at, relation in enumerate(entity.relations):
            other = numbers.get(relation.target)
            if not relation.required or other is None:
                continue
            if relation.kind in HOLDS_ONE:
                found.append((number, other, (number, at)))
            elif relation.kind is RelationKind.ONE_TO_MANY:
                found.append((other, number, (number, at)))
    return sorted(found, key=lambda need: need[0])


def _way(start: int, end: int, needs: list[int]) -> list[int]:
    """Return the numbers on a shortest way from one entity to another that it needs, both too."""
    levels = [1 << start]
    seen = levels[0]
    while not levels[-1] >> end & 1:
        ahead = 0
        for number in _numbers(levels[-1]):
            ahead |= needs[number]
        levels.append(ahead & ~seen)
        seen |= ahead
    way = [end]
    for level in reversed(levels[:-1]):
        way.append(next(n for n in _numbers(level) if needs[n] >> way[-1] & 1))
    return way[::-1]


def _numbers(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while bits:
        yield (bits & -bits).bit_length() - 1
        bits &= bits - 1
