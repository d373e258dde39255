"""The looks a text asks for: colours of the background, the components and the text; the mood."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.linking import short
from projects.spec.models import Inferred, Source, ThemePart, ThemeSpec

# The names of CSS Color Module Level 4, section 6.1.
_NAMED = """
    aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige
    f5f5dc bisque ffe4c4 black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2
    brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 chocolate d2691e coral
    ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b
    darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9
    darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid
    9932cc darkred 8b0000 darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b
    darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1 darkviolet 9400d3 deeppink
    ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222
    floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff
    gold ffd700 goldenrod daa520 gray 808080 green 008000 greenyellow adff2f grey 808080
    honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0 khaki f0e68c
    lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
    lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen
    90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa
    lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de
    lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000
    mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db
    mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise
    48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1
    moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab
    6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98
    paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f
    pink ffc0cb plum dda0dd powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000
    rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460
    seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue
    6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4
    tan d2b48c teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat
    f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00 yellowgreen 9acd32
""".split()  # noqa: SIM905 - a list of words reads better as words
COLOURS = {name: f"#{value}" for name, value in zip(_NAMED[::2], _NAMED[1::2], strict=True)}
# Names that people use and CSS does not have.
COLOURS |= {
    "cream": "#fffdd0",
    "amber": "#ffbf00",
    "azuremist": "#f0ffff",
    "charcoal": "#36454f",
    "mint": "#98ff98",
    "offwhite": "#faf9f6",
    "burgundy": "#800020",
    "mustard": "#ffdb58",
    "peach": "#ffe5b4",
    "lilac": "#c8a2c8",
    "rose": "#ff007f",
    "emerald": "#50c878",
    "ruby": "#e0115f",
    "sapphire": "#0f52ba",
    "turquoiseblue": "#00c5cd",
    "bronze": "#cd7f32",
    "copper": "#b87333",
}
# A word before a colour that changes its lightness (factor) and saturation (factor).
SHADES = {
    "pastel": (1.35, 0.6),
    "pale": (1.4, 0.6),
    "light": (1.3, 0.9),
    "soft": (1.2, 0.7),
    "bright": (1.1, 1.2),
    "deep": (0.6, 1.0),
    "dark": (0.5, 1.0),
}
_DESIGN = (
    r"(?:design|look|feel|ui|ux|interface|style|styling|theme|aesthetic|layout|app|web ?site|"
    r"site|page|portfolio|blog|colou?rs)\b"
)
# A word that says how all of it is to look, and one that says so only of the look.
_MOOD = re.compile(
    r"\b(minimalist|minimalistic|brutalist|playful|colou?rful)\b"
    rf"|\b(minimal|elegant|retro)(?: and \w+|, \w+)?,? {_DESIGN}",
    re.IGNORECASE,
)
_DARK = re.compile(
    r"(?<!and )(?<!or )\bdark[- ](?:theme|themed|design|look|ui|interface|style|aesthetic)\b"
    r"(?! (?:switch|toggle|option))",
    re.IGNORECASE,
)
_BACKGROUND = r"(?:backgrounds?|backdrop|canvas|base colou?r|bodies|body)"
_COMPONENT = (
    r"(?:components?|elements?|buttons?|accents?|controls?|interface|ui|widgets?|"
    r"primary colou?r|theme colou?r|colou?r scheme)"
)
_TEXT = r"(?:text|letters|fonts?|typography)"
_PLACES: dict[ThemePart, str] = {"background": _BACKGROUND, "component": _COMPONENT, "text": _TEXT}
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_WORD = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b|[a-z]+", re.IGNORECASE)
_ABOUT = re.compile(
    rf"\b(?:{_BACKGROUND}|components?|elements?|colou?rs?|buttons?|theme|styling|palette)\b",
    re.IGNORECASE,
)


# "Use teal and white", "brand colours: #0b3d2e and #f4f1de": colours without their places.
_PLAINLY = re.compile(
    r"^\W*(?:please )?(?:use|make (?:it|the (?:site|app))|(?:(?:the|our|my|brand|main) )*colou?rs?"
    r"(?: (?:are|should be))?|(?:the )?(?:theme|palette)(?: is)?)\b[\s:]*",
    re.IGNORECASE,
)
# The name of a typeface has no colour: "font Sora".
_TYPEFACE = re.compile(r",? (?:with |in )?(?:the )?fonts? [A-Z]\w+(?: [A-Z]\w+)?")
_JOINING = frozenset({"and", "with", "or", "on", "as", "the", "colours", "colors", "please"})
MOST_WORDS, LIGHT = 10, 0.8
SURE = 0.9
MOST_OF_SHAPES = 16  # words
_SHAPES = re.compile(
    r"\b(?:(?:rounded|sharp) corners|(?:drop|subtle|soft|box) shadows?|gradients?|white ?space|"
    r"hover (?:effects?|states?|animations?)|(?:smooth|subtle) (?:transitions?|animations?)|"
    r"typography|border radius|glassmorphism|neumorphism|parallax)\b",
    re.IGNORECASE,
)


def is_about_looks(text: str) -> bool:
    """Tell whether a sentence says how things look and nothing else."""
    if _plainly(text):
        return True
    if _ABOUT.search(text) is None:
        return False
    coloured = len(list(_colours_in(text)))
    return coloured >= 2 or (coloured == 1 and len(text.split()) <= 14)


def is_about_shapes(text: str) -> bool:
    """Tell whether a short sentence says how parts are drawn: "cards with rounded corners"."""
    return _SHAPES.search(text) is not None and len(text.split()) <= MOST_OF_SHAPES


def theme_of(sources: Iterable[Source]) -> ThemeSpec:
    """Return the colours and the mood that the words give; what is said first holds."""
    theme, moods = ThemeSpec(), dict[str, Inferred]()
    for sentence in _sentences(sources):
        mark = Inferred(inferred_from=(short(sentence),), confidence=SURE)
        for part, value in _pairs(sentence.text):
            if getattr(theme, part) is None:
                theme = theme.painted({part: value}, mark)
        if (mood := _mood_in(sentence.text)) is not None:
            moods.setdefault(mood, mark)
    said = "dark" if "dark" in moods else next(iter(moods), None)
    return theme if said is None else theme.painted({"mood": said}, moods[said])


def _sentences(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield the sentences of sources, each with its place."""
    for source in sources:
        for found in re.finditer(r"\S.*?(?:[.!?\n](?=\s)|$)", source.text, re.DOTALL):
            place = source.start + found.start()
            yield source.model_copy(update={"text": found.group(), "start": place})


def _mood_in(sentence: str) -> str | None:
    if _DARK.search(sentence):
        return "dark"
    mood = _MOOD.search(sentence)
    return (mood[1] or mood[2]).lower() if mood else None


def _pairs(sentence: str) -> list[tuple[ThemePart, str]]:
    """Join each colour with its place: in their order where there are as many of both.

    Otherwise the nearest pairs are joined first.
    """
    sentence = _TYPEFACE.sub("", sentence)
    if plainly := _plainly(sentence):
        return plainly
    colours = list(_colours_in(sentence))
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
    """Return the places of one or two colours that a short sentence names and nothing else.

    A light one is the background where there is another.
    """
    said = _PLAINLY.match(sentence)
    if said is None or len(sentence.split()) > MOST_WORDS:
        return []
    rest = sentence[said.end() :]
    colours = list(_colours_in(rest))
    for start, end, _ in reversed(colours):
        rest = rest[:start] + rest[end:]
    if (
        not 1 <= len(colours) <= len(_PLACES) - 1
        or set(re.findall(r"\w+", rest.lower())) - _JOINING
    ):
        return []
    values = sorted((value for _, _, value in colours), key=_lightness, reverse=True)
    if len(values) == 1 or _lightness(values[0]) < LIGHT:
        return [("component", colours[0][2])]
    return [("background", values[0]), ("component", values[1])]


def _lightness(colour: str) -> float:
    return _hls(colour)[1]


def _hls(colour: str) -> tuple[float, float, float]:
    """Return hue, lightness and saturation of a colour, each from 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def _colours_in(sentence: str) -> list[tuple[int, int, str]]:
    """Return the colours of a sentence with their places; the longest names win."""
    words = [
        (found.start(), found.end(), found.group().lower()) for found in _WORD.finditer(sentence)
    ]
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            part = words[at : at + length]
            value = _colour([word for _, _, word in part]) if len(part) == length else None
            if value is not None:
                found.append((part[0][0], part[-1][1], value))
                at += length - 1
                break
        at += 1
    return found


def _colour(words: list[str]) -> str | None:
    joined = "".join(words)
    if _HEX.fullmatch(joined):
        return joined if len(joined) == 7 else "#" + "".join(2 * c for c in joined[1:])
    if joined in COLOURS:
        return COLOURS[joined]
    if len(words) > 1 and words[0] in SHADES and "".join(words[1:]) in COLOURS:
        return _shaded(COLOURS["".join(words[1:])], *SHADES[words[0]])
    return None


def _shaded(colour: str, lightness: float, saturation: float) -> str:
    hue, light, full = _hls(colour)
    light = min(0.9, max(light, 0.35) * lightness) if lightness > 1 else light * lightness
    made = colorsys.hls_to_rgb(hue, light, min(1.0, full * saturation))
    return "#" + "".join(f"{round(255 * part):02x}" for part in made)
