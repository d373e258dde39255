"""Lines of three texts in regions: alike, changed on one side, or in conflict, as git has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from merge3 import Merge3

MANY_LINES = 3_000  # above it lines that are everywhere are left out of account, for speed
BOM = "\ufeff"
Lines = tuple[str, ...]


class Side(StrEnum):
    """Whose lines a region takes; `BOTH` is a person's, then those that were generated."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Region:
    """Lines of the three texts that belong together; without a `taken` side they conflict."""

    base: Lines
    ours: Lines
    theirs: Lines
    taken: Side | None

    def lines(self, side: Side) -> Lines:
        """Return the region's lines when a side is taken."""
        if side is Side.BOTH:
            return (*self.ours, *self.theirs)
        return self.ours if side is Side.OURS else self.theirs


class _Matcher:
    """Compares every line of texts that are not very long."""

    def __init__(
        self,
        isjunk: Callable[[str], bool] | None = None,
        a: Sequence[str] = (),
        b: Sequence[str] = (),
        autojunk: bool = True,  # noqa: FBT001, FBT002 - as merge3 calls it
    ) -> None:
        is_long = max(len(a), len(b)) > MANY_LINES
        self._matcher = SequenceMatcher(isjunk, a, b, autojunk and is_long)

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """Return where the two are alike, as merge3 asks for it."""
        return [(a, b, size) for a, b, size in self._matcher.get_matching_blocks()]


@dataclass(frozen=True)
class Style:
    """How a text is written down: its line ends, a byte-order mark, the end of its last line."""

    newline: str = "\n"
    mark: str = ""
    end: str = "\n"

    @classmethod
    def of(cls, text: str) -> Style:
        """Return a text's style; line ends that are mixed are left in the lines."""
        breaks = text.count("\n")
        newline = "\r\n" if breaks and text.count("\r\n") == breaks else "\n"
        body = text.removeprefix(BOM)
        ends = not body or body.endswith("\n")
        return cls(newline, BOM if body != text else "", "\n" if ends else "")

    def lines_of(self, text: str) -> list[str]:
        """Return the lines of a text of this style, each ended by a newline."""
        body = text.removeprefix(BOM)
        if self.newline != "\n":
            body = body.replace(self.newline, "\n")
        parts = body.split("\n")
        return [f"{part}\n" for part in (parts if parts[-1] else parts[:-1])]

    def text_of(self, lines: Sequence[str]) -> str:
        """Return lines in this style."""
        body = "".join(lines)
        if not self.end:
            body = body.removesuffix("\n")
        return self.mark + (body.replace("\n", self.newline) if self.newline != "\n" else body)


def style_of(base: str | None, ours: str, theirs: str) -> Style:
    """Return the style that a merge has: a person's, save where only the generated one changed."""
    mine, new = Style.of(ours), Style.of(theirs)
    old = mine if base is None else Style.of(base)
    if base is None or not ours:
        return mine if ours else new
    return Style(
        newline=_picked(old.newline, mine.newline, new.newline),
        mark=_picked(old.mark, mine.mark, new.mark),
        end=_picked(old.end, mine.end, new.end),
    )


def _picked(base: str, ours: str, theirs: str) -> str:
    return theirs if ours == base else ours


def regions_of(base: str, ours: str, theirs: str) -> Iterator[Region]:
    """Yield the regions of three texts in order; together they hold every line of each."""
    old, mine, new = (Style.of(text).lines_of(text) for text in (base, ours, theirs))
    for region in Merge3(old, mine, new, sequence_matcher=_Matcher).merge_regions():
        match region:
            case ("unchanged", start, end):
                same = tuple(old[start:end])
                found = [Region(same, same, same, Side.THEIRS)]
            case ("same", start, end):
                same = tuple(mine[start:end])
                found = [Region((), same, same, Side.OURS)]
            case ("a", start, end):
                found = [Region((), tuple(mine[start:end]), (), Side.OURS)]
            case ("b", start, end):
                found = [Region((), (), tuple(new[start:end]), Side.THEIRS)]
            case (_, *bounds):
                a, b, c, d, e, f = (int(bound or 0) for bound in bounds)
                found = list(_trimmed(tuple(old[a:b]), tuple(mine[c:d]), tuple(new[e:f])))
        yield from found


def _trimmed(base: Lines, ours: Lines, theirs: Lines) -> Iterator[Region]:
    """Take what both sides have alike at its head and tail out of a conflict."""
    shortest = min(len(ours), len(theirs))
    head = 0
    while head < shortest and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < shortest - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    if head:
        yield Region((), ours[:head], ours[:head], Side.OURS)
    mine, new = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    yield Region(base, mine, new, None)
    if tail:
        yield Region((), ours[-tail:], ours[-tail:], Side.OURS)
