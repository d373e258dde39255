"""The looks a text asks for: colours of the background, the components and the text; the mood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.colours import colours_in, lightness_of
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.moods import mood_in, unmade_looks
from generation.engines.builtin.understanding.typefaces import corners_in, font_in, typeface_in
from projects.spec.models import Inferred, Source, ThemePart, ThemeSpec

_BACKGROUND = r"(?:backgrounds?|backdrop|canvas|base colou?r|bodies|body)"
_COMPONENT = (
    r"(?:components?|elements?|buttons?|accents?|controls?|interface|ui|widgets?|"
    r"primary colou?r|theme colou?r|colou?r scheme|brand colou?r|main colou?r)"
)
_TEXT = r"(?:text|letters|fonts?|typography)"
_PLACES: dict[ThemePart, str] = {
    "background": _BACKGROUND,
    "component": _COMPONENT,
    "text": _TEXT,
}
_ABOUT = re.compile(
    rf"\b(?:{_BACKGROUND}|components?|elements?|colou?rs?|buttons?|theme|styling|palette)\b",
    re.IGNORECASE,
)
# What speaks of the look as a whole, so that colours without a place are its own.
_WHOLE = re.compile(
    r"\b(?:themes?|palette|colou?r schemes?|(?:our|my|the|brand|main|use|these|with|in)\s+(?:\w+ "
    r"){0,2}colou?rs|colou?rs?:|look|looks|style|styled|design|accents?|mostly|mainly)\b"
    r"|\bcolou?rs?\W*$",
    re.IGNORECASE,
)
# Where a colour stands behind another: "green on black", "on a white page".
_ON = re.compile(r"\bon (?:an? |the )?$", re.IGNORECASE)
# "White text on a dark background": a shade alone, of the background.
_SHADED = re.compile(r"\b(dark|light) backgrounds?\b", re.IGNORECASE)
SHADES = {"dark": "#12151c", "light": "#ffffff"}
# "Use teal and white", "brand colours: #0b3d2e and #f4f1de": colours without their places.
_PLAINLY = re.compile(
    r"^\W*(?:please )?(?:use|make (?:it|the (?:site|app))|(?:(?:the|our|my|brand|main) )*colou?rs?"
    r"(?: scheme| palette)?(?: (?:is|are|should be))?|(?:the )?(?:theme|palette)(?: is)?"
    r"|(?=\S+ (?:\S+ ){0,4}(?:theme|palette|colou?rs)\W*$)(?:an? )?)\b[\s:]*",
    re.IGNORECASE,
)
# "Navy blue and yellow.", "In teal and white": no more than colours, of which one may be a name.
_BARE = re.compile(
    r"^\W*(?:(?:in|with|(?:i|we) (?:want|like|would like)(?: the colou?rs)?) )?", re.IGNORECASE
)
LEAST_BARE = 2
# The name of a typeface has no colour: "font Sora".
_TYPEFACE = re.compile(r",? (?:with |in )?(?:the )?fonts? [A-Z]\w+(?: [A-Z]\w+)?")
_JOINING = frozenset(
    {"and", "with", "or", "on", "as", "the", "colours", "colors", "please", "a", "an", "only"}
    | {"theme", "palette", "colour", "color", "scheme", "style", "our"}
    | {"tones", "shades", "accents"}
)
MOST_WORDS, LIGHT = 10, 0.8
LONGEST_PLAIN = 200  # characters of a sentence that names colours and nothing else
SURE, LESS_SURE = 0.9, 0.7
MOST_OF_LOOKS = 12  # words of a sentence that says a mood and no more
MOST_OF_SHAPES = 16  # words
_SHAPES = re.compile(
    r"\b(?:(?:rounded|sharp|square) corners|(?:drop|subtle|soft|box) shadows?|gradients?|"
    r"white ?space|hover (?:effects?|states?|animations?)|(?:smooth|subtle) (?:transitions?|"
    r"animations?)|typography|border radius|glassmorphism|neumorphism|parallax|"
    r"(?:serif|sans[- ]serif|monospaced?) (?:fonts?|typefaces?)|material design)\b",
    re.IGNORECASE,
)
# What stands beside a mood in a sentence that says no more.
_FILLING = re.compile(
    r"\b(?:please|make|keep|use|it|the|a|an|and|is|be|should|must|want|i|we|our|to|look|looks|feel|"
    r"and|design|style|theme|ui|interface|app|site|website|page|colou?rs?|tones?|very|more|really|"
    r"with|in|of|for|kids|children|modern|fresh|nice|beautiful|friendly|sleek|contemporary|"
    r"\w+ist|overall|whole|fun|clean|simple|high|contrast|accents?|earth)\b",
    re.IGNORECASE,
)


def is_about_looks(text: str) -> bool:
    """Tell whether a sentence says how things look and nothing else."""
    if _plainly(text) or _only_says_a_mood(text):
        return True
    if _ABOUT.search(text) is None:
        return False
    coloured = len(colours_in(text))
    return coloured >= 2 or (coloured == 1 and len(text.split()) <= 14)


def _only_says_a_mood(text: str) -> bool:
    if len(text.split()) > MOST_OF_LOOKS:
        return False
    mood = mood_in(text)
    if mood is None or mood == "dark":
        return False
    plain = text
    for start, end, _ in reversed(colours_in(text)):
        plain = plain[:start] + plain[end:]
    left = re.findall(r"[a-z][a-z-]+", _FILLING.sub(" ", plain.lower()))
    return len(left) <= 2 and all(mood_in(f"a {word} design") for word in left)


def is_about_shapes(text: str) -> bool:
    """Tell whether a short sentence says how parts are drawn: "cards with rounded corners"."""
    drawn = _SHAPES.search(text) is not None or font_in(text) is not None
    return drawn and len(text.split()) <= MOST_OF_SHAPES


def theme_of(sources: Iterable[Source]) -> ThemeSpec:
    """Return the colours, the mood and the shapes that the words give; what is said first holds."""
    theme, moods = ThemeSpec(), dict[str, Inferred]()
    for sentence in _sentences(sources):
        given, sure = _colours_of(sentence.text)
        given |= {"font": font_in(sentence.text), "corners": corners_in(sentence.text)}
        mark = Inferred(inferred_from=(short(sentence),), confidence=sure)
        fresh = {part: value for part, value in given.items() if getattr(theme, part) is None}
        theme = theme.painted(fresh, mark)
        if (mood := mood_in(sentence.text)) is not None:
            moods.setdefault(mood, mark.model_copy(update={"confidence": SURE}))
    said = "dark" if "dark" in moods else next(iter(moods), None)
    return theme if said is None else theme.painted({"mood": said}, moods[said])


def unmade_of_looks(text: str) -> list[str]:
    """Return what a sentence says of the look that is not made, in plain words."""
    unmade = unmade_looks(text)
    if (typeface := typeface_in(text)) is not None:
        unmade.append(f"the typeface {typeface}, which the app does not bring along")
    if is_about_looks(text):
        text = _TYPEFACE.sub("", text)
        given, _ = _colours_of(text)
        left = [text[a:b] for a, b, value in colours_in(text) if value not in given.values()]
        unmade += [f"a place for the colour {name}" for name in dict.fromkeys(left)]
    return unmade


def _sentences(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sentences of sources, each with its place."""
    for source in sources:
        for found in re.finditer(r"\S.*?(?:[.!?\n](?=\s)|$)", source.text, re.DOTALL):
            place = source.start + found.start()
            yield source.model_copy(update={"text": found.group(), "start": place})


def _colours_of(sentence: str) -> tuple[dict[ThemePart, str | None], float]:
    """Return the colours of a sentence by their places, and how surely they are there."""
    sentence = _TYPEFACE.sub("", sentence)
    plainly = _plainly(sentence)
    if plainly:
        return dict(plainly), LESS_SURE
    made = dict[ThemePart, str | None](_pairs(sentence))
    if (shaded := _SHADED.search(sentence)) is not None:
        made.setdefault("background", SHADES[shaded[1].lower()])
    if made or _WHOLE.search(sentence) is not None:
        behind = next((v for at, _, v in colours_in(sentence) if _ON.search(sentence[:at])), None)
        if behind is not None and behind not in made.values():
            made.setdefault("background", behind)
    if not _WHOLE.search(sentence) or len(sentence.split()) > MOST_OF_SHAPES:
        return made, SURE
    left = [value for _, _, value in colours_in(sentence) if value not in made.values()]
    for value in left:
        place: ThemePart = "background" if lightness_of(value) >= LIGHT else "component"
        made.setdefault(place, value)
    return made, LESS_SURE if left else SURE


def _pairs(sentence: str) -> list[tuple[ThemePart, str]]:
    """Join each colour with its place: in their order where there are as many of both.

    Otherwise the nearest pairs are joined first.
    """
    colours = colours_in(sentence)
    places = [
        (found.start(), found.end(), name)
        for name, words in _PLACES.items()
        for found in re.finditer(rf"\b{words}\b", sentence, re.IGNORECASE)
    ]
    ordered = list(dict.fromkeys(name for _, _, name in sorted(places)))
    if len(ordered) == len(colours):
        return [(name, value) for name, (_, _, value) in zip(ordered, colours, strict=True)]
    near = sorted(
        (max(start - c_end, c_start - end), name, value)
        for c_start, c_end, value in colours
        for start, end, name in places
    )
    made: dict[ThemePart, str] = {}
    for distance, name, value in near:
        if distance <= 60 and name not in made and value not in made.values():
            made[name] = value
    return list(made.items())


def _plainly(sentence: str) -> list[tuple[ThemePart, str]]:
    """Return the places of the colours that a short sentence names and nothing else.

    The lightest is the background where there is another, the first other that of the components.
    """
    if len(sentence) > LONGEST_PLAIN or len(sentence.split()) > MOST_WORDS:
        return []
    said = _PLAINLY.match(sentence)
    found = said or _BARE.match(sentence)
    rest = sentence[found.end() :] if found else ""
    colours = colours_in(rest)
    if said is None and len(colours) < LEAST_BARE:
        return []
    for start, end, _ in reversed(colours):
        rest = rest[:start] + rest[end:]
    if not colours or set(re.findall(r"\w+", rest.lower())) - _JOINING:
        return []
    lightest = max((value for _, _, value in colours), key=lightness_of)
    others = [value for _, _, value in colours if value != lightest]
    if not others or lightness_of(lightest) < LIGHT:
        return [("component", colours[0][2])]
    return [("background", lightest), ("component", others[0])]
