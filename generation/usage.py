"""Calls to models: recorded, priced, told to who watches, and held within budgets.

Every amount of money is in US dollars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from generation.engines.base import EngineRejected
from generation.engines.providers.structured import Call
from generation.events import event_batch
from generation.models import AgentJob, AIProviderUsage, GenerationStep, Totals
from generation.pipeline.config import config_of
from generation.prices import price_of
from projects.models import User

MODEL_LENGTH = 100
HISTORY = 200
# Tokens in and out of a call of which there is no history, by its request type.
TYPICAL = {
    "understand": (2500, 2000),
    "plan": (6000, 3000),
    "write": (4000, 2500),
    "edit": (4000, 1500),
}
TYPICAL_CALL = (4000, 2000)


class BudgetSpent(EngineRejected):
    """A limit of tokens or money is reached; no further call is made."""

    code = "budget_spent"


@dataclass(frozen=True)
class Estimate:
    """What calls will probably take; `cost` is None where no price is known.

    `measured` says whether it comes from calls made before.
    """

    calls: int
    tokens: int
    cost: float | None
    measured: bool


def record_call(
    call: Call, *, job: AgentJob, step: GenerationStep | None, request_type: str
) -> None:
    """Store a call, whatever came of it, add its cost to its job and tell who watches."""
    cost = price_of(
        call.provider,
        call.model,
        prompt_tokens=call.prompt_tokens,
        completion_tokens=call.completion_tokens,
    )
    # Two transactions: the first holds the job's row, the second the project's lock, and those
    # who take both take them in the other order.
    with transaction.atomic():
        row = AIProviderUsage.objects.create(
            user_id=job.user_id,
            project_id=job.project_id,
            job_id=job.pk,
            step_id=step.pk if step else None,
            provider=call.provider,
            model=call.model[:MODEL_LENGTH],
            request_type=request_type,
            prompt_tokens=call.prompt_tokens,
            completion_tokens=call.completion_tokens,
            total_tokens=call.prompt_tokens + call.completion_tokens,
            cost=cost,
            latency_ms=round(call.seconds * 1000),
            success=call.error is None,
            error_message=call.error,
        )
        if cost:
            AgentJob.objects.filter(pk=job.pk).update(
                actual_cost=Coalesce(F("actual_cost"), Value(0.0)) + cost
            )
    with event_batch(job.project_id) as events:
        events.usage(_payload(row))


def _payload(row: AIProviderUsage) -> dict[str, Any]:
    """Return a call as its watchers see it, with the sums of its job and its step."""
    job = AIProviderUsage.objects.filter(job_id=row.job_id).totals()
    step = AIProviderUsage.objects.filter(step_id=row.step_id).totals() if row.step_id else None
    return {
        "job_id": str(row.job_id),
        "step_id": str(row.step_id) if row.step_id else None,
        "provider": row.provider,
        "model": row.model,
        "request_type": row.request_type,
        "tokens": row.total_tokens,
        "cost": row.cost,
        "latency_ms": row.latency_ms,
        "error": row.error_message,
        "job": asdict(job),
        "step": asdict(step) if step else None,
    }


def usage_of(job: AgentJob) -> Totals:
    """Return what a job's calls have taken."""
    return AIProviderUsage.objects.filter(job=job).totals()


def usage_of_step(step: GenerationStep) -> Totals:
    """Return what a step's calls have taken, over all its attempts."""
    return AIProviderUsage.objects.filter(step=step).totals()


def check_budget(job: AgentJob) -> None:
    """Raise `BudgetSpent` when the job's or its user's limits leave nothing for another call.

    The limit of a job is the lower one of the site's and of the one given with it.
    """
    config = config_of(job)
    tokens = _lower(config.budget_tokens, settings.BUDGET_TOKENS_PER_JOB)
    money = _lower(config.budget_usd, settings.BUDGET_USD_PER_JOB)
    if tokens is not None or money is not None:
        _check(usage_of(job), tokens, money, "for this run")
    tokens, money = settings.BUDGET_TOKENS_PER_DAY, settings.BUDGET_USD_PER_DAY
    if tokens is not None or money is not None:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        calls = AIProviderUsage.objects.filter(user_id=job.user_id, created_at__gte=today)
        _check(calls.totals(), tokens, money, "of the day")


def _lower(one: float | None, other: float | None) -> float | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _check(spent: Totals, tokens: float | None, money: float | None, which: str) -> None:
    if tokens is not None and spent.tokens >= tokens:
        raise BudgetSpent(f"The budget {which} is spent: {spent.tokens:,} of {tokens:,.0f} tokens.")
    cost = spent.cost or 0.0
    if money is not None and cost >= money:
        raise BudgetSpent(f"The budget {which} is spent: ${cost:.4f} of ${money:.2f}.")


def estimate(*, provider: str, model: str, calls: Mapping[str, int], user: User) -> Estimate:
    """Return what `calls` (how many, by request type) to a model will probably take.

    The mean of the user's own last calls of a type stands before what is typical of it.
    """
    prompt = completion = 0.0
    measured = bool(calls)
    for request_type, count in calls.items():
        mean = _mean_of(user, provider, model, request_type)
        measured = measured and mean is not None
        inward, outward = mean or TYPICAL.get(request_type, TYPICAL_CALL)
        prompt, completion = prompt + count * inward, completion + count * outward
    cost = price_of(
        provider, model, prompt_tokens=round(prompt), completion_tokens=round(completion)
    )
    return Estimate(sum(calls.values()), round(prompt) + round(completion), cost, measured)


def _mean_of(
    user: User, provider: str, model: str, request_type: str
) -> tuple[float, float] | None:
    """Return the mean tokens in and out of the last calls of a type that succeeded."""
    rows = AIProviderUsage.objects.made_by(user).filter(
        provider=provider, model=model, request_type=request_type, success=True
    )
    tokens = list(rows.values_list("prompt_tokens", "completion_tokens")[:HISTORY])
    if not tokens:
        return None
    inward, outward = zip(*tokens, strict=True)
    return sum(n or 0 for n in inward) / len(tokens), sum(n or 0 for n in outward) / len(tokens)
