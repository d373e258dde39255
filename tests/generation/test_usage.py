"""Calls to models: what is stored of them, what they cost, when a budget stops the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from generation.engines.base import EngineRejected
from generation.engines.providers.structured import Call
from generation.models import AgentJob, AIProviderUsage, GenerationStep, JobStatus
from generation.pipeline.config import JobConfig
from generation.prices import price_of
from generation.usage import (
    BudgetSpent,
    check_budget,
    estimate,
    record_call,
    usage_of,
    usage_of_step,
)
from projects.models import Project, ProjectEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(project) -> AgentJob:
    return AgentJob.objects.create(
        project=project, user=project.user, agent_type="pipeline", status=JobStatus.RUNNING
    )


@pytest.fixture
def step(job) -> GenerationStep:
    return GenerationStep.objects.create(
        project=job.project, job=job, sequence_order=1, tool_name="codegen_create"
    )


def call(provider="openai", model="gpt-4o-mini", tokens=(1000, 100), error=None) -> Call:
    prompt, completion = tokens
    return Call(provider, model, 1.25, prompt, completion, error)


def told(job) -> list[dict]:
    events = ProjectEvent.objects.filter(project_id=job.project_id, kind="usage")
    return [event.payload for event in events.order_by("seq")]


class TestPrices:
    def test_a_known_model_has_its_own_price(self):
        cheap = price_of("openai", "gpt-4o-mini", prompt_tokens=1_000_000, completion_tokens=0)
        assert cheap == pytest.approx(0.15)

    @pytest.mark.parametrize("provider", ["openai", "anthropic", "gemini"])
    def test_an_unknown_model_is_as_dear_as_the_dearest_known(self, provider):
        unknown = price_of(provider, "no-such", prompt_tokens=1000, completion_tokens=1000)
        known = price_of("openai", "gpt-4o-mini", prompt_tokens=1000, completion_tokens=1000)
        assert unknown > 10 * known

    @pytest.mark.parametrize("provider", ["ollama", "builtin"])
    def test_what_runs_here_costs_nothing(self, provider):
        assert price_of(provider, "gpt-4o", prompt_tokens=10**6, completion_tokens=10**6) == 0

    @pytest.mark.parametrize("tokens", [0, 5])  # it tells none
    def test_a_provider_without_a_list_has_no_known_price(self, tokens):
        price = price_of("ainative", "codegen", prompt_tokens=tokens, completion_tokens=tokens)
        assert price is None


class TestRecord:
    def test_it_stores_everything_about_a_call(self, job, step):
        record_call(call(), job=job, step=step, request_type="create")
        row = AIProviderUsage.objects.get()
        assert (row.user, row.project, row.job, row.step) == (job.user, job.project, job, step)
        assert (row.provider, row.model, row.request_type) == ("openai", "gpt-4o-mini", "create")
        assert (row.prompt_tokens, row.completion_tokens, row.total_tokens) == (1000, 100, 1100)
        assert row.cost == pytest.approx(0.00021)
        assert (row.latency_ms, row.success, row.error_message) == (1250, True, None)

    def test_a_failed_call_is_stored_with_the_code_of_its_error(self, job):
        record_call(
            call(tokens=(0, 0), error="engine_unavailable"), job=job, step=None, request_type="plan"
        )
        row = AIProviderUsage.objects.get()
        assert (row.success, row.error_message, row.cost) == (False, "engine_unavailable", 0)

    def test_it_adds_to_the_cost_of_the_job(self, job, step):
        AgentJob.objects.filter(pk=job.pk).update(actual_cost=None)
        for _ in range(2):
            record_call(call(), job=job, step=step, request_type="create")
        job.refresh_from_db()
        assert job.actual_cost == pytest.approx(0.00042)

    def test_watchers_are_told_the_sums_of_job_and_step(self, job, step):
        record_call(call(), job=job, step=None, request_type="plan")
        record_call(call(tokens=(10, 5)), job=job, step=step, request_type="create")
        first, second = told(job)
        assert (first["step_id"], first["step"], first["job"]["tokens"]) == (None, None, 1100)
        assert (second["model"], second["tokens"]) == ("gpt-4o-mini", 15)
        assert second["step"]["tokens"] == 15
        assert second["job"] == {
            "calls": 2,
            "failed": 0,
            "tokens": 1115,
            "cost": pytest.approx(0.00021 + 0.0000045),
        }

    def test_a_long_name_of_a_model_is_cut_to_the_column(self, job):
        record_call(call("ollama", "m" * 300), job=job, step=None, request_type="plan")
        assert AIProviderUsage.objects.get().model == "m" * 100

    def test_sums_of_a_job_and_a_step(self, job, step):
        record_call(call(tokens=(0, 0), error="stopped"), job=job, step=step, request_type="create")
        record_call(call(), job=job, step=None, request_type="plan")
        assert (usage_of(job).calls, usage_of(job).failed, usage_of(job).tokens) == (2, 1, 1100)
        assert (usage_of_step(step).calls, usage_of_step(step).tokens) == (1, 0)

    def test_it_outlives_its_project_in_the_database(self, job, step):
        record_call(call(), job=job, step=step, request_type="create")
        Project.objects.filter(pk=job.project_id)._raw_delete("default")
        row = AIProviderUsage.objects.get()
        assert (row.project_id, row.job_id, row.step_id) == (None, None, None)
        assert row.user_id == job.user_id


class TestBudgets:
    def with_budget(self, job, **limits) -> AgentJob:
        AgentJob.objects.filter(pk=job.pk).update(config=JobConfig(**limits).model_dump())
        job.refresh_from_db()
        return job

    def test_without_a_limit_nothing_is_refused(self, job, django_assert_num_queries):
        record_call(call(tokens=(10**9, 0)), job=job, step=None, request_type="plan")
        with django_assert_num_queries(0):
            check_budget(job)

    @pytest.mark.parametrize("limits", [{"budget_tokens": 1100}, {"budget_usd": 0.0002}])
    def test_a_jobs_own_budget(self, job, limits):
        job = self.with_budget(job, **limits)
        check_budget(job)
        record_call(call(), job=job, step=None, request_type="plan")
        with pytest.raises(BudgetSpent, match="this run") as caught:
            check_budget(job)
        assert caught.value.code == "budget_spent"
        assert isinstance(caught.value, EngineRejected)

    def test_a_budget_of_nothing_allows_no_call(self, job):
        with pytest.raises(BudgetSpent):
            check_budget(self.with_budget(job, budget_usd=0))

    def test_the_lower_of_the_sites_and_the_jobs_limit_counts(self, job, settings):
        settings.BUDGET_TOKENS_PER_JOB = 1000.0
        job = self.with_budget(job, budget_tokens=5000)
        record_call(call(), job=job, step=None, request_type="plan")
        with pytest.raises(BudgetSpent, match="1,100 of 1,000 tokens"):
            check_budget(job)

    @pytest.mark.parametrize(
        ("name", "limit"), [("BUDGET_TOKENS_PER_DAY", 1100.0), ("BUDGET_USD_PER_DAY", 0.0002)]
    )
    def test_a_users_limit_of_the_day_counts_all_their_runs(self, job, settings, name, limit):
        setattr(settings, name, limit)
        record_call(call(), job=job, step=None, request_type="plan")
        AIProviderUsage.objects.update(job=None, project=None)
        with pytest.raises(BudgetSpent, match="of the day"):
            check_budget(job)

    def test_yesterday_and_other_people_do_not_count(self, job, stranger, settings):
        settings.BUDGET_TOKENS_PER_DAY = 1.0
        record_call(call(), job=job, step=None, request_type="plan")
        record_call(call(), job=job, step=None, request_type="plan")
        first, second = AIProviderUsage.objects.all()
        AIProviderUsage.objects.filter(pk=first.pk).update(user=stranger)
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        AIProviderUsage.objects.filter(pk=second.pk).update(
            created_at=midnight - timedelta(seconds=1)
        )
        check_budget(job)
        AIProviderUsage.objects.filter(pk=second.pk).update(created_at=midnight)
        with pytest.raises(BudgetSpent):
            check_budget(job)


class TestEstimate:
    def test_without_history_it_takes_what_is_typical(self, owner):
        found = estimate(
            provider="openai", model="gpt-4o-mini", calls={"plan": 1, "write": 2}, user=owner
        )
        assert (found.calls, found.tokens, found.measured) == (3, 9000 + 2 * 6500, False)
        assert found.cost == pytest.approx((14000 * 0.15 + 8000 * 0.6) / 10**6)

    def test_the_users_own_calls_stand_before_it(self, job, owner, stranger):
        for tokens in ((100, 10), (300, 30)):
            record_call(call(tokens=tokens), job=job, step=None, request_type="plan")
        record_call(call(tokens=(0, 0), error="x"), job=job, step=None, request_type="plan")
        found, others = (
            estimate(provider="openai", model="gpt-4o-mini", calls={"plan": 2}, user=user)
            for user in (owner, stranger)
        )
        assert (found.tokens, found.measured) == (440, True)
        assert not others.measured

    def test_a_local_model_costs_nothing_and_one_without_a_list_is_not_known(self, owner):
        calls = {"plan": 1}
        local = estimate(provider="ollama", model="qwen", calls=calls, user=owner)
        assert local.cost == 0
        assert estimate(provider="ainative", model="", calls=calls, user=owner).cost is None


class TestProjectPage:
    def test_a_step_and_the_run_say_what_their_calls_took(self, as_owner, job, step):
        record_call(call(tokens=(0, 0), error="stopped"), job=job, step=step, request_type="create")
        record_call(call(), job=job, step=step, request_type="create")
        record_call(call(), job=job, step=None, request_type="plan")
        page = as_owner.get(f"/projects/{job.project_id}/").content.decode()
        assert "2 calls to gpt-4o-mini, 1 failed · 1,100 tokens · $0.0002" in page
        assert "3 calls to gpt-4o-mini, 1 failed · 2,200 tokens · $0.0004" in page

    @pytest.mark.usefixtures("step")
    def test_without_calls_nothing_is_said(self, as_owner, job):
        page = as_owner.get(f"/projects/{job.project_id}/").content.decode()
        assert "calls to" not in page
        assert f'data-job="{job.pk}" hidden' in page

    def test_a_price_that_nobody_knows_is_not_told_as_nothing(self, as_owner, job):
        record_call(call("ainative", "codegen"), job=job, step=None, request_type="create")
        page = as_owner.get(f"/projects/{job.project_id}/parts/overview/").content.decode()
        assert "1 call to codegen · 1,100 tokens · price not known" in page
