r"""Reads regular expressions that mean the same everywhere, and writes them in one normal form.

What is read: characters, `.`, classes with ranges, `\d \w \s`, groups, `|`, repeats, and `^` and
`$` at the ends, which say nothing as a whole value is compared. The normal form needs no flag and
means the same in Python, in browsers (with the flag `v`) and in Rust.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

Ranges = tuple[tuple[int, int], ...]
LONGEST_PATTERN = 200
MOST_REPEATS = 255
HIGHEST = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)
# Shorthands as what stands for them in a class, in ASCII.
_SHORT = {"d": "0-9", "w": "A-Za-z0-9_", "s": "\\t-\\r "}
_SHORT_RANGES: dict[str, Ranges] = {
    "d": ((0x30, 0x39),),
    "w": ((0x41, 0x5A), (0x61, 0x7A), (0x30, 0x39), (0x5F, 0x5F)),
    "s": ((0x09, 0x0D), (0x20, 0x20)),
}
_ESCAPED = frozenset("^$\\.*+?()[]{}|")
_ESCAPED_IN_CLASS = frozenset("()[]{}/-\\|^")
_LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_REPEAT = re.compile(r"\{(\d{1,9})(?:(,)(\d{1,9})?)?\}")
_GROUP_WORDS = {
    "?=": "It looks ahead",
    "?!": "It looks ahead",
    "?<=": "It looks behind",
    "?<!": "It looks behind",
}
_NAMED = "It has a group with a name or a flag"
_OTHER_ESCAPES = {
    "b": "\\b and \\B, which stand between characters,",
    "p": "Classes by name, such as \\p,",
    "A": "\\A and \\Z",
    "k": "Numbers of groups, such as \\1,",
}


class InvalidPattern(ValueError):
    """A regular expression that is not read here; the message says why, in plain words."""


@dataclass(frozen=True)
class Chars:
    """One character of some; `text` is the normal form."""

    ranges: Ranges
    text: str


@dataclass(frozen=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    """One of some ways."""

    options: tuple[Node, ...]


@dataclass(frozen=True)
class Repeat:
    """A part several times; `most` is None where there is no limit."""

    part: Node
    least: int
    most: int | None


Node = Chars | Sequence | Choice | Repeat


def parse(text: str) -> Node:
    """Return a regular expression as a tree; raise `InvalidPattern` at what is not read here."""
    if len(text) > LONGEST_PATTERN:
        raise InvalidPattern(f"It is longer than {LONGEST_PATTERN} characters.")
    if not all(character.isprintable() for character in text):
        raise InvalidPattern("It has a character that cannot be seen.")
    return _Reader(text).whole()


def normal(node: Node) -> str:
    """Return the normal form of a tree."""
    if isinstance(node, Chars):
        return node.text
    if isinstance(node, Sequence):
        return "".join(_grouped(part, Choice) for part in node.parts)
    if isinstance(node, Choice):
        return "|".join(map(normal, node.options))
    return _grouped(node.part, Choice, Sequence, Repeat) + _times(node.least, node.most)


def _grouped(node: Node, *kinds: type) -> str:
    return f"(?:{normal(node)})" if isinstance(node, kinds) else normal(node)


def _times(least: int, most: int | None) -> str:
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((least, most))
    if short is not None:
        return short
    if most is None:
        return f"{{{least},}}"
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def whole(self) -> Node:
        found = self._choice(depth=0)
        if self.at < len(self.text):
            raise InvalidPattern("A bracket ) is closed that is not open.")
        return found

    def _peek(self, length: int = 1) -> str:
        return self.text[self.at : self.at + length]

    def _take(self, mark: str) -> bool:
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _choice(self, depth: int) -> Node:
        options = [self._sequence(depth)]
        while self._take("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, depth: int) -> Node:
        if depth == 0:
            self._take("^")
        parts: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            if self._peek() == "$" and depth == 0 and self._peek(2) in ("$", "$|"):
                self.at += 1
                break
            parts.append(self._repeated(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _atom(self, depth: int) -> Node:
        mark = self._peek()
        self.at += 1
        if mark == "(":
            return self._group(depth)
        if mark == "[":
            return self._class()
        if mark == "\\":
            return self._escape()
        if mark == ".":
            return Chars(_without(_LINE_ENDS), ".")
        if mark in "^$":
            raise InvalidPattern(f"{mark} has its place at the ends alone.")
        if mark in "*+?":
            raise InvalidPattern(f"There is nothing that {mark} could repeat.")
        if mark in "{}]":
            raise InvalidPattern(f"A bracket {mark} stands alone: write \\{mark} for itself.")
        return _single(mark)

    def _group(self, depth: int) -> Node:
        if self._peek() == "?" and not self._take("?:"):
            what = next((w for m, w in _GROUP_WORDS.items() if self._peek(len(m)) == m), _NAMED)
            raise InvalidPattern(f"{what}, which is not read.")
        found = self._choice(depth + 1)
        if not self._take(")"):
            raise InvalidPattern("A bracket ( is not closed.")
        return found

    def _repeated(self, atom: Node) -> Node:
        bounds = self._bounds()
        if bounds is None:
            return atom
        if self._peek() in ("?", "+"):
            raise InvalidPattern("Repeats that take as little or as much as they can are not read.")
        if self._peek() == "*" or _REPEAT.match(self.text, self.at):
            raise InvalidPattern("Two repeats stand one after the other.")
        least, most = bounds
        if max(least, most or 0) > MOST_REPEATS:
            raise InvalidPattern(f"It repeats more than {MOST_REPEATS} times.")
        if most is not None and (most < least or most == 0):
            raise InvalidPattern("A repeat in {…} can never be.")
        return atom if bounds == (1, 1) else Repeat(atom, least, most)

    def _bounds(self) -> tuple[int, int | None] | None:
        for mark, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._take(mark):
                return bounds
        if self._peek() != "{":
            return None
        found = _REPEAT.match(self.text, self.at)
        if found is None:
            raise InvalidPattern("A repeat is written {3}, {3,} or {3,5}; write \\{ for itself.")
        self.at = found.end()
        least = int(found[1])
        return least, int(found[3]) if found[3] else None if found[2] else least

    def _escape(self) -> Node:
        letter = self._peek()
        self.at += 1
        ranges = _SHORT_RANGES.get(letter.lower()) if letter else None
        if ranges is not None:
            inside = _SHORT[letter.lower()]
            if letter.islower():
                return Chars(ranges, f"[{inside}]")
            return Chars(_without(ranges), f"[^{inside}]")
        return _single(self._escaped(letter))

    def _escaped(self, letter: str) -> str:
        """Return the character that an escape stands for; its letter has been read."""
        digits = {"x": 2, "u": 4}.get(letter, 0)
        if digits:
            code = self._peek(digits)
            character = chr(int(code, 16)) if re.fullmatch(f"[0-9A-Fa-f]{{{digits}}}", code) else ""
            if not character.isprintable() or not character:
                raise InvalidPattern(f"\\{letter} is followed by no character that can be seen.")
            self.at += digits
            return character
        if letter and (letter in string.punctuation or letter == " "):
            return letter
        known = {"B": "b", "P": "p", "Z": "A", "z": "A"} | dict.fromkeys(string.digits, "k")
        what = _OTHER_ESCAPES.get(known.get(letter, letter))
        raise InvalidPattern(f"{what} are not read." if what else f"\\{letter} is not read.")

    # Classes

    def _class(self) -> Node:
        negated = self._take("^")
        items: list[tuple[Ranges, str]] = []
        while not self._take("]"):
            if not self._peek():
                raise InvalidPattern("A bracket [ is not closed.")
            items.append(self._item(is_first=not items))
        if not items:
            raise InvalidPattern("A class [] holds nothing.")
        ranges = tuple(one for found, _ in items for one in found)
        text = _class_text(items)
        if negated:
            return Chars(_without(ranges), f"[^{text}]")
        return _single(chr(ranges[0][0])) if _is_single(ranges) else Chars(ranges, f"[{text}]")

    def _item(self, *, is_first: bool) -> tuple[Ranges, str]:
        if self._peek() == "\\" and self._peek(2)[1:].lower() in _SHORT:
            letter = self._peek(2)[1:]
            self.at += 2
            if letter.isupper():
                raise InvalidPattern(f"\\{letter} stands in a class: leave it out of […].")
            if self._peek() == "-" and self._peek(2) != "-]":
                raise InvalidPattern("A - in a class means no range: write \\- for itself.")
            return _SHORT_RANGES[letter], _SHORT[letter]
        low = self._member(is_first=is_first)
        if self._peek() != "-" or self._peek(2) == "-]":
            return ((ord(low), ord(low)),), _in_class(low)
        self.at += 1
        if self._peek() == "\\" and self._peek(2)[1:].lower() in _SHORT:
            raise InvalidPattern("A - in a class means no range: write \\- for itself.")
        high = self._member(is_first=False)
        if high < low:
            raise InvalidPattern(f"The range {low}-{high} goes backwards.")
        return ((ord(low), ord(high)),), f"{_in_class(low)}-{_in_class(high)}"

    def _member(self, *, is_first: bool) -> str:
        mark = self._peek()
        self.at += 1
        if mark == "\\":
            letter = self._peek()
            self.at += 1
            return self._escaped(letter)
        if mark == "[":
            raise InvalidPattern("A class holds a bracket [: write \\[ for itself.")
        if mark == "&" and self._peek() == "&":
            raise InvalidPattern("&& in a class is read differently here and there.")
        if mark == "-" and not is_first and self._peek() != "]":
            raise InvalidPattern("A - in a class means no range: write \\- for itself.")
        if mark in ("", "]"):
            raise InvalidPattern("A bracket [ is not closed.")
        return mark


def _single(character: str) -> Chars:
    code = ord(character)
    return Chars(((code, code),), f"\\{character}" if character in _ESCAPED else character)


def _in_class(character: str) -> str:
    return f"\\{character}" if character in _ESCAPED_IN_CLASS else character


def _is_single(ranges: Ranges) -> bool:
    return len({code for pair in ranges for code in pair}) == 1


def _class_text(items: list[tuple[Ranges, str]]) -> str:
    """Return what stands in a class: each part once, no mark twice in a row."""
    text, seen = "", set[str]()
    for _, part in items:
        if part in seen:
            continue
        seen.add(part)
        doubled = text[-1:] == part[0] and part[0] in string.punctuation
        text += f"\\{part}" if doubled else part
    return text


def _without(ranges: Ranges) -> Ranges:
    """Return all characters but some."""
    left, start = [], 0
    for low, high in sorted((*ranges, SURROGATES)):
        if low > start:
            left.append((start, low - 1))
        start = max(start, high + 1)
    return (*left, (start, HIGHEST)) if start <= HIGHEST else tuple(left)
