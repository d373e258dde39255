"""Template tags of the site's pages: icons, states in words, times, sizes, shortened names."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime, timedelta
from functools import cache
from math import floor

from django import template
from django.template.defaultfilters import date as format_date
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.models import ProjectStatus

register = template.Library()

ICONS_FILE = "codegen_site/icons.svg"
SHORTEST = 5
JUST_NOW = 10
MINUTE, HOUR = 60, 3600
KILO = 1024
CENT = 0.01
CODE_SUFFIXES = (".py", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".css", ".html", ".json", ".sql")
UNITS = ((60, "second"), (60, "minute"), (24, "hour"), (7, "day"), (4.35, "week"), (12, "month"))

PROJECT_LOOK = {
    ProjectStatus.DRAFT: ("pencil-line", "quiet"),
    ProjectStatus.IN_PROGRESS: ("loader-circle", "active"),
    ProjectStatus.SUCCESS: ("circle-check", "good"),
    ProjectStatus.FAILED: ("circle-x", "bad"),
    ProjectStatus.CANCELLED: ("circle-slash", "quiet"),
}
STEP_LOOK = {
    "PENDING": ("circle-dashed", "quiet", "Waiting"),
    "RUNNING": ("loader-circle", "active", "Running"),
    "SUCCESS": ("circle-check", "good", "Done"),
    "FAILED": ("circle-x", "bad", "Failed"),
    "SKIPPED": ("circle-slash", "quiet", "Skipped"),
}


@register.simple_tag
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """Return an icon of the sprite; it says nothing, the words beside it do."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static(ICONS_FILE),
        name,
    )


@register.filter
def project_icon(status: str) -> str:
    """Return the icon of a project's state."""
    return PROJECT_LOOK[ProjectStatus(status)][0]


@register.filter
def project_tone(status: str) -> str:
    """Return the tone of a project's state: quiet, active, good or bad."""
    return PROJECT_LOOK[ProjectStatus(status)][1]


@register.filter
def engine_words(engine: str) -> str:
    """Return how an engine is called in a sentence."""
    return "built in" if engine == "builtin" else engine


@register.simple_tag
@cache
def step_state(status: str) -> SafeString:
    """Return a step's state as an icon with its word for those who do not see it."""
    name, tone, word = STEP_LOOK[status]
    return format_html(
        '<span class="state" data-tone="{}" title="{}">{}<span class="sr-only">{}</span></span>',
        tone,
        word,
        icon(name, "icon-sm"),
        word,
    )


@register.simple_tag
def step_icon(status: str, x: int, y: int) -> SafeString:
    """Return the icon of a step's state at a place of a picture."""
    return format_html(
        '<svg class="icon" x="{}" y="{}" width="14" height="14"><use href="{}#{}"></use></svg>',
        x,
        y,
        static(ICONS_FILE),
        STEP_LOOK[status][0],
    )


@register.filter
def step_tone(status: str) -> str:
    """Return the tone of a step's state: quiet, active, good or bad."""
    return STEP_LOOK[status][1]


@register.filter
def step_word(status: str) -> str:
    """Return a step's state in a word."""
    return STEP_LOOK[status][2]


@register.filter
def middle(text: str, length: int) -> str:
    """Shorten a name to `length` characters by leaving out its middle."""
    if len(text) <= length or length < SHORTEST:
        return text
    tail = (length - 1) // 2
    return f"{text[: length - 1 - tail]}…{text[-tail:]}"


@register.filter
def human_size(size: int | None) -> str:
    """Return a number of bytes as "812 B", "3.4 kB" or "1.2 MB"."""
    if size is None:
        return ""
    if size < KILO:
        return f"{size} B"
    if size < KILO * KILO:
        return f"{size / KILO:.1f} kB"
    return f"{size / KILO / KILO:.1f} MB"


@register.filter
def thousands(number: float) -> str:
    """Return a whole number as "12,345"."""
    return f"{number:,.0f}"


@register.filter
def usd(amount: float | None) -> str:
    """Return US dollars as "$1.23", small amounts as "$0.0042"; none is a price nobody knows."""
    if amount is None:
        return "not known"
    if 0 < amount < CENT:
        return f"${amount:.4f}" if amount >= CENT / 100 else "under $0.0001"
    return f"${amount:,.2f}"


@register.filter
def percent(part: float | None) -> str:
    """Return a share as "98.7 %", never rounded up to 100; none is nothing."""
    return "" if part is None else f"{floor(part * 10) / 10:g} %"


@register.filter
def took(duration: timedelta | None) -> str:
    """Return a duration as "40 ms", "1.2 s", "3 min 05 s" or "2 h 10 min"."""
    if duration is None:
        return ""
    seconds = duration.total_seconds()
    if seconds < 1:
        return f"{round(seconds * 1000)} ms"
    if seconds < MINUTE:
        return f"{seconds:.1f} s"
    whole = int(seconds)
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02d} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE:02d} min"


@register.filter
def ago(moment: datetime) -> str:
    """Return how long ago something was, such as "3 minutes ago"."""
    amount = max(0.0, (timezone.now() - moment).total_seconds())
    if amount < JUST_NOW:
        return "just now"
    for size, unit in UNITS:
        if amount < size:
            return _ago(amount, unit)
        amount /= size
    return _ago(amount, "year")


def _ago(amount: float, unit: str) -> str:
    whole = max(1, int(amount))
    return f"{whole} {unit}{'' if whole == 1 else 's'} ago"


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """Return a relative time with the exact one on hover; the page's script keeps it true."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return format_html(
        '<time data-relative datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        format_date(local, "j F Y, H:i:s T"),
        ago(moment),
    )


@register.filter
def iso(moment: datetime) -> str:
    """Return a time as scripts read it."""
    return moment.isoformat()


@register.filter
def unlocalised(number: float) -> str:
    """Return a number without separators, for attributes."""
    return str(number)


@register.filter
def whole(number: float | None) -> int:
    """Return a number without its fraction."""
    return int(number or 0)


@register.filter
def diff_lines(diff: str) -> list[tuple[str, str]]:
    """Return the lines of a unified diff below its head, each with its tone: old, new or none."""
    tones = {"-": "old", "+": "new"}
    return [(tones.get(line[:1], ""), line) for line in diff.splitlines()[2:]]


@register.filter
def base_name(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


@register.filter
def file_icon(path: str) -> str:
    """Return the icon of a file by its name."""
    name = base_name(path)
    if name.endswith((".md", ".txt")):
        return "file-text"
    return "file-code" if name.endswith(CODE_SUFFIXES) else "file"


@register.filter
def split_bar(text: str) -> list[str]:
    """Return the parts of a text between bars."""
    return text.split("|")


@register.filter
def of_key(values: Mapping[Hashable, object], key: Hashable) -> object:
    """Return what a mapping has under a key, or an empty text."""
    return values.get(key, "")
