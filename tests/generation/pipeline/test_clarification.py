"""Jobs that ask before they plan: they wait without a worker, and go on with what was answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from generation import clarification
from generation.agents.questions import Depth
from generation.agents.schemas import ClarificationResponse
from generation.errors import GenerationError, InvalidTransition
from generation.models import AgentJob, ClarificationSession, JobStatus, Log
from generation.pipeline import recovery
from generation.pipeline.clarifying import questions_in
from generation.pipeline.config import RunOptions, config_of
from generation.services import cancel_project, generate_again, retry_project, submit_project
from generation.tasks import plan_job
from projects.design import design_of
from projects.models import Project, ProjectStatus
from projects.spec.request import AppRequest
from tests.generation.pipeline.helpers import age_jobs

pytestmark = pytest.mark.django_db(transaction=True)
ACCOUNTS = "Yes, each person has an account"
OPEN = AppRequest(
    project_name="Zoo", description="Keep zorps with Django.", features=("Zorp CRUD", "Xyzzy plugh")
)
CLEAR = AppRequest(
    project_name="Notes",
    description="Each user keeps their own notes. Each note has title and body.",
    features=("Users log in", "Users keep their own notes"),
)


def reply(question_id: str, answer: str) -> ClarificationResponse:
    return ClarificationResponse(question_id=question_id, answer=answer)


@pytest.fixture
def submit(queue, owner):
    def make(request: AppRequest = OPEN, clarify: Depth | None = Depth.STANDARD) -> AgentJob:
        project = submit_project(owner=owner, request=request, options=RunOptions(clarify=clarify))
        queue.run(limit=1)
        return AgentJob.objects.get(project=project)

    return make


@pytest.fixture
def waiting(submit) -> AgentJob:
    return submit()


def session_of(job: AgentJob) -> ClarificationSession:
    return ClarificationSession.objects.get(job=job)


def finished(job: AgentJob) -> Project:
    job.refresh_from_db()
    assert job.status == JobStatus.COMPLETED, job.error
    return Project.objects.get(pk=job.project_id)


class TestWaiting:
    def test_a_job_waits_with_its_questions_and_without_a_message(self, waiting, queue):
        session = session_of(waiting)

        assert waiting.status == JobStatus.WAITING_FOR_INPUT
        assert not queue.messages
        assert (session.depth, session.ai_provider) == ("standard", "builtin")
        assert session.project_idea == "Keep zorps with Django."
        assert [q["subject"] for q in session.questions] == [
            "stack",
            "sign-in",
            "fields",
            "feature",
        ]
        assert session.total_questions == 4
        assert Log.objects.filter(log_text="Waiting for answers to 4 questions").exists()

    @pytest.mark.usefixtures("waiting")
    def test_it_waits_for_days(self):
        age_jobs(timezone.now() - timedelta(days=9))

        lost = recovery.find_lost()
        assert (lost.jobs, lost.steps) == ([], [])

    def test_without_being_asked_for_nothing_waits(self, submit):
        job = submit(clarify=None)

        assert job.status == JobStatus.RUNNING
        assert not ClarificationSession.objects.exists()

    def test_clear_words_are_built_at_once(self, submit, queue):
        job = submit(CLEAR, Depth.FULL)
        queue.run()

        assert finished(job).status == ProjectStatus.SUCCESS
        assert not ClarificationSession.objects.exists()

    def test_planning_twice_asks_once(self, waiting):
        AgentJob.objects.filter(pk=waiting.pk).update(status=JobStatus.QUEUED)
        plan_job(str(waiting.pk))
        waiting.refresh_from_db()
        assert waiting.status == JobStatus.WAITING_FOR_INPUT
        assert ClarificationSession.objects.count() == 1

    def test_a_cancelled_job_asks_again_when_it_is_retried(self, waiting, queue, owner):
        project = Project.objects.get()
        cancel_project(project=project, by=owner)
        retry_project(project=project, by=owner)
        queue.run()

        waiting.refresh_from_db()
        assert waiting.status == JobStatus.WAITING_FOR_INPUT
        assert ClarificationSession.objects.count() == 1

    def test_one_session_of_a_job_is_open(self, waiting):
        row = session_of(waiting)
        row.pk = None
        with pytest.raises(IntegrityError, match="sessions_one_open_per_job"), transaction.atomic():
            row.save(force_insert=True)


class TestAnswering:
    def test_answers_become_edits_of_the_design_and_the_job_goes_on(self, waiting, queue, owner):
        answers = [
            reply("q1", "Django + HTMX + PostgreSQL"),
            reply("q2", "yes, each person has an account"),
            reply("q3", "name, stripes"),
            reply("q4", "It is about zorps"),
        ]
        job = clarification.respond(job=waiting, responses=answers, by=owner)
        assert job.status == JobStatus.RUNNING
        queue.run()

        project = finished(waiting)
        assert project.tech_stack == "Django + HTMX + PostgreSQL"
        assert project.files.filter(path="manage.py").exists()
        design = design_of(project)
        assert design.spec.auth
        (zorp,) = design.spec.entities
        assert [field.name for field in zorp.fields] == ["name", "stripes"]
        assert "Zorp" in design.confirmed.entities
        assert not design.spec.unplaced
        session = session_of(waiting)
        assert session.is_completed
        assert session.completed_at is not None
        assert session.answers["q3"] == "name, stripes"
        assert Log.objects.filter(log_text=f"Answered by {owner.email}").exists()

    def test_what_is_not_answered_keeps_its_default(self, waiting, queue, owner):
        before = design_of(waiting.project).spec
        clarification.use_defaults(job=waiting, by=owner)
        queue.run()

        project = finished(waiting)
        assert design_of(project).spec == before
        assert config_of(AgentJob.objects.get()).spec == before
        assert session_of(waiting).answers == {}

    def test_answers_are_given_one_by_one_and_anew(self, waiting, queue, owner):
        clarification.answer_question(job=waiting, question_id="q3", answer="name, stripes")
        clarification.answer_question(job=waiting, question_id="q2", answer=ACCOUNTS)
        session = clarification.answer_question(job=waiting, question_id="q3", answer="name, teeth")

        assert (session.current_question, session.answers["q3"]) == (3, "name, teeth")
        waiting.refresh_from_db()
        assert waiting.status == JobStatus.WAITING_FOR_INPUT
        clarification.use_defaults(job=waiting, by=owner)
        queue.run()
        (zorp,) = design_of(finished(waiting)).spec.entities
        assert [field.name for field in zorp.fields] == ["name", "teeth"]

    def test_a_project_is_asked_once(self, waiting, queue, owner):
        clarification.use_defaults(job=waiting, by=owner)
        queue.run()
        again = generate_again(project=finished(waiting), by=owner)
        queue.run()

        again.refresh_from_db()
        assert again.status == JobStatus.COMPLETED
        assert ClarificationSession.objects.count() == 1

    def test_the_questions_that_are_kept_are_the_questions_that_were_asked(self, waiting):
        questions = questions_in(session_of(waiting))

        assert [q.id for q in questions] == ["q1", "q2", "q3", "q4"]
        assert all(len(q.changes) == len(q.options) for q in questions)


class TestRefusals:
    @pytest.mark.parametrize(
        ("answers", "code"),
        [
            ([reply("q9", "x")], "unknown_question"),
            ([reply("q" * 5000, "x")], "unknown_question"),
            ([reply("q2", "No, everybody sees and changes everything")] * 2, "answered_twice"),
            ([reply("q1", "Rust")], "invalid_answer"),
            ([reply("q1", "Django + HTMX + PostgreSQL"), reply("q3", "")], "invalid_answer"),
        ],
    )
    def test_nothing_is_kept_of_what_is_refused(self, waiting, queue, owner, answers, code):
        with pytest.raises(GenerationError) as refused:
            clarification.respond(job=waiting, responses=answers, by=owner)

        assert (refused.value.code, refused.value.status) == (code, 400)
        assert len(refused.value.message) < 400
        waiting.refresh_from_db()
        assert waiting.status == JobStatus.WAITING_FOR_INPUT
        assert session_of(waiting).answers == {}
        assert not queue.messages

    def test_a_job_that_does_not_wait_takes_no_answer(self, submit, owner):
        job = submit(clarify=None)
        with pytest.raises(InvalidTransition, match="running cannot be answered"):
            clarification.respond(job=job, responses=[reply("q1", "x")], by=owner)

    def test_a_second_person_is_told_that_somebody_was_first(self, waiting, queue, owner):
        clarification.respond(job=waiting, responses=[], by=owner)
        with pytest.raises(InvalidTransition, match="running cannot be answered"):
            clarification.respond(job=waiting, responses=[], by=owner)
        assert len(queue.messages) == 1
