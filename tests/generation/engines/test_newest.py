"""The newest rows on the first page: of what there is most to see of, for who may see it."""

from __future__ import annotations

import pytest

from generation.engines.base import StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from generation.engines.builtin.stacks.django_htmx.content import content_for
from projects.spec.models import AppSpec, EntitySpec, RelationKind, RelationSpec
from tests.generation.engines.specs import brochure, shop, visited

DJANGO, REACT = "Django + HTMX + PostgreSQL", "React + FastAPI + PostgreSQL"
VIEWS, COMPONENT = "core/views/newest.py", "frontend/src/components/newest.tsx"


def files_of(spec: AppSpec, stack: str) -> dict[str, str]:
    engine = BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling="Plain CSS")
    return carry_out_plan(engine, plan, StepContext(spec, stack, "Plain CSS"))


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
