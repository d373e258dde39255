"""The newest rows on the first page: of what there is most to see of, for who may see it."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from generation.engines.builtin.stacks.django_htmx.content import content_for
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from tests.generation.engines.specs import brochure, shop, visited

DJANGO, REACT = "Django + HTMX + PostgreSQL", "React + FastAPI + PostgreSQL"
VIEWS, COMPONENT = "core/views/newest.py", "frontend/src/components/newest.tsx"


def files_of(spec: AppSpec, stack: str) -> dict[str, str]:
    return dict(render_spec(spec, stack, "Plain CSS"))


def notebook(**values: object) -> AppSpec:
    link = RelationSpec(name="note", kind=RelationKind.MANY_TO_ONE, target="Note", required=True)
    remark = EntitySpec(name="Remark", plural="Remarks", relations=(link,))
    note = EntitySpec(name="Note", plural="Notes")
    return AppSpec.model_validate({"name": "Notebook", "entities": (remark, note), **values})


@pytest.mark.parametrize(
    ("spec", "slugs"),
    [
        (notebook(), ["notes"]),
        (notebook(dashboard=True), []),
        (shop(), ["products", "categories"]),
        (shop(dashboard=True), ["products", "categories"]),
        (visited(), []),
        (brochure(), []),
    ],
    ids=["own", "own, on a dashboard", "public", "public, and a dashboard", "inboxes", "words"],
)
def test_home_shows_what_visitors_read_or_else_what_is_kept(spec: AppSpec, slugs) -> None:
    assert [entity.plural_slug for entity in content_for(spec).newest] == slugs


def test_both_stacks_show_the_same() -> None:
    assert 'NEWEST = ("products", "categories")' in files_of(shop(), DJANGO)[VIEWS]
    assert 'const NEWEST = ["products", "categories"];' in files_of(shop(), REACT)[COMPONENT]


def test_visitors_of_a_page_of_words_are_shown_no_rows_of_others() -> None:
    spec = brochure(auth=True, things=True)
    assert "if not request.user.is_authenticated:" in files_of(spec, DJANGO)[VIEWS]
    assert "if (!user.data) return null;" in files_of(spec, REACT)[COMPONENT]
    assert "is_authenticated" not in files_of(shop(), DJANGO)[VIEWS]


@pytest.mark.parametrize(
    ("spec", "slugs"),
    [
        (notebook(), ["remarks"]),
        (notebook(dashboard=True), []),
        (shop(), ["tags", "reviews", "orders", "wishes"]),
        (brochure(auth=True, things=True), []),
        (visited(), []),
    ],
    ids=["own", "on a dashboard", "public", "beside words", "inboxes"],
)
def test_home_leads_to_what_else_is_kept(spec: AppSpec, slugs: list[str]) -> None:
    content = content_for(spec)
    assert [entity.plural_slug for entity in content.others] == slugs
    for stack, path in ((DJANGO, VIEWS), (REACT, COMPONENT)):
        says = files_of(spec, stack).get(path, "")
        assert ("MOST_LABELS" in says) is bool(slugs)


def test_visitors_are_led_to_what_they_may_read() -> None:
    assert "for pages in kinds if pages.may_read(request)]" in files_of(shop(), DJANGO)[VIEWS]
    assert "(other.public || user)" in files_of(shop(), REACT)[COMPONENT]


@pytest.mark.parametrize(("spec", "places"), [(shop(), 3), (notebook(), 0)])
def test_rows_have_pictures_where_something_has(spec: AppSpec, places: int) -> None:
    django, react = files_of(spec, DJANGO), files_of(spec, REACT)
    pictured = [
        "picture" in django[VIEWS],
        "<img" in django["templates/core/parts/newest.html"],
        "<img" in react[COMPONENT],
    ]
    assert sum(pictured) == places


def test_facts_are_written_in_one_place() -> None:
    django, react = files_of(shop(), DJANGO), files_of(shop(), REACT)
    part = '{% include "core/parts/facts.html"'
    assert part in django["templates/core/detail.html"]
    assert part in django["templates/core/parts/newest.html"]
    assert 'from "./facts"' in react["frontend/src/components/related.tsx"]
    assert 'from "./facts"' in react[COMPONENT]


def test_who_has_signed_in_is_not_told_to_open_what_is_open() -> None:
    for stack, path in (
        (DJANGO, "templates/core/parts/actions.html"),
        (REACT, "frontend/src/pages/HomePage.tsx"),
    ):
        assert "Open the app" not in files_of(shop(), stack)[path]
        assert "Open the app" in files_of(brochure(auth=True, things=True), stack)[path]


@pytest.mark.parametrize(
    ("stack", "path"),
    [(DJANGO, "static/app.css"), (REACT, "frontend/src/styles/index.css")],
)
def test_names_of_cards_have_the_links_colour_with_bootstrap_too(stack: str, path: str) -> None:
    styles = dict(render_spec(shop(), stack, "Bootstrap"))[path]
    rule = styles.split(".app-tile-link {")[1].split("}")[0]
    assert "color: var(--link);" in rule


def test_where_nothing_is_shown_nothing_is_said_of_it() -> None:
    for stack in (DJANGO, REACT):
        assert [path for path in files_of(visited(), stack) if "newest" in path] == []


@pytest.mark.parametrize("stack", [DJANGO, REACT])
@pytest.mark.parametrize("name", ["Newest", "Total", "Sum", "Avg"])
def test_a_thing_may_be_called_as_what_the_app_is_made_of(name: str, stack: str) -> None:
    amount = FieldSpec(name="amount", type=FieldType.INTEGER)
    rating = FieldSpec(name="rating", type=FieldType.INTEGER)
    thing = EntitySpec(name=name, plural=f"{name}s", fields=(amount, rating))
    files = files_of(AppSpec(name="Sums", auth=True, entities=(thing,)), stack)
    taken = [text for path, text in files.items() if path.endswith(".py")]
    assert not [text for text in taken if f"import {name}\n" in text and f"class {name}(" in text]
    assert any(f"class {name}" in text for text in taken)
