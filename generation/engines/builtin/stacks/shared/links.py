"""Links between entities, and the order in which their tables can be made."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames, LinkNames


@dataclass(frozen=True)
class BaseLink:
    """A link from `entity` to `target`; a `late` one is added when all tables are there."""

    entity: EntityNames
    names: LinkNames
    target: EntityNames
    late: bool = False

    @property
    def name(self) -> str:
        """Return the attribute that holds the other row or rows."""
        return self.names.attribute

    @property
    def column(self) -> str:
        """Return the key it is written under."""
        return self.names.column

    @property
    def many(self) -> bool:
        """Tell whether it leads to several rows."""
        return self.names.many

    @property
    def to_itself(self) -> bool:
        """Tell whether it leads to the same entity."""
        return self.target.class_name == self.entity.class_name


def in_table_order(names: AppNames) -> list[EntityNames]:
    """Return the entities so that what is pointed at comes first, where that can be."""
    return _order(names)[0]


def late_links(names: AppNames) -> frozenset[tuple[str, str]]:
    """Return the links (class, attribute) that go round and are added after all tables."""
    return _order(names)[1]


@kept_for_same
def _order(names: AppNames) -> tuple[list[EntityNames], frozenset[tuple[str, str]]]:
    """Place each entity after what it needs, in the order of the spec: one more comes last.

    Where links go round, only the required ones count, which never do; the others come late.
    """
    targets = {e.class_name: [k for k in e.links if not k.many] for e in names.entities}
    round_about = {
        (name, link.attribute)
        for name, links in targets.items()
        for link in links
        if not link.required and _reaches(link.target, name, targets)
    }
    needs = {
        name: [link.target for link in links if (name, link.attribute) not in round_about]
        for name, links in targets.items()
    }
    ordered = _after_needs(needs)
    places = {name: place for place, name in enumerate(ordered)}
    late = {
        (name, attribute)
        for name, attribute in round_about
        for link in targets[name]
        if link.attribute == attribute and places[link.target] > places[name]
    }
    by_name = {entity.class_name: entity for entity in names.entities}
    return [by_name[name] for name in ordered], frozenset(late)


def _after_needs(needs: dict[str, list[str]]) -> list[str]:
    """Sort names after what they need; there are no needs that go round."""
    ordered: dict[str, None] = {}
    for first in needs:
        waiting = [first]
        while waiting:
            missing = [name for name in needs[waiting[-1]] if name not in ordered]
            if missing:
                waiting.append(missing[0])
            else:
                ordered[waiting.pop()] = None
    return list(ordered)


def _reaches(start: str, goal: str, targets: dict[str, list[LinkNames]]) -> bool:
    """Tell whether links lead from one entity to another."""
    seen, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        nexts = {link.target for link in targets[name]} - seen
        seen |= nexts
        waiting += nexts
    return False
