"""How things are shown: icons, states, sizes, durations, names cut in the middle."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

ICONS = {
    "DRAFT": "circle-dashed",
    "PENDING": "circle-dashed",
    "RUNNING": "loader-circle",
    "IN_PROGRESS": "loader-circle",
    "SUCCESS": "circle-check",
    "FAILED": "circle-x",
    "SKIPPED": "circle",
    "CANCELLED": "square",
}
WORDS = {
    "DRAFT": "Draft",
    "PENDING": "Pending",
    "RUNNING": "Running",
    "IN_PROGRESS": "In progress",
    "SUCCESS": "Done",
    "FAILED": "Failed",
    "SKIPPED": "Skipped",
    "CANCELLED": "Cancelled",
}
KILO = 1024


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show an icon of the sprite; it says nothing that a word beside it does not say."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("codegen_site/icons.svg"),
        name,
    )


@register.simple_tag
def state(status: str, element_id: str = "") -> SafeString:
    """Show where something stands, in words and shape."""
    return format_html(
        '<span class="state state-{}" data-status="{}"{}>{}<span data-word>{}</span></span>',
        status,
        status,
        format_html(' id="{}"', element_id) if element_id else "",
        icon(ICONS.get(status, "circle")),
        WORDS.get(status, status),
    )


@register.filter
def size(value: int | None) -> str:
    """Show a number of bytes in human units."""
    if value is None:
        return ""
    if value < KILO:
        return f"{value} B"
    return f"{value / KILO:.1f} kB" if value < KILO * KILO else f"{value / KILO / KILO:.1f} MB"


@register.filter
def took(value: timedelta | None) -> str:
    """Show a duration as the page's script does."""
    if value is None:
        return ""
    milliseconds = round(value.total_seconds() * 1000)
    return f"{milliseconds} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


@register.simple_tag
def ago(when: datetime | None) -> SafeString:
    """Show a time; the page's script makes it relative, with the exact one on hover."""
    if when is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}" data-relative>{}</time>',
        when.isoformat(),
        when.strftime("%-d %b %Y, %H:%M"),
    )


@register.filter
def middle(text: str, length: int = 48) -> str:
    """Cut a long name in its middle."""
    if len(text) <= length:
        return text
    half = (length - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
