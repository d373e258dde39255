"""Made-up apps of any size, the same every time, as words and as a spec."""

from __future__ import annotations

from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from projects.spec.request import FEATURE_LIMIT, AppRequest, load_request

SHOP = {
    "project_name": "Shop",
    "description": "A shop where customers place orders for products.",
    "features": [
        "User login/signup",
        "Manage customers with name, email and phone",
        "Manage products with name, price and stock",
        "Manage orders of each customer",
    ],
}
_KINDS = ("invoice", "visit", "parcel", "report", "ticket", "voucher", "permit", "lesson")
_PLACES = (
    *("harbour", "garden", "library", "museum", "studio", "market", "factory", "hospital"),
    *("airport", "station", "theatre", "stadium", "workshop", "bakery", "vineyard", "chapel"),
    *("hotel", "school", "castle", "cinema", "office", "tavern", "temple", "tower", "village"),
    *("valley", "island", "forest", "desert", "canyon", "lagoon", "meadow", "prairie", "glacier"),
    *("orchard", "quarry", "reactor", "refinery", "shipyard"),
)
_FIELDS = (
    FieldSpec(name="title", required=True, max_length=120, position=0),
    FieldSpec(name="notes", type=FieldType.TEXT, position=1),
    FieldSpec(name="amount", type=FieldType.DECIMAL, minimum=0, position=2),
    FieldSpec(name="due date", type=FieldType.DATE, position=3),
    FieldSpec(name="state", type=FieldType.ENUM, choices=("open", "closed"), position=4),
)


def _names(count: int) -> list[str]:
    names = [f"{place} {kind}" for kind in _KINDS for place in _PLACES]
    if count > len(names):
        raise ValueError(f"There are names for at most {len(names)} entities.")
    return names[:count]


def words_of(count: int) -> AppRequest:
    """Return a request whose features speak of as many things; three of them are the shop."""
    if count == len(SHOP["features"]) - 1:
        return load_request(SHOP)
    features = [f"Manage {name}s with title, amount and due date" for name in _names(count)]
    return load_request({"project_name": f"Model of {count}", "features": features[:FEATURE_LIMIT]})


def spec_of(count: int) -> AppSpec:
    """Return an app of as many entities; each belongs to the one before and has many of the next.

    So the longest chain of tables that need each other has a tenth of the entities, as in large
    models, and no entity has more than two relations.
    """
    names = [name.title() for name in _names(count)]
    return AppSpec(
        name=f"Model of {count}",
        entities=tuple(_entity(number, names) for number in range(count)),
    )


def _entity(number: int, names: list[str]) -> EntitySpec:
    relations = []
    if number % 10:
        relations.append(
            RelationSpec(
                kind=RelationKind.MANY_TO_ONE,
                name="parent",
                target=names[number - 1],
                required=number % 2 == 0,
            )
        )
        relations.append(
            RelationSpec(kind=RelationKind.MANY_TO_MANY, name="friends", target=names[number // 2])
        )
    return EntitySpec(
        name=names[number],
        plural=f"{names[number]}s",
        fields=_FIELDS,
        relations=tuple(relations),
    )
