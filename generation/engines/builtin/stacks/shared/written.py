"""How a text with a pattern is written, in the generated code: words for people, and samples."""

from __future__ import annotations

from generation.engines.builtin.pyfit import fits
from generation.engines.builtin.renderer import py_str
from projects.spec.patterns import Written

# The tests number their rows from 1 to 12, and no two of them are the same.
DIFFERENT = 13
_DIGITS = frozenset("0123456789")
# Where a body's values stand in the samples.
_INDENT = 8


def wanted(written: Written) -> str:
    """Return what a form asks for."""
    return f"Write it like {written.example}."


def refusal(written: Written) -> str:
    """Return what is said of a text that is written otherwise."""
    return f"This is not written like {written.example}."


def raw(pattern: str) -> str:
    """Return a pattern as a Python literal, raw where that saves backslashes."""
    ends = len(pattern) - len(pattern.rstrip("\\"))
    is_plain = pattern.isprintable() and '"' not in pattern and ends % 2 == 0
    return f'r"{pattern}"' if is_plain and "\\" in pattern else py_str(pattern)


def numbered_sample(written: Written, name: str) -> str:
    """Return a value as Python, for the key `name` of a body; `number` makes it one of many."""
    found = _with_number(written) or _with_letter(written)
    if found is not None and fits(_line(name, found)):
        return found
    known = _few(written)
    if len(known) == 1:
        return py_str(known[0])
    quoted = [py_str(value) for value in known]
    listed = f"({', '.join(quoted)})[number % {len(known)}]"
    if fits(_line(name, listed)):
        return listed
    pad = " " * _INDENT
    lines = "".join(f"{pad}    {value},\n" for value in quoted)
    return f"(\n{lines}{pad})[number % {len(known)}]"


def other_sample(written: Written) -> str | None:
    """Return a value as Python that no sample is or holds; None where none is found."""
    samples = {value.lower() for value in _samples(written)}
    turned = _turned(written)
    for value in (*turned, *written.values(len(samples) + 2 * DIFFERENT)):
        if not any(value.lower() in sample for sample in samples):
            return py_str(value)
    return None


def _line(name: str, value: str) -> str:
    return f"{' ' * _INDENT}{py_str(name)}: {value},"


def _samples(written: Written) -> list[str]:
    """Return what the samples of all rows of the tests can be."""
    for parts in (_number_parts(written), _letter_parts(written)):
        if parts is not None:
            before, middle, after = parts
            return [f"{before}{one}{after}" for one in middle]
    return _few(written)


def _few(written: Written) -> list[str]:
    """Return enough values; where there are only a few, one is left for what differs from all."""
    known = list(written.values(DIFFERENT))
    return known if len(known) == DIFFERENT else known[: max(len(known) - 1, 1)]


def _turned(written: Written) -> list[str]:
    """Return values that differ from the example in every place where there is a choice."""
    shape = written.shape or []
    values = ("".join(letters[step % len(letters)] for letters in shape) for step in range(4, 9))
    return [value for value in values if written.takes(value)]


def _with_number(written: Written) -> str | None:
    parts = _number_parts(written)
    if parts is None:
        return None
    before, middle, after = (parts[0], parts[1][0], parts[2])
    start, end = (py_str(part.replace("{", "{{").replace("}", "}}")) for part in (before, after))
    if start[0] != end[0]:
        return None
    return f"f{start[:-1]}{{number:0{len(middle)}}}{end[1:]}"


def _number_parts(written: Written) -> tuple[str, list[str], str] | None:
    """Return what stands before and after a number, and numbers of two digits or three."""
    shape = written.shape or []
    places = [_DIGITS.issubset(letters) for letters in shape]
    end = next((n for n in range(len(shape), 1, -1) if places[n - 1] and places[n - 2]), None)
    if end is None:
        return None
    start = end - 3 if end > 2 and places[end - 3] else end - 2
    example = "".join(letters[0] for letters in shape)
    numbers = [f"{number:0{end - start}}" for number in range(100)]
    before, after = example[:start], example[end:]
    is_good = all(written.takes(f"{before}{number}{after}") for number in numbers)
    return (before, numbers, after) if is_good else None


def _with_letter(written: Written) -> str | None:
    parts = _letter_parts(written)
    if parts is None:
        return None
    before, letters, after = parts
    chosen = f"{py_str(''.join(letters))}[number % {DIFFERENT}]"
    return " + ".join(
        [*([py_str(before)] if before else []), chosen, *([py_str(after)] if after else [])]
    )


def _letter_parts(written: Written) -> tuple[str, list[str], str] | None:
    """Return what stands before and after a letter that makes enough values, and such letters."""
    shape = written.shape or []
    place = next((n for n in range(len(shape) - 1, -1, -1) if len(shape[n]) >= DIFFERENT), None)
    if place is None:
        return None
    example = "".join(letters[0] for letters in shape)
    before, letters, after = example[:place], list(shape[place][:DIFFERENT]), example[place + 1 :]
    is_good = all(written.takes(f"{before}{letter}{after}") for letter in letters)
    return (before, letters, after) if is_good else None
