"""Pages of people: the list of their apps, signing in and up, the account."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from projects.authentication import sign_in_links
from projects.forms import SignInForm, SignUpForm, TokenForm
from projects.identity import acting_as
from projects.models import ApiToken, Project, ProjectEvent, User

PER_PAGE = 25
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@login_required
@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """List the person's apps, the newest first."""
    q = request.GET.get("q", "").strip().replace("\x00", "")[:200]
    mine = Project.objects.visible_to(request.user).recent()
    found = mine.filter(Q(project_name__icontains=q) | Q(description__icontains=q)) if q else mine
    newest = ProjectEvent.objects.filter(project=OuterRef("pk"), kind="job").order_by("-seq")
    found = found.annotate(newest_progress=Subquery(newest.values("payload__progress")[:1]))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": q, "any": bool(q) or bool(page.object_list)}
    return render(request, "projects/list.html", context)


def _sign_in(request: HttpRequest, user: User) -> HttpResponse:
    # Signing in writes to the person's own row, which only they may do.
    with acting_as(user):
        login(request, user, backend=BACKEND)
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else reverse("projects:list"))


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by email and password."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _sign_in(request, form.get_user())
    context = {"form": form, "heading": "Sign in"}
    if settings.ALLOW_SIGN_UP:
        context |= {
            "other_text": "New here?",
            "other_url": reverse("projects:sign-up"),
            "other_label": "Sign up",
        }
    return render(request, "registration/form.html", context)


@require_GET
def sign_in_once(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that works once."""
    user = sign_in_links.user_for(token)
    if user is None:
        messages.error(request, "This link has been used or is too old. Sign in below.")
        return redirect("projects:sign-in")
    return _sign_in(request, user)


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account, where the site allows it."""
    if not settings.ALLOW_SIGN_UP:
        raise Http404
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _sign_in(request, form.save())
    context = {
        "form": form,
        "heading": "Sign up",
        "other_text": "Have an account?",
        "other_url": reverse("projects:sign-in"),
        "other_label": "Sign in",
    }
    return render(request, "registration/form.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("projects:sign-in")


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show the account; make a token and show it once."""
    person = _person(request)
    form, new_token = TokenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        _, new_token = ApiToken.objects.issue(user=person, name=form.cleaned_data["name"])
        form = TokenForm()
    context = {"form": form, "new_token": new_token, "tokens": person.api_tokens.all()}
    response = render(request, "projects/account.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def token_delete(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke a token."""
    token = get_object_or_404(_person(request).api_tokens, pk=token_id)
    token.delete()
    messages.info(request, f"The token {token.name} no longer works.")
    return redirect("projects:account")


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
