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
from generation.engines.builtin.understanding.sentences import Story, story_of
from generation.engines.builtin.understanding.vocabulary import (
    ALONE,
    ATTRIBUTES,
    BELONGING,
    CONTAINERS,
    DEEDS,
    KEEPING,
    LOOKING,
    MAKING,
    NOT_THINGS,
    PEOPLE,
    SHOWING,
    SOFT,
    is_adjective,
)
from projects.spec.models import Source

KEPT, DONE, SEEN, BESIDE, NAMED, BEHIND = 1.0, 0.7, 0.55, 0.3, 0.2, 0.15
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
    while parts:
        head = singular_of(parts[-1])
        if head in CONTAINERS and len(parts) > 1:
            parts = [*parts[:-1], "record"] if is_adjective(parts[-2]) else parts[:-1]
            if parts[-1] == "record":
                break
        elif (head in MAKING or head in SHOWING or parts[-1] in SHOWING) and len(parts) > 1:
            parts = parts[:-1]
        else:
            break
    parts = [*(word for word in parts[:-1] if word not in CONTAINERS), *parts[-1:]]
    if not parts:
        return None
    parts = [*parts[:-1], singular_of(parts[-1])]
    if is_adjective(parts[-1]) or parts[-1] in ATTRIBUTES:
        return None
    noun = " ".join(parts)
    if not all(part[0].isalpha() for part in parts) or len(noun) > LONGEST_NOUN:
        return None
    if parts[-1] in NOT_THINGS and not (
        parts[-1] in SOFT and len(parts) > 1 and parts[-2] not in NOT_THINGS
    ):
        return None
    return noun if parts[-1] not in CONTAINERS or parts[-1] in ALONE else None


def literal(words: Sequence[str]) -> str:
    """Return words as one noun in the singular."""
    return " ".join([*words[:-1], singular_of(words[-1])]) if words else ""


def mentions_of(source: Source, declared: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Yield what a sentence speaks of."""
    story = story_of(source.text)
    if story is not None:
        yield from _in_story(story, source, declared)
        return
    text = source.text
    first = text.split(maxsplit=1)[0].lower() if text.split() else ""
    imperative = verb_of(first.strip(",:/")) is not None or "/" in first
    yield from _in_clause(phrases_of(text, verb_first=imperative), source, declared)


def _in_story(story: Story, source: Source, declared: frozenset[str]) -> Iterator[Mention]:
    yield from _in_clause(phrases_of(story.wish, verb_first=True), source, declared)
    for phrase in phrases_of(story.reason, verb_first=False):
        noun = thing_of(phrase.words)
        if noun is not None and phrase.verbs:
            yield Mention(noun, BEHIND, source)


def _in_clause(
    phrases: list[Phrase], source: Source, declared: frozenset[str]
) -> Iterator[Mention]:
    for phrase in phrases:
        noun = thing_of(phrase.words, declared)
        owner = thing_of(phrase.owner) if phrase.owner else None
        if owner is not None:
            yield Mention(owner, SEEN if noun is None else BESIDE, source)
        if noun is None:
            yield from _deeds(phrase, None, source)
            continue
        yield Mention(noun, _weight(phrase), source, owner)
        near = thing_of(phrase.near, declared) if phrase.preposition in BELONGING else None
        if near is not None and near != noun:
            yield Mention(near, 0.0, source, belongs_to=noun)
        yield from _deeds(phrase, noun, source)


def _weight(phrase: Phrase) -> float:
    head = singular_of(phrase.words[-1])
    if len(phrase.words) > 1 and head in MAKING:
        return KEPT
    if len(phrase.words) > 1 and (head in SHOWING or phrase.words[-1] in SHOWING):
        return SEEN
    if phrase.near and singular_of(phrase.near[-1]) in MAKING:
        return KEPT
    if phrase.preposition == "for" and thing_of(phrase.near) is None and phrase.near:
        return SEEN
    if phrase.preposition and phrase.near and not _is_container(phrase.near):
        return BESIDE if phrase.preposition in BELONGING else NAMED
    if any(verb in KEEPING for verb in phrase.verbs):
        return KEPT
    if any(verb in LOOKING for verb in phrase.verbs):
        return SEEN
    return BESIDE if phrase.verbs else NAMED


def _is_container(words: tuple[str, ...]) -> bool:
    return singular_of(words[-1]) in CONTAINERS or words[-1] == "track"


def _deeds(phrase: Phrase, noun: str | None, source: Source) -> Iterator[Mention]:
    if phrase.preposition not in ("", "in", "on", "for", "to") or noun in PEOPLE:
        return
    for verb in phrase.verbs:
        if verb in DEEDS and DEEDS[verb] != noun:
            yield Mention(DEEDS[verb], DONE, source, belongs_to=noun, deed=True)
