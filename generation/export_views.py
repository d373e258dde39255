"""The page for taking an app away: ZIP of any version, GitHub, git."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from generation.engines.archive import zip_name
from generation.errors import GenerationError
from generation.models import GitHubExport
from generation.shipping.destination import (
    BRANCH,
    BRANCH_FAULT,
    REPOSITORY,
    REPOSITORY_FAULT,
    Destination,
)
from generation.shipping.export import export_to_github, kept_token, token_of
from generation.views import own_project
from generation.workspace.history import timeline
from projects.forms import describe_fields
from projects.models import Project, User
from projects.views import signed_in

VERSIONS = 20
EXPORTS = 10


class GitHubForm(forms.Form):
    """Where an app is to go; the token is taken and never given back."""

    repository = forms.RegexField(
        REPOSITORY, label="Repository", error_messages={"invalid": REPOSITORY_FAULT}
    )
    token = forms.CharField(
        label="Token",
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="It needs to read and write contents; used this once and not stored.",
    )
    branch = forms.RegexField(
        BRANCH,
        label="Branch",
        required=False,
        help_text="Empty: the default branch.",
        error_messages={"invalid": BRANCH_FAULT},
    )
    message = forms.CharField(label="Message", max_length=200, initial="Export the app")
    private = forms.BooleanField(
        label="Private, when the repository is new", required=False, initial=True
    )
    pull_request = forms.BooleanField(label="Open a pull request", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if kept_token(user):
            self.fields["token"].required = False
            self.fields["token"].help_text = "Empty: the one kept in your account."
        describe_fields(self)

    @property
    def choices(self) -> list[forms.BoundField]:
        """Return what is on or off."""
        return [self["private"], self["pull_request"]]

    @property
    def destination(self) -> Destination:
        """Return what was asked for."""
        asked = self.cleaned_data
        return Destination(
            repository=asked["repository"],
            branch=asked["branch"] or None,
            private=asked["private"],
            pull_request=asked["pull_request"],
            message=asked["message"],
        )

    @property
    def given_token(self) -> str:
        """Return the token that was typed, else the one that is kept. Raises `TokenRefused`."""
        return self.cleaned_data["token"] or token_of(self.user)


@sensitive_post_parameters("token")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the ways out; a POST takes the app to GitHub."""
    project, user = own_project(request, project_id), signed_in(request)
    if request.method != "POST":
        return _page(request, project, GitHubForm(user=user, initial=_initial(project)))
    form = GitHubForm(request.POST, user=user)
    if not form.is_valid():
        return _page(request, project, form)
    try:
        done = export_to_github(
            project=project, by=user, token=form.given_token, destination=form.destination
        )
    except GenerationError as error:
        form.add_error(None, error.message)
        return _page(request, project, form)
    pushed = "1 file" if done.files_pushed == 1 else f"{done.files_pushed} files"
    messages.success(request, f"{pushed} pushed to {done.repository_url}.")
    return redirect("generation:export", project.pk)


def _initial(project: Project) -> dict[str, Any]:
    last = next(iter(_exports(project)), None)
    name = "-".join(zip_name(project.project_name).encode("ascii", "ignore").decode().split())
    return {"repository": last.repository if last else name or "app"}


def _page(request: HttpRequest, project: Project, form: GitHubForm) -> HttpResponse:
    name = zip_name(project.project_name).encode("ascii", "ignore").decode() or "app"
    references = reverse("generation:git-references", args=[project.pk, name])
    context = {
        "project": project,
        "place": "export",
        "form": form,
        "exports": _exports(project),
        "moments": timeline(project, limit=VERSIONS),
        "zip_address": reverse("generation:download", args=[project.pk, f"{name}.zip"]),
        "clone_address": request.build_absolute_uri(references.removesuffix("/info/refs")),
    }
    return render(request, "generation/export.html", context)


def _exports(project: Project) -> list[GitHubExport]:
    return list(GitHubExport.objects.filter(project=project).exclude(commit_sha=None)[:EXPORTS])
