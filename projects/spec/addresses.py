"""Addresses that every app keeps for itself: no page of a person's own words stands there."""

from __future__ import annotations

RESERVED = (
    *("/login", "/logout", "/signup", "/account"),
    *("/dashboard", "/assets", "/admin", "/static"),
)
# The whole of what begins so is the API's.
API = "/api"


def is_reserved(path: str) -> bool:
    """Tell whether a path is at or below an address that the app keeps for itself."""
    return f"{path}/".startswith((*(f"{owned}/" for owned in RESERVED), API))
