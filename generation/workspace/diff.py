"""What two texts differ in: rows side by side with the words that changed, or git's format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 3
LONGEST_LINE = 400  # characters; longer lines are compared whole
MANY_LINES = 2_000  # above it difflib leaves lines that are everywhere out of account
ALIKE = 0.35
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A part of a line, and whether it differs from the other side."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Line:
    """A line with its number from 1; `ends` is what ends it, nothing at the end of some files."""

    number: int
    pieces: tuple[Piece, ...]
    ends: str = "\n"


@dataclass(frozen=True)
class Row:
    """A pair of lines: `same`, `changed`, `added`, `removed`, or a `gap` of `skipped` lines."""

    kind: str
    left: Line | None = None
    right: Line | None = None
    skipped: int = 0


def lines_of(text: str) -> list[str]:
    """Return a text's lines with their ends; only a newline ends a line, as for git."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


Block = tuple[str, int, int, int, int]


def blocks_of(old: list[str], new: list[str]) -> list[Block]:
    """Return difflib's opcodes; lines that are alike at both ends are not compared again."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=len(middle_old) > MANY_LINES)
    blocks: list[Block] = [("equal", 0, head, 0, head)] if head else []
    blocks += [
        (kind, a + head, b + head, c + head, d + head)
        for kind, a, b, c, d in matcher.get_opcodes()
        if (a, c) != (b, d)
    ]
    if tail:
        blocks.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return blocks


def side_by_side(old: str, new: str, *, whole: bool = False) -> list[Row]:
    """Return the rows of a comparison; unless `whole`, stretches without a change left out."""
    before, after = lines_of(old), lines_of(new)
    rows: list[Row] = []
    for kind, a, b, c, d in blocks_of(before, after):
        if kind == "equal":
            rows += [
                Row("same", _line(i + 1, before[i]), _line(j + 1, after[j]))
                for i, j in zip(range(a, b), range(c, d), strict=True)
            ]
        else:
            rows += _changed(before, after, (a, b), (c, d))
    return rows if whole else list(_folded(rows))


def _line(number: int, text: str, pieces: tuple[Piece, ...] | None = None) -> Line:
    body, ends = _ended(text)
    return Line(number, pieces or (Piece(body),), ends)


def _ended(text: str) -> tuple[str, str]:
    for ends in ("\r\n", "\n"):
        if text.endswith(ends):
            return text.removesuffix(ends), ends
    return text, ""


def _changed(
    before: list[str], after: list[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[Row]:
    left, right = range(*old), range(*new)
    for i, j in zip(left, right, strict=False):
        first, second = words_within(_ended(before[i])[0], _ended(after[j])[0])
        yield Row("changed", _line(i + 1, before[i], first), _line(j + 1, after[j], second))
    for i in left[len(right) :]:
        yield Row("removed", left=_line(i + 1, before[i]))
    for j in right[len(left) :]:
        yield Row("added", right=_line(j + 1, after[j]))


def words_within(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both lines in pieces; lines that have little in common are changed as a whole."""
    whole = (Piece(old, changed=True),), (Piece(new, changed=True),)
    if max(len(old), len(new)) > LONGEST_LINE:
        return whole
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < ALIKE:
        return whole
    first: list[Piece] = []
    second: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        is_changed = kind != "equal"
        first += [Piece("".join(left[a:b]), is_changed)] if b > a else []
        second += [Piece("".join(right[c:d]), is_changed)] if d > c else []
    return tuple(first), tuple(second)


def _folded(rows: list[Row]) -> Iterator[Row]:
    """Replace stretches of unchanged rows by a gap, save CONTEXT rows around each change."""
    changed = [i for i, row in enumerate(rows) if row.kind != "same"]
    near = {i for at in changed for i in range(at - CONTEXT, at + CONTEXT + 1)}
    skipped = 0
    for i, row in enumerate(rows):
        if i in near:
            if skipped:
                yield Row("gap", skipped=skipped)
            skipped = 0
            yield row
        else:
            skipped += 1
    if skipped:
        yield Row("gap", skipped=skipped)


def unified(old: str, new: str, *, old_name: str, new_name: str) -> str:
    """Return the difference as `git diff` and `patch` have it; nothing when there is none."""
    before, after = lines_of(old), lines_of(new)
    out: list[str] = []
    for group in _groups(blocks_of(before, after)):
        out.append(_hunk_head(group))
        for kind, a, b, c, d in group:
            if kind == "equal":
                out += [_marked(" ", line) for line in before[a:b]]
            else:
                out += [_marked("-", line) for line in before[a:b]]
                out += [_marked("+", line) for line in after[c:d]]
    return "".join([f"--- {old_name}\n", f"+++ {new_name}\n", *out]) if out else ""


def _groups(blocks: list[Block]) -> Iterator[list[Block]]:
    """Return hunks: changes with up to CONTEXT equal lines around, near ones together."""
    group: list[Block] = []
    for kind, a, b, c, d in blocks:
        if kind != "equal":
            group.append((kind, a, b, c, d))
            continue
        if group and b - a > 2 * CONTEXT:
            yield [*group, (kind, a, a + CONTEXT, c, c + CONTEXT)]
            group = []
        elif group:
            group.append((kind, a, b, c, d))
            continue
        start = min(CONTEXT, b - a)
        group = [(kind, b - start, b, d - start, d)]
    if any(block[0] != "equal" for block in group):
        if group[-1][0] == "equal":
            kind, a, b, c, d = group[-1]
            kept = min(CONTEXT, b - a)
            group[-1] = (kind, a, a + kept, c, c + kept)
        yield group


def _hunk_head(group: list[Block]) -> str:
    first, last = group[0], group[-1]
    return f"@@ -{_span(first[1], last[2])} +{_span(first[3], last[4])} @@\n"


def _span(start: int, stop: int) -> str:
    length = stop - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def _marked(mark: str, line: str) -> str:
    if line.endswith("\n"):
        return mark + line
    return f"{mark}{line}\n\\ No newline at end of file\n"
