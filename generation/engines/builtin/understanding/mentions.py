"""From sentences to mentions: which things a text speaks of, how strongly, and how they belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generation.engines.builtin.understanding.grammar import (
    Phrase,
    phrases_of,
    singular_of,
    verb_of,
)
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import Story, story_of, words_of
from generation.engines.builtin.understanding.vocabulary import (
    ALONE,
    ATTRIBUTES,
    BELONGING,
    CLASSIFIERS,
    CONTAINERS,
    DEEDS,
    DONE_OUTRIGHT,
    FACILITIES,
    GROUPS,
    KEEPING,
    LABELS,
    LOOKING,
    MADE,
    MAKING,
    MEETINGS,
    NOT_THINGS,
    PEOPLE,
    PERSONS,
    SHOWING,
    SIFTING,
    SOFT,
    TAKEN,
    is_adjective,
)
from projects.spec.models import Source

KEPT, DONE, SEEN, SORTING, BESIDE, NAMED, BEHIND = 1.0, 0.7, 0.55, 0.5, 0.3, 0.2, 0.15
LONGEST_NOUN = 40


@dataclass(frozen=True)
class Mention:
    """A thing in the singular, the weight of the evidence for it, and the words it stands in.

    `belongs_to` is the thing it is attached to by the words ("photos of campers", "a camper's
    photos"); a `deed` is a thing made of a verb ("rate answers" keeps ratings of answers).
    """

    noun: str
    weight: float
    source: Source
    belongs_to: str | None = None
    deed: bool = False


def thing_of(words: tuple[str, ...], declared: frozenset[str] = frozenset()) -> str | None:
    """Return what a noun phrase is of, in the singular; None where it is no thing.

    "product information" and "list of products" are products; "contest registration" is the
    contest. What a sentence has `declared` is itself.
    """
    parts = [word for word in words if word]
    if (whole := literal(parts)) in declared:
        return whole
    if (known := _known_compound(parts)) is not None:
        return known
    parts = _without_containers(parts)
    if not parts:
        return None
    parts = [*parts[:-1], singular_of(parts[-1])]
    noun = " ".join(parts)
    if not all(part[0].isalpha() for part in parts) or len(noun) > LONGEST_NOUN:
        return None
    return noun if _is_thing(parts) else None


def _without_containers(parts: list[str]) -> list[str]:
    """Return what is contained, managed or shown: of "product information", the product."""
    while parts:
        head = singular_of(parts[-1])
        if head in CONTAINERS and len(parts) > 1:
            parts = [*parts[:-1], "record"] if is_adjective(parts[-2]) else parts[:-1]
            if parts[-1] == "record":
                break
        elif len(parts) > 1 and _says_what_is_done(head, parts[-1]):
            parts = parts[:-1]
        else:
            break
    return [*(word for word in parts[:-1] if word not in CONTAINERS), *parts[-1:]]


def _is_thing(parts: list[str]) -> bool:
    """Tell whether words in the singular name something that can be kept."""
    head, before = parts[-1], parts[-2] if len(parts) > 1 else None
    if is_adjective(head) or head in ATTRIBUTES:
        return False
    if head in NOT_THINGS:
        return head in SOFT and before is not None and before not in NOT_THINGS
    return head not in CONTAINERS or head in ALONE


def _says_what_is_done(head: str, word: str) -> bool:
    return head in MAKING or bool({head, word} & (SHOWING | FACILITIES))


def _known_compound(parts: Sequence[str]) -> str | None:
    """Return the longest name of several words at the end of a phrase that the lexicon has."""
    names = (literal(parts[start:]) for start in range(len(parts) - 1))
    return next((name for name in names if name in FIELDS), None)


def literal(words: Sequence[str]) -> str:
    """Return words as one noun in the singular."""
    return " ".join([*words[:-1], singular_of(words[-1])]) if words else ""


def mentions_of(
    source: Source, declared: frozenset[str] = frozenset(), text: str | None = None
) -> Iterator[Mention]:
    """Yield what a sentence speaks of, by its own words or by those of `text`."""
    text = source.text if text is None else text
    story = story_of(text)
    if story is not None:
        yield from _in_story(story, source, declared)
        return
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    imperative = verb_of(first.strip(",:/")) is not None or "/" in first
    yield from _in_clause(phrases_of(text, verb_first=imperative), source, declared)


def _in_story(story: Story, source: Source, declared: frozenset[str]) -> Iterator[Mention]:
    wished = phrases_of(story.wish, verb_first=True)
    yield from _in_clause(wished, source, declared)
    actor = thing_of(tuple(word.text for word in words_of(story.actor) if not word.is_mark))
    if actor is not None:
        yield from _made_by(actor, wished, source)
    for phrase in phrases_of(story.reason, verb_first=False):
        noun = thing_of(phrase.words)
        if noun is not None and phrase.verbs:
            yield Mention(noun, BEHIND, source)


def _made_by(actor: str, phrases: list[Phrase], source: Source) -> Iterator[Mention]:
    """Yield what somebody makes as belonging to them: the forms that a parent submits."""
    for phrase in phrases:
        noun = thing_of(phrase.words)
        if noun is None or noun == actor or phrase.preposition:
            continue
        made = MADE & set(phrase.verbs)
        if made if noun.rpartition(" ")[2] in DONE_OUTRIGHT else made - set(DEEDS):
            yield Mention(noun, 0.0, source, belongs_to=actor)


def _done_by(phrase: Phrase, source: Source) -> Iterator[Mention]:
    """Yield what persons make or do as belonging to them: "members borrow books"."""
    person = thing_of(phrase.subject) if phrase.subject else None
    if person is None or person.rpartition(" ")[2] not in PERSONS:
        return
    yield from _made_by(person, [phrase], source)
    for deed in _deeds(phrase, thing_of(phrase.words), source):
        yield Mention(deed.noun, 0.0, source, belongs_to=person)


def _in_clause(
    phrases: list[Phrase], source: Source, declared: frozenset[str]
) -> Iterator[Mention]:
    before: str | None = None
    for phrase in phrases:
        yield from _done_by(phrase, source)
        noun = thing_of(phrase.words, declared) or _taken(phrase)
        owner = thing_of(phrase.owner) if phrase.owner else None
        if owner is not None:
            yield Mention(owner, SEEN if noun is None else BESIDE, source)
        if noun is None:
            yield from _deeds(phrase, None, source)
            continue
        yield Mention(noun, _weight(phrase), source, owner)
        near = thing_of(phrase.near, declared) if _says_whose(phrase) else None
        if phrase.near == ("track",) and phrase.preposition == "by" and _says_whose(phrase):
            near = before
        before = noun
        if near is not None and near != noun:
            yield Mention(near, 0.0, source, belongs_to=noun)
        yield from _deeds(phrase, noun, source)


def _taken(phrase: Phrase) -> str | None:
    """Return a word that is a thing only where it is reserved or managed: "reserve tables"."""
    noun = singular_of(phrase.words[-1]) if len(phrase.words) == 1 else ""
    taken = noun != phrase.words[-1] and noun in TAKEN and not phrase.preposition
    return noun if taken and {"reserve", "book", "manage", "add"} & set(phrase.verbs) else None


def _says_whose(phrase: Phrase) -> bool:
    """Tell whether what stands before a phrase belongs to it: "photos of a camper"."""
    if phrase.preposition == "for" and phrase.near and _is_of_an_app(phrase.near):
        return False
    if phrase.preposition == "with" and phrase.near:
        heads = (singular_of(phrase.near[-1]), singular_of(phrase.words[-1]))
        return heads[0] in MEETINGS or heads[1] in LABELS
    if phrase.preposition == "by":
        return singular_of(phrase.words[-1]) in CLASSIFIERS and not set(phrase.verbs) & SIFTING
    return phrase.preposition in BELONGING


def _weight(phrase: Phrase) -> float:
    head = singular_of(phrase.words[-1])
    if phrase.near and _is_related(phrase, head):
        return SORTING
    if len(phrase.words) > 1 and head in MAKING:
        return KEPT
    if len(phrase.words) > 1 and (head in SHOWING or phrase.words[-1] in SHOWING):
        return SEEN
    if phrase.near and phrase.preposition == "for" and _is_of_an_app(phrase.near):
        return SEEN if head != phrase.words[-1] and head not in PERSONS else NAMED
    if phrase.near and singular_of(phrase.near[-1]) in MAKING:
        return KEPT
    if phrase.preposition and phrase.near and not _is_container(phrase.near):
        return BESIDE if phrase.preposition in BELONGING else NAMED
    if any(verb in KEEPING for verb in phrase.verbs):
        return KEPT
    if any(verb in LOOKING for verb in phrase.verbs):
        return SEEN
    return BESIDE if phrase.verbs else NAMED


def _is_related(phrase: Phrase, head: str) -> bool:
    """Tell whether a phrase names what sorts things, or a person things are of or for."""
    if phrase.preposition in {"in", "into", "under", "with"}:
        return head != phrase.words[-1] and head in CLASSIFIERS | LABELS
    if phrase.preposition == "by":
        return head in CLASSIFIERS and bool({"group", "organize", "organise"} & set(phrase.verbs))
    if head not in PERSONS:
        return False
    return phrase.preposition == "of" or (
        phrase.preposition == "for" and thing_of(phrase.near) is not None
    )


def _is_of_an_app(words: tuple[str, ...]) -> bool:
    """Tell whether words name the app itself: "a tracker", "a booking system"."""
    last = singular_of(words[-1])
    return last in NOT_THINGS | FACILITIES or (last in MAKING and last.endswith(("er", "or")))


def _is_container(words: tuple[str, ...]) -> bool:
    return singular_of(words[-1]) in CONTAINERS or words[-1] == "track"


def _is_deed(verb: str, preposition: str, head: str) -> bool:
    """Tell whether doing this leaves something to keep: one applies for jobs and joins groups."""
    if verb == "apply":
        return preposition in {"for", "to"}
    if verb == "register":
        return preposition == "for"
    return verb != "join" or head in GROUPS


def _deeds(phrase: Phrase, noun: str | None, source: Source) -> Iterator[Mention]:
    if phrase.preposition not in ("", "in", "on", "for", "to") or noun in PEOPLE:
        return
    head = noun.rpartition(" ")[2] if noun else ""
    for verb in phrase.verbs:
        if not _is_deed(verb, phrase.preposition, head):
            continue
        if verb in DEEDS and DEEDS[verb] != noun and head not in DONE_OUTRIGHT:
            yield Mention(DEEDS[verb], DONE, source, belongs_to=noun, deed=True)
