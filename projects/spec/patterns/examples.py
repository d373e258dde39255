"""Values that are written as a pattern says, such as people would choose, and some that are not."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from projects.spec.limits import STRING_LENGTH
from projects.spec.models import FieldSpec, FieldType
from projects.spec.patterns.automaton import LONGEST_VALUE, Automaton
from projects.spec.patterns.syntax import (
    Chars,
    Choice,
    InvalidPattern,
    Node,
    Ranges,
    Sequence,
    normal,
    parse,
)

# So many different values a field needs at least, to be unique.
FEWEST_UNIQUE = 20
# How often a part is repeated in an example, by preference.
_TIMES = (3, 1, 2, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32)
_KINDS = (string.ascii_lowercase, string.ascii_uppercase, "1234567890")
_OTHERS = "-_.,:/#+@" + "".join(c for c in string.punctuation if c not in "-_.,:/#+@") + " "
MOST_LETTERS = 64
MOST_WORDS = 500


@dataclass(frozen=True)
class Pattern:
    """A regular expression that a whole value must match; raises `InvalidPattern` when made."""

    text: str

    def __post_init__(self) -> None:
        self._automaton  # noqa: B018 - what is too slow is refused at once

    @cached_property
    def _node(self) -> Node:
        return parse(self.text)

    @cached_property
    def _automaton(self) -> Automaton:
        return Automaton.of(self._node)

    @cached_property
    def normal(self) -> str:
        """Return it without anchors or flags, in words that mean the same everywhere."""
        return normal(self._node)

    @property
    def grouped(self) -> str:
        """Return the normal form as a part of a larger expression."""
        return f"(?:{self.normal})" if isinstance(self._node, Choice) else self.normal

    def fits(self, value: str) -> bool:
        """Tell whether the whole value matches."""
        return re.fullmatch(self.normal, value) is not None

    def shapes(self, least: int, most: int) -> Iterator[list[str]]:
        """Yield values of allowed lengths as the letters that each place of them can have."""
        for times in _TIMES:
            shape = [letters_of(one.ranges) for one in islice(_shape(self._node, times), most + 1)]
            if least <= len(shape) <= most and all(shape):
                yield list(_chosen(shape))

    def words(self, least: int, most: int) -> Iterator[str]:
        """Yield different values of allowed lengths, at most some hundreds."""
        classes = dict.fromkeys(self._automaton.classes)
        letters = "".join(dict.fromkeys("".join(letters_of(one)[:26] for one in classes)))
        return islice(self._automaton.words(least, most, letters), MOST_WORDS)


@dataclass(frozen=True)
class Written:
    """How the values of a field are written: by a pattern, in `least` to `most` characters."""

    pattern: Pattern
    least: int
    most: int

    @property
    def example(self) -> str:
        """Return a value; there is one."""
        return self.values(1)[0]

    def values(self, count: int) -> tuple[str, ...]:
        """Return different values, `count` of them or all that are known; never any more."""
        found: dict[str, None] = {}
        for value in self._values():
            if len(found) >= count:
                break
            found[value] = None
        return tuple(found)

    def value(self, number: int) -> str:
        """Return one of many values; another number gives another one where there are enough."""
        known = self.values(number + 1)
        return known[number % len(known)]

    def takes(self, value: str) -> bool:
        """Tell whether an app keeps a value as it is: it takes spaces at the ends away."""
        fits = self.least <= len(value) <= self.most and self.pattern.fits(value)
        return fits and value == value.strip()

    @cached_property
    def shape(self) -> list[str] | None:
        """Return the letters that each place of the values may have, the example's first."""
        shapes = self.pattern.shapes(self.least, self.most)
        return next((one for one in shapes if self.takes("".join(s[0] for s in one))), None)

    @property
    def mismatch(self) -> str | None:
        """Return a value of an allowed length that does not match; None where none is found."""
        example = self.example
        ends = (example[:-1], example + example[-1], example[1:], "!" + example, example + "!")
        changed = (
            example[:place] + letter + example[place + 1 :]
            for place in range(len(example) - 1, -1, -1)
            for letter in "!?aA1~"
        )
        for value in (*changed, *ends):
            allowed = self.least <= len(value) <= self.most and value == value.strip()
            if allowed and not self.pattern.fits(value):
                return value
        return None

    def _values(self) -> Iterator[str]:
        for shape in [self.shape] if self.shape else []:
            yield from filter(self.takes, _counted(shape))
        yield from filter(self.takes, self.pattern.words(self.least, self.most))


def read_pattern(text: str) -> Pattern:
    """Return a regular expression as it is understood; raise `InvalidPattern` with the reason."""
    found = _read(text)
    if isinstance(found, InvalidPattern):
        raise InvalidPattern(str(found))
    return found


@lru_cache(maxsize=512)
def _read(text: str) -> Pattern | InvalidPattern:
    try:
        return Pattern(text)
    except InvalidPattern as error:
        return error


def written_as(field: FieldSpec) -> Written | None:
    """Return how a field's values are written; None where nothing says so, or it cannot be."""
    if field.pattern is None or field.type is not FieldType.STRING:
        return None
    return _written(field.pattern, field.min_length, field.max_length)


@lru_cache(maxsize=512)
def _written(text: str, least: int | None, most: int | None) -> Written | None:
    try:
        pattern = read_pattern(text)
    except InvalidPattern:
        return None
    longest = min(most or STRING_LENGTH, LONGEST_VALUE)
    found = Written(pattern, max(least or 1, 1), longest)
    return found if found.values(1) else None


@lru_cache(maxsize=512)
def letters_of(ranges: Ranges) -> str:
    """Return characters of a class that can be seen, those that people choose first."""
    plain = [c for c in "".join(_KINDS) + _OTHERS if _holds(ranges, ord(c))]
    if plain:
        return "".join(plain)
    found = (chr(code) for low, high in ranges for code in range(low, min(high, low + 500) + 1))
    return "".join(islice((c for c in found if c.isprintable()), MOST_LETTERS))


def _holds(ranges: Ranges, code: int) -> bool:
    return any(low <= code <= high for low, high in ranges)


def _shape(node: Node, times: int) -> Iterator[Chars]:
    """Yield the places of one way through a pattern: its first choices, so many repeats."""
    if isinstance(node, Chars):
        yield node
    elif isinstance(node, Sequence):
        for part in node.parts:
            yield from _shape(part, times)
    elif isinstance(node, Choice):
        filled = (one for one in node.options if not _is_empty(one))
        yield from _shape(next(filled, node.options[0]), times)
    else:
        usual = times if isinstance(node.part, Chars) or times > _TIMES[0] else 1
        most = usual if node.most is None else node.most
        for _ in range(min(max(usual, node.least), most)):
            yield from _shape(node.part, times)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Sequence) and all(map(_is_empty, node.parts))


def _chosen(shape: list[str]) -> Iterator[str]:
    """Yield each place's letters so that the first ones read like “abc” or “ABC-123”."""
    used = dict.fromkeys(_KINDS, 0)
    for letters in shape:
        kind = next((kind for kind in _KINDS if any(c in kind for c in letters)), "")
        own = "".join(c for c in letters if c in kind) if kind else letters
        start = 0
        if len(own) > 1 and kind:
            alike = _KINDS[:2] if kind.isalpha() else (kind,)
            start = used[kind] % len(own)
            used |= {one: used[one] + 1 for one in alike}
        yield own[start:] + own[:start]


def _counted(shape: list[str]) -> Iterator[str]:
    """Yield the values of a shape as a counter counts, the last place first."""
    places = [0] * len(shape)
    while True:
        yield "".join(letters[place] for letters, place in zip(shape, places, strict=True))
        for at in range(len(shape) - 1, -1, -1):
            places[at] = (places[at] + 1) % len(shape[at])
            if places[at]:
                break
        else:
            return
