"""Three texts into one: what was generated before, what is generated now, what a person made."""

from generation.engines.merging.merge import Merge, merge_texts
from generation.engines.merging.texts import Region, Side

__all__ = ["Merge", "Region", "Side", "merge_texts"]
