"""Pages about people and the list of their apps."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from projects.authentication import sign_in_links
from projects.examples import EXAMPLES
from projects.forms import PasswordForm, ProviderKeyForm, SignInForm, SignUpForm, TokenForm
from projects.identity import acting_as
from projects.models import ApiToken, Project, ProjectStatus, ProviderKey, User

PAGE_SIZE = 25
GONE = 410
BACKEND = "projects.authentication.EmailBackend"
ACTIVE_JOB = Q(jobs__status__in=("queued", "running", "waiting_for_input", "paused"))
ACTIVE_RUN = ACTIVE_JOB & Q(jobs__agent_type="pipeline")


def signed_in(request: HttpRequest) -> User:
    """Return the request's user, for views behind `login_required`."""
    return cast("User", request.user)


@require_safe
@login_required
def project_list(request: HttpRequest) -> HttpResponse:
    """Show a person's apps, newest first, searched and filtered."""
    mine = Project.objects.visible_to(request.user)
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    status = request.GET.get("status", "")
    found = mine.recent()
    if query:
        found = found.filter(Q(project_name__icontains=query) | Q(description__icontains=query))
    if status in ProjectStatus.values:
        found = found.filter(status=status)
    page = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    # Only of the rows that are shown: among thousands it takes long.
    shown = (
        Project.objects.filter(pk__in=list(page))
        .recent()
        .annotate(
            running_progress=Coalesce(Max("jobs__progress", filter=ACTIVE_JOB), 0.0),
            run_status=Max("jobs__status", filter=ACTIVE_RUN),
        )
    )
    for project in shown:
        project.doing = vars(project)["run_status"] or ""  # the annotation, unknown to types
    context = {
        "any": bool(page.paginator.count) or mine.exists(),
        "page": page,
        "projects": shown,
        "query": query,
        "status": status,
        "statuses": ProjectStatus.choices,
        "running": any(project.is_running for project in shown),
        "examples": EXAMPLES,
    }
    return render(request, "projects/list.html", context)


@method_decorator(never_cache, name="dispatch")
class SignIn(LoginView):
    """Sign a person in by email and password."""

    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in as that person, who may write their own row."""
        with acting_as(form.get_user()):
            return super().form_valid(form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Make an account and sign in, where the site allows it."""
    if not settings.ALLOW_SIGN_UP:
        raise Http404
    if request.user.is_authenticated:
        return redirect("projects:list")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _make_user(form.cleaned_data["email"], form.cleaned_data["password1"])
        if user is not None:
            with acting_as(user):
                login(request, user, backend=BACKEND)
            return redirect("projects:list")
        form.add_error("email", "This email has an account already. Sign in instead.")
    return render(request, "registration/sign_up.html", {"form": form})


def _make_user(email: str, password: str) -> User | None:
    """Store a new person; None when somebody else took the email a moment ago."""
    user_id = uuid4()
    try:
        with acting_as(User(id=user_id)), transaction.atomic():
            return User.objects.create_user(email, password, id=user_id)
    except IntegrityError:
        return None


@never_cache
@require_GET
def sign_in_once(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a person in by a link that works once."""
    user = sign_in_links.user_for(token)
    if user is None:
        return render(request, "registration/one_time.html", status=GONE)
    with acting_as(user):
        login(request, user, backend=BACKEND)
    return redirect("projects:list")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's tokens; a POST makes one and shows its text this once."""
    user = signed_in(request)
    form = TokenForm(request.POST or None, user=user)
    made: tuple[ApiToken, str] | None = None
    if request.method == "POST" and form.is_valid():
        made = ApiToken.objects.issue(user=user, name=form.cleaned_data["name"])
        form = TokenForm(user=user)
    return _account_page(request, form=form, made=made)


def _account_page(request: HttpRequest, **shown: Any) -> HttpResponse:
    """Show the account with the forms that were sent in, or empty ones."""
    user = signed_in(request)
    context = {
        "form": TokenForm(user=user),
        "password_form": PasswordForm(user),
        "key_form": ProviderKeyForm(),
        "tokens": ApiToken.objects.filter(user=user),
        "keys": ProviderKey.objects.filter(user=user),
        **shown,
    }
    return render(request, "projects/account.html", context)


@login_required
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """Set a new password and stay signed in here."""
    user = signed_in(request)
    form = PasswordForm(user, request.POST)
    if not form.is_valid():
        return _account_page(request, password_form=form)
    update_session_auth_hash(request, form.save())
    messages.success(request, "The password is changed. Other browsers are signed out.")
    return redirect("projects:account")


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Delete a token of one's own."""
    token = get_object_or_404(ApiToken, pk=token_id, user=signed_in(request))
    token.delete()
    messages.success(request, f"The token {token.name} is revoked.")
    return redirect("projects:account")


@sensitive_post_parameters("key")
@never_cache
@login_required
@require_POST
def set_key(request: HttpRequest) -> HttpResponse:
    """Store a person's own key for a provider of models."""
    form = ProviderKeyForm(request.POST)
    if not form.is_valid():
        return _account_page(request, key_form=form)
    stored = ProviderKey.objects.store(user=signed_in(request), **form.cleaned_data)
    messages.success(request, f"Your key for {stored.get_provider_display()} is set.")
    return redirect("projects:account")


@login_required
@require_POST
def remove_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Delete a key of one's own."""
    stored = get_object_or_404(ProviderKey, pk=key_id, user=signed_in(request))
    stored.delete()
    messages.success(request, f"Your key for {stored.get_provider_display()} is removed.")
    return redirect("projects:account")
