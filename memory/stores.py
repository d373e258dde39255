"""Where memories are kept: a narrow interface, and the local store that needs no account.

The stores of engines are in `generation.engines`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Protocol


class MemoryStore(Protocol):
    """Keeps a text with metadata and names it."""

    def store(self, *, agent_id: str, content: str, metadata: Mapping[str, Any]) -> str:
        """Keep `content` and return the store's `memory_id`."""
        ...


class LocalMemoryStore:
    """Names memories itself; the `memory_records` row is the memory."""

    prefix = "local-"

    def store(self, *, agent_id: str, content: str, metadata: Mapping[str, Any]) -> str:  # noqa: ARG002 - the Protocol's
        """Return a new `memory_id`."""
        return f"{self.prefix}{uuid.uuid4().hex}"

    def has_named(self, memory_id: str) -> bool:
        """Tell whether a memory is kept here alone."""
        return memory_id.startswith(self.prefix)
