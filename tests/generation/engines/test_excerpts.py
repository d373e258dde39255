"""Rows with nothing but a long text: both stacks call them by its beginning."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec
from tests.generation.engines.specs import shared_rows, shop

DJANGO, REACT = "Django + HTMX + PostgreSQL", "React + FastAPI + PostgreSQL"


def files_of(spec: AppSpec, stack: str) -> dict[str, str]:
    return dict(render_spec(spec, stack, "Plain CSS"))


def test_django_decides_it_in_the_model() -> None:
    files = files_of(shop(), DJANGO)
    review = files["core/models/review.py"]
    assert "if excerpt := excerpt_of(self.comment):\n            return excerpt\n" in review
    assert 'return called(f"Review {self.pk}", self.stars)' in review
    assert 'columns = ("comment", "stars", ' in files["core/views/review.py"]
    assert "numbered" not in files["core/views/review.py"]
    assert "excerpt" not in files["core/models/order.py"]


def test_react_decides_it_in_the_api_and_shows_what_that_says() -> None:
    files = files_of(shop(), REACT)
    assert "excerpt_of(self.comment)" in files["backend/app/models/review.py"]
    assert "    label: str\n" in files["backend/app/schemas/review.py"]
    assert 'if name != "label"' in files["backend/app/exports.py"]
    assert 'labelField: "comment"' in files["frontend/src/entities/review.ts"]
    assert "toldBy" not in files["frontend/src/entities/review.ts"]
    assert 'toldBy: "day"' in files["frontend/src/entities/order.ts"]
    assert "return row.label" in files["frontend/src/api/resource.ts"]


@pytest.mark.parametrize("stack", [DJANGO, REACT])
def test_where_short_texts_name_all_rows_nothing_says_excerpt(stack: str) -> None:
    files = files_of(shared_rows(), stack)
    assert [path for path, text in files.items() if "excerpt" in text.lower()] == []
