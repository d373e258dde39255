"""People who use the site."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from projects.db import DbNow, DbUUID, EmptyJSON


class Role(models.TextChoices):
    """What a person may do: use the site, look after it, administer it."""

    USER = "user", "User"
    STAFF = "staff", "Staff"
    ADMIN = "admin", "Administrator"


class UserManager(BaseUserManager["User"]):
    """Makes users and finds them by email, whatever its case."""

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Make a person; without a password nobody can sign in as them with one."""
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        """Make an administrator."""
        return self.create_user(email, password, role=Role.ADMIN, is_verified=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this email."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person; signs in by email."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    email = models.EmailField(max_length=255, unique=True)
    username = models.CharField(max_length=100, unique=True, null=True, blank=True)
    full_name = models.CharField(max_length=255, null=True, blank=True)
    avatar_url = models.TextField(null=True, blank=True)
    role = models.CharField(
        max_length=50, choices=Role.choices, default=Role.USER, db_default=Role.USER
    )
    settings = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    skill_level = models.TextField(
        null=True, blank=True, choices=[(s, s) for s in ("beginner", "intermediate", "advanced")]
    )
    password = models.CharField("password", max_length=255, db_column="hashed_password")
    is_active = models.BooleanField(default=True, db_default=True)
    is_verified = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "users"
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(Lower("email"), name="users_email_any_case_unique"),
            models.CheckConstraint(
                condition=models.Q(role__in=["user", "staff", "admin"]), name="users_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(skill_level__isnull=True)
                | models.Q(skill_level__in=["beginner", "intermediate", "advanced"]),
                name="users_skill_level_known",
            ),
        )

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Keep the email in lower case."""
        self.email = self.email.strip().lower()

    @property
    def is_staff(self) -> bool:
        """Whether this person may open the admin and see every project."""
        return self.role in {Role.STAFF, Role.ADMIN}

    @property
    def is_superuser(self) -> bool:
        """Whether this person may do everything."""
        return self.role == Role.ADMIN

    def has_perm(self, perm: str, _obj: object = None) -> bool:
        """Administrators may do everything; staff may look, and work on what is generated."""
        if not self.is_active or not self.is_staff:
            return False
        app, _, action = perm.partition(".")
        return self.is_superuser or action.startswith("view_") or app in {"generation", "memory"}

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        """Whether all of `perms` are held."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, _app_label: str) -> bool:
        """Whether an app shows in the admin."""
        return self.is_active and self.is_staff
