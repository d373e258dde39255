"""What the error of an HTTP API says, in a line that may be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests

SHOWN_ERROR = 300


def said_in(
    response: requests.Response,
    words: Callable[[Mapping[str, Any]], Iterable[str]],
    *,
    secret: str,
) -> str:
    """Return what an answer says by the `words` in its object, else its status.

    At most 300 characters, without the secret that was sent.
    """
    try:
        body = response.json()
    except ValueError:
        body = None
    found = [word for word in words(body) if word] if isinstance(body, dict) else []
    text = ": ".join(found) or f"status {response.status_code}"
    return text.replace(secret, "[secret]")[:SHOWN_ERROR].rstrip(".") + "."
