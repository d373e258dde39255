"""The forms of the design's page give back what they show, and read what is typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.design_forms import EntityForm, LookForm, PagesForm
from generation.design_rows import Row, read_choices, shown_choices
from projects.spec.check import InvalidDesign
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from tests.generation.engines.designs import designs


def sent(kind: str, rows: list[Row]) -> dict[str, str]:
    """Return rows as a browser sends them: a box of text has one line."""
    return {
        f"{kind}-{number}-{key}": "".join(value.splitlines()) if key == "default" else value
        for number, row in enumerate(rows)
        for key, value in row.values.items()
    }


def saved(spec: AppSpec, entity: EntitySpec) -> AppSpec:
    """Return the design after an entity's form is saved as it is shown."""
    form = EntityForm.of(entity)
    data = {**form.values, **sent("field", form.fields), **sent("relation", form.relations)}
    return EntityForm.read(data).put_into(spec, entity)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(designs())
def test_what_is_saved_unchanged_is_unchanged(spec: AppSpec) -> None:
    for entity in spec.entities:
        assert saved(spec, entity) == spec
    pages = PagesForm.of(spec.pages)
    assert PagesForm.read(sent("page", pages.pages)).put_into(spec) == spec
    look = LookForm.of(spec)
    data = {**look.chosen, **{f"use-{name}": "on" for name in look.chosen}, **look.values}
    assert LookForm.read(data).put_into(spec) == spec


@pytest.mark.parametrize(
    "fields",
    [
        (FieldSpec(name="hue", type=FieldType.ENUM, choices=("red, dry", "white", '"odd', 'a"b')),),
        (FieldSpec(name="b", position=4), FieldSpec(name="a", position=2)),
        (FieldSpec(name="b"), FieldSpec(name="a", default=" two\nlines ")),
        (FieldSpec(name="code", pattern=" [a-z]+ "), FieldSpec(name="n", identity="m")),
    ],
)
def test_commas_places_spaces_and_lines_stay_as_they_are(fields: tuple[FieldSpec, ...]) -> None:
    entity = EntitySpec(name="Wine", plural="Wines", description=" Two\nlines ", fields=fields)
    spec = AppSpec(name="Cellar", entities=(entity,))
    assert saved(spec, entity) == spec


@given(st.lists(st.text('ab", é', min_size=1).map(str.strip).filter(bool)))
def test_choices_are_read_as_they_are_shown(choices: list[str]) -> None:
    assert read_choices(shown_choices(choices)) == choices


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("a, b,c", ["a", "b", "c"]),
        (" , a,,", ["a"]),
        ('"red, dry", white', ["red, dry", "white"]),
        ('5" screen, 7" screen', ['5" screen', '7" screen']),
        ('"open, a', ['"open', "a"]),
        ('"a" b, c', ['"a" b', "c"]),
        ('"he said ""no"", twice"', ['he said "no", twice']),
        ("", []),
    ],
)
def test_choices_are_read_as_people_type_them(typed: str, choices: list[str]) -> None:
    assert read_choices(typed) == choices


def test_a_renamed_field_is_known_by_its_first_name_and_others_move_behind_a_new_one() -> None:
    entity = EntitySpec(
        name="Wine",
        plural="Wines",
        fields=(FieldSpec(name="a"), FieldSpec(name="b", identity="first"), FieldSpec(name="c")),
    )
    form = EntityForm.of(entity)
    form.fields[0].values["name"] = "label"
    form.fields.insert(1, Row({"name": "new"}))
    made = form.put_into(AppSpec(name="Cellar", entities=(entity,)), entity).entities[0]
    assert [(f.name, f.identity, f.position) for f in made.fields] == [
        ("label", "a", 0),
        ("new", None, 1),
        ("b", "first", 2),
        ("c", None, 3),
    ]


def after(field: FieldSpec, **typed: str) -> FieldSpec:
    """Return a field after its row was typed in and saved."""
    entity = EntitySpec(name="Wine", plural="Wines", fields=(field,))
    form = EntityForm.of(entity)
    form.fields[0].values |= typed
    spec = EntityForm.read({**form.values, **sent("field", form.fields)}).put_into(
        AppSpec(name="Cellar", entities=(entity,)), entity
    )
    return spec.entities[0].fields[0]


def limits_of(field: FieldSpec) -> tuple[int | None, ...]:
    return field.min_length, field.max_length, field.minimum, field.maximum


NAME = FieldSpec(name="name", min_length=3, max_length=50)


@pytest.mark.parametrize(
    ("field", "typed", "limits"),
    [
        (NAME, {}, (3, 50, None, None)),
        (NAME, {"least": "", "most": "60"}, (None, 60, None, None)),
        (NAME, {"type": "text"}, (3, 50, None, None)),
        (NAME, {"type": "integer"}, (None, None, None, None)),
        (NAME, {"type": "integer", "least": "", "most": "9"}, (None, None, None, 9)),
        (NAME, {"type": "date"}, (None, None, None, None)),
        (FieldSpec(name="n", type=FieldType.DECIMAL), {"least": "-4"}, (None, None, -4, None)),
    ],
)
def test_limits_are_typed_and_go_with_the_type_that_they_are_of(field, typed, limits) -> None:
    assert limits_of(after(field, **typed)) == limits


@pytest.mark.parametrize(
    ("typed", "words"), [({"most": "many"}, "whole number"), ({"least": "90"}, "at least 90")]
)
def test_limits_that_cannot_be_are_told_beside_the_field(typed, words) -> None:
    entity = EntitySpec(name="Wine", plural="Wines", fields=(NAME,))
    form = EntityForm.of(entity)
    form.fields[0].values |= typed
    with pytest.raises(InvalidDesign):
        form.put_into(AppSpec(name="Cellar", entities=(entity,)), entity)
    assert any(words in message for message in form.fields[0].errors)


def test_a_relation_gets_a_name_for_the_other_side() -> None:
    link = RelationSpec(kind=RelationKind.ONE_TO_MANY, name="notes", target="Note")
    wine = EntitySpec(name="Wine", plural="Wines", relations=(link,))
    spec = AppSpec(name="Cellar", entities=(wine, EntitySpec(name="Note", plural="Notes")))
    form = EntityForm.of(wine)
    form.relations[0].values["inverse"] = "of wine"
    made = form.put_into(spec, wine)
    assert made.entities[0].relations[0].inverse_name == "of wine"
    assert saved(made, made.entities[0]) == made
