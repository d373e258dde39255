"""Wishes in words about an app that is there: what of its design they change, by rules."""

from generation.engines.changing.reading import EXAMPLES, read_wishes
from generation.engines.changing.wishes import Draft

__all__ = ["EXAMPLES", "Draft", "read_wishes"]
