"""What a stack is: a name and the parts that plan and fill its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generation.engines.base import Version
from generation.engines.builtin.drafts import Draft
from projects.spec.models import AppSpec

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "stacks"

# An edit takes the file's current text, the step's variables, the spec and the styling.
Edit = Callable[[str, Mapping[str, Any], AppSpec, str], str]


class Part(Protocol):
    """A part of a stack; a module with these names is one."""

    FOLDER: str
    EDITS: Mapping[str, Edit]

    def plan_files(self, spec: AppSpec, styling: str) -> list[Draft]:
        """Draft the steps that write the part's files."""

    def context_for(
        self, template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
    ) -> dict[str, Any]:
        """Return what a template is filled with."""


class History(Protocol):
    """How a stack changes the database of an app that is in use; a module with these is one."""

    def is_migration(self, path: str) -> bool:
        """Tell whether a file is a migration, which is never written anew."""

    def plan_changes(self, previous: Version, spec: AppSpec) -> list[Draft]:
        """Draft the migrations that lead from the version before to the spec; none for none."""


class Stack(NamedTuple):
    """A stack the built-in engine can write; its parts are planned in order."""

    name: str
    slug: str
    parts: tuple[Part, ...]
    notes: Callable[[AppSpec], Sequence[str]]
    history: History
    # What a feature may ask of it beyond rows; what it cannot do is named as not done.
    capabilities: frozenset[str]

    def part_with(self, template: str) -> Part | None:
        """Return the part whose folder holds a template."""
        return next((p for p in self.parts if template in templates_in(self.folder(p))), None)

    def edit(self, template: str) -> Edit | None:
        """Return the built-in edit of that name."""
        return next((p.EDITS[template] for p in self.parts if template in p.EDITS), None)

    def folder(self, part: Part) -> Path:
        """Return where a part's templates are."""
        return TEMPLATES / self.slug / part.FOLDER


@lru_cache(maxsize=64)
def templates_in(folder: Path) -> frozenset[str]:
    """Return the names of a folder's templates; they do not change while a process runs."""
    return frozenset(path.stem for path in folder.glob("*.jinja"))
