"""Merging one file: by lines, and by its structure where lines alone conflict."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from generation.engines.merging.imports import settle_imports
from generation.engines.merging.keyed import merge_json, merge_requirements, requirements_of
from generation.engines.merging.texts import Region, Side, Style, regions_of, style_of

Whole = Callable[[str, str, str], str | None]
USUAL = Style()


@dataclass(frozen=True)
class Merge:
    """A merged file in regions; those in conflict are its hunks, in order.

    `is_broken` tells that the texts merge line by line, but into what cannot be read any more.
    """

    regions: tuple[Region, ...]
    style: Style = USUAL
    is_broken: bool = False

    @property
    def hunks(self) -> tuple[Region, ...]:
        """The regions that somebody must decide about."""
        return tuple(region for region in self.regions if region.taken is None)

    @property
    def is_clean(self) -> bool:
        """Whether nobody must look at it."""
        return not self.hunks and not self.is_broken

    def text(self, choices: Sequence[Side] = ()) -> str:
        """Return the whole text; `choices` settle the hunks in order, a person's side otherwise."""
        left = iter(choices)
        lines = [
            line
            for region in self.regions
            for line in region.lines(region.taken or next(left, Side.OURS))
        ]
        return self.style.text_of(lines)


def merge_texts(path: str, base: str | None, ours: str, theirs: str) -> Merge:
    """Merge what is generated now (`theirs`) with what a person made of `base` (`ours`).

    Without a base both have come to the same name by themselves.
    """
    style = style_of(base, ours, theirs)
    before = base or ""
    regions = tuple(settle_imports(path, list(regions_of(before, ours, theirs))))
    merge = Merge(regions, style)
    whole = _structure_of(path)
    if whole is not None and (merge.hunks or not _is_sound(path, merge.text())):
        plain = [_plain(text) for text in (before, ours, theirs)]
        text = whole(plain[0], plain[1], plain[2])
        if text is not None:
            lines = tuple(USUAL.lines_of(text))
            return Merge((Region((), lines, lines, Side.OURS),), style)
    if merge.hunks or not (_is_sound(path, ours) and _is_sound(path, theirs)):
        return merge
    return Merge(regions, style, is_broken=not _is_sound(path, merge.text()))


def _plain(text: str) -> str:
    return USUAL.text_of(Style.of(text).lines_of(text))


def _structure_of(path: str) -> Whole | None:
    name = PurePosixPath(path)
    if name.suffix == ".json":
        return merge_json
    return merge_requirements if _is_requirements(name) else None


def _is_requirements(name: PurePosixPath) -> bool:
    return name.suffix == ".txt" and name.stem.startswith("requirements")


def _is_sound(path: str, text: str) -> bool:
    """Tell whether a text can be read as what its name says, as far as that is told cheaply."""
    name = PurePosixPath(path)
    try:
        if name.suffix == ".py":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                ast.parse(text.removeprefix("\ufeff"))
        elif name.suffix == ".json":
            json.loads(text.removeprefix("\ufeff"))
        elif _is_requirements(name):
            return requirements_of(text) is not None
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True
