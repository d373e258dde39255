"""Actions of the admin: the services that people use, with what they answered as messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from generation.errors import GenerationError
from projects.admin.base import RecordAdmin
from projects.models import User

Row = TypeVar("Row", bound=Model)


class OperatedAdmin(RecordAdmin):
    """Records that staff do not edit, but work on through the services."""

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Whether the person may run the actions of this page."""
        return request.user.has_perm("generation.change_agentjob")


def operator(request: HttpRequest) -> User:
    """Return who runs an action."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def run(
    model_admin: admin.ModelAdmin[Any],
    request: HttpRequest,
    rows: QuerySet[Row],
    call: Callable[[Row], object],
    *,
    done: str,
) -> None:
    """Call a service for each row; say how many were `done` and why others were refused."""
    count = 0
    for row in rows:
        try:
            call(row)
        except GenerationError as error:
            model_admin.message_user(request, f"{row}: {error.message}", messages.WARNING)
        else:
            count += 1
    level = messages.SUCCESS if count else messages.INFO
    model_admin.message_user(request, f"{count} {done}.", level)
