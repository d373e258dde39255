"""The pipeline's scripted engine and queue, to have something to inspect."""

from __future__ import annotations

from tests.generation.pipeline.conftest import engine, queue, submitted

__all__ = ["engine", "queue", "submitted"]
