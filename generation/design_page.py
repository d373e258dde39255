"""What the design's page shows: entities as cards, the diagram, the look, features and faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from generation.design_forms import COLOURS
from generation.design_words import KIND_WORDS, PAGE_WORDS, TYPE_WORDS, WRITERS
from generation.diagram import draw
from generation.engines.builtin.stacks.shared.theme import (
    MOODS,
    READABLE,
    contrast,
    first_colours,
    readable_on,
)
from projects.design import Design
from projects.spec.check import faults_of
from projects.spec.models import (
    EntitySpec,
    FieldSpec,
    Inferred,
    RelationSpec,
    Source,
    ThemePart,
    ThemeSpec,
)
from projects.spec.patterns import written_as

WORDS_LENGTH = 60
SOURCES_SHOWN = 3
COLOUR_WORDS = {"background": "Background", "component": "Buttons and links", "text": "Text"}
LEFT = "left to the styling"
SHAPE_WORDS: dict[ThemePart, tuple[str, dict[str, str]]] = {
    "mood": ("Mood", {"": LEFT, **{mood: mood.capitalize() for mood in MOODS}}),
    "font": (
        "Letters",
        {"": LEFT, "sans": "Without serifs", "serif": "With serifs", "mono": "As of a typewriter"},
    ),
    "corners": ("Corners", {"": LEFT, "rounded": "Rounded", "sharp": "Sharp"}),
}
COLOUR_TOKENS = {"background": "page", "component": "accent", "text": "ink"}


@dataclass(frozen=True)
class Item:
    """A field or a relation, as a line of a card: what it is, and where it comes from."""

    name: str
    kind: str
    notes: str
    words: str
    is_unsure: bool


@dataclass(frozen=True)
class Card:
    """An entity as it is shown; `used_by` names what a removal would touch."""

    id: UUID
    entity: EntitySpec
    items: tuple[Item, ...]
    words: str
    is_confirmed: bool
    is_unsure: bool
    used_by: tuple[str, ...]

    @property
    def unsure_items(self) -> list[Item]:
        """Return the fields and relations that are only proposed."""
        return [item for item in self.items if item.is_unsure]


def words_of(part: Inferred) -> str:
    """Return the first words a part was read from, shortened; what a person added says so."""
    said = list(dict.fromkeys(_shortened(source) for source in part.inferred_from))
    more = len(said) - SOURCES_SHOWN
    return ", ".join(said[:SOURCES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _shortened(source: Source) -> str:
    if source.part == "user":
        return "added by you"
    if source.part == "model":
        return f"proposed by {source.text}"
    text = " ".join(source.text.split())
    return f"“{text}”" if len(text) <= WORDS_LENGTH else f"“{text[: WORDS_LENGTH - 1]}…”"


def _field(field: FieldSpec, *, doubtful: bool) -> Item:
    notes = [word for word in ("required", "unique") if getattr(field, word)]
    if field.choices:
        notes.append(" / ".join(field.choices))
    if field.default is not None:
        notes.append(f"default {field.default}")
    if field.minimum is not None or field.maximum is not None:
        notes.append(_range(field.minimum, field.maximum, ""))
    if field.min_length or field.max_length:
        notes.append(_range(field.min_length, field.max_length, " characters"))
    if (written := written_as(field)) is not None:
        notes.append(f"written like {written.example}")
    unsure = doubtful and field.is_unsure
    words = words_of(field) or "suggested"
    return Item(field.name, TYPE_WORDS[field.type], ", ".join(notes), words, unsure)


def _range(low: int | None, high: int | None, what: str) -> str:
    if low is None or high is None:
        return f"at least {low}{what}" if high is None else f"at most {high}{what}"
    return f"{low} to {high}{what}"


def _relation(relation: RelationSpec, *, doubtful: bool) -> Item:
    notes = "required" if relation.required else ""
    unsure = doubtful and relation.is_unsure
    kind = f"{KIND_WORDS[relation.kind]} {relation.target}"
    return Item(relation.name, kind, notes, words_of(relation), unsure)


def cards_of(design: Design) -> list[Card]:
    """Return a design's entities as cards."""
    return [_card(design, entity) for entity in design.spec.entities]


def _card(design: Design, entity: EntitySpec) -> Card:
    confirmed = entity.name in design.confirmed.entities
    fields = sorted(entity.fields, key=lambda field: field.position)
    items = [_field(field, doubtful=not confirmed) for field in fields]
    items += [_relation(relation, doubtful=not confirmed) for relation in entity.relations]
    words = words_of(entity)
    # What all was read from the same words says so once.
    items = [replace(item, words="") if item.words == words else item for item in items]
    return Card(
        id=design.entity_ids[entity.name],
        entity=entity,
        items=tuple(items),
        words=words,
        is_confirmed=confirmed,
        is_unsure=not confirmed and entity.is_unsure,
        used_by=tuple(_users(design, entity.name)),
    )


def _users(design: Design, name: str) -> Iterable[str]:
    for other in design.spec.entities:
        for relation in other.relations:
            if relation.target == name and other.name != name:
                yield f"“{relation.name}” of {other.name}"
    for page in design.spec.pages:
        if page.entity == name:
            yield f"the page {page.path}"


def look_of(theme: ThemeSpec) -> dict[str, Any]:
    """Return what the preview paints, and whether its text can be read on it."""
    colours = first_colours(theme)
    ratio = contrast(colours["ink"], colours["page"])
    return {
        **colours,
        "font": theme.font or "sans",
        "radius": 0 if theme.corners == "sharp" else 6,
        "on_accent": readable_on(colours["accent"], "#ffffff"),
        "ratio": round(ratio, 1),
        "is_readable": ratio >= READABLE,
    }


def colour_rows(theme: ThemeSpec) -> list[dict[str, Any]]:
    """Return the colours with their names: the chosen one, or what is painted without one."""
    painted = first_colours(theme)
    return [
        {
            "name": name,
            "label": COLOUR_WORDS[name],
            "chosen": bool(getattr(theme, name)),
            "value": getattr(theme, name) or painted[COLOUR_TOKENS[name]],
        }
        for name in COLOURS
    ]


def shape_rows(theme: ThemeSpec) -> list[dict[str, Any]]:
    """Return what is chosen from a list: the mood, the letters, the corners.

    A mood that the words name in another way is one choice more.
    """
    rows = []
    for name, (label, known) in SHAPE_WORDS.items():
        value = getattr(theme, name) or ""
        words = {**known, value: known.get(value, value.capitalize())}
        rows.append({"name": name, "label": label, "value": value, "said": words[value]})
        rows[-1]["choices"] = list(words.items())
    return rows


def page_context(design: Design) -> dict[str, Any]:
    """Return what the page shows of a design, whatever of it is being edited."""
    spec, cards = design.spec, cards_of(design)
    return {
        "design": design,
        "spec": spec,
        "cards": cards,
        "proposals": [card for card in cards if card.is_unsure or card.unsure_items],
        "diagram": draw(spec),
        "look": look_of(spec.theme),
        "colours": colour_rows(spec.theme),
        "shapes": shape_rows(spec.theme),
        "pages": [(page, PAGE_WORDS[page.kind], words_of(page)) for page in spec.pages],
        "faults": list(dict.fromkeys(fault["message"] for fault in faults_of(spec))),
        "types": [(kind.value, words) for kind, words in TYPE_WORDS.items()],
        "writers": list(WRITERS.items()),
        "kinds": [(kind.value, words) for kind, words in KIND_WORDS.items()],
        "page_kinds": [(kind.value, words) for kind, words in PAGE_WORDS.items()],
    }
