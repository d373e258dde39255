"""An engine that asks a model, over the built-in one as its floor."""

from generation.engines.llm.engine import ModelEngine
from generation.engines.llm.hooks import Hooks

__all__ = ["Hooks", "ModelEngine"]
