"""Links between entities, and the order in which their tables can be made."""

from __future__ import annotations

from dataclasses import dataclass

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


def _order(names: AppNames) -> tuple[list[EntityNames], frozenset[tuple[str, str]]]:
    ordered: list[EntityNames] = []
    late: set[tuple[str, str]] = set()
    waiting = list(names.entities)
    while waiting:
        open_ = {entity.class_name for entity in waiting}
        free = [e for e in waiting if not _blocked(e, open_)]
        if not free:
            # A required link must hold from the start: the entity with only optional ones waits.
            first = min(waiting, key=lambda e: len(_blocked(e, open_)))
            late |= {(first.class_name, link.attribute) for link in _blocked(first, open_)}
            free = [first]
        ordered += free
        waiting = [e for e in waiting if e not in free]
    return ordered, frozenset(late)


def _blocked(entity: EntityNames, open_: set[str]) -> list[LinkNames]:
    others = open_ - {entity.class_name}
    return [link for link in entity.links if not link.many and link.target in others]
