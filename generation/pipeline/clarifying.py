"""Asking before planning: a job whose words leave something open waits for its answers."""

from __future__ import annotations

from typing import Any

from generation.agents.answers import Outcome, Question
from generation.agents.questions import questions_of
from generation.events import event_batch
from generation.models import AgentJob, ClarificationSession, JobStatus
from generation.pipeline.config import JobConfig
from generation.pipeline.transitions import to_be_planned
from projects.design import Design
from projects.spec.request import AppRequest


def ask_first(job: AgentJob, config: JobConfig, words: AppRequest, design: Design) -> bool:
    """Tell whether a job waits for answers, and let it wait, holding no worker, when it must.

    A project is asked once, and again only for words that are new.
    """
    if config.clarify is None or _is_answered(job, config):
        return False
    questions = questions_of(Outcome(words, design.spec), config.clarify, design.confirmed)
    asked = ClarificationSession.objects.filter(job=job).first()
    if asked is None and not questions:
        return False
    with event_batch(job.project_id) as events:
        waiting = AgentJob.objects.filter(to_be_planned(), pk=job.pk, attempt=job.attempt)
        if not waiting.update(status=JobStatus.WAITING_FOR_INPUT, lease_expires_at=None):
            return True  # another attempt lets it wait, or it was cancelled
        session = asked or ClarificationSession.objects.create(
            project_id=job.project_id,
            job=job,
            project_idea=words.description,
            depth=config.clarify,
            questions=[question.model_dump(mode="json") for question in questions],
            total_questions=len(questions),
            ai_provider="builtin",
        )
        number = session.total_questions
        events.log(f"Waiting for answers to {number} question{'s' if number > 1 else ''}")
        job.status = JobStatus.WAITING_FOR_INPUT
        events.job(job, done=0, total=0, questions=questions_on_the_wire(session))
    return True


def _is_answered(job: AgentJob, config: JobConfig) -> bool:
    done = ClarificationSession.objects.filter(is_completed=True)
    if config.reread:
        return done.filter(job=job).exists()
    return done.filter(project_id=job.project_id).exists()


def questions_in(session: ClarificationSession) -> tuple[Question, ...]:
    """Return the questions that a session keeps, in order."""
    return tuple(Question.model_validate(kept) for kept in session.questions)


def questions_on_the_wire(session: ClarificationSession) -> list[dict[str, Any]]:
    """Return the questions that a session keeps, each in the shape of seed 004."""
    return [question.on_the_wire.model_dump(mode="json") for question in questions_in(session)]
