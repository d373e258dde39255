"""Whose rows the current unit of work may see; the database backend carries it to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from projects.models import User


@dataclass(frozen=True)
class Identity:
    """A signed-in person, or nobody; `staff` sees every row."""

    user_id: UUID | None = None
    staff: bool = False


NOBODY = Identity()

_current: ContextVar[Identity] = ContextVar("codegen_identity", default=NOBODY)


def current_identity() -> Identity:
    """Return the identity of the running unit of work."""
    return _current.get()


def identity_of(user: User | AnonymousUser | None) -> Identity:
    """Return the identity that `user` gives to a unit of work."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    return Identity(user.pk, bool(user.is_staff))


def assume(user: User | AnonymousUser | None) -> None:
    """Take `user`'s identity until the enclosing `acting_as` ends (for token authentication)."""
    _current.set(identity_of(user))


def acting_as(user: User | AnonymousUser | None) -> AbstractContextManager[None]:
    """Run a block under `user`'s identity and restore the one before it."""
    return holding(identity_of(user))


@contextmanager
def holding(identity: Identity) -> Iterator[None]:
    """Run a block under an identity and restore the one before it."""
    before = _current.set(identity)
    try:
        yield
    finally:
        _current.reset(before)
