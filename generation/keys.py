"""Which key a call to a provider is made with."""

from __future__ import annotations

from django.conf import settings

from generation.engines.base import EngineRejected
from projects.models import KeyProvider, ProviderKey, User
from projects.sealing import Unreadable

SETTINGS = {
    KeyProvider.OPENAI: "OPENAI_API_KEY",
    KeyProvider.ANTHROPIC: "ANTHROPIC_API_KEY",
    KeyProvider.GEMINI: "GEMINI_API_KEY",
    KeyProvider.AINATIVE: "AINATIVE_API_KEY",
}


class KeyUnreadable(EngineRejected):
    """A person's key cannot be opened any more."""

    code = "key_unreadable"


def key_for(user: User, provider: str) -> str | None:
    """Return the user's own key for a provider, else the site's; None where there is neither.

    Raises `KeyUnreadable` rather than spend the site's money in place of the user's.
    """
    own = ProviderKey.objects.filter(user=user, provider=provider).first()
    if own is None:
        return site_key(provider)
    try:
        return own.open()
    except Unreadable:
        raise KeyUnreadable(
            f"Your key for {own.get_provider_display()} cannot be read any more, because the "
            "site's secret has changed. Save it again in your account."
        ) from None


def site_key(provider: str) -> str | None:
    """Return the key that the site was given for a provider."""
    name = next((name for key, name in SETTINGS.items() if key == provider), None)
    return getattr(settings, name) or None if name else None
