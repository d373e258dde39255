"""What becomes of a generated file, by what it was before and what a person has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generation.engines.merging.merge import Merge, merge_texts


class Outcome(StrEnum):
    """What becomes of a file."""

    SAME = "same"  # generated as before: a person's text stands
    TAKEN = "taken"
    MERGED = "merged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Verdict:
    """What becomes of a file; `text` is what it has then, `merge` how the texts came together."""

    outcome: Outcome
    text: str
    merge: Merge | None = None


def decide(path: str, *, base: str | None, ours: str | None, theirs: str) -> Verdict:
    """Decide about a file that is generated; `ours` is None where there is none."""
    if ours is None or (ours == base and ours != theirs):
        return Verdict(Outcome.TAKEN, theirs)
    if base == theirs:
        return Verdict(Outcome.SAME, ours)
    merge = merge_texts(path, base, ours, theirs)
    if merge.is_clean:
        return Verdict(Outcome.MERGED, merge.text(), merge)
    return Verdict(Outcome.CONFLICT, ours, merge)
