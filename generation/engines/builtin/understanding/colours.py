"""Colours by their names, as hex or as rgb(), and where they stand in a sentence."""

from __future__ import annotations

import colorsys
import re

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
    "sand": "#c2b280",
    "petrol": "#005f6a",
    "navyblue": "#000080",
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
    "sage": "#9caf88",
    "terracotta": "#c8553d",
    "rust": "#b7410e",
    "blush": "#f4c2c2",
    "mauve": "#b784a7",
    "ochre": "#cc7722",
    "taupe": "#8b7e74",
    "graphite": "#383838",
    "denim": "#1560bd",
    "eggplant": "#614051",
    "aubergine": "#614051",
    "chocolatebrown": "#4b3020",
    "coffeebrown": "#6f4e37",
    "rosegold": "#b76e79",
    "icyblue": "#d6ecff",
    "babyblue": "#89cff0",
    "babypink": "#f4c2c2",
    "electricblue": "#0080ff",
    "bottlegreen": "#006a4e",
    "racinggreen": "#004225",
    "huntergreen": "#355e3b",
    "mossgreen": "#8a9a5b",
    "brickred": "#b22222",
    "winered": "#722f37",
    "bordeaux": "#5c0120",
    "bloodred": "#8a0303",
    "cobalt": "#0047ab",
    "cobaltblue": "#0047ab",
    "oceanblue": "#0077be",
    "apricot": "#fbceb1",
    "jade": "#00a86b",
    "slate": "#708090",
    "anthracite": "#383e42",
    "neongreen": "#39ff14",
    "neonpink": "#ff10f0",
    "neonblue": "#1f51ff",
    "neonyellow": "#dfff00",
    "neonorange": "#ff5f1f",
    "neonpurple": "#bc13fe",
}
# A word before a colour that changes its lightness (factor) and saturation (factor).
SHADES = {
    "pastel": (1.35, 0.6),
    "pale": (1.4, 0.6),
    "muted": (1.0, 0.5),
    "dusty": (1.15, 0.5),
    "light": (1.3, 0.9),
    "soft": (1.2, 0.7),
    "bright": (1.1, 1.2),
    "vivid": (1.1, 1.2),
    "warm": (1.0, 1.0),
    "deep": (0.6, 1.0),
    "dark": (0.5, 1.0),
}
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)", re.IGNORECASE)
_WORD = re.compile(rf"{_RGB.pattern}|#(?:[0-9a-f]{{6}}|[0-9a-f]{{3}})\b|[a-z]+", re.IGNORECASE)


def lightness_of(colour: str) -> float:
    """Return how light a colour is, from 0 (black) to 1 (white)."""
    return _hls(colour)[1]


def _hls(colour: str) -> tuple[float, float, float]:
    """Return hue, lightness and saturation of a colour, each from 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def colours_in(sentence: str) -> list[tuple[int, int, str]]:
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
    if (mixed := _RGB.fullmatch(joined)) is not None:
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in mixed.groups())
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
