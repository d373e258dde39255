"""A design written as JDL and read again is the same design, as far as JDL can say it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from projects.spec.access import access_faults
from projects.spec.check import faults_of
from projects.spec.circles import without_circles
from projects.spec.faults import same
from projects.spec.jdl import is_jdl, jdl_of, spec_from_jdl
from projects.spec.models import (
    UPLOADS,
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)
from projects.spec.patterns import pattern_fault
from tests.projects.spec.strategies import patterns

# What identifiers are read from, and what no identifier holds.
plain = st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,2}", fullmatch=True)
signs = st.text("Жизнь本éßA1 \"'\\/*()@{},-", min_size=1, max_size=10).filter(
    lambda text: text == text.strip() and any(c.isalnum() for c in text)
)
names = (
    plain | plain.map(str.capitalize) | signs | st.sampled_from(("User", "user", "String", "to"))
)
alike = st.sampled_from(("x y", "X_Y", "x-y", "X_Y_2"))  # of which identifiers are alike
prose = st.text('ab本 \n*/"\\', max_size=20).map(str.strip)
ACCESS = (
    {},
    {"managed": True},
    {"inbox": True},
    {"authored": True},
    {"public": True},
    {"managed": True, "public": True},
)
NOT_SAID = {"inferred_from", "confidence", "identity"}


def listed(one, *, most):
    return st.lists(one, max_size=most, unique_by=same)


@st.composite
def fields(draw, name):
    kind = draw(st.sampled_from(list(FieldType)))
    text = kind in (FieldType.STRING, FieldType.TEXT)
    number = kind in (FieldType.INTEGER, FieldType.DECIMAL)
    made = FieldSpec(
        name=name,
        type=kind,
        required=kind not in UPLOADS and draw(st.booleans()),
        unique=kind not in UPLOADS and draw(st.booleans()),
        choices=tuple(draw(listed(signs | alike, most=4))) or ("да",)
        if kind is FieldType.ENUM
        else (),
        min_length=draw(st.none() | st.integers(0, 9)) if text else None,
        max_length=draw(st.none() | st.integers(10, 99)) if text else None,
        minimum=draw(st.none() | st.integers(-99, -9)) if number else None,
        maximum=draw(st.none() | st.integers(12, 99)) if number else None,
        pattern=draw(st.none() | patterns) if kind is FieldType.STRING else None,
    )
    if pattern_fault(made) is not None:
        made = made.model_copy(update={"pattern": None})
    if made.choices and draw(st.booleans()):
        made = made.model_copy(update={"default": made.choices[-1]})
    if kind is FieldType.DATE and draw(st.booleans()):
        made = made.model_copy(update={"default": "2026-01-31"})
    return made


@st.composite
def entities(draw, label, labels):
    own = [name for name in draw(listed(names, most=6)) if name.casefold() != "id"]
    half = len(own) // 2
    owned = draw(st.booleans())
    return EntitySpec(
        name=label,
        plural=f"{label} {draw(st.sampled_from(('list', 's', 'записи')))}",
        description=draw(prose),
        owned=owned,
        **draw(st.sampled_from(ACCESS[:2] if owned else ACCESS)),
        fields=tuple(
            draw(fields(name)).model_copy(update={"position": at})
            for at, name in enumerate(own[:half])
        ),
        relations=tuple(
            RelationSpec(
                kind=draw(st.sampled_from(list(RelationKind))),
                name=name,
                target=draw(st.sampled_from(labels)),
                required=draw(st.booleans()),
                inverse_name=draw(st.none() | names),
            )
            for name in own[half:]
        ),
    )


@st.composite
def designs(draw):
    labels = draw(st.lists(names, min_size=1, max_size=4, unique_by=same))
    spec = without_circles(
        AppSpec(name="App", entities=tuple(draw(entities(label, labels)) for label in labels))
    )
    if any(access_faults(spec)):
        bare = (entity.model_copy(update={"relations": ()}) for entity in spec.entities)
        spec = spec.model_copy(update={"entities": tuple(bare)})
    return spec


def told(spec: AppSpec) -> list[object]:
    """All that JDL and its annotations say of a design."""
    said: list[object] = []
    for entity in spec.entities:
        whole = entity.model_dump(exclude=NOT_SAID)
        for part in (*whole["fields"], *whole["relations"]):
            for key in NOT_SAID:
                part.pop(key, None)
        for link in whole["relations"]:
            if link["kind"] is RelationKind.ONE_TO_MANY and link["required"]:
                link.pop("inverse_name")  # it is said where there is none, to be required
        said.append(whole)
    return said


@settings(max_examples=150, deadline=None, derandomize=True)
@given(designs())
def test_what_is_written_is_read_again(spec):
    faults = list(faults_of(spec))
    text = jdl_of(spec)
    assert is_jdl(text)
    if faults:
        return
    again = spec_from_jdl("App", text)
    assert told(again) == told(spec)
    assert again.unplaced == ()
    assert jdl_of(again) == text


def test_the_designs_that_are_tried_are_mostly_without_fault():
    tried = []

    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(designs())
    def one(spec):
        tried.append(not any(faults_of(spec)))

    one()
    assert sum(tried) > len(tried) / 2
