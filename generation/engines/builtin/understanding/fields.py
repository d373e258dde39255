"""Fields: what type a name suggests, and the sentences that say what a thing has.

"Each book has title (required), price and status (new, used)".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.fieldtypes import WORDS_FOR_TYPES, type_of
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.inventories import is_inventory
from generation.engines.builtin.understanding.limits import (
    NUMBERS,
    is_scale,
    limited,
    split_limits,
)
from generation.engines.builtin.understanding.pagelists import pages_listed
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    DESIGNS,
    MAKING,
    MODALS,
    NOT_THINGS,
    PERSONS,
    PRONOUNS,
)
from projects.spec.models import UPLOADS, FieldSpec, FieldType, Source

MOST_FIELDS = 40
LEAST_SAID = 2
LONGEST_DESIGN = 2  # words, as in "data model"
LONGEST = 1000  # characters of a sentence that are read
NOT_SUBJECTS = (
    MODALS | PRONOUNS | frozenset({"app", "website", "system", "platform", "site", "application"})
)
_SPLIT = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|;\s*|\s+and\s+|\s*&\s*)\s*", re.IGNORECASE)
_SHARED_HEAD = re.compile(
    r"\b(?P<first>start|begin|open|opening|departure|arrival|entry|issue|pickup|pick-up|min|minimum|"
    r"home|first|sowing|planting|purchase|check-in|from) and (?P<second>[\w-]+) "
    r"(?P<head>dates?|times?|hours?|names?|scores?|addresses|address|prices?|quantity|number)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"\b(?P<first>min(?:imum)?)(?:/| and | & )(?P<second>max(?:imum)?) (?P<head>[a-z]+)",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"\(([^()]{0,200})\)")
_NAME = re.compile(r"[^\W\d_][\w '\u2019/-]{0,49}")
_CLAUSES = frozenset({"where", "when", "while", "whose", "because", "if"})
_ARTICLES = frozenset({"a", "an", "the", "my", "our", "their"})
_STATING = frozenset(
    {"has", "have", "contains", "contain", "consist", "consists", "includes", "comprise"}
    | {"can", "should", "must", "belongs", "belong", "than"}
)
# What is told of a field: "the mechanic who does it".
_CLAUSE = re.compile(r"\s+(?:who|which|that|with)\s.*$", re.IGNORECASE | re.DOTALL)
# "The grade at the end", "the time they started", "the foods in it"
_WHEN = re.compile(
    r"\s+(?:(?:at|by|in|from|to|of|for|on) (?:the (?:end|start|beginning)|it|them|us|me)"
    r"|(?:it|they|he|she|we|i|you|somebody) [a-z]+)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
# What is no field but how things belong together: "and hosts many rooms".
_DOING_MANY = re.compile(
    r"\s*[a-z]+s (?:many|several|multiple|one or more|exactly one)\b", re.IGNORECASE
)
_LINKING = re.compile(r"\b(?:many|one)[- ]to[- ](?:many|one)\b[^,]*$", re.IGNORECASE)
# Another sentence behind a list: "a title and a pay, and jobs and duties are related".
_NEXT_SENTENCE = re.compile(
    r",?\s+(?:and|while) (?:[\w-]+ ){1,2}(?:and (?:[\w-]+ ){1,2})?(?:are|can|may) .*$",
    re.IGNORECASE | re.DOTALL,
)
_UNIQUE = re.compile(r"^\s*(?:(?:an?|the|its)\s+)?unique\s+(?P<name>[\w -]+)$", re.IGNORECASE)
_WHETHER = re.compile(
    r"^(?:and )?whether (?:or not )?(?:it|they|he|she)? ?(?:is|are|was|has been|have been)? ?",
    re.IGNORECASE,
)
# "How many servings it makes" is a number of servings.
_HOW_MANY = re.compile(
    r"^how many (?P<what>[a-z][a-z-]*(?: [a-z-]+)??)"
    r"(?: (?:it|they|there|he|she|we|you|are|is)\b.*)?$",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:^|\b)(?:name|title|subject|number|code|sku|plate|isbn|question|text|content|"
    r"make|brand|model|label)$",
    re.IGNORECASE,
)
_TELLING = re.compile(rf"{_NAMING.pattern}|description$", re.IGNORECASE)
_SEVERAL_WITH = re.compile(r"^(?:[\w'-]+ ){0,2}[\w'-]+s (?:with|that have|having) ", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (\d+) and (\d+)(?=\s*(?:$|[,(.]|and\b))")
_UNIT = re.compile(
    r"\s+in (?:minutes|hours|days|weeks|months|years|km|kilometers|kilometres|miles|meters|metres|"
    r"cm|kg|kilograms|grams|pounds|lbs?|liters|litres|euros?|dollars|usd|eur|percent)$",
    re.IGNORECASE,
)
_IN_STOCK = re.compile(r"^(?:number|amount|quantity|pieces) (?:in|on) stock$", re.IGNORECASE)
# "Units of different sizes": the units have these.
_SEVERAL_OF = re.compile(
    r"^(?:[\w'-]+ )?[\w'-]+s of (?:different|various|varying|several) ", re.IGNORECASE
)
# What a field may be, without brackets: "frequency daily/weekly".
_EITHER = re.compile(
    r"(?<=[a-z]):? (?P<choices>[a-z-]{2,20}(?:/[a-z-]{2,20}(?: [a-z-]{2,20}){0,2})*/[a-z-]{2,20})$"
)
_COUNT = re.compile(
    r"^(?:(?:up to|at most|at least) )?(?:two|three|four|five|six|ten|twelve|\d+)\s+", re.IGNORECASE
)
_SEVERAL = frozenset({"many", "several", "multiple", "numerous", "zero", "exactly"})
_ONE_OR_MORE = re.compile(
    r"(?:one|two|zero) or (?:more|several|many)\b|at least one\b", re.IGNORECASE
)
_NO_NAMES = frozenset({"etc", "more", "others", "where", "who", "why", "how", "what"})
# "A movie watchlist with ratings", "a contact book with groups"
_LISTS = frozenset(
    {"list", "watchlist", "wishlist", "log", "book", "collection", "diary", "journal", "notebook"}
    | {"board", "box", "counter", "archive"}
)
_ONE_APP = frozenset({"a", "an", "the"})
_HAS = re.compile(
    r"^\s*(?:(?P<each>each|every|an?|the|all)\s+)?(?P<noun>[\w' -]{2,60}?)\s+"
    r"(?:(?:should|must|will|can|also)\s+)*"
    r"(?P<verb>has|have|contains?|includes?|consists? of|stores?|records?|with)\s+"
    r"(?:(?:the\s+)?(?:following\s+)?(?:fields?|attributes?|properties|columns)\s*:?\s*)?"
    r"(?:an?\s+|the\s+|its\s+|their\s+)?(?P<list>.+)$",
    re.IGNORECASE | re.DOTALL,
)
# "A list of members with their email would be great"
_LIST_OF = re.compile(
    r"^\W*(?:an?|the|some) (?:list|calendar|overview|register|directory|catalog|catalogue|table)"
    r" of (?:all |our |the |my )*",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\s+would (?:also )?be (?:\w+ ){0,2}\w+\s*$", re.IGNORECASE)


class Listed(NamedTuple):
    """The fields that a sentence gives to a thing; `noun` is None where it does not say which.

    `each` tells that the sentence speaks of each such thing, so that the noun is meant as it is.
    """

    noun: str | None
    fields: tuple[FieldSpec, ...]
    each: bool = False


def has_fields(source: Source) -> Listed | None:
    """Read "Each book has title (required), price" as the fields of a book."""
    text = _WISHED.sub("", _LIST_OF.sub("", source.text[:LONGEST].rstrip(" .")))
    found = _HAS.match(text) or _HAS.match(text.partition(": ")[2])
    if found is None or _LINKING.search(found["list"]):
        return None
    if not found["each"] and found["verb"].lower().startswith(("record", "store", "with")):
        return None
    if pages_listed(found["list"]):
        return None
    if is_inventory(found.string[: found.start("list")], found["list"]):
        return None  # "a time tracker for freelancers with clients and projects"
    noun = found["noun"].strip().lower()
    words = noun.split()
    made = not found["each"] or found["each"].lower() in _ONE_APP
    if (
        words[-1] == "and"  # "a slot holds one product and has a price"
        or (made and words[-1] in _LISTS)
        or words[-1] in MAKING
        or (words[-1].endswith("ed") and verb_of(words[-1]))
    ):
        return None  # "an expense tracker with categories": that is what the app has
    each = (found["each"] or "").lower() in {"each", "every"}
    if (
        (words[-1] in DESIGNS and len(words) <= LONGEST_DESIGN)
        or {"is", "are"} & set(words[1:])  # "an order is for one customer and has items"
        or set(words) & (NOT_SUBJECTS | VERBS | _CLAUSES) - ALSO_NOUNS
        or (not each and words[-1] in NOT_THINGS)
    ):
        return None
    if any(word not in ALSO_NOUNS and verb_of(word) not in {None, *ALSO_NOUNS} for word in words):
        return None  # "a shop keeps products": what has the fields is only named at the end
    if found["list"].startswith("of ") or set(words[1:]) & _ARTICLES:
        return None
    if _SEVERAL_WITH.match(found["list"]) or _SEVERAL_OF.match(found["list"]):
        return None  # "a deck has cards with a front and a back": the cards have these
    fields = tuple(_fields(_NEXT_SENTENCE.sub("", found["list"]), source))
    return Listed(noun, fields, each) if fields else None


def _fields(text: str, source: Source) -> Iterator[FieldSpec]:
    position = 0
    for whole in pieces_of(text)[:MOST_FIELDS]:
        piece = _CLAUSE.sub("", whole)
        asks = piece.lower().startswith(("how ", "whether", "and whether"))
        piece = piece if asks else _WHEN.sub("", piece)
        if set(piece.lower().split()) & _STATING or _DOING_MANY.match(piece) or _acts(piece):
            return
        made = field_from(piece, source)
        if made is not None:
            yield made.model_copy(update={"position": position})
            position += 1


def _acts(piece: str) -> bool:
    """Tell whether somebody does something: "players see their score"."""
    words = piece.lower().split()
    return len(words) > LEAST_SAID and singular_of(words[0]) in PERSONS and words[1] in VERBS


def pieces_of(text: str) -> list[str]:
    """Split a list at its commas, but not inside brackets."""
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found.group())
        return f" \x00{len(hidden) - 1}\x00"

    text = _LIMITS.sub(r"\g<first> \g<head> and \g<second> \g<head>", text)
    text = _SHARED_HEAD.sub(_spread, _BETWEEN.sub(r"from \1 to \2", text))
    parts = _SPLIT.split(_MODIFIER.sub(hide, text))
    return [re.sub(r"\x00(\d+)\x00", lambda m: hidden[int(m[1])], part) for part in parts]


def _spread(found: re.Match[str]) -> str:
    """Make "start and end dates" a start date and an end date."""
    head = singular_of(found["head"])
    return f"{found['first']} {head} and {found['second']} {head}"


def field_from(text: str, source: Source) -> FieldSpec | None:
    """Read one item of a list as a field; None where it is a sentence or a thing of its own."""
    if text.rstrip().lower().endswith(" unique"):
        text = f"{text.rstrip()[: -len(' unique')]} (unique)"
    text = _UNIQUE.sub(r"\g<name> (unique)", text.rstrip())
    text, limits = without_limits(_EITHER.sub(r" (\g<choices>)", text))
    notes = [note.strip() for note in _MODIFIER.findall(text)]
    counted = _HOW_MANY.match(text.strip(" ."))
    text = counted["what"] if counted else text
    asked = _WHETHER.match(text.strip())
    kind = FieldType.BOOLEAN if asked else FieldType.INTEGER if counted else None
    text = without_count(text.strip()[asked.end() :] if asked else text.strip())
    words = _MODIFIER.sub("", text).strip(" .:'\"").split()
    while words and words[0].lower() in {"a", "an", "the", "its", "their", "optional", "required"}:
        words = words[1:]
    if (words and words[0].lower() in _SEVERAL) or _ONE_OR_MORE.match(" ".join(words)):
        return None
    name = _IN_STOCK.sub("stock", _UNIT.sub("", " ".join(words)))
    if not _NAME.fullmatch(name) or len(words) > 4 or name.lower() in _NO_NAMES:
        return None
    field = FieldSpec(
        name=name, type=kind or type_of(name.lower()), inferred_from=(source,), confidence=0.85
    )
    return limited(_noted(field, notes, text.lower()), limits)


def _noted(field: FieldSpec, notes: list[str], text: str) -> FieldSpec:
    changes: dict[str, object] = {}
    if re.match(r"\s*(?:a\s+|an\s+|the\s+)?required\b", text):
        changes["required"] = True
    for note in notes:
        parts = [part.strip() for part in re.split(r"[,;/|]| or ", note) if part.strip()]
        plain = {part.lower() for part in parts}
        if plain & {"required", "mandatory", "must", "not null"}:
            changes["required"] = True
        if "unique" in plain:
            changes["unique"] = True
        kinds = [WORDS_FOR_TYPES[part] for part in plain if part in WORDS_FOR_TYPES]
        if kinds:
            changes["type"] = kinds[0]
        known = {"required", "mandatory", "must", "unique", "optional", "not null"}
        rest = [p for p in parts if p.lower() not in known | set(WORDS_FOR_TYPES)]
        if {part.lower() for part in rest} == {"yes", "no"}:
            changes["type"] = FieldType.BOOLEAN
        elif len(rest) > 1 and not kinds:
            changes["type"] = FieldType.ENUM
            changes["choices"] = tuple(dict.fromkeys(part[:80] for part in rest))
    if changes.get("type", field.type) in UPLOADS:
        changes |= {"required": False, "unique": False}
    return field.model_copy(update=changes)


def without_limits(text: str) -> tuple[str, tuple[int, int] | None]:
    """Return a field's words without the limits that they say, and the limits of what is a number.

    "Season 2024-2025" and "open from 9 to 17" are none.
    """
    rest, limits = split_limits(text)
    kind = type_of(re.sub(r"\s*\([^()]*\)", "", rest).strip().lower())
    return (rest, limits) if limits and (is_scale(limits) or kind in NUMBERS) else (text, None)


def without_count(text: str) -> str:
    """Return words without how many there are: "up to ten photos"."""
    return _COUNT.sub("", text)


def joined(first: tuple[FieldSpec, ...], more: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return fields and those of another list that are not among them."""
    names = {_key(field.name) for field in first}
    both = [*first, *(field for field in more if _key(field.name) not in names)]
    return tuple(field.model_copy(update={"position": n}) for n, field in enumerate(both))


def titled(fields: tuple[FieldSpec, ...], known: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return fields with the name that a thing of this kind usually has, if they have none."""
    first = known[0] if known else None
    if first is None or first.type is not FieldType.STRING or not first.required:
        return fields
    few = len(fields) <= LEAST_SAID and first.name in {"name", "title"}
    naming = _NAMING if few else _TELLING
    if any(naming.search(field.name) for field in fields):
        return fields
    return joined((first,), fields)


def merged(known: tuple[FieldSpec, ...], said: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return the fields that were said; what is known completes only a thing with few of them."""
    if not said:
        return known
    twins = {_key(field.name): field for field in known}
    result = []
    for field in said:
        twin = twins.get(_key(field.name))
        fits = twin is not None and field.type in (twin.type, FieldType.STRING)
        if twin is not None and fits and not field.choices:
            more: dict[str, object] = {
                "name": field.name,
                "inferred_from": field.inferred_from,
                "required": field.required or twin.required,
                "unique": field.unique or twin.unique,
            }
            if (field.minimum, field.maximum) != (None, None):
                more |= {"minimum": field.minimum, "maximum": field.maximum}
            result.append(twin.model_copy(update=more))
        else:
            result.append(field)
    return tuple(field.model_copy(update={"position": n}) for n, field in enumerate(result))


def _key(name: str) -> str:
    return "".join(singular_of(part) for part in re.split(r"[\s_-]+", name.lower()))


def are_plural(fields: Iterable[FieldSpec]) -> bool:
    """Tell whether fields are named as several things have them: "with dates and costs"."""
    heads = [field.name.split()[-1] for field in fields]
    return all(singular_of(head) != head for head in heads)


def of_one(fields: Iterable[FieldSpec]) -> tuple[FieldSpec, ...]:
    """Return the fields that one thing has of what an app is said to have: "with due dates"."""
    made = []
    for field in fields:
        *before, last = field.name.split()
        name = " ".join([*before, singular_of(last)])
        kind = type_of(name) if field.type is FieldType.STRING and not field.choices else field.type
        made.append(field.model_copy(update={"name": name, "type": kind}))
    return tuple(made)
