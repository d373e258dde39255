"""How people and scripts prove who they are."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from projects.identity import acting_as, assume
from projects.models import ApiToken, User

USED_AT_PRECISION = timedelta(minutes=1)


class EmailBackend(BaseBackend):
    """Sign in by email and password."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - the base class's
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,  # noqa: ARG002
    ) -> User | None:
        """Return the active user with this email and password."""
        email = (username or "").strip().lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            User().set_password(password)  # the same work, so that timing tells nothing
            return None
        # The hash may be upgraded, which only its owner may do.
        with acting_as(user):
            valid = user.check_password(password or "")
        return user if valid and user.is_active else None

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user of a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer cg_…` (or `Token cg_…`) for the REST API."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's user, None without a token, and fail on a wrong one."""
        given = self.token_in(request.headers.get("Authorization", ""))
        if given is None:
            return None
        token = ApiToken.objects.lookup(given)
        if token is None:
            raise AuthenticationFailed("This token is not valid. Make one in the account page.")
        assume(token.user)
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > USED_AT_PRECISION:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return token.user, token

    def token_in(self, header: str) -> str | None:
        """Return the token that a header gives, None when it gives none."""
        scheme, _, text = header.partition(" ")
        return text.strip() if scheme.lower() in {"bearer", "token"} else None

    def authenticate_header(self, _request: Request) -> str:
        """Make a refused request a 401."""
        return "Bearer"


class GitAuthentication(TokenAuthentication):
    """A token as git sends one: the password of `Authorization: Basic`, whatever the name."""

    def token_in(self, header: str) -> str | None:
        """Return the password; a bearer token does as well."""
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "basic":
            return super().token_in(header)
        try:
            return base64.b64decode(text, validate=True).decode().partition(":")[2]
        except ValueError:
            return ""

    def authenticate_header(self, _request: Request) -> str:
        """Make git ask for a name and a password."""
        return 'Basic realm="Codegen: a token is the password"'


class SignInLinks(PasswordResetTokenGenerator):
    """One-time sign-in links: spent by the first sign-in, or by a new password."""

    key_salt = "codegen.sign-in-link"

    def link_token(self, user: User) -> str:
        """Return the token of a link that signs `user` in once."""
        return f"{user.pk.hex}-{self.make_token(user)}"

    def user_for(self, token: str) -> User | None:
        """Return the user a link's token signs in, or None when it is wrong or spent."""
        user_hex, _, rest = token.partition("-")
        try:
            user_id = UUID(hex=user_hex)
        except ValueError:
            return None
        user = User.objects.filter(pk=user_id, is_active=True).first()
        return user if user is not None and self.check_token(user, rest) else None


sign_in_links = SignInLinks()
