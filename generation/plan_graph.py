"""The graph of a plan: stages in columns, each right of those that its steps wait for.

A stage shows its steps as marks, several as one where there are many. A link that passes a column
runs below all stages. Lengths are in pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.layers import levels_of
from generation.models import GenerationStep
from generation.presentation import Stage, worst_status
from projects.templatetags.pages import step_word, took

WIDTH, HEIGHT = 184, 50
GAP_X, GAP_Y, MARGIN = 44, 10, 16
LANE, TURN = 8, 8
PITCH, MARKS = 10, 16  # from mark to mark, and how many a stage has room for
EDGE = 12


@dataclass(frozen=True)
class Mark:
    """One step, or several, at `x` of a stage."""

    x: int
    status: str
    words: str


@dataclass
class Node:
    """A stage at a place."""

    stage: Stage
    marks: tuple[Mark, ...]
    x: int
    y: int

    @property
    def middle(self) -> int:
        """Return the height at which links arrive and leave."""
        return self.y + HEIGHT // 2


@dataclass(frozen=True)
class Graph:
    """Stages and links (SVG path data) in a picture of a size, and the same in words."""

    nodes: tuple[Node, ...]
    links: tuple[str, ...]
    width: int
    height: int
    words: str


def draw_plan(stages: Sequence[Stage]) -> Graph:
    """Lay the stages of a plan out."""
    waits = _waits(stages)
    levels = levels_of(waits)
    before = _direct({b: [a for a in waits[b] if levels[a] < levels[b]] for b in waits})
    heights = dict.fromkeys(levels.values(), MARGIN)
    nodes: dict[str, Node] = {}
    for stage in stages:
        level = levels[stage.name]
        x = MARGIN + level * (WIDTH + GAP_X)
        nodes[stage.name] = Node(stage, _marks(stage.steps), x, heights[level])
        heights[level] += HEIGHT + GAP_Y
    bottom = max(heights.values(), default=MARGIN) - GAP_Y
    links, lanes = _links(nodes, before, bottom)
    return Graph(
        nodes=tuple(nodes.values()),
        links=tuple(links),
        width=max((node.x for node in nodes.values()), default=0) + WIDTH + MARGIN,
        height=bottom + lanes * LANE + MARGIN,
        words=" ".join(_words(stage, before[stage.name]) for stage in stages),
    )


def _waits(stages: Sequence[Stage]) -> dict[str, list[str]]:
    """Return for each stage the others that a step of it waits for, in their order."""
    place = {step.sequence_order: stage.name for stage in stages for step in stage.steps}
    waits: dict[str, list[str]] = {}
    for stage in stages:
        found = {place.get(number) for step in stage.steps for number in step.depends_on}
        waits[stage.name] = [s.name for s in stages if s.name in found and s is not stage]
    return waits


def _direct(before: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what is waited for by way of another; there are no circles."""
    all_before: dict[str, set[str]] = {}

    def reach(name: str) -> set[str]:
        if name not in all_before:
            all_before[name] = {n for one in before[name] for n in (one, *reach(one))}
        return all_before[name]

    return {
        name: [one for one in ones if not any(one in reach(other) for other in ones)]
        for name, ones in before.items()
    }


def _marks(steps: Sequence[GenerationStep]) -> tuple[Mark, ...]:
    size = -(-len(steps) // MARKS) or 1
    groups = [steps[start : start + size] for start in range(0, len(steps), size)]
    return tuple(
        Mark(EDGE + PITCH * number, worst_status(group), _said(group))
        for number, group in enumerate(groups)
    )


def _said(steps: Sequence[GenerationStep]) -> str:
    if len(steps) > 1:
        status = step_word(worst_status(steps))
        return f"Steps {steps[0].sequence_order} to {steps[-1].sequence_order}: {status}"
    (step,) = steps
    time = f", {took(step.duration)}" if step.duration is not None else ""
    return f"{step.file_path or 'Store what was made'}: {step_word(step.status)}{time}"


def _links(
    nodes: Mapping[str, Node], before: Mapping[str, list[str]], bottom: int
) -> tuple[list[str], int]:
    """Return the links, and how many lanes below the stages they take: one for each target."""
    links, lanes = [], 0
    for name, ones in before.items():
        target = nodes[name]
        far = [nodes[one] for one in ones if target.x - nodes[one].x > WIDTH + GAP_X]
        lanes += bool(far)
        links += [_far(node, target, bottom + lanes * LANE) for node in far]
        links += [_near(nodes[one], target) for one in ones if nodes[one] not in far]
    return links, lanes


def _near(node: Node, target: Node) -> str:
    """Return the curve to a stage of the next column."""
    start, end, bend = node.x + WIDTH, target.x, node.x + WIDTH + GAP_X // 2
    return (
        f"M{start} {node.middle} C{bend} {node.middle} {bend} {target.middle} {end} {target.middle}"
    )


def _far(node: Node, target: Node, lane: int) -> str:
    """Return the way below the stages between."""
    start, end = node.x + WIDTH, target.x
    down, up = start + GAP_X // 2, end - GAP_X // 2
    return (
        f"M{start} {node.middle} H{down - TURN} Q{down} {node.middle} {down} {node.middle + TURN} "
        f"V{lane - TURN} Q{down} {lane} {down + TURN} {lane} H{up - TURN} "
        f"Q{up} {lane} {up} {lane - TURN} V{target.middle + TURN} "
        f"Q{up} {target.middle} {up + TURN} {target.middle} H{end}"
    )


def _words(stage: Stage, before: Sequence[str]) -> str:
    after = f", after {', '.join(before)}" if before else ""
    time = f" in {took(stage.took)}" if stage.took is not None else ""
    return f"{stage.name}{after}: {stage.done} of {len(stage.steps)} done{time}."
