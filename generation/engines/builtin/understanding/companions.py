"""What else stands with what is done: a massage is booked with a therapist, drafts are put to it.

None of these says by itself that a thing is kept; where both are, they hang together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generation.engines.builtin.understanding.deeds import DEEDS, DONE_OUTRIGHT
from generation.engines.builtin.understanding.grammar import Phrase, phrases_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.mentions import Mention, object_before
from generation.engines.builtin.understanding.sentences import story_of, words_of
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.verbs import KEEPING, TAKING
from generation.engines.builtin.understanding.vocabulary import (
    ATTRIBUTES,
    COLLECTIONS,
    GATHERED_IN,
    GATHERING,
    PEOPLE,
    PERSONS,
    WHAT_THINGS_HAVE,
    words,
)
from generation.engines.builtin.understanding.wording import in_plain_words
from projects.spec.models import Source

_MAKING = KEEPING | TAKING | words("arrange agree issue order define start open perform give")
_NOUN = (
    r"(?:an? |the |their |my |our |his |her |each |one |some )?(?P<noun>[a-z][\w-]*(?: [\w-]+)?)"
)
# "Save them to shortlists", "assign it to a driver", "link meters to them"
_PUT = re.compile(
    r"\b(?:save|add|put|assign|link|attach|move|give|group|sort|collect|connect|store|hand|send|"
    rf"organi[sz]e|allocate|book)\w* (?:them|it) (?:to|in|into|on|onto|under) {_NOUN}",
    re.IGNORECASE,
)
# "The office assigns them a pitch"
_GIVEN = re.compile(
    rf"\b(?:assign|give|allocate|issue|lend|grant|award|hand)s? (?:them|him|her) {_NOUN}",
    re.IGNORECASE,
)
# "Teachers give feedback on it"
_ON_IT = re.compile(
    r"\b(?P<noun>feedback|comments?|notes?|remarks?|grades?|scores?|ratings?|reviews?|reports?|"
    r"answers?|bids?|offers?|opinions?) (?:on|for|to|about) (?:it|them)\b",
    re.IGNORECASE,
)


def companions_in(source: Source, text: str) -> Iterator[Mention]:
    """Yield the links of things to those beside them; `text` has no lists of fields."""
    text = in_plain_words(text)
    story = story_of(text)
    wish = story.wish if story is not None else text
    for phrase in phrases_of(wish, verb_first=story is not None):
        if phrase.preposition == "with" and phrase.near:
            yield from _with_whom(phrase, source)
    for found in _PUT.finditer(wish):
        yield from _put(object_before(wish[: found.start()]), _first(found), source)
    for found in _GIVEN.finditer(wish):
        person, noun = _persons_before(wish[: found.start()]), _first(found)
        if person is not None and noun is not None and noun != person:
            yield Mention(noun, 0.0, source, belongs_to=person)
    for found in _ON_IT.finditer(wish):
        noun, about = singular_of(found["noun"].lower()), object_before(wish[: found.start()])
        if about is not None and about != noun:
            yield Mention(noun, 0.0, source, belongs_to=about)


def _with_whom(phrase: Phrase, source: Source) -> Iterator[Mention]:
    """Yield the link of what is made or booked to one thing that it is made or booked with."""
    other, thing = thing_of(phrase.words), thing_of(phrase.near)
    head = phrase.words[-1]
    made = _MAKING & set(phrase.verbs)
    if other is None or thing is None or other == thing or not made or singular_of(head) != head:
        return
    is_person = head in PERSONS
    if not is_person and (
        head in ATTRIBUTES | WHAT_THINGS_HAVE or other not in FIELDS.keys() | SAME_AS.keys()
    ):
        return
    deeds = [DEEDS[verb] for verb in phrase.verbs if verb in TAKING & DEEDS.keys()]
    left = thing if thing.rpartition(" ")[2] in DONE_OUTRIGHT or not deeds else deeds[0]
    if left != other and left not in PERSONS | PEOPLE:
        yield Mention(left, 0.0, source, belongs_to=other)


def _put(thing: str | None, where: str | None, source: Source) -> Iterator[Mention]:
    """Yield the link of what was spoken of to where it is put; lists point at what is in them."""
    if thing is None or where is None or thing == where or where in PEOPLE:
        return
    head = where.rpartition(" ")[2]
    gathers = head in COLLECTIONS | GATHERING | GATHERED_IN
    one, other = (where, thing) if gathers and head != "folder" else (thing, where)
    yield Mention(one, 0.0, source, belongs_to=other)


def _first(found: re.Match[str]) -> str | None:
    """Return the thing that the words of a match begin with."""
    phrase = next(iter(phrases_of(found["noun"].lower(), verb_first=False)), None)
    return thing_of(phrase.words) if phrase is not None else None


def _persons_before(text: str) -> str | None:
    """Return the persons that a text speaks of last, in the singular."""
    for word in reversed(words_of(text)):
        person = singular_of(word.text)
        if person != word.text and (person in PERSONS or person.endswith(("er", "or", "ist"))):
            return thing_of((word.text,))
    return None
