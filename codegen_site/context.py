"""What every page template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, Any]:
    """Return the site-wide template variables."""
    return {"allow_sign_up": settings.ALLOW_SIGN_UP}
