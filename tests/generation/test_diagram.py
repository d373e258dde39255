"""The entity diagram: boxes that do not lie on each other, links that begin and end at boxes."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings

from generation.diagram import WIDTH, Diagram, draw
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationKind, RelationSpec
from tests.projects.spec.strategies import app_specs

ONE = RelationKind.MANY_TO_ONE


def spec_of(**links: str) -> AppSpec:
    """Return entities, each with links to the others named in its text."""
    entities = (
        EntitySpec(
            name=name,
            plural=name,
            fields=(FieldSpec(name="name"),),
            relations=tuple(
                RelationSpec(kind=ONE, name=f"to {target}", target=target)
                for target in targets.split()
            ),
        )
        for name, targets in links.items()
    )
    return AppSpec(name="App", entities=tuple(entities))


def overlapping(diagram: Diagram) -> list[tuple[str, str]]:
    return [
        (a.entity.name, b.entity.name)
        for a, b in combinations(diagram.boxes, 2)
        if a.x < b.x + WIDTH and b.x < a.x + WIDTH and a.y < b.y + b.height and b.y < a.y + a.height
    ]


def test_an_entity_stands_right_of_those_it_points_at():
    diagram = draw(spec_of(Line="Order Product", Order="Customer", Customer="", Product=""))
    x = {box.entity.name: box.x for box in diagram.boxes}
    assert x["Customer"] == x["Product"] < x["Order"] < x["Line"]
    assert len(diagram.links) == 3


@pytest.mark.parametrize(
    "links",
    [
        {"A": "A"},
        {"A": "B", "B": "A"},
        {"A": "B", "B": "C", "C": "A"},
        {"A": "", "B": ""},
        {},
    ],
)
def test_circles_and_loners_are_drawn(links):
    diagram = draw(spec_of(**links))
    assert len(diagram.boxes) == len(links)
    assert overlapping(diagram) == []


@settings(max_examples=40, deadline=None)
@given(spec=app_specs)
def test_any_spec_is_drawn_within_its_picture(spec):
    diagram = draw(spec)
    assert overlapping(diagram) == []
    for box in diagram.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + WIDTH <= diagram.width
        assert box.y + box.height <= diagram.height
    for link in diagram.links:
        assert re.fullmatch(r"M\d+ \d+( ?[CHQV]?\d+)+", link.path)


def test_a_link_over_a_column_keeps_above_its_boxes():
    diagram = draw(spec_of(A="B C", B="C", C="D", D=""))
    far = [link.path for link in diagram.links if "V" in link.path]
    assert len(far) == 1
    (height,) = re.findall(r"V(\d+) Q\d+ (\d+)", far[0])[:1]
    assert all(int(value) < min(box.y for box in diagram.boxes) for value in height)


def test_three_hundred_linked_entities_are_drawn_apart():
    links = {f"E{n}": f"E{n // 2} E{(n * 7) % 300}" for n in range(300)}
    diagram = draw(spec_of(**links))
    assert overlapping(diagram) == []
    assert len(diagram.links) == 600
    assert "more relations" in diagram.words


def test_many_fields_are_counted_not_drawn():
    fields = tuple(FieldSpec(name=f"field {n}", position=n) for n in range(20))
    entity = EntitySpec(name="Wide", plural="Wide", fields=fields)
    (box,) = draw(AppSpec(name="App", entities=(entity,))).boxes
    assert (len(box.lines), box.left_out) == (8, 12)
