"""People's own keys for providers of models and for GitHub: written, used, never shown."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from projects.db import DbNow, DbUUID
from projects.models.users import User
from projects.sealing import Unreadable, seal, unseal


class KeyProvider(models.TextChoices):
    """Whose keys a person may bring."""

    OPENAI = "openai", "OpenAI"
    ANTHROPIC = "anthropic", "Anthropic"
    GEMINI = "gemini", "Gemini"
    AINATIVE = "ainative", "AINative"
    GITHUB = "github", "GitHub"


class ProviderKeyManager(models.Manager["ProviderKey"]):
    """Stores keys."""

    def store(self, *, user: User, provider: str, key: str) -> ProviderKey:
        """Store a person's key for a provider in place of the one before."""
        sealed = seal(key, of=_owner(user.pk, provider))
        stored, _made = self.update_or_create(
            user=user, provider=provider, defaults={"sealed": sealed, "set_at": timezone.now()}
        )
        return stored


class ProviderKey(models.Model):
    """A key as it rests: sealed for one person and one provider."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="provider_keys")
    provider = models.CharField(max_length=50, choices=KeyProvider.choices)
    sealed = models.TextField(editable=False)
    set_at = models.DateTimeField(db_default=DbNow(), editable=False)

    objects = ProviderKeyManager()

    class Meta:
        db_table = "provider_keys"
        ordering = ("provider",)
        constraints = (
            models.UniqueConstraint(fields=("user", "provider"), name="provider_keys_one_of_each"),
            models.CheckConstraint(
                condition=models.Q(provider__in=KeyProvider.values),
                name="provider_keys_provider_known",
            ),
        )

    def __str__(self) -> str:
        return f"key for {self.get_provider_display()}"

    def open(self) -> str:
        """Return the key itself, for a call. Raises `Unreadable`."""
        return unseal(self.sealed, of=_owner(self.user_id, self.provider))

    @property
    def is_readable(self) -> bool:
        """Whether it can still be opened: not after the site's secret has changed."""
        try:
            self.open()
        except Unreadable:
            return False
        return True


def _owner(user_id: uuid.UUID, provider: str) -> str:
    return f"provider key: {user_id} {provider}"
