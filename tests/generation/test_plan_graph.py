"""The graph of a plan: what waits for what, no stage on another, links between stages."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from generation.engines.builtin.engine import BuiltinEngine
from generation.layers import levels_of
from generation.models import GenerationStep
from generation.plan_graph import HEIGHT, MARKS, WIDTH, Graph, draw_plan
from generation.presentation import by_stage
from projects.spec.models import AppSpec, EntitySpec, FieldSpec
from projects.spec.request import TECH_STACKS

NUMBERS = re.compile(r"\d+")


def step(number: int, path: str, *after: int, status: str = "SUCCESS") -> GenerationStep:
    return GenerationStep(
        sequence_order=number,
        tool_name="codegen_create",
        input_payload={"file_path": path},
        depends_on=list(after),
        status=status,
    )


def graph_of(*steps: GenerationStep) -> Graph:
    return draw_plan(by_stage(steps))


def shop(entities: int) -> AppSpec:
    made = [
        EntitySpec(name=f"Thing{n}", plural=f"Thing{n}s", fields=(FieldSpec(name="name"),))
        for n in range(entities)
    ]
    return AppSpec(name="Shop", entities=tuple(made))


def planned(stack: str, entities: int) -> Graph:
    plan = BuiltinEngine().plan(shop(entities), stack=stack, styling="Plain CSS")
    return graph_of(
        *(
            step(number, one.input.get("file_path", ""), *one.depends_on, status="PENDING")
            for number, one in enumerate(plan.steps, start=1)
        )
    )


def column(graph: Graph, name: str) -> int:
    return next(node.x for node in graph.nodes if node.stage.name == name)


def test_a_stage_stands_right_of_those_it_waits_for():
    graph = graph_of(
        step(1, "core/models/a.py"), step(2, "core/forms/a.py", 1), step(3, "core/views/a.py", 1, 2)
    )
    assert column(graph, "Models") < column(graph, "Forms") < column(graph, "Views")
    assert len(graph.links) == 2, "what is waited for by way of another has no link of its own"
    assert "Views, after Forms: 1 of 1 done." in graph.words


def test_stages_that_wait_for_each_other_are_drawn_all_the_same():
    graph = graph_of(
        step(1, "core/models/a.py"), step(2, "core/forms/a.py", 1), step(3, "core/models/b.py", 2)
    )
    assert len(graph.nodes) == 2
    assert len(graph.links) == 1


@pytest.mark.parametrize("entities", [3, 60])
@pytest.mark.parametrize("stack", TECH_STACKS)
def test_a_plan_of_any_size_fits_its_picture(stack, entities):
    graph = planned(stack, entities)
    assert not [
        (a, b) for a, b in combinations(graph.nodes, 2) if a.x == b.x and abs(a.y - b.y) < HEIGHT
    ]
    for node in graph.nodes:
        assert node.x + WIDTH <= graph.width
        assert node.y + HEIGHT <= graph.height
        assert len(node.marks) <= MARKS
    starts = {(node.x + WIDTH, node.middle) for node in graph.nodes}
    ends = {node.x for node in graph.nodes}
    for link in graph.links:
        numbers = [int(number) for number in NUMBERS.findall(link)]
        assert tuple(numbers[:2]) in starts
        assert numbers[-2 if "C" in link else -1] in ends


def test_many_steps_are_one_mark_with_the_worst_of_their_states():
    steps = [step(n, f"core/views/{n}.py") for n in range(1, 301)]
    steps[7].status = "FAILED"
    (node,) = graph_of(*steps).nodes
    assert [mark.status for mark in node.marks].count("FAILED") == 1
    assert node.marks[0].words == "Steps 1 to 19: Failed"


def test_levels_put_circles_somewhere():
    assert levels_of({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a", "elsewhere"]})["d"] == 3
