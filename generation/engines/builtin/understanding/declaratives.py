"""Sentences of ordinary prose that say what there is: "there is a card for every animal".

"Every batch is brewed from a recipe", "we have 23 dogs from 17 owners", "one bill per visit",
"Vehicles and the equipment that is on them".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generation.engines.builtin.understanding.deeds import DEEDS
from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.inventories import HEADINGS
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.sentences import (
    LONGEST_SENTENCE,
    story_of,
    words_of,
)
from generation.engines.builtin.understanding.things import thing_of
from generation.engines.builtin.understanding.times import without_times
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS
from generation.engines.builtin.understanding.vocabulary import PEOPLE, STOPS
from generation.engines.builtin.understanding.weights import SEEN, WANTED
from generation.engines.builtin.understanding.wording import as_all_do, without_pieces
from projects.spec.models import Source

MOST_WORDS = 3
_NUMBER = (
    r"(?:\d{1,6}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundreds of)"
)
_WORDS = r"(?P<words>[a-z][\w'-]*(?: [a-z][\w'-]*){0,3})"
_EACH = re.compile(rf"\b(?:each|every) (?!other\b){_WORDS}", re.IGNORECASE)
_THERE = re.compile(
    rf"\bthere (?:is|are|will be|should be|must be) (?:also )?(?:an?|the|many|several|some|our)? ?"
    rf"{_WORDS}",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?<![-\d.,])\b{_NUMBER} {_WORDS}", re.IGNORECASE)
_FIRST = re.compile(
    rf"^\s*(?:[-*•]\s*)?(?:all |the |our )?{_WORDS}"
    r"(?= (?:are|with|have|belong|and the|that)\b|:|,)",
    re.IGNORECASE,
)
# "An alert is stored when the value is too high"
_STORED = re.compile(
    r"\b(?:an?|one) (?P<words>[a-z][\w'-]*(?: [a-z][\w'-]*){0,2}) (?:is|gets|will be|should be) "
    r"(?:then |also |automatically )?(?:stored|recorded|saved|logged|created|kept|written|noted|"
    r"raised|issued|opened|generated)\b",
    re.IGNORECASE,
)
# What somebody's business is about: "we let 12 beach huts", "I organise walks"
_OURS = re.compile(
    r"\b(?:we|i) (?:(?:are|am|have) (?:[\w'-]+ ){1,5}and )?(?:also |mainly |mostly |only )?"
    r"(?:do|run|give|hold|host|organi[sz]e|offer|own|operate|let|(?:rent|hire|lend) out|"
    r"look after|inspect|maintain|service|repair|teach|collect|breed|train|keep) "
    rf"(?:about |around |over |some |several |many |a few )?(?:{_NUMBER} )?{_WORDS}",
    re.IGNORECASE,
)
# "Dentists send us cases": what comes from whom.
_GIVEN_US = re.compile(
    r"\b(?P<whole>[a-z]+s) (?:are our [a-z]+ and )?(?:can |will |may |also )*"
    r"(?:give|send|bring|hand|submit|lend|offer|leave|order) us "
    r"(?:(?:an?|their|the|new|several|many) )*(?P<part>[a-z]+(?: [a-z]+)?s?)\b",
    re.IGNORECASE,
)
_OF_A_SITE = frozenset(
    {"page", "pages", "section", "sections", "form", "button", "menu", "tab", "screen", "link"}
)
_NOUN = r"[a-z][\w-]*(?: [a-z][\w-]*)?"
_LONG = r"[a-z][\w-]*(?: [a-z][\w-]*){0,3}"
_MANY = r"(?:(?!(?:and|or|of|for|with|in|on|the|to)\b)[a-z][\w-]* )?[a-z][\w-]*s"
_ONE = r"(?:an? |the |one )"
_IS = r"(?:is|are|gets) (?:\w+ )?\w+(?:ed|en|n)|sits|stands|comes|lies|hangs|happens|takes place"
# What belongs to what, in sentences of their own.
_BELONGING = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        # "one bill per visit"
        (
            rf"(?<!appoint )(?<!assign )\b(?:an?|one|the|several|many) (?P<part>{_NOUN}) "
            rf"(?:for (?:each|every)|per) (?P<whole>{_LONG})"
        ),
        # "every batch is brewed from a recipe", "every aliquot sits at a position in a box"
        (
            rf"\b(?:each|every|an?) (?P<part>{_NOUN}) (?:{_IS}) (?:at an? \w+ )?"
            rf"(?:from|by|in|at|on|to|into|of) {_ONE}(?P<whole>[a-z][\w-]*)"
        ),
        # "photos with a caption are attached to the assignment", "boxes are in freezers"
        (
            rf"(?:^|[,;] (?:and )?)(?P<part>{_MANY})(?: with [^.;]{{1,60}}?)? are "
            r"(?:(?!show|display|list|sort|present|visual)\w+(?:ed|en) "
            r"(?:to|on|in|into|at|for|from|per|under|against)|in|at|on) "
            rf"(?:{_ONE}|each |every )?(?P<whole>{_LONG})"
        ),
        # "samples belong to a research project"
        rf"(?:^|[,;] )(?P<part>{_MANY}) belong to {_ONE}?(?P<whole>{_LONG})",
        # "for an assignment there are drafts"
        rf"\bfor (?:an?|each|every) (?P<whole>{_NOUN}),? there (?:is|are) {_ONE}?(?P<part>{_LONG})",
        # "monthly inspection of each vehicle"
        rf"^\W*(?P<part>{_NOUN}) of (?:each|every) (?P<whole>{_LONG})",
        rf"(?:,|\band|\bwith) (?:the )?(?P<part>{_MANY}) of (?:each|every) (?P<whole>{_LONG})",
        # "students who ride a bus"
        (
            rf"\b(?P<part>{_MANY}) (?:who|that|which) (?!need|want|are\b|is\b)[a-z]+ "
            rf"(?:in |on |at |to |for )?(?:an?|each|every|one) (?P<whole>{_NOUN})"
        ),
        # "for each trip I keep a packing list"
        (
            rf"\b(?:for|in|at|during|on|after) (?:each|every|an?) (?P<whole>{_NOUN}),? "
            r"(?:we|i|they|you|[a-z]+s) (?:can |should |must |also )*"
            r"(?:(?:write|note) down|keep|record|store|track|log|have|add|create|note|write|enter|"
            r"see|get|need) "
            rf"(?:an? |the |several |many |all |one or more )?(?P<part>{_NOUN})"
        ),
    )
)


# "courses taught by teachers"
_DONE_BY = re.compile(
    r"\b(?P<part>[a-z][\w-]*s) (?P<verb>[a-z]+ed|taught|led|given|held|written|run|made|"
    r"sold|driven) by (?:the |our )?(?P<whole>[a-z]+s)\b",
    re.IGNORECASE,
)
# Of two things, which has or took which: gardeners and plots, pupils and books.
_WHICH = re.compile(
    r"(?:^\W*(?P<head>[a-z]+(?: [a-z]+)?): )?"
    r"\bwhich (?P<whole>[a-z]+) (?P<verb>has|have|owns?|uses?|holds?|drives?|rent(?:s|ed)?|"
    r"borrow(?:s|ed)?|book(?:s|ed)?|order(?:s|ed)?|bought|attend(?:s|ed)?|"
    r"teaches|took|(?:works?|is|are|was|were|goes|belongs?)(?: [a-z]+ed)? "
    r"(?:on|at|in|to|for)) which (?P<part>[a-z]+)\b",
    re.IGNORECASE,
)


def declared_in(source: Source, declared: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Yield what a sentence says there is, and what that belongs to.

    What is `declared` is a thing by the name it has.
    """
    if story_of(source.text) is not None or source.text.strip(" :").lower() in HEADINGS:
        return
    text = as_all_do(without_pieces(without_times(source.text[:LONGEST_SENTENCE])))
    for pattern, weight in (
        (_EACH, WANTED),
        (_THERE, WANTED),
        (_STORED, WANTED),
        (_COUNTED, SEEN),
        (_OURS, WANTED),
    ):
        for found in pattern.finditer(text):
            noun = _noun_of(found["words"], declared, plural=pattern in {_COUNTED, _OURS})
            if noun is not None:
                yield Mention(noun, weight, source)
    first = _FIRST.match(text)
    every = (
        _noun_of(first["words"], declared, plural=True, whole=True) if first is not None else None
    )
    if every is not None and every in FIELDS:
        yield Mention(every, SEEN, source)
    for pattern in (*_BELONGING, _GIVEN_US):
        for found in pattern.finditer(text):
            yield from _belonging(found, source, declared)
    for found in _DONE_BY.finditer(text) if " by " in text else ():
        yield from _done_by(found, declared, source)
    for found in _WHICH.finditer(text) if "which" in text else ():
        yield from _which_of_which(found, source)


def _done_by(found: re.Match[str], declared: frozenset[str], source: Source) -> Iterator[Mention]:
    part, whole = _noun_of(found["part"], declared), thing_of((found["whole"].lower(),))
    if verb_of(found["verb"].lower()) in DEEDS:
        return  # what is left of it belongs to whoever did it
    if part is not None and whole is not None and whole not in PEOPLE:
        yield Mention(part, 0.0, source, belongs_to=whole)


def _which_of_which(found: re.Match[str], source: Source) -> Iterator[Mention]:
    part, whole = (thing_of((found[word].lower(),)) for word in ("part", "whole"))
    if part is None or whole is None or part == whole or {part, whole} & PEOPLE:
        return
    head = thing_of(tuple((found["head"] or "").lower().split()))
    kept = head or DEEDS.get(verb_of(found["verb"].lower()) or "")
    if kept is None or kept in {part, whole}:
        yield Mention(part, WANTED, source, belongs_to=whole)
        yield Mention(whole, WANTED, source)
        return
    for noun in (part, whole):  # what is left of it is of both
        yield Mention(kept, WANTED, source, belongs_to=noun, deed=head is None)
        yield Mention(noun, WANTED, source)


def _belonging(found: re.Match[str], source: Source, declared: frozenset[str]) -> Iterator[Mention]:
    part, whole = _noun_of(found["part"], declared), _noun_of(found["whole"], declared)
    if part is not None and whole is not None and part != whole:
        yield Mention(part, SEEN, source, belongs_to=whole)
        yield Mention(whole, SEEN, source)


def _noun_of(
    text: str, declared: frozenset[str], *, plural: bool = False, whole: bool = False
) -> str | None:
    """Return the thing that words begin with, or that they are as a `whole`; None for none."""
    words: list[str] = []
    for word in words_of(text):
        if (
            word.is_mark
            or word.text in STOPS
            or (words and _is_verb(words, word.text, several=plural))
        ):
            if whole:
                return None
            break
        words.append(word.text)
    if set(words) & _OF_A_SITE:  # "there is a home page"
        return None
    words = kept(words[:MOST_WORDS])
    if not words or (plural and singular_of(words[-1]) == words[-1]):
        return None
    noun = thing_of(tuple(words), declared)
    return noun if noun is not None and noun not in PEOPLE else None


def _is_verb(before: Sequence[str], word: str, *, several: bool) -> bool:
    """Tell whether a word behind a noun says what it does: "every batch ferments".

    Of `several` things the last word is their name: "12 beach huts".
    """
    verb = verb_of(word)
    if verb is not None and verb not in ALSO_NOUNS:
        return True
    third = word.endswith("s") and singular_of(before[-1]) == before[-1] and not several
    return third and (verb is not None or singular_of(word) not in FIELDS)
