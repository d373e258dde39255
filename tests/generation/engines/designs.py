"""Designs drawn at random, with words that mean something to a parser or a template."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from generation.engines.builtin.stacks.react_fastapi.root import CAPABILITIES
from projects.spec.check import InvalidDesign, load_design
from projects.spec.models import (
    UPLOADS,
    AppSpec,
    FieldType,
    Measure,
    PageKind,
    Period,
    RelationKind,
)
from tests.projects.spec.strategies import patterns

# What a template or a page would obey if it were not kept from it.
HOSTILE = (
    *("{{ pwned(1) }}", "{% pwned(1) %}", "<< pwned(1) >>", "<% pwned(1) %>", "${pwned(1)}"),
    *("`pwned(1)`", '"; pwned(1); "', "'; pwned(1); '", "*/ pwned(1) /*", "<script>pwned(1)"),
    '"""pwned(1)"""',
)
AWKWARD = (
    *("id", "class", "import", "type", "Order", "User", "None", "constructor", "__proto__", "self"),
    *("metadata", "owner", "2nd", "été", "設定", "Straße", "naïve œuvre", "a-b", "a.b", "SELECT"),
    *(
        "\\",
        "\\N",
        "%s",
        "{x}",
        "# x",
        "-- x",
        "]]>",
        "|",
        "*",
        "_",
        "$",
        "&amp;",
    ),
)
LETTERS = st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x1FFFF)
WORDS = st.one_of(
    st.sampled_from(HOSTILE), st.sampled_from(AWKWARD), st.text(LETTERS, min_size=1, max_size=40)
)
PROSE = st.one_of(WORDS, st.lists(WORDS, max_size=4).map("\n".join))
COLOURS = st.one_of(st.none(), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
LIMITS = st.one_of(st.none(), st.integers(-50, 50))
# Lengths on both sides of what a field has where nothing is said, and of what it can have.
LEAST = st.one_of(st.none(), st.integers(0, 40), st.integers(190, 2_100))
MOST = st.one_of(st.none(), st.integers(1, 400), st.integers(9_990, 100_010))
# Paths below lists, below each other and below what an app keeps for itself.
STEPS = st.sampled_from(
    ("about", "team", "orders", "users", "login", "api", "static", "page", ":id")
)
PATHS = st.one_of(
    st.from_regex(r"/[a-z0-9/:_-]{0,12}", fullmatch=True),
    st.lists(STEPS, max_size=3).map(lambda steps: "/" + "/".join(steps)),
)
ASKED = (*sorted(CAPABILITIES), "teleport")


def _literal(words: str) -> str:
    """Return the pattern of a text that may only be these words."""
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", words)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(FieldType))
    field: dict[str, Any] = {
        "name": draw(WORDS),
        "type": kind.value,
        "required": kind not in UPLOADS and draw(st.booleans()),
        "unique": kind not in UPLOADS and draw(st.booleans()),
    }
    if kind is FieldType.ENUM:
        field["choices"] = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    elif kind in (FieldType.INTEGER, FieldType.DECIMAL):
        field |= {"minimum": draw(LIMITS), "maximum": draw(LIMITS)}
    elif kind in (FieldType.STRING, FieldType.TEXT) and draw(st.booleans()):
        field |= {"min_length": draw(LEAST), "max_length": draw(MOST)}
    if kind is FieldType.STRING and draw(st.booleans()):
        field["pattern"] = draw(st.one_of(patterns, WORDS.map(_literal)))
    if kind not in UPLOADS and draw(st.integers(0, 3)) == 0:
        field["default"] = draw(st.one_of(WORDS, st.sampled_from(("1", "yes", "2030-02-28"))))
    return field


@st.composite
def designs(draw: st.DrawFn) -> AppSpec:
    """Draw a design; what the editor refuses in one is taken out of it, or nothing is drawn."""
    least = draw(st.integers(0, 4))
    names = draw(st.lists(WORDS, min_size=least, max_size=4, unique_by=str.casefold))
    entities: list[dict[str, Any]] = [
        {
            "name": name,
            "plural": draw(st.one_of(st.just(name), WORDS)),
            "description": draw(PROSE),
            "owned": draw(st.booleans()),
            "fields": draw(st.lists(fields(), min_size=draw(st.integers(0, 6)), max_size=6)),
            "relations": draw(st.lists(_relations(names), min_size=least // 2, max_size=3)),
        }
        for name in names
    ]
    pages = [
        {
            "name": draw(WORDS),
            "path": draw(PATHS),
            "kind": PageKind.CONTENT.value,
            "sections": [{"heading": draw(PROSE), "text": draw(PROSE), "items": [draw(PROSE)]}],
        }
        for _ in range(draw(st.integers(0, 4)))
    ]
    raw: dict[str, Any] = {
        "name": draw(WORDS),
        "description": draw(PROSE),
        "auth": draw(st.booleans()),
        "dashboard": draw(st.booleans()),
        "entities": entities,
        "pages": pages,
        "roles": [{"name": draw(WORDS)}],
        "theme": {name: draw(COLOURS) for name in ("background", "component", "text")},
        "features": draw(st.lists(_features(entities), min_size=1, max_size=3)),
    }
    for entity in entities if raw["auth"] else ():
        entity["managed"] = draw(st.booleans())
        shared = not entity["owned"] and not entity["managed"]
        entity["inbox"] = shared and draw(st.booleans())
        entity["authored"] = shared and not entity["inbox"] and draw(st.booleans())
        entity["public"] = not (entity["owned"] or entity["inbox"]) and draw(st.booleans())
        known = [None, *(relation["name"] for relation in entity["relations"])]
        entity["follows"] = draw(st.sampled_from(known))
    return _mended(raw)


@st.composite
def _features(draw: st.DrawFn, entities: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw a feature with breakdowns of what the entities have, which may have no ground."""
    breakdowns = []
    for entity in draw(st.lists(st.sampled_from(entities), max_size=3)) if entities else ():
        named = [part["name"] for part in (*entity["fields"], *entity["relations"])]
        breakdowns.append(
            {
                "entity": entity["name"],
                "by": draw(st.sampled_from([None, *named])),
                "per": draw(st.sampled_from(Period)).value,
                "measure": draw(st.sampled_from(Measure)).value,
                "of": draw(st.sampled_from([None, *named])),
            }
        )
    return {
        "text": draw(PROSE),
        "state": draw(st.sampled_from(("planned", "unplaced"))),
        "entities": [entity["name"] for entity in entities[:1]],
        "capabilities": draw(st.lists(st.sampled_from(ASKED), max_size=3, unique=True)),
        "breakdowns": breakdowns,
    }


def _relations(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(RelationKind).map(str),
            "name": WORDS,
            "target": st.sampled_from(names or ["nothing"]),
            "required": st.booleans(),
            "inverse_name": st.one_of(st.none(), WORDS),
        }
    )


def _mended(raw: dict[str, Any]) -> AppSpec:
    """Take out of a drawn design each part that the editor refuses, until it accepts the rest."""
    while True:
        try:
            return load_design(raw)
        except InvalidDesign as refused:
            for place in {tuple(fault["field"].split(".")) for fault in refused.errors}:
                _take_out(raw, place)
            _without_holes(raw)


def _take_out(raw: dict[str, Any], place: tuple[str, ...]) -> None:
    """Mark the innermost part of a list that a fault is in; of the app itself, mend its name.

    Who writes an entity's rows is mended too, so that not the whole entity goes.
    """
    if place[-1] in ("managed", "inbox", "authored", "public", "follows"):
        entity = raw["entities"][int(place[1])]
        if entity is not None:  # another fault may have taken it out
            entity[place[-1]] = None if place[-1] == "follows" else False
        return
    part: Any = raw
    holder: tuple[Any, int] | None = None
    for step in place:
        if isinstance(part, list):
            holder, part = (part, int(step)), part[int(step)]
        elif isinstance(part, dict) and isinstance(part.get(step), dict | list):
            part = part[step]
        else:
            break
    if holder is not None:
        holder[0][holder[1]] = None
    elif place[0] == "entities":
        raw["entities"].clear()
    else:
        raw[place[0]] = {} if place[0] == "theme" else "An app"


def _without_holes(value: Any) -> None:
    if isinstance(value, dict):
        for inner in value.values():
            _without_holes(inner)
    elif isinstance(value, list):
        value[:] = [inner for inner in value if inner is not None]
        for inner in value:
            _without_holes(inner)
