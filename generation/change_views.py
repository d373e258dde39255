"""Pages of changes asked for in words: what they come to, shown, then applied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from generation.change_requests import apply_change, preview_files, read_change
from generation.engines.changing import EXAMPLES
from generation.engines.changing.reading import LONGEST_WISH
from generation.errors import GenerationError
from generation.views import own_project
from projects.models import Project
from projects.spec.check import InvalidDesign
from projects.views import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show what the words in the address change; a POST applies it as a job."""
    project = own_project(request, project_id)
    if request.method != "POST":
        words = request.GET.get("words", "")[:LONGEST_WISH].replace("\x00", "")
        return render(request, "generation/changes.html", _context(project, words))
    words = request.POST.get("words", "")[:LONGEST_WISH].replace("\x00", "")
    expected = request.POST.get("version", "")
    try:
        apply_change(project=project, words=words, by=signed_in(request), expected=expected)
    except GenerationError as error:
        context = {**_context(project, words), "refused": error.message}
        return render(request, "generation/changes.html", context, status=error.status)
    except InvalidDesign:
        messages.error(request, "Mend what is marked on this page; then it can be built.")
        return redirect("generation:design", project.pk)
    return redirect(project)


def _context(project: Project, words: str) -> dict[str, Any]:
    context = {"project": project, "place": "changes", "words": words, "examples": EXAMPLES}
    if not words.strip():
        return context
    try:
        wishes = read_change(project, words)
        files = [] if wishes.is_empty else preview_files(project, wishes)
    except GenerationError as error:
        return {**context, "refused": error.message}
    return {**context, "wishes": wishes, "files": files}
