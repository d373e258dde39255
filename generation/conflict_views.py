"""Pages of conflicts: what waits for a decision, one looked at part by part, and settled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from generation.engines.merging import Side
from generation.errors import GenerationError
from generation.views import own_project
from generation.workspace.conflicts import (
    Review,
    merged_last,
    open_conflicts,
    review_of,
    settle_conflict,
)
from generation.workspace.errors import NotThere
from projects.models import Project
from projects.views import signed_in

SIDES = {side.value for side in Side}
MOST_MERGED = 200


@never_cache
@login_required
@require_safe
def conflicts_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """List the files that wait for a decision, and those that were merged."""
    project = own_project(request, project_id)
    context = {
        "project": project,
        "place": "conflicts",
        "conflicts": list(open_conflicts(project)),
        "merged": list(merged_last(project)[:MOST_MERGED]),
    }
    return render(request, "generation/conflicts/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conflict_page(request: HttpRequest, project_id: UUID, conflict_id: UUID) -> HttpResponse:
    """Show one conflict; a POST settles it, or shows the text that its choices lead to."""
    project = own_project(request, project_id)
    try:
        review = review_of(project, conflict_id)
    except NotThere as error:
        raise Http404 from error
    if request.method != "POST":
        return render(request, "generation/conflicts/one.html", _context(project, review))
    if request.POST.get("act") == "edit":
        text = review.text(_choices(request, review)) or ""
        context = {**_context(project, review, request), "text": text}
        return render(request, "generation/conflicts/one.html", context)
    return _settle(request, project, review)


def _settle(request: HttpRequest, project: Project, review: Review) -> HttpResponse:
    version = request.POST.get("version", "")
    text = request.POST.get("text")
    try:
        settle_conflict(
            project=project,
            conflict_id=review.row.pk,
            by=signed_in(request),
            version=int(version) if version.isascii() and version.isdigit() else None,
            choices=_choices(request, review) if text is None else None,
            text=None if text is None else _as_it_was(text, review),
        )
    except GenerationError as error:
        now = review_of(project, review.row.pk)
        context = {**_context(project, now, request), "refused": error.message}
        context |= {} if text is None else {"text": text}
        return render(request, "generation/conflicts/one.html", context, status=error.status)
    messages.success(request, f"The conflict in {review.path} is settled.")
    return redirect("generation:conflicts", project.pk)


def _choices(request: HttpRequest, review: Review) -> list[Side]:
    """Return what was chosen; a part without a choice stays as the person has it."""
    given = (request.POST.get(f"hunk-{number}", "") for number in range(len(review.hunks)))
    return [Side(choice) if choice in SIDES else Side.OURS for choice in given]


def _as_it_was(text: str, review: Review) -> str:
    """Return a form's text with the line ends that the file has."""
    plain = text.replace("\r\n", "\n")
    return plain.replace("\n", "\r\n") if "\r\n" in (review.ours or "") else plain


def _context(
    project: Project, review: Review, request: HttpRequest | None = None
) -> dict[str, Any]:
    chosen = _choices(request, review) if request else [Side.OURS] * len(review.hunks)
    hunks = zip(review.hunks, chosen, strict=True)
    return {
        "project": project,
        "place": "conflicts",
        "review": review,
        "hunks": [
            {
                "base": "".join(hunk.base),
                "ours": "".join(hunk.ours),
                "theirs": "".join(hunk.theirs),
                "chosen": choice.value,
            }
            for hunk, choice in hunks
        ],
        "text": None if review.hunks else review.text(),
    }
