"""A pattern as what may follow what: how many ways it can be matched, and which words match.

Each character class of a pattern is a position; repeats are written out. A matcher that goes back
when it has gone wrong tries every way through the positions, so the ways are counted, and patterns
with too many are refused. Words are listed without trying any way twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from projects.spec.patterns.syntax import (
    Chars,
    Choice,
    InvalidPattern,
    Node,
    Ranges,
    Repeat,
    Sequence,
)

LONGEST_VALUE = 255
MOST_POSITIONS = 500
# A value of the greatest length is matched in a blink; a third `.*` would take minutes.
MOST_WAYS = 100_000
# From one position to the next, so that reading a pattern takes no time either.
MOST_STEPS = 5_000
_LARGE = "Its repeats are too large: say fewer, or leave some out."
_SLOW = "It can match one text in very many ways, which is slow. Say what stands between repeats."


@dataclass
class _Fragment:
    """A part: in how many ways it begins and ends at each position, and is empty."""

    first: Counter[int]
    last: Counter[int]
    empty: int


@dataclass
class Automaton:
    """The positions of a pattern, from left to right, and the steps from one to the next."""

    classes: list[Ranges] = field(default_factory=list)
    follow: list[Counter[int]] = field(default_factory=list)
    loops: list[range] = field(default_factory=list)
    steps: int = 0
    whole: _Fragment = field(default_factory=lambda: _empty(1))

    @classmethod
    def of(cls, node: Node) -> Automaton:
        """Return a tree's automaton; raise `InvalidPattern` where it is too large or too slow."""
        if _size(node) > MOST_POSITIONS:
            raise InvalidPattern(_LARGE)
        made = cls()
        made.whole = made._add(node)
        if made._ways() > MOST_WAYS:
            raise InvalidPattern(_SLOW)
        return made

    # Making it

    def _add(self, node: Node) -> _Fragment:
        if isinstance(node, Chars):
            self.classes.append(node.ranges)
            self.follow.append(Counter())
            here = len(self.classes) - 1
            return _Fragment(Counter([here]), Counter([here]), 0)
        if isinstance(node, Sequence):
            found = _empty(1)
            for part in node.parts:
                found = self._join(found, self._add(part))
            return found
        if isinstance(node, Choice):
            options = [self._add(option) for option in node.options]
            first = sum((one.first for one in options), Counter[int]())
            last = sum((one.last for one in options), Counter[int]())
            return _Fragment(first, last, sum(one.empty for one in options))
        return self._repeat(node)

    def _repeat(self, node: Repeat) -> _Fragment:
        copies = max(node.least, 1) if node.most is None else node.most
        parts = []
        for number in range(copies):
            start = len(self.classes)
            part = self._add(node.part)
            if node.most is None and number == copies - 1:
                self._link(part.last, part.first)
                inner = range(start, len(self.classes))
                self.loops = [loop for loop in self.loops if loop.start < start] + [inner]
            parts.append(part)
        found = _empty(1)
        for number in range(copies - 1, -1, -1):
            found = self._join(parts[number], found)
            if number >= node.least:
                found = _Fragment(found.first, found.last, _capped(found.empty + 1))
        return found

    def _join(self, one: _Fragment, two: _Fragment) -> _Fragment:
        self._link(one.last, two.first)
        first = one.first + _times(two.first, one.empty)
        last = two.last + _times(one.last, two.empty)
        return _Fragment(first, last, _capped(one.empty * two.empty))

    def _link(self, ends: Counter[int], starts: Counter[int]) -> None:
        self.steps += len(ends) * len(starts)
        if self.steps > MOST_STEPS:
            raise InvalidPattern(_LARGE)
        for end, count in ends.items():
            follow = self.follow[end]
            for start, more in starts.items():
                follow[start] = _capped(follow[start] + count * more)

    # Counting its ways

    def _ways(self) -> int:
        """Return at most how many ways a matcher tries of one text, which may be capped."""
        found = [0] * len(self.classes)
        starts = {loop.stop - 1: loop for loop in self.loops}
        place = len(found) - 1
        while place >= 0:
            block = starts.get(place, range(place, place + 1))
            is_loop = place in starts
            ways = self._ways_from(block, found, is_loop=is_loop)
            for position in block:
                found[position] = _capped(ways)
            place = block.start - 1
        return max(self.whole.empty, self._most(self.whole.first, found))

    def _ways_from(self, block: range, found: list[int], *, is_loop: bool) -> int:
        ways = 1
        for position in block:
            follow = self.follow[position]
            inside = Counter({to: count for to, count in follow.items() if to in block})
            outside = Counter({to: count for to, count in follow.items() if to not in block})
            leaves = self._most(outside, found)
            if is_loop and inside:
                if self._most(inside, [1] * len(found)) > 1:
                    return MOST_WAYS + 1
                if leaves and self._overlap(inside, outside):
                    leaves *= LONGEST_VALUE
            ways = max(ways, leaves, self.whole.last[position])
        return ways

    def _most(self, steps: Counter[int], found: list[int]) -> int:
        """Return the most ways that one character opens, of `steps` with what each leads to."""
        weights: Counter[Ranges] = Counter()
        for to, count in steps.items():
            weights[self.classes[to]] += count * found[to]
        return max(_sums(weights), default=0)

    def _overlap(self, one: Counter[int], two: Counter[int]) -> bool:
        """Tell whether a character leads to both; to no more than one place in the first."""
        weights = Counter({self.classes[to]: MOST_POSITIONS for to in two})
        for to in one:
            weights[self.classes[to]] += 1
        return any(total % MOST_POSITIONS and total > 1 for total in _sums(weights))

    # Listing its words

    def words(self, least: int, most: int, letters: str) -> Iterator[str]:
        """Yield different words of some lengths, the shortest first, made of `letters` alone."""
        able = self._able(most)
        masks = [_mask(follow) for follow in self.follow]
        spelt = {letter: self._spelt(letter) for letter in letters}
        for length in range(max(least, 1), most + 1):
            yield from _words(_mask(self.whole.first), length, able, masks, spelt)

    def _able(self, most: int) -> list[int]:
        """Return for each number of further characters the positions that can end after them."""
        before = [0] * len(self.follow)
        for place, follow in enumerate(self.follow):
            for to in follow:
                before[to] |= 1 << place
        able = [_mask(self.whole.last)]
        while len(able) < most:
            reached = able[-1]
            same = len(able) > 1 and able[-2] == reached
            able.append(reached if same else _united(before, reached))
        return able

    def _spelt(self, letter: str) -> int:
        code = ord(letter)
        return sum(
            1 << place
            for place, ranges in enumerate(self.classes)
            if any(low <= code <= high for low, high in ranges)
        )


def _words(
    start: int, length: int, able: list[int], masks: list[int], spelt: dict[str, int]
) -> Iterator[str]:
    """Yield the words of one length; every beginning that is tried leads to one."""

    def choices(allowed: int, left: int) -> Iterator[tuple[str, int]]:
        for letter, positions in spelt.items():
            if reached := allowed & positions & able[left]:
                yield letter, reached

    trail, word = [choices(start, length - 1)], [""] * length
    while trail:
        chosen = next(trail[-1], None)
        if chosen is None:
            trail.pop()
            continue
        letter, reached = chosen
        word[len(trail) - 1] = letter
        if len(trail) == length:
            yield "".join(word)
            continue
        trail.append(choices(_united(masks, reached), length - len(trail) - 1))


def _united(masks: list[int], chosen: int) -> int:
    """Return all that the masks at the chosen places hold."""
    found = 0
    while chosen:
        lowest = chosen & -chosen
        found |= masks[lowest.bit_length() - 1]
        chosen ^= lowest
    return found


def _sums(weights: Counter[Ranges]) -> Iterator[int]:
    """Yield what the classes weigh together that a character is in, for one of each kind."""
    changes: Counter[int] = Counter()
    for ranges, weight in weights.items():
        for low, high in _merged(ranges):
            changes[low] += weight
            changes[high + 1] -= weight
    now = 0
    for place in sorted(changes):
        now += changes[place]
        yield now


def _empty(ways: int) -> _Fragment:
    return _Fragment(Counter(), Counter(), ways)


def _size(node: Node) -> int:
    """Return how many positions a tree has once its repeats are written out."""
    if isinstance(node, Chars):
        return 1
    if isinstance(node, Repeat):
        return _size(node.part) * max(node.least, node.most or 1)
    parts = node.parts if isinstance(node, Sequence) else node.options
    return sum(map(_size, parts))


@lru_cache(maxsize=512)
def _merged(ranges: Ranges) -> Ranges:
    """Return ranges in order, those that meet as one."""
    found = []
    start, end = -1, -2
    for low, high in sorted(ranges):
        if low > end + 1:
            if end >= start:
                found.append((start, end))
            start, end = low, high
        end = max(end, high)
    return (*found, (start, end)) if end >= start else tuple(found)


def _capped(count: int) -> int:
    return min(count, MOST_WAYS + 1)


def _times(counts: Counter[int], factor: int) -> Counter[int]:
    if factor == 1:
        return counts
    return Counter({key: _capped(count * factor) for key, count in counts.items() if factor})


def _mask(positions: Counter[int]) -> int:
    found = 0
    for place in positions:
        found |= 1 << place
    return found
