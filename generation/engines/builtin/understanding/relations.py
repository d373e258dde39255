"""Sentences that say how things belong together.

"Each post belongs to one blog", "posts and tags are linked many-to-many", "an author has many
books, and a book can have several authors", "a match has a home team and an away team", "a task
can depend on other tasks".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from generation.engines.builtin.understanding.bonds import BE, VERB, draws, is_made_of, is_of_place
from generation.engines.builtin.understanding.clauses import in_clauses
from generation.engines.builtin.understanding.deeds import DEEDS
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.quantities import Item, Quantity, items_of
from generation.engines.builtin.understanding.subjects import (
    BACK,
    SAME,
    Subject,
    subject_of,
    thing_at_end,
    thing_at_start,
)
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    CLASSIFIERS,
    COLLECTIONS,
    DESIGNS,
    GROUPS,
    LABELS,
    MEETINGS,
    PERSONS,
    PREPOSITIONS,
    STOPS,
)
from generation.engines.builtin.understanding.weights import PLACED
from projects.spec.models import RelationKind, Source

LONGEST = 600
_ASIDE = re.compile(r"\s*\([^()]*,[^()]*\)")
_CLAUSE = re.compile(r"[.;:!?]\s+|\n")
_SHORTENED = re.compile(
    r"\b(and|while) (each|every) (\w+) (?=(?:many|several|multiple|one or more)\b)", re.IGNORECASE
)
# "connects patients with doctors": with whom, and nothing that they have.
_TOGETHER = re.compile(
    r"\b(?:connect|match|link|shar|compar|provid|help|suppl|equip|integrat|communicat|chat|interact|"
    r"collaborat|work|meet|deal|pair|replac|present)\w*\s+(?:[\w'-]+\s+){0,4}$",
    re.IGNORECASE,
)
# Another thing of a list that says more of itself, or what is done besides: "with stops, students
# who ride a bus", "with steps, follow other cooks".
_NEXT = re.compile(
    r",\s*(?:(?:and )?(?=[\w' -]+ (?:who|that|which|with|w/|of)\b|[\w' -]+\()"
    r"|(?:and )?(?=(?P<does>[a-z]+) \w))",
    re.IGNORECASE,
)
_ONLY_VERBS = VERBS - ALSO_NOUNS
# "fields with crops planted in a field, animals with a tag number"
_NEXT_WITH = re.compile(
    r",\s*(?:and )?(?=(?:[\w'-]+ ){0,2}[\w'-]+s (?:who|which|with|w/) )", re.IGNORECASE
)
# "For listing watches with photos, placing bids": what is done besides, where that is listed.
_IS_DONE = re.compile(r"\b(?:for|by|like|including) (?P<done>[a-z]+ing) ", re.IGNORECASE)
_DONE_NEXT = re.compile(r",?\s+(?:and )?(?P<done>[a-z]+ing)\b", re.IGNORECASE)
_POSSESSED = re.compile(
    r"\b(?P<owner>[a-z]{3,})(?:['\u2019]s|(?<=s)['\u2019]) (?P<what>[a-z]+(?: [a-z]+)?)",
    re.IGNORECASE,
)
_ONE_THING = re.compile(r"\W*(?:each|every|an?|one) [\w-]+(?: [\w-]+)?\s*$", re.IGNORECASE)
_SHORT_BE = re.compile(r"(?<=\bthey)['\u2019]re\b", re.IGNORECASE)
_BESIDES = re.compile(
    r"\s(?:with|w/)\s|,\s*(?:and )?(?:who|which|where|along|[a-z]+ing)\s", re.IGNORECASE
)
_KIND = r"(?P<kind>many[- ]to[- ]many|one[- ]to[- ]one|one[- ]to[- ]many|many[- ]to[- ]one)"
_PAIRED = re.compile(
    rf"(?P<one>[\w' -]{{2,60}}?)\s+and\s+(?P<other>[\w' -]{{2,60}}?)\s+(?:are|have|share|form)\s+"
    rf"(?:linked |related |connected |associated )?(?:(?:in |by )?an? )?{_KIND}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"{_KIND}\s+(?:\w+\s+)?(?:between|from)\s+(?P<one>[\w' -]{{2,60}}?)\s+(?:and|to)\s+"
    r"(?P<other>[\w' -]{2,60})",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"(?P<one>[\w' -]{{2,60}}?)\s+(?:has|have|{BE})\s+(?:linked\s+)?(?:an?\s+)?{_KIND}\s+"
    r"(?:\w+\s+)?(?:with|to)\s+(?P<other>[\w' -]{2,60})",
    re.IGNORECASE,
)
# "Incidents: address, which vehicles drove out": several or one of what stands behind "which".
_OF_WHICH = re.compile(
    r"^\W*(?:an? |the |each |every |[^.:,]{1,80}\b(?:an?|each|every) (?=[a-z ]+:))?"
    r"(?P<one>[a-z]+(?: [a-z]+){0,2})(?::| with| has| have|,) .*?"
    r"\bwhich (?P<other>[a-z]+)",
    re.IGNORECASE | re.DOTALL,
)
_FROM_TO = re.compile(
    r"\bfrom (?:one|an?)\s+(?P<thing>[\w-]+)\s+to (?:another|the other|an?)\b"
    r"(?:\s+(?P<same>[\w-]+))?",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"(?P<one>[\w-]+) (?:can|may|should|must|will) be (?P<done>tagged|labell?ed|categori[sz]ed)\b"
    r"|\b(?P<do>tag|categori[sz]e|label)(?:ging|ing)? (?:my |the |their |each )?"
    r"(?P<other>(?!by\b|with\b|as\b)[\w-]+s)\b",
    re.IGNORECASE,
)
_KINDS = {
    "many to many": RelationKind.MANY_TO_MANY,
    "one to one": RelationKind.ONE_TO_ONE,
    "many to one": RelationKind.MANY_TO_ONE,
    "one to many": RelationKind.ONE_TO_MANY,
}


class Linked(NamedTuple):
    """Two things, in the singular, and how rows of the first point at rows of the second.

    What is not `firm` holds only where both are known to be kept by other words; what `draws`
    tells by itself that the one is kept where the other is.
    """

    kind: RelationKind
    one: str
    other: str
    source: Source
    required: bool = False
    name: str | None = None
    firm: bool = True
    draws: bool = False


def links_in(source: Source, declared: frozenset[str] = frozenset()) -> Iterator[Linked]:
    """Yield what the clauses of a sentence link; what is `declared` is a thing as it is."""
    text = _ASIDE.sub("", in_clauses(source.text[:LONGEST].rstrip(" .")))
    text = _SHORT_BE.sub(" are", text)
    yield from _of_which(text, source)
    yield from _possessed(text, source, declared)
    for clause in _CLAUSE.split(text):
        named = [*_of_a_named_kind(clause, source, declared)]
        yield from named or _stated(clause, source, declared)


def _possessed(text: str, source: Source, declared: frozenset[str]) -> Iterator[Linked]:
    """Yield the links of "a coach's teams"."""
    for found in _POSSESSED.finditer(text):
        owner, noun = thing_of((found["owner"].lower(),)), thing_at_start(found["what"], declared)
        if owner is not None and noun is not None and owner != noun:
            yield Linked(RelationKind.MANY_TO_ONE, noun, owner, source, firm=False)


def _of_which(text: str, source: Source) -> Iterator[Linked]:
    """Yield the links of "incidents: address, which vehicles drove out, which crew"."""
    first = _OF_WHICH.match(text) if " which " in text else None
    noun = thing_of(tuple(kept(first["one"].lower().split()))) if first is not None else None
    if first is None or noun is None:
        return
    for found in re.finditer(r"\bwhich ([a-z]+)", text[first.start("other") - 6 :], re.IGNORECASE):
        word = found[1].lower()
        other = thing_of((word,))
        if other is not None and other != noun:
            several = singular_of(word) != word
            kind = RelationKind.MANY_TO_MANY if several else RelationKind.MANY_TO_ONE
            yield Linked(kind, noun, other, source, firm=False)


def _of_a_named_kind(clause: str, source: Source, declared: frozenset[str]) -> Iterator[Linked]:
    """Yield "posts and tags are linked many-to-many" and the like."""
    for pattern in (_PAIRED, _BETWEEN, _WITH):
        found = pattern.search(clause)
        if found is None:
            continue
        one = thing_at_end(found["one"], declared)
        other = thing_at_start(found["other"], declared)
        kind = _KINDS[re.sub(r"[- ]+", " ", found["kind"].lower())]
        if one is None or other is None:
            continue
        if kind is RelationKind.ONE_TO_MANY:
            kind, one, other = RelationKind.MANY_TO_ONE, other, one
        yield Linked(kind, one, other, source)
        return


def _stated(clause: str, source: Source, declared: frozenset[str]) -> Iterator[Linked]:
    """Yield what the verbs of a clause link: the subject before each, the objects after it."""
    clause = _SHORTENED.sub(r"\1 \2 \3 has ", clause)
    verbs = [verb for verb in VERB.finditer(clause) if _is_verb(verb, clause)]
    before = Subject(())
    for verb, following in zip_longest(verbs, verbs[1:]):
        subject = subject_of(clause[: verb.start()], before, declared)
        before = subject if subject.nouns else before
        after = clause[verb.end() : following.start() if following else len(clause)]
        after = _objects(verb, clause[: verb.start()], after)
        items = _counted(_of_one_kind(list(items_of(after, declared))))
        with_more = following is not None and following["has"] == "with"
        if following is not None and not (with_more or _refers_back(after)):
            items = items[:-1]
        for noun in subject.nouns:
            has = verb["belongs"] is None
            for item in items:
                if verb["has"] == "with" and not _can_be_with(noun, item):
                    continue
                link = _had if has else _belonging
                said = verb.group().lower()
                drawn = draws(said) and (item.is_plural or item.quantity is not Quantity.NONE)
                for made in link(noun, item, subject, source, said):
                    yield made._replace(draws=drawn)
    moved = _FROM_TO.search(clause)
    marked = _MARKED.search(clause)
    if marked is not None:
        yield from _marked(marked, source, declared)
    mover = thing_at_start(clause, declared) if moved is not None else None
    if moved is not None and mover is not None:
        yield from _moved(mover, moved, source)


def _objects(verb: re.Match[str], before: str, after: str) -> str:
    """Return the words for what a verb links, up to another thing that says more of itself.

    There are none behind "which crew has which vehicle", which is said elsewhere.
    """
    if verb["has"] == "with":
        if _TOGETHER.search(before):
            return ""
        after = _before_deeds(_before_next(after), before)
    if after.lstrip().lower().startswith("which "):
        return ""
    if verb.group().lower().startswith("get"):  # "gets a result with the unit and the device"
        after = after.partition(" with ")[0]
    if verb["belongs"] is not None:  # "placed by customers, with an address, a weight"
        after = _BESIDES.split(_NEXT_WITH.split(after, maxsplit=1)[0], maxsplit=1)[0]
    return _NEXT_WITH.split(after, maxsplit=1)[0]


def _before_next(after: str) -> str:
    """Return what stands before another thing that says more of itself, or what is done besides."""
    for found in _NEXT.finditer(after):
        if found["does"] is None or found["does"].lower() in _ONLY_VERBS:
            return after[: found.start()]
    return after


def _before_deeds(after: str, before: str) -> str:
    """Return a list up to what is done besides, in a sentence that lists what is done."""
    first = _IS_DONE.search(before)
    if first is None or verb_of(first["done"].lower()) is None:
        return after
    for found in _DONE_NEXT.finditer(after):
        if verb_of(found["done"].lower()) is not None:
            return after[: found.start()]
    return after


def _can_be_with(noun: str, item: Item) -> bool:
    """Tell whether "X with Ys" says that X has them, and not with whom it is or what it sorts."""
    head = noun.rpartition(" ")[2]
    person = item.noun.rpartition(" ")[2] in PERSONS
    return not (person and head in MEETINGS) and head not in CLASSIFIERS | LABELS


def _of_one_kind(items: list[Item]) -> list[Item]:
    """Make "a home team and an away team" two links to a team, where teams are known things."""
    heads = Counter(item.noun.split()[-1] for item in items if item.whole and " " in item.noun)
    return [
        item._replace(noun=head, quantity=Quantity.EXACT, is_one_of=True)
        if heads[head := item.noun.split()[-1]] > 1 and head in FIELDS
        else item
        for item in items
    ]


def _counted(items: list[Item]) -> list[Item]:
    """Let "several" hold for the rest of a list too: "several speakers and sessions"."""
    made: list[Item] = []
    for item in items:
        goes_on = bool(made) and made[-1].quantity is Quantity.MANY and item.is_plural
        plain = item.quantity is Quantity.NONE and item.noun.split()[0] not in VERBS
        made.append(item._replace(quantity=Quantity.MANY) if goes_on and plain else item)
    return made


def _is_verb(found: re.Match[str], clause: str) -> bool:
    """Tell whether the word before "many" does something: "students take many courses".

    Behind "each" or "a" and a thing, any word that ends as verbs do is one.
    """
    done = (found["does"] or "").lower().partition(" ")[0]
    if not done or verb_of(done) is not None:
        return True
    return done.endswith("s") and _ONE_THING.match(clause[: found.start()]) is not None


def _refers_back(text: str) -> bool:
    """Tell whether the verb after a list has no subject of its own: "a post and has …"."""
    words = text.replace(",", " , ").split()
    return bool(words) and words[-1].lower() in BACK | SAME | {"and", ",", "or", "but"}


def _had(noun: str, item: Item, subject: Subject, source: Source, verb: str) -> Iterator[Linked]:
    """Yield the link of "X has many Y", "X has exactly one Y", "X has a home Y"."""
    many, exact = item.quantity is Quantity.MANY, item.quantity is Quantity.EXACT
    other = item.noun
    firm = (many or exact) and (subject.each or item.is_plural or exact)
    whole = noun.rpartition(" ")[2] not in DESIGNS
    firm = firm or (item.is_plural and whole and is_made_of(verb))
    if other == noun:
        if item.is_same or item.part or item.name:
            yield from _to_itself(noun, item, source)
    elif many or item.is_plural:
        if _is_shared(noun, other) and not is_made_of(verb):
            yield Linked(RelationKind.MANY_TO_MANY, noun, other, source, firm=firm)
        else:
            kind = RelationKind.MANY_TO_ONE
            yield Linked(kind, other, noun, source, item.required, item.name, firm)
    elif verb.startswith("get") and _is_given(other):
        yield Linked(RelationKind.MANY_TO_ONE, other, noun, source, name=item.name, firm=False)
    else:
        kind = RelationKind.ONE_TO_ONE if exact and not item.is_one_of else RelationKind.MANY_TO_ONE
        name = item.name or item.whole
        yield Linked(kind, noun, other, source, item.required, name, firm)


def _is_given(noun: str) -> bool:
    """Tell whether who gets something has it alone: a certificate or a grade, and no crew."""
    head = noun.rpartition(" ")[2]
    return head not in PERSONS | GROUPS | CLASSIFIERS | PLACED


def _belonging(
    noun: str, item: Item, subject: Subject, source: Source, verb: str
) -> Iterator[Linked]:
    """Yield the link of "X belongs to one Y", "X is written by many Y", "X depends on other X"."""
    done = verb_of(verb.split()[-2]) if verb.endswith(" by") else None
    if done in DEEDS:
        return  # what is left of it belongs to whoever did it
    several = item.is_plural and not (verb.endswith(" by") or is_of_place(verb))
    many = item.quantity is Quantity.MANY or several
    of_one = item.quantity in {Quantity.ONE, Quantity.EXACT} and not several
    belongs = of_one and verb.startswith("belong")  # "members belong to a branch"
    firm = item.quantity is not Quantity.NONE and (subject.each or belongs)
    if item.noun == noun:
        yield from _to_itself(noun, item, source, verb)
        return
    kind = RelationKind.MANY_TO_MANY if many else RelationKind.MANY_TO_ONE
    name = None if many else item.name
    yield Linked(kind, noun, item.noun, source, item.required and not many, name, firm)


def _to_itself(noun: str, item: Item, source: Source, verb: str = "") -> Iterator[Linked]:
    """Yield the link of a thing to others of its kind, by the name that the words give it."""
    many = (item.quantity is Quantity.MANY or item.is_plural) and not item.part
    kind = RelationKind.MANY_TO_MANY if many else RelationKind.MANY_TO_ONE
    name = item.name or ("parent" if item.part else None) or _said(verb) or f"related {noun}"
    yield Linked(kind, noun, noun, source, name=name)


def _said(verb: str) -> str:
    """Return the words of a verb that say more than that something is so."""
    return " ".join(word for word in verb.split() if word not in STOPS or word in PREPOSITIONS)


def _marked(found: re.Match[str], source: Source, declared: frozenset[str]) -> Iterator[Linked]:
    """Yield the link of "posts can be tagged", "tag my notes"."""
    noun = thing_at_end(found["one"] or found["other"], declared)
    verb = (found["done"] or found["do"]).lower()
    if noun is not None and noun not in LABELS:
        if verb.startswith("cat"):
            yield Linked(RelationKind.MANY_TO_ONE, noun, "category", source)
        else:
            label = "tag" if verb.startswith("tag") else "label"
            yield Linked(RelationKind.MANY_TO_MANY, noun, label, source)


def _moved(noun: str, found: re.Match[str], source: Source) -> Iterator[Linked]:
    thing = thing_of((found["thing"].lower(),))
    same = found["same"]
    if thing is None or (same and singular_of(same.lower()) != thing and verb_of(same) is None):
        return
    for word in ("from", "to"):
        kind = RelationKind.MANY_TO_ONE
        yield Linked(kind, noun, thing, source, name=f"{word} {thing}", firm=False)


def held(noun: str, other: str, source: Source) -> Linked:
    """Return the link of a thing to the others it holds, where both are known to be kept."""
    if _is_shared(noun, other):
        return Linked(RelationKind.MANY_TO_MANY, noun, other, source, firm=False)
    return Linked(RelationKind.MANY_TO_ONE, other, noun, source, firm=False)


def _is_shared(noun: str, other: str) -> bool:
    """Tell whether what a thing holds stands in others of its kind as well: songs of a playlist."""
    head, part = noun.rpartition(" ")[2], other.rpartition(" ")[2]
    return part in LABELS or (head in COLLECTIONS and part not in {"item", "line", "entry"})
