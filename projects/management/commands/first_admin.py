"""Make the first administrator, with a password file and a one-time sign-in link."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from projects.authentication import sign_in_links
from projects.models import Role, User

EMAIL = "admin@localhost"


class Command(BaseCommand):
    """Print JSON with email, password_file and link; print `{}` when there is an administrator."""

    help = __doc__

    def handle(self, **_options: Any) -> None:
        """Make the administrator unless one can sign in already."""
        admin = User.objects.filter(role=Role.ADMIN).order_by("created_at").first()
        if admin is not None and admin.has_usable_password():
            self.stdout.write("{}")
            return
        password = secrets.token_urlsafe(12)
        user = admin or User.objects.create_superuser(EMAIL)
        user.set_password(password)
        user.save(update_fields=["password"])
        path = Path(settings.CODEGEN_VAR_DIR) / "admin-password"
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(password + "\n")
        link = reverse("projects:sign-in-once", args=[sign_in_links.link_token(user)])
        result = {
            "email": user.email,
            "password_file": str(path),
            "link": f"{settings.SITE_URL}{link}",
        }
        self.stdout.write(json.dumps(result))
