"""What of a request is told to visitors of the app, and what only its maker is."""

from __future__ import annotations

import re
from itertools import pairwise

from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.sentences import story_of
from generation.engines.builtin.understanding.theme import is_about_looks
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING
from generation.engines.builtin.understanding.vocabulary import PEOPLE, PERSONS, STOPS, words

# How a request begins and a site's own words do not.
_ASKING = re.compile(
    r"^\s*(?:please\s+)?(?:"
    r"(?:implement|build|create|develop|design|make|write|include|(?:i|we) (?:want|need))\s+"
    r"(?:me\s+)?"
    r"|(?:it|(?:the|this)\s+[\w-]+(?:\s+[\w-]+)?)\s+(?:should|must|will|needs? to)\s+"
    r"(?:also\s+)?"
    r"(?:have|include|contain|provide|offer|feature|support|display|show|be able to)\s+"
    r"|(?:users?|visitors?|customers?|people)\s+(?:should|must|can|will)\s+(?:also\s+)?"
    r"(?:be able to\s+)?"
    r")(?:an?\s+|the\s+|functionalities\s+(?:for|to)\s+)?",
    re.IGNORECASE,
)
# What a request says before the words that the site itself would say.
_SITE_OF = re.compile(
    r"^(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,3}?(?:landing page|web ?site|site|web ?page|portfolio|"
    r"brochure|home ?page|blog)\s+(?:for|of|about)\s+(?:(?:my|our)\s+)?(?=\S+\s\S)",
    re.IGNORECASE,
)
# "We are a bakery and want a website with our opening hours."
_AND_WANT = re.compile(
    r",? (?:and|so) (?:(?:we|i) )?(?:want|need|would like|would love|are looking for)\b"
    r"[^.]*\b(?:web ?site|site|app|page|system|tool|platform)\b[^.]*\.?",
    re.IGNORECASE,
)
# What is kept of a thing: "books with title, author and year".
_ITEM = r"(?:(?!\bwith\b|\band\b)[^,.:;()])+"
_KEPT = re.compile(rf",? with {_ITEM}(?:, {_ITEM})*,?\band {_ITEM}(?=[.,;:]|$)")
# What people put up on a site that is called by it, and is no place.
_PUT_UP = words("recipe photo video article story book movie song job quiz poem game event course")
# "Bakery website": what it is of is told, and that it is a site is seen.
_A_SITE = re.compile(
    r"^(?!(?:my|our)\s)((?:[\w'&-]+\s+){1,4}?)"
    r"(?:landing page|web ?site|site|web ?page|home ?page)\.?$",
    re.IGNORECASE,
)
# "We have worked here since 1998", "Our bread is made by hand"
_TELLING = re.compile(r"^(?:we|our|i|my|since|for (?:over|more than))\b", re.IGNORECASE)
_WANTING = re.compile(
    r"^(?:we|i|our [\w-]+(?: [\w-]+){0,3}?)(?: (?:also|just|only|really))? "
    r"(?:want|need|would (?:like|love)|wish|(?:am|are) looking for|needs)\b",
    re.IGNORECASE,
)
# One way of asking in each line: deeds, the app, its data, its looks, its accounts.
_ASKED = re.compile(
    r"""
    ^(?:please[ ])?(?:show|display|include|add|use|provide|allow|let|ensure|support|store|save|
        implement|create|build|there[ ](?:is|are|should))\b
    |^(?:please[ ])?(?:make|keep)[ ](?:it|sure|the|this|everything|things|track|an?)\b
    |^(?:please[ ])?track\b
    |^(?:it|the[ ](?:[\w-]+[ ])?(?:app|application|site|website|system|platform|home[ ]?page|page))
        [ ](?:has|have|should|must|needs?|will)\b
    |^(?!(?:we|our|i|my)\b)(?:(?:each|every|an?|the)\s+)?[\w-]+(?:\s[\w-]+)?\s+
        (?:(?:has|have|contains?)\s+(?:an?|the|many|several|one|multiple|optional)
        |belongs?\s+to|consists?\s+of)\b
    |^(?!(?:we|our|i|my)\b)[\w-]+(?:\s[\w-]+)?\s+(?:has|have)\s[\w ]{2,30}(?:,\s|[ ]\()
    |^(?:each|every)\s[\w-]+(?:\s[\w-]+)?\s(?:has|have|contains?)\b
    |\b(?:can|should|must)[ ]be[ ](?:marked|sorted|filtered|searched|grouped|stored|saved|listed)\b
    |^(?:the[ ]|our[ ])?(?:design|layout|look(?:[ ]and[ ]feel)?|styl(?:e|ing)|theme|fonts?|ui)
        (?:\s?:|[ ](?:is|are|should|must)\b)
    |^[\w ,'-]{2,40}[ ](?:look(?:[ ]and[ ]feel)?|design|styl(?:e|ing)|theme|colou?rs)\W*$
    |^(?!(?:we|our|i|my)\b)[\w-]+(?:\s[\w-]+)?\swith\s(?:an?\s)?(?:names?|titles?|photos?|pictures?|prices?|
        descriptions?|bio|dates?|e-?mail|phone|address|status)\b
    |\bon[ ](?:the|our)[ ](?:first|home|start|front|landing|about|contact)[ ]?page\b
    |\b(?:one|many)-to-(?:one|many)\b
    |^(?:no|without)[ ](?:public|log-?ins?|sign-?ups?|accounts?|registration|payments?|passwords?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Home page with a picture", "Contact with phone and mail", "The footer should have our address"
_OF_PARTS = re.compile(
    r"^(?:please )?(?:(?:an?|the|our|on|for)\s+)*(?:[\w-]+\s+){0,2}?"
    r"(?:home ?page|home|(?:landing|start|front|first|web|about|contact) ?page|page|section|hero|"
    r"header|footer|banner|navigation|nav ?bar|sidebar|contact|about(?: us| me)?|gallery)"
    r"(?:\s(?:page|section))?\s*"
    r"(?::\s|\b(?:with|that|which|showing|listing|where|should|must|needs?|has|have|includes?|"
    r"contains?|shows?|displays?)\b)",
    re.IGNORECASE,
)
_OF_ALL_PARTS = re.compile(r"^(?:the )?(?:pages?|sections?|menu items)\s*:", re.IGNORECASE)
_STORY = re.compile(r"^\W*as an? [\w -]{2,40},? (?:once )?i\b", re.IGNORECASE)
_MODAL = words("can could should must may shall will")
_WHO = words("committee board crew office everybody everyone anybody anyone team management they")
_ADVERBS = words("also only then always")
_FIRST = 4  # words at the beginning, of which one is who does something


def plain(text: str) -> str:
    """Return a request's words as a sentence of the site itself."""
    told = _AND_WANT.sub(".", _SITE_OF.sub("", _ASKING.sub("", text.lstrip("-*\u2022 "))))
    flat = " ".join(told.split()).strip(" ,;:")
    named = _A_SITE.match(flat)
    # "A clinic website" is a clinic's, and "a recipe site" is no recipe.
    if named and named[1].split()[-1].lower() not in _PUT_UP:
        flat = named[1].strip() + "." * flat.endswith(".")
    return flat[:1].upper() + flat[1:]


def without_things(text: str) -> str:
    """Return a sentence without what is kept of a thing: "with title, author and year"."""
    return _KEPT.sub("", text)


def without_asking(text: str) -> str:
    """Return a request's words without those that ask for something."""
    return _ASKING.sub("", text).strip()


def tells(text: str) -> bool:
    """Tell whether a sentence tells of those whose site it is: "Our bread is made by hand"."""
    return _TELLING.match(text.lstrip("-*\u2022 ")) is not None and not is_for_the_maker(text)


def is_wanted(text: str) -> bool:
    """Tell whether a sentence only says that something is wanted: "Our club needs a page"."""
    return _WANTING.match(text) is not None and _ASKING.match(text) is None


def is_of_parts(text: str) -> bool:
    """Tell whether a sentence says of what a page or a site is made: "Home page with a picture"."""
    return _OF_PARTS.match(text) is not None or _OF_ALL_PARTS.match(text) is not None


def is_for_the_maker(text: str) -> bool:
    """Tell whether a sentence says how an app is to be made, and visitors nothing."""
    if _ASKED.search(text) or _ASKING.match(text) or _WANTING.match(text):
        return True
    return is_of_parts(text) or is_about_looks(text) or is_story(text) or is_about_people(text)


def is_story(text: str) -> bool:
    """Tell whether a text is a user story, in full or in part: "As a vet, once I am in, …"."""
    return story_of(text) is not None or _STORY.match(text) is not None


def is_about_people(text: str) -> bool:
    """Tell whether people do something with an app at the beginning: "Staff manage services"."""
    if _TELLING.match(text):
        return False
    said = [word for word in re.findall(r"[a-z'-]+", text.lower()) if word not in _ADVERBS]
    return any(_is_somebody(who) and _is_done(does) for who, does in pairwise(said[: _FIRST + 1]))


def _is_somebody(word: str) -> bool:
    if word in STOPS:
        return False
    one = singular_of(word)
    return one in PERSONS | PEOPLE | _WHO or one.endswith(("er", "or", "man"))


def _is_done(word: str) -> bool:
    return word in _MODAL or verb_of(word) in KEEPING | LOOKING
