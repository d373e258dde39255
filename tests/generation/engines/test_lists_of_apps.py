"""Lists: numbers stand below each other, and a day that names a row is written as people do."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType
from projects.spec.request import STYLINGS, TECH_STACKS

REACT, DJANGO = TECH_STACKS
# What numbers stand below each other by: the class, and where the apps keep its look.
LOOKS = {
    "TailwindCSS": ("text-right tabular-nums", ".tabular-nums {"),
    "Bootstrap": ("text-end app-number", ".app-number {"),
    "Plain CSS": ("number", ".table .number {"),
}
SHEETS = {REACT: "frontend/src/styles/index.css", DJANGO: "static/app.css"}


def kept(kind: FieldType) -> AppSpec:
    """Return an app whose rows have no name, but a value of a kind and a number."""
    fields = (FieldSpec(name="told", type=kind), FieldSpec(name="fee", type=FieldType.DECIMAL))
    visit = EntitySpec(name="Visit", plural="Visits", fields=fields)
    return AppSpec(name="Visits", entities=(visit,))


@pytest.mark.parametrize("styling", STYLINGS)
@pytest.mark.parametrize("stack", TECH_STACKS)
def test_numbers_stand_below_each_other(stack: str, styling: str) -> None:
    files = render_spec(kept(FieldType.DATE), stack, styling)
    look, rule = LOOKS[styling]
    if stack == REACT:
        assert f'number: "{look}",' in files["frontend/src/styles/classes.ts"]
        assert files["frontend/src/components/ListView.tsx"].count("className={lookOf(field)}") == 2
    else:
        assert files["templates/core/parts/rows.html"].count(f'class="{look}"') == 2
    # React's Tailwind is built from the classes when the app is.
    if (stack, styling) != (REACT, "TailwindCSS"):
        assert rule in files[SHEETS[stack]]


@pytest.mark.parametrize("kind", [FieldType.DATE, FieldType.DATETIME])
def test_a_day_names_a_row_in_words(kind: FieldType) -> None:
    react = render_spec(kept(kind), REACT, STYLINGS[0])
    assert '{number} · {told.day} {told:%B %Y}"' in react["backend/app/models/visit.py"]
    assert 'toLocaleDateString("en-GB"' in react["frontend/src/api/resource.ts"]
    django = render_spec(kept(kind), DJANGO, STYLINGS[0])["core/models/base.py"]
    assert 'date_format(value, "j F Y")' in django
    assert ("timezone.localtime(value)" in django) == (kind is FieldType.DATETIME)


def test_a_number_names_a_row_as_it_is() -> None:
    react = render_spec(kept(FieldType.INTEGER), REACT, STYLINGS[0])
    assert '{number} · {told}"' in react["backend/app/models/visit.py"]
    assert "toLocaleDateString" not in react["frontend/src/api/resource.ts"]
    django = render_spec(kept(FieldType.INTEGER), DJANGO, STYLINGS[0])["core/models/base.py"]
    assert "date_format" not in django
