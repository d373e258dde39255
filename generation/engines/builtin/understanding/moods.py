"""What a look is to feel like, by the words that people use for it, and what no stack can draw."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generation.engines.builtin.understanding.patterns import pattern

# The words for each mood that the stacks have colours for; the first one found holds.
_SAID: dict[str, str] = {
    "playful": r"playful|fun|cheerful|whimsical|kid[- ]friendly|child[- ]friendly|cute",
    "elegant": r"elegant|luxur(?:y|ious)|sophisticated|classy|premium|refined",
    "corporate": r"corporate|professional|business[- ]like|serious|formal|trustworthy",
    "minimal": r"minimal|clean|simple|uncluttered|plain|understated",
    "retro": r"retro|vintage|nostalgic|old[- ]school",
    "warm": r"warm|cosy|cozy|earthy|rustic|autumn(?:al)?|homely",
    "calm": r"calm(?:ing)?|relax(?:ed|ing)|serene|peaceful|soothing|gentle",
    "bold": r"bold|striking|vibrant|energetic|vivid",
    "pastel": r"pastel",
    "neon": r"neon|cyberpunk|synthwave",
    "natural": r"natural|organic|nature",
}
# Words that say so of the whole wherever they stand.
_ALWAYS = re.compile(r"\b(minimalist|minimalistic|brutalist|playful|colou?rful)\b", re.IGNORECASE)
_LOOK = (
    r"(?:design|look(?: and feel)?|feel(?:ing)?|ui|ux|interface|style|styling|theme|aesthetics?|"
    r"layout|vibe|mood|colou?r (?:scheme|palette)|palette)\b"
)
_OF_COLOURS = r"(?:colou?rs?|tones?|shades?|hues?|palette|accents)\b"
_APP = r"(?:app|web ?site|site|page|portfolio|blog|colou?rs)\b"
_JOINED = r"(?: and \w+|, \w+(?:,? and \w+)?)?,?"
_BEING = (
    r"(?:(?:should|must|to|please|can|shall|will)\s+(?:look|feel|be)|looks?|feels?|make (?:it|the "
    r"(?:site|app|design|look))(?: look| feel)?|(?:design|look|style|theme|interface|ui|feel) "
    r"(?:is|should be|must be))(?: (?:very|more|rather|quite|a bit|really))?"
)
_NOT = re.compile(
    r"\b(?:not|no|never|nothing|without|less|isn['\u2019]t|don['\u2019]t)\b", re.IGNORECASE
)
# Moods that an app's kind is called by too ("a simple app"), of which only the look is meant.
_OFTEN_OF_APPS = frozenset({"minimal", "elegant", "retro"})
_CONTRAST = re.compile(r"\bhigh[- ]contrast\b", re.IGNORECASE)
_DARK = re.compile(
    r"(?<!and )(?<!or )\bdark(?:[- ]|, )(?:(?:and|but) )?"
    r"(?:(?:minimal\w*|modern|elegant|sleek|clean|simple|moody|bold),? )?"
    r"(?:theme|themed|design|look|ui|interface|style|aesthetic)\b"
    r"(?! (?:switch|toggle|option))",
    re.IGNORECASE,
)
# Of colours alone: "earth tones", "pastel colours"; a clean or a professional colour is none.
_SAID_OF_COLOURS: dict[str, str] = {
    "warm": r"warm|cosy|cozy|earthy?|rustic|autumn(?:al)?|fall",
    "pastel": r"pastels?|soft",
    "neon": r"neon",
    "bold": r"bold|vibrant|bright|strong|vivid",
    "calm": r"calm(?:ing)?|muted|gentle|soothing|ocean|sea",
    "natural": r"natural|forest|nature",
}
# What no stack draws, and how it is called when it is named as not made.
_UNMADE: dict[str, str] = {
    "gradients": r"gradients?",
    "animations": r"(?:hover|scroll|page|smooth|subtle|fancy|cool) (?:animations?|effects?|"
    r"transitions?)|animated|parallax",
    "glass and soft relief": r"glassmorphi\w+|neumorphi\w+|glassy|frosted glass",
    "the look of another design system": r"material (?:design|ui)|fluent (?:design|ui)|"
    r"apple['\u2019]s? (?:style|design|look)|look like (?:apple|notion|airbnb|stripe)",
}


def _words(said: Mapping[str, str]) -> re.Pattern[str]:
    """Return what finds the words of moods, each in the group of its mood."""
    ways = (rf"(?P<{mood}>{words})" for mood, words in said.items())
    return re.compile(rf"\b(?:{'|'.join(ways)})\b", re.IGNORECASE)


_WORD, _COLOUR_WORD = _words(_SAID), _words(_SAID_OF_COLOURS)
_OF_LOOKS = re.compile(
    rf"\b(?:{_LOOK}|design|animat\w+|colou?rs?|shadows?|hover|buttons?|cards?|corners)",
    re.IGNORECASE,
)


def mood_in(sentence: str) -> str | None:
    """Return the mood that a sentence asks for; nothing where it refuses one."""
    if _DARK.search(sentence):
        return "dark"
    if _CONTRAST.search(sentence):
        return "high contrast"
    always = _ALWAYS.search(sentence)
    if always is not None and not _is_refused(sentence, always.start()):
        return always[1].lower()
    for words, way in ((_COLOUR_WORD, _coloured), (_WORD, _looking)):
        named = {found.lastgroup for found in words.finditer(sentence)}
        found = {mood: pattern(way(mood)).search(sentence) for mood in named if mood is not None}
        there = [
            (match.start(), mood)
            for mood, match in found.items()
            if match is not None and not _is_refused(sentence, match.start())
        ]
        if there:
            return min(there)[1]
    return None


def _coloured(mood: str) -> str:
    """Return how colours are said to be of a mood: "pastel colours"."""
    return rf"\b(?:{_SAID_OF_COLOURS[mood]}){_JOINED} (?:earth )?{_OF_COLOURS}"


def _looking(mood: str) -> str:
    """Return how a look is said to be of a mood: "a playful design", "it should look calm"."""
    said = _SAID[mood]
    ways = rf"\b(?:{said}){_JOINED} {_LOOK}|\b{_BEING}(?: \w+(?: and|,))? (?:{said})\b"
    of_apps = rf"|\b(?:{mood}){_JOINED} {_APP}" if mood in _OFTEN_OF_APPS else ""
    return ways + of_apps


def _is_refused(sentence: str, place: int) -> bool:
    """Tell whether a "not" stands in the few words before a place."""
    near = " ".join(sentence[:place].split()[-3:])
    return _NOT.search(near) is not None


def unmade_looks(text: str) -> list[str]:
    """Return what a text asks for of the look that no stack draws, in plain words."""
    if _OF_LOOKS.search(text) is None:
        return []
    return [name for name, said in _UNMADE.items() if pattern(rf"\b(?:{said})\b").search(text)]
