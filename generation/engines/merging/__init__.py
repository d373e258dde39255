"""Three texts into one: what was generated before, what is generated now, what a person made."""

from generation.engines.merging.merge import Merge, merge_texts
from generation.engines.merging.texts import Region, Side
from generation.engines.merging.verdict import Outcome, Verdict, decide

__all__ = ["Merge", "Outcome", "Region", "Side", "Verdict", "decide", "merge_texts"]
