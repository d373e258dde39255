"""Steps for what no rule can place, where AINative writes and no model plans: a page for each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from generation.engines.base import EngineRejected, Plan, StepContext, StepInput
from generation.engines.builtin.engine import STACKS, BuiltinEngine
from generation.engines.llm.plan import joined
from generation.engines.llm.steps import CUSTOM, Reading

MOST_PAGES = 10
MOST_WORDS = 4  # of a feature, in the name of its page


@dataclass(frozen=True)
class Place:
    """Where a stack has a page and the list of its addresses, and what is asked for in both.

    `{name}`, `{title}` and `{slug}` stand for the page's name as each of them is written.
    """

    page: str
    page_is: str
    routes: str
    route_is: str


PLACES = {
    "django_htmx": Place(
        "core/views/{name}.py",
        "One Python module with a Django view `{name}(request: HttpRequest) -> HttpResponse`. "
        "Escape what a visitor sends.",
        "core/urls.py",
        "Import `{name}` from `core.views.{name}` and add "
        '`path("{slug}", {name}, name="{name}")` to `urlpatterns`. Keep all else as it is.',
    ),
    "react_fastapi": Place(
        "frontend/src/pages/{title}.tsx",
        "One TypeScript module that exports a React function component `{title}` without "
        "properties, and needs no other file of the app.",
        "frontend/src/routes.tsx",
        'Import `{title}` from "./pages/{title}" and add '
        '`{{ path: "{slug}", element: <{title} /> }}` to the pages in `open`. '
        "Keep all else as it is.",
    ),
}


def with_pages(
    plan: Plan, floor: BuiltinEngine, context: StepContext, *, by: str, say: Callable[[str], None]
) -> Plan:
    """Return a plan with a page, and its address, for each feature that nobody could place.

    `by` is who is to write them. `say` is told what there are no steps for.
    """
    wanted = [feature.text for feature in context.spec.unplaced]
    reading = Reading(
        floor=plan,
        provider=by,
        try_template=_no_template,
        is_migration=floor.history_of(context.stack).is_migration,
        features=tuple(wanted),
    )
    place = PLACES[STACKS[context.stack]]
    for text, steps in zip(wanted[:MOST_PAGES], _pages(wanted, place, context), strict=False):
        for step in steps:
            if refused := reading.read([step]):
                say(f"No page for {text!r}: {refused[0].reason}")
                break
    for text in wanted[MOST_PAGES:]:
        say(f"No page for {text!r}: {MOST_PAGES} are the most.")
    return joined(plan, reading.accepted)


def _pages(
    features: list[str], place: Place, context: StepContext
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the two steps of each feature: one makes its page, one gives it an address."""
    used = set[str]()
    for text in features:
        slug = _slug(text, used)
        used.add(slug)
        words = slug.split("-")
        names = {
            "slug": slug,
            "name": "_".join([*words, "page"]),
            "title": "".join(word.capitalize() for word in [*words, "page"]),
        }
        what = f'The page of a feature of the app "{context.spec.name}": "{text}". '
        yield (
            _step("codegen_create", text, place.page, what + place.page_is.format(**names), names),
            _step("codegen_refactor", text, place.routes, place.route_is.format(**names), names),
        )


def _step(
    tool: str, feature: str, path: str, instructions: str, names: dict[str, str]
) -> dict[str, Any]:
    made = {"template": CUSTOM, "file_path": path.format(**names), "instructions": instructions}
    return {"tool": tool, "feature": feature, "input": made}


def _slug(text: str, used: set[str]) -> str:
    """Return the first words of a feature as an address that no other one has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if not word.isdigit()]
    slug = "-".join(words[:MOST_WORDS])[:60].strip("-")
    if not slug[:1].isalpha():
        slug = f"feature-{slug}".rstrip("-")
    return slug if slug not in used else f"{slug}-{len(used) + 1}"


def _no_template(step_input: StepInput) -> None:
    raise EngineRejected(f"there is no template {step_input['template']}")
