"""Secrets at rest: sealed under a key that is worked out from the site's own secret.

The library takes 7 MB, so it is loaded with the first secret.
"""

from __future__ import annotations

import base64
from importlib import import_module
from typing import TYPE_CHECKING, cast

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY_BYTES = 32


class Unreadable(Exception):
    """What was sealed cannot be opened: the site's secret, or whose it is, was another."""


def seal(text: str, *, of: str) -> str:
    """Return a text sealed for `of`; it opens with the same site's secret and `of` alone."""
    return _box(of).encrypt(text.encode()).decode()


def unseal(sealed: str, *, of: str) -> str:
    """Return what was sealed for `of`. Raises `Unreadable`, which says nothing of the text."""
    wrong: type[Exception] = import_module("cryptography.fernet").InvalidToken
    try:
        return _box(of).decrypt(sealed.encode()).decode()
    except wrong:
        raise Unreadable from None


def _box(of: str) -> Fernet:
    """Return what seals for `of`, its key derived by HKDF with SHA-256 (RFC 5869)."""
    sha256 = import_module("cryptography.hazmat.primitives.hashes").SHA256()
    hkdf = import_module("cryptography.hazmat.primitives.kdf.hkdf").HKDF
    secret = settings.PROVIDER_KEYS_SECRET or settings.SECRET_KEY
    key = hkdf(sha256, KEY_BYTES, salt=None, info=f"codegen {of}".encode()).derive(secret.encode())
    box = import_module("cryptography.fernet").Fernet(base64.urlsafe_b64encode(key))
    return cast("Fernet", box)
