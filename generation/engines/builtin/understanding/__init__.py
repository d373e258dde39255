"""Words to AppSpec by rules, the same for the same words, in milliseconds."""

from generation.engines.builtin.understanding.reader import understand

__all__ = ["understand"]
