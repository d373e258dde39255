"""The way into the admin: the site's own sign-in."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from projects.models import User


@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page and back; refuse who is signed in and may not enter."""
    if isinstance(request.user, User):
        if not request.user.is_staff:
            raise PermissionDenied
        return redirect("admin:index")
    wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
    return redirect_to_login(wanted, login_url=reverse("projects:sign-in"))
