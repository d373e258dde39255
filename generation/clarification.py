"""Answering what a job asks before it plans; each function owns its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction
from django.utils import timezone

from generation.agents.answers import InvalidAnswer, Outcome, Question, answered
from generation.agents.schemas import ClarificationResponse
from generation.errors import GenerationError
from generation.events import EventBatch
from generation.models import AgentJob, ClarificationSession, JobStatus, LogSource
from generation.pipeline.clarifying import questions_in
from generation.pipeline.config import config_of, request_of
from generation.pipeline.line import going_on
from generation.pipeline.transitions import refusal_of
from generation.tasks import send_on
from projects.design import design_of, store_edited
from projects.models import Project, User


class UnknownQuestion(GenerationError):
    """The job has not asked that."""

    code = "unknown_question"


class AnsweredTwice(GenerationError):
    """One question has two answers."""

    code = "answered_twice"


class AnswerRefused(GenerationError):
    """The question does not take that answer."""

    code = "invalid_answer"


def open_session(job: AgentJob) -> ClarificationSession:
    """Return what a job waits for. Raises `InvalidTransition` when it does not wait."""
    session = ClarificationSession.objects.filter(
        job=job, is_completed=False, job__status=JobStatus.WAITING_FOR_INPUT
    ).first()
    if session is None:
        raise refusal_of(job, "respond")
    return session


def answer_question(*, job: AgentJob, question_id: str, answer: str) -> ClarificationSession:
    """Keep the answer to one question; the job waits on. An answer may be given anew.

    Raises `InvalidTransition`, `UnknownQuestion` or `AnswerRefused`.
    """
    with transaction.atomic():
        session = _locked(job)
        known = _by_id(session)
        if question_id not in known:
            raise UnknownQuestion(_not_asked(question_id, known))
        answers = {**session.answers, question_id: answer}
        _outcome(job, known, answers)
        place = list(known).index(question_id) + 1
        session.answers, session.current_question = answers, place
        session.save(update_fields=["answers", "current_question"])
    return session


def respond(*, job: AgentJob, responses: Iterable[ClarificationResponse], by: User) -> AgentJob:
    """Take answers, use the defaults for the rest, and let the job go on.

    Raises `InvalidTransition` when it does not wait, and `UnknownQuestion`, `AnsweredTwice` or
    `AnswerRefused`; then nothing is kept.
    """
    with going_on(job) as (events, status):
        session = _locked(job)
        known = _by_id(session)
        given: dict[str, str] = {}
        for response in responses:
            if response.question_id not in known:
                raise UnknownQuestion(_not_asked(response.question_id, known))
            if response.question_id in given:
                raise AnsweredTwice(f"Answer the question {response.question_id!r} once.")
            given[response.question_id] = response.answer
        session.answers = {**session.answers, **given}
        _finish(session, job, status, events)
        events.log(f"Answered by {by.email}", source=LogSource.USER)
        events.job(job, done=0, total=0)
        transaction.on_commit(partial(send_on, job))
    return job


def use_defaults(*, job: AgentJob, by: User) -> AgentJob:
    """Let a job go on with what was answered so far, and the defaults for the rest."""
    return respond(job=job, responses=(), by=by)


def _locked(job: AgentJob) -> ClarificationSession:
    session = open_session(job)
    locked = ClarificationSession.objects.select_for_update().get(pk=session.pk)
    if locked.is_completed:  # another answer came first
        raise refusal_of(job, "respond")
    return locked


def _by_id(session: ClarificationSession) -> dict[str, Question]:
    return {question.id: question for question in questions_in(session)}


def _not_asked(question_id: str, known: Mapping[str, Question]) -> str:
    return f"The job has not asked {question_id[:100]!r}. It waits for: {', '.join(known)}."


def _outcome(job: AgentJob, known: Mapping[str, Question], answers: Mapping[str, str]) -> Outcome:
    """Return the words and the design after all answers, in the order of the questions."""
    design = design_of(job.project)
    if design is None:
        raise LookupError(f"project {job.project_id} has no design")
    outcome = Outcome(request_of(job), design.spec)
    for question in known.values():
        try:
            outcome = answered(outcome, question, answers.get(question.id, question.default))
        except InvalidAnswer as error:
            raise AnswerRefused(f"{question.id}: {error}") from error
    return outcome


def _finish(
    session: ClarificationSession, job: AgentJob, status: JobStatus, events: EventBatch
) -> None:
    """Keep the answers in the design, and give the job the status that it goes on as."""
    known = _by_id(session)
    outcome = _outcome(job, known, session.answers)
    words = outcome.words
    # What was answered is in the design: it must not be read anew from the words.
    config = config_of(job).model_copy(update={"reread": False})
    won = AgentJob.objects.filter(pk=job.pk, status=JobStatus.WAITING_FOR_INPUT).update(
        status=status,
        celery_task_id=None,
        input_context=words.model_dump(mode="json"),
        config=config.model_dump(mode="json"),
    )
    if not won:
        raise refusal_of(job, "respond")
    store_edited(job.project, outcome.spec)
    Project.objects.filter(pk=job.project_id).update(
        tech_stack=words.tech_stack, styling=words.styling
    )
    session.is_completed, session.completed_at = True, timezone.now()
    session.current_question = session.total_questions
    session.save()
    for question in known.values():
        answer = session.answers.get(question.id)
        said = answer or f"{question.default} (the default)"
        events.log(f"{question.question} {said}", source=LogSource.USER)
    job.refresh_from_db()
