"""Made-up requests for apps of any size, the same every time: plain words, or a JDL model."""

from __future__ import annotations

from projects.spec.request import AppRequest, load_request

CHAIN = 10
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
_ENTITY = """entity {name} {{
  title String required maxlength(120)
  notes TextBlob
  amount BigDecimal min(0)
  dueDate LocalDate
  state State
}}"""


def request_of(count: int) -> AppRequest:
    """Return a request for as many entities: a shop in plain words for three, else a JDL model.

    Of every ten entities each belongs to the one before, and has many of one elsewhere.
    """
    if count == len(SHOP["features"]) - 1:
        return load_request(SHOP)
    names = _names(count)
    linked = [number for number in range(count) if number % CHAIN]
    parents = [f"  {names[n]}{{parent}} to {names[n - 1]}" for n in linked]
    friends = [f"  {names[n]}{{friends}} to {names[n // 2]}" for n in linked]
    parts = [
        "enum State { OPEN, CLOSED }",
        *(_ENTITY.format(name=name) for name in names),
        "\n".join(["relationship ManyToOne {", *parents, "}"]),
        "\n".join(["relationship ManyToMany {", *friends, "}"]),
    ]
    return load_request({"project_name": f"Model of {count}", "jdl": "\n".join(parts)})


def _names(count: int) -> list[str]:
    names = [f"{place.title()}{kind.title()}" for kind in _KINDS for place in _PLACES]
    if count > len(names):
        raise ValueError(f"There are names for at most {len(names)} entities.")
    return names[:count]
