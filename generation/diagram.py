"""The entity diagram: boxes in columns, each link from the row that names it to its target.

An entity stands to the right of those it points at; what has no link at all fills rows below.
A link that passes a column runs in a lane of its own above all boxes.
Lengths are in pixels of the picture.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, pairwise

from generation.design_words import TYPE_WORDS
from generation.layers import levels_of
from projects.spec.models import AppSpec, EntitySpec, RelationKind

WIDTH, HEAD, LINE, FOOT = 224, 34, 20, 8
GAP_X, GAP_Y, MARGIN = 76, 28, 24
LANE, LANES, TURN = 7, 8, 7
SHOWN = 8
FEW = 2
ALONE_IN_A_ROW = 4
HEIGHT_OF_COLUMN = 1400
LOOP = 34
SAID_AT_MOST = 60
TO_ONE = (RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE)
ENDS = {
    RelationKind.MANY_TO_ONE: ("many", "one"),
    RelationKind.ONE_TO_MANY: ("one", "many"),
    RelationKind.ONE_TO_ONE: ("one", "one"),
    RelationKind.MANY_TO_MANY: ("many", "many"),
}
SAID = {
    RelationKind.MANY_TO_ONE: "belongs to one",
    RelationKind.ONE_TO_MANY: "has many",
    RelationKind.ONE_TO_ONE: "has one",
    RelationKind.MANY_TO_MANY: "shares many",
}


@dataclass(frozen=True)
class Line:
    """A line of a box at `y`: a field with its type, or a relation with its target."""

    y: int
    name: str
    note: str
    is_link: bool = False


@dataclass
class Box:
    """An entity at a place."""

    entity: EntitySpec
    lines: tuple[Line, ...]
    left_out: int
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        """Return how high it is."""
        return HEAD + LINE * (len(self.lines) + bool(self.left_out)) + FOOT

    @property
    def foot(self) -> int:
        """Return where the words about what is left out stand."""
        return self.height - FOOT - 6

    def row_of(self, relation: str) -> int:
        """Return the height at which a relation leaves; that of the foot when it is not shown."""
        for line in self.lines:
            if line.is_link and line.name == relation:
                return self.y + line.y - 4
        return self.y + self.height - FOOT - LINE // 2


@dataclass(frozen=True)
class Link:
    """A line between two boxes, with the marks of its ends (`one` or `many`)."""

    path: str
    start: str
    end: str
    required: bool


@dataclass(frozen=True)
class Diagram:
    """Boxes and links in a picture of a size, and the same in words."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    width: int
    height: int
    words: str


def draw(spec: AppSpec) -> Diagram:
    """Lay a design's entities out."""
    boxes = {entity.name: _box(entity) for entity in spec.entities}
    linked = {
        name
        for entity in spec.entities
        for relation in entity.relations
        if relation.target in boxes
        for name in (entity.name, relation.target)
    }
    columns = _columns([entity for entity in spec.entities if entity.name in linked])
    top = MARGIN + LANE * (LANES if len(columns) > FEW else 0)
    bottom = _place_columns(columns, boxes, top)
    _place_alone([box for name, box in boxes.items() if name not in linked], bottom)
    links = tuple(_links(boxes))
    return Diagram(
        boxes=tuple(boxes.values()),
        links=links,
        width=max((box.x + WIDTH for box in boxes.values()), default=0) + MARGIN + LOOP,
        height=max((box.y + box.height for box in boxes.values()), default=0) + MARGIN,
        words=_words(spec),
    )


def _box(entity: EntitySpec) -> Box:
    fields = sorted(entity.fields, key=lambda field: field.position)
    rows = [(field.name, TYPE_WORDS[field.type], False) for field in fields[:SHOWN]]
    rows += [(one.name, one.target, True) for one in entity.relations[:SHOWN]]
    lines = tuple(
        Line(HEAD + LINE * number + 15, name, note, is_link)
        for number, (name, note, is_link) in enumerate(rows)
    )
    return Box(entity, lines, len(fields) + len(entity.relations) - len(rows))


def _columns(entities: list[EntitySpec]) -> list[list[str]]:
    """Return names by column: an entity stands right of all it points at, circles aside."""
    targets = {e.name: [r.target for r in e.relations if r.kind in TO_ONE] for e in entities}
    level = levels_of(targets)
    columns: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for name in targets:
        columns[level[name]].append(name)
    neighbours: dict[str, set[str]] = {name: set() for name in targets}
    for entity in entities:
        for relation in entity.relations:
            if relation.target in neighbours:
                neighbours[entity.name].add(relation.target)
                neighbours[relation.target].add(entity.name)
    for before, column in pairwise(columns):
        places = {name: place for place, name in enumerate(before)}
        column.sort(key=lambda name: _middle(neighbours[name], places))
    return columns


def _middle(names: Iterable[str], places: dict[str, int]) -> float:
    found = [places[name] for name in names if name in places]
    return sum(found) / len(found) if found else float(len(places))


def _place_columns(columns: list[list[str]], boxes: dict[str, Box], top: int) -> int:
    """Put the columns side by side, a long one in several; return the lowest point."""
    x, bottom = MARGIN, 0
    for column in columns:
        y = top
        for name in column:
            box = boxes[name]
            if y > top and y + box.height > HEIGHT_OF_COLUMN:
                x, y = x + WIDTH + GAP_X, top
            box.x, box.y = x, y
            y += box.height + GAP_Y
            bottom = max(bottom, y)
        x += WIDTH + GAP_X
    return bottom


def _place_alone(alone: list[Box], top: int) -> None:
    """Fill columns with what has no link, always the shortest one first."""
    heights = [max(top, MARGIN)] * ALONE_IN_A_ROW
    for box in alone:
        shortest = heights.index(min(heights))
        box.x, box.y = MARGIN + shortest * (WIDTH + GAP_X // 3), heights[shortest]
        heights[shortest] += box.height + GAP_Y


def _links(boxes: dict[str, Box]) -> Iterable[Link]:
    lanes = cycle(range(LANES))
    for box in boxes.values():
        for relation in box.entity.relations:
            target = boxes.get(relation.target)
            if target is None:
                continue
            start, end = ENDS[relation.kind]
            y = box.row_of(relation.name)
            is_far = abs(target.x - box.x) > WIDTH + GAP_X
            path = _far_path(box, target, y, next(lanes)) if is_far else _path(box, target, y)
            yield Link(path, start, end, relation.required)


def _path(box: Box, target: Box, y: int) -> str:
    """Return the curve from a box at height `y` to the head of a near one (SVG path data)."""
    head = target.y + HEAD // 2
    right = box.x + WIDTH
    if target.x == box.x:
        bend = right + LOOP
        return f"M{right} {y} C{bend} {y} {bend} {head} {right} {head}"
    first, last, way = _sides(box, target)
    pull = way * GAP_X // 2
    return f"M{first} {y} C{first + pull} {y} {last - pull} {head} {last} {head}"


def _far_path(box: Box, target: Box, y: int, lane: int) -> str:
    """Return the way over the boxes between: up beside the one, along a lane, down to the other."""
    first, last, way = _sides(box, target)
    head, height = target.y + HEAD // 2, LANE * (lane + 1)
    up, down = (first + way * (16 + 5 * lane), last - way * (16 + 5 * lane))
    turn = way * TURN
    return (
        f"M{first} {y} H{up - turn} Q{up} {y} {up} {y - TURN} "
        f"V{height + TURN} Q{up} {height} {up + turn} {height} "
        f"H{down - turn} Q{down} {height} {down} {height + TURN} "
        f"V{head - TURN} Q{down} {head} {down + turn} {head} H{last}"
    )


def _sides(box: Box, target: Box) -> tuple[int, int, int]:
    """Return where a link leaves, where it arrives, and its way: 1 to the right, -1 to the left."""
    if target.x > box.x:
        return box.x + WIDTH, target.x, 1
    return box.x, target.x + WIDTH, -1


def _words(spec: AppSpec) -> str:
    """Return what the picture shows, for those who do not see it."""
    said = [
        f"{entity.name} {SAID[relation.kind]} {relation.target} ({relation.name})."
        for entity in spec.entities
        for relation in entity.relations
    ]
    more = len(said) - SAID_AT_MOST
    return " ".join(said[:SAID_AT_MOST]) + (f" And {more} more relations." if more > 0 else "")
