"""Tokens for scripts: shown once, stored as a hash."""

from __future__ import annotations

import hashlib
import secrets
import uuid

from django.db import models

from projects.db import DbNow, DbUUID
from projects.models.users import User

PREFIX = "cg_"


def hash_token(token: str) -> str:
    """Return the SHA-256 (hex) under which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiTokenManager(models.Manager["ApiToken"]):
    """Makes tokens and finds them."""

    def issue(self, *, user: User, name: str) -> tuple[ApiToken, str]:
        """Store a new token and return it with its clear text, which is not kept."""
        text = PREFIX + secrets.token_urlsafe(32)
        token = self.create(
            user=user, name=name, token_hash=hash_token(text), prefix=text[: len(PREFIX) + 6]
        )
        return token, text

    def lookup(self, text: str) -> ApiToken | None:
        """Return the live token with this clear text, its user with it."""
        return (
            self.select_related("user")
            .filter(token_hash=hash_token(text), user__is_active=True)
            .first()
        )


class ApiToken(models.Model):
    """A key for the REST API; only its hash and its first characters are known here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    prefix = models.CharField(max_length=12, editable=False)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects = ApiTokenManager()

    class Meta:
        db_table = "api_tokens"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
