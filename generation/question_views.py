"""Pages of what a job asks before it plans: one question at a time, then a look at all answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from generation import clarification
from generation.agents.answers import LONGEST_ANSWER, Question
from generation.errors import GenerationError, InvalidTransition
from generation.models import ClarificationSession
from generation.pipeline.clarifying import questions_in
from generation.pipeline.transitions import newest_run
from generation.views import own_project
from projects.models import Project
from projects.views import signed_in

REVIEW, OWN = "review", "own"
MIXED = "Choose “In your own words” for what you typed, or empty the box."


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show a question, or all answers; a POST answers one and shows the next."""
    project = own_project(request, project_id)
    job = newest_run(project)
    session = job.clarifications.first() if job else None
    if job is None or session is None:
        messages.info(request, "Nothing was asked about this app.")
        return redirect(project)
    if request.method == "POST":
        return _answer(request, project, session)
    try:
        clarification.open_session(job)
    except InvalidTransition:
        return _page(request, project, session, answered=True)
    return _show(request, project, session, request.GET.get("q", ""))


def _show(
    request: HttpRequest, project: Project, session: ClarificationSession, wanted: str
) -> HttpResponse:
    """Show the question whose number is wanted, the first that is open, or all answers."""
    total = session.total_questions
    if wanted.isascii() and wanted.isdigit() and len(wanted) < len(str(total)) + 1:
        number = min(max(int(wanted), 1), total)
    else:
        number = session.current_question + 1
    if wanted == REVIEW or number > total:
        return _page(request, project, session)
    return _page(request, project, session, number=number)


def _page(
    request: HttpRequest, project: Project, session: ClarificationSession, **more: Any
) -> HttpResponse:
    asked = questions_in(session)
    number = more.get("number")
    context = {"project": project, "total": len(asked), **more}
    if number is None:
        context["answers"] = [_answer_of(session, question) for question in asked]
    else:
        question = asked[number - 1]
        said = session.answers.get(question.id, question.default)
        chosen = next((o for o in question.options if o.casefold() == said.casefold()), OWN)
        own = said if chosen == OWN else ""
        context |= {"question": question, "before": number - 1, "longest": LONGEST_ANSWER}
        context["options"] = list(zip(question.options, question.changes, strict=True))
        context = {"chosen": chosen, "own": own, **context}
    return render(request, "generation/questions.html", context)


def _answer_of(session: ClarificationSession, question: Question) -> dict[str, Any]:
    """Return a question with its answer and what that changes, for the list of all."""
    said = session.answers.get(question.id, question.default)
    changes = dict(zip(question.options, question.changes, strict=True))
    is_default = said.casefold() == question.default.casefold()
    return {
        "question": question.question,
        "said": said,
        "is_default": is_default,
        "changes": "" if is_default else changes.get(said, ""),
    }


def _answer(request: HttpRequest, project: Project, session: ClarificationSession) -> HttpResponse:
    asked = questions_in(session)
    wanted = request.POST.get("question", "")
    place = next((n for n, q in enumerate(asked, start=1) if q.id == wanted), None)
    chosen, own = request.POST.get("answer", ""), request.POST.get("own", "").strip()
    answer, refused = (own if chosen == OWN else chosen), ""
    if own and chosen != OWN:
        refused = MIXED
    else:
        try:
            clarification.answer_question(job=session.job, question_id=wanted, answer=answer)
        except InvalidTransition as error:
            messages.error(request, error.message)
            return redirect(project)
        except GenerationError as error:
            refused = error.message.removeprefix(f"{wanted}: ")
    if place is None:
        messages.error(request, refused)
        return redirect("generation:questions", project.pk)
    if refused:
        told = {"number": place, "refused": refused, "chosen": chosen, "own": own}
        return _page(request, project, session, **told)
    after = str(place + 1) if place < len(asked) else REVIEW
    return redirect(f"{reverse('generation:questions', args=[project.pk])}?q={after}")


@login_required
@require_POST
def finish(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Go on with the answers there are, and the defaults for the rest."""
    project = own_project(request, project_id)
    job = newest_run(project)
    try:
        if job is not None:
            clarification.use_defaults(job=job, by=signed_in(request))
    except GenerationError as error:
        messages.error(request, error.message)
    return redirect(project)
