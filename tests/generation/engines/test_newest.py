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
