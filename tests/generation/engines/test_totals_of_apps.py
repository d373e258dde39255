"""What apps say of all rows of a list: where it is asked for, of ratings, and nowhere else."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec, EntitySpec, FeatureSpec, FeatureState
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import shop

DJANGO = "Django + HTMX + PostgreSQL"
REACT = "React + FastAPI + PostgreSQL"


def asked(text: str, *entities: str) -> FeatureSpec:
    return FeatureSpec(
        text=text, state=FeatureState.PLANNED, capabilities=("totals",), entities=entities
    )


def without_ratings(*features: FeatureSpec) -> AppSpec:
    """Return the shop, where nobody gives stars."""
    whole = shop()
    entities = [_without_stars(entity) for entity in whole.entities]
    return whole.model_copy(update={"features": features, "entities": tuple(entities)})


def _without_stars(entity: EntitySpec) -> EntitySpec:
    fields = tuple(field for field in entity.fields if field.name != "stars")
    return entity.model_copy(update={"fields": fields})


def files_of(spec: AppSpec, stack: str = REACT, styling: str = "Plain CSS") -> dict[str, str]:
    return render_spec(spec, stack, styling)


def test_a_rating_is_averaged_unasked() -> None:
    django, react = files_of(shop(), DJANGO), files_of(shop())
    line = 'TOTALS = (Total("average_stars", "Average stars", Avg("stars"), places=1),)'
    assert line in django["core/models/review.py"]
    assert "pagination_class = ReviewParts" in django["core/api/review.py"]
    assert "    average_stars: Tenths\n" in react["backend/app/schemas/review.py"]
    assert ") -> ReviewListPage:" in react["backend/app/api/review.py"]
    assert 'label: "Average stars"' in react["frontend/src/entities/review.ts"]


def test_what_has_no_rating_is_as_it_was() -> None:
    django, react = files_of(shop(), DJANGO), files_of(shop())
    assert "TOTALS" not in django["core/models/product.py"]
    assert "Parts" not in django["core/api/product.py"]
    assert ") -> Page[ProductRead]:" in react["backend/app/api/product.py"]
    assert "totals" not in react["frontend/src/entities/product.ts"]


def test_where_it_is_asked_for_numbers_have_totals_and_tests_of_them() -> None:
    spec = without_ratings(asked("Say the average price", "Product"))
    django, react = files_of(spec, DJANGO), files_of(spec)
    line = 'TOTALS = (Total("average_price", "Average price", Avg("price"), places=2),)'
    assert line in django["core/models/product.py"]
    assert "    average_price: Cents\n" in react["backend/app/schemas/product.py"]
    assert '("Average price", "2.88")' in django["tests/test_product_pages.py"]
    for tests in (django["tests/test_product_api.py"], react["backend/tests/test_product.py"]):
        assert '"average_price": "2.88"' in tests
    assert "totals" not in django["tests/test_review_api.py"]
    assert "totals" not in react["backend/tests/test_review.py"]


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_without_a_wish_or_a_rating_there_is_nothing_of_it(stack: str, styling: str) -> None:
    files = files_of(without_ratings(), stack, styling)
    kept = ("codegen.json", ".js", "package-lock.json")
    code = {path: text for path, text in files.items() if not path.endswith(kept)}
    assert not [path for path, text in code.items() if "totals" in f"{path} {text}".lower()]


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_the_readme_says_where_totals_are_and_how_they_are_tested(stack: str) -> None:
    readme = files_of(without_ratings(asked("Say the average price", "Product")), stack)[
        "README.md"
    ]
    assert "## Not done" not in readme
    row = next(line for line in readme.splitlines() if line.startswith("| Say the average"))
    for said in ("totals of all rows", "/totals.py`", "tests/test_product"):
        assert said in row


def test_only_the_decimals_that_are_said_have_a_type() -> None:
    spec = shop()
    module = files_of(spec)["backend/app/totals.py"]
    assert "Tenths" in module
    assert "Cents" not in module


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_numbers_that_tell_things_apart_give_no_ground_for_totals(stack: str) -> None:
    readme = files_of(without_ratings(asked("Totals of categories", "Category")), stack)[
        "README.md"
    ]
    assert "no ground for it: totals" in readme.partition("## Not done")[2]
