"""The colours of a generated app as custom properties, readable in light and dark."""

from __future__ import annotations

import colorsys

from projects.spec.models import ThemeSpec

ACCENT = "#3b5bdb"
DARK_ACCENT = "#91a7ff"
LIGHT = {"page": "#f7f8fa", "panel": "#ffffff", "ink": "#1c2330", "line": "#dfe3ea"}
DARK = {"page": "#12151c", "panel": "#1a1f29", "ink": "#e6e9f0", "line": "#2f3644"}
READABLE = 4.5
# What bounds a field of a form is seen from this contrast on.
VISIBLE = 3
# What a mood asks for where no colour of the components is named.
_ACCENTS = {
    **dict.fromkeys(("minimal", "minimalist", "minimalistic"), "#343a40"),
    **dict.fromkeys(("playful", "colourful", "colorful"), "#c2255c"),
    "elegant": "#7d5a29",
    "retro": "#a2480f",
    "brutalist": "#111111",
    "corporate": "#1e3a8a",
    "warm": "#8a4b22",
    "calm": "#2f6f7e",
    "bold": "#d6006c",
    "pastel": "#8a5a83",
    "neon": "#00a86b",
    "natural": "#3f6b35",
    "high contrast": "#0a2e7a",
}
# What the page is like under a mood, where no colour of it is named.
_PAGES = {
    "warm": {"page": "#faf5ee", "panel": "#fffdf9", "line": "#e6dac9"},
    "calm": {"page": "#f3f8f9", "panel": "#ffffff", "line": "#d6e4e7"},
    "pastel": {"page": "#fdf4f8", "panel": "#fffbfd", "line": "#eeddea"},
    "natural": {"page": "#f5f8f2", "panel": "#fdfefc", "line": "#d9e3d2"},
    "high contrast": {"page": "#ffffff", "panel": "#ffffff", "ink": "#000000", "line": "#4a4a4a"},
}
_DARK_PAGES = {
    "high contrast": {"page": "#000000", "panel": "#0a0a0a", "ink": "#ffffff", "line": "#b0b0b0"},
    "neon": {"page": "#0a0a12", "panel": "#12121c", "accent": "#39ff14"},
}
_DARK_MOODS = frozenset({"dark", "neon"})
# The moods that a look can be given, each once.
MOODS = (
    "bold",
    "brutalist",
    "calm",
    "corporate",
    "dark",
    "elegant",
    "high contrast",
    "minimal",
    "natural",
    "neon",
    "pastel",
    "playful",
    "retro",
    "warm",
)
_FONTS = {
    "serif": 'Georgia, Cambria, "Times New Roman", serif',
    "mono": 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
}


def tokens_of(theme: ThemeSpec) -> str:
    """Return the colours of both themes as custom properties of the page.

    Colours that the words name are used as they are in the light theme; where one would not be
    readable on another (WCAG contrast below 4.5), the text on it is made black or white.
    """
    blocks = [
        _block(":root", "light", _with_danger(_light(theme), "#c92a2a")),
        _block('[data-theme="dark"]', "dark", _with_danger(_dark(theme), "#ff8787")),
    ]
    return "\n\n".join([*blocks, *_shapes(theme)])


def _with_danger(colours: dict[str, str], danger: str) -> dict[str, str]:
    """Return the colours with that of what goes wrong, which is read on panels."""
    return {**colours, "danger": shade_on(colours["panel"], danger)}


def _shapes(theme: ThemeSpec) -> list[str]:
    """Return the rules for letters and corners that are asked for; every stack's are rounded."""
    rules = []
    if theme.font in _FONTS:
        rules.append(f"html body {{\n  font-family: {_FONTS[theme.font]};\n}}")
    if theme.corners == "sharp":
        rules.append("html body * {\n  border-radius: 0 !important;\n}")
    return rules


def first_colours(theme: ThemeSpec) -> dict[str, str]:
    """Return what is seen at first where the system is light: page, panel, ink, line, accent."""
    return _dark(theme) if starts_dark(theme) else _light(theme)


def accent_of(theme: ThemeSpec) -> str:
    """Return the colour of buttons and links in the light theme: the named one, or the mood's."""
    return theme.component or _ACCENTS.get(theme.mood or "", ACCENT)


def starts_dark(theme: ThemeSpec) -> bool:
    """Tell whether who has chosen no theme sees the dark one, with the colours that are named."""
    if theme.mood not in _DARK_MOODS or theme.background or theme.text:
        return False
    return theme.component is None or contrast(DARK["panel"], theme.component) >= READABLE


def _dark(theme: ThemeSpec) -> dict[str, str]:
    mood = _DARK_PAGES.get(theme.mood or "", {})
    accent = theme.component or mood.get("accent") or accent_of(theme)
    dark = {**DARK, **mood, "accent": DARK_ACCENT if accent == ACCENT else accent}
    dark["accent"] = shade_on(dark["panel"], dark["accent"])
    return dark


def _light(theme: ThemeSpec) -> dict[str, str]:
    light = {**LIGHT, **_PAGES.get(theme.mood or "", {})}
    if theme.background:
        light["page"] = light["panel"] = theme.background
    light["ink"] = theme.text or readable_on(light["page"], light["ink"])
    if theme.background:
        light["line"] = _mixed(light["page"], light["ink"], 0.16)
    light["accent"] = accent_of(theme)
    return light


def _block(selector: str, scheme: str, colours: dict[str, str]) -> str:
    on_accent = readable_on(colours["accent"], "#ffffff")
    rgb = ", ".join(str(part) for part in _rgb(colours["accent"]))
    faint = shade_on(colours["page"], _mixed(colours["ink"], colours["page"], 0.3))
    link = shade_on(colours["panel"], colours["accent"])
    edge = _edge_on(colours["panel"], colours["ink"])
    more = {**colours, "edge": edge, "link": link, "faint": faint}
    more |= {"on-accent": on_accent, "accent-rgb": rgb}
    lines = [f"  --{name}: {value};" for name, value in more.items()]
    return "\n".join([f"{selector} {{", f"  color-scheme: {scheme};", *lines, "}"])


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(first: str, second: str, share: float) -> str:
    """Return `first` with `share` (0 to 1) of `second` in it."""
    parts = zip(_rgb(first), _rgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2 defines it."""
    linear = []
    for part in _rgb(colour):
        value = part / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _edge_on(ground: str, ink: str) -> str:
    """Return the faintest mix of both colours that is seen on the ground, or the ink itself."""
    mixes = (_mixed(ground, ink, step / 20) for step in range(1, 20))
    return next((mix for mix in mixes if contrast(ground, mix) >= VISIBLE), ink)


def readable_on(ground: str, wanted: str) -> str:
    """Return `wanted` if it can be read on `ground`, else black or white, whichever can."""
    if contrast(ground, wanted) >= READABLE:
        return wanted
    best = max(("#ffffff", "#111111"), key=lambda ink: contrast(ground, ink))
    return best if contrast(ground, best) >= READABLE else "#000000"


def shade_on(ground: str, wanted: str) -> str:
    """Return the shade of a colour that is nearest to it and can be read on `ground`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _rgb(wanted)))
    step = 0.01 if _luminance(ground) < 0.18 else -0.01
    shade = wanted
    while contrast(ground, shade) < READABLE and 0 < lightness + step < 1:
        lightness += step
        parts = colorsys.hls_to_rgb(hue, lightness, saturation)
        shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
    return shade
