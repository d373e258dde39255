"""What a run will probably ask of models, judged by runs like it, before it begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generation.engines.llm.strategy import STRATEGIES, StrategyName
from generation.engines.registry import AINATIVE, EngineChoice
from generation.models import AgentJob, AgentType, AIProviderUsage, JobStatus
from generation.pipeline.config import RunOptions
from generation.usage import Estimate, estimate
from projects.models import User
from projects.templatetags.pages import thousands, usd

RUNS = 20
# Calls of a run of which there is no history, by request type.
WRITING = {"write": 2, "edit": 2}


@dataclass(frozen=True)
class RunEstimate:
    """What calls will probably take; `runs` is how many runs like it that was seen in."""

    calls: Estimate
    runs: int

    @property
    def words(self) -> str:
        """The estimate for people, said to be one."""
        calls = self.calls
        if self.runs:
            source = f"the mean of {self.runs} run{'s' if self.runs > 1 else ''} like it"
        else:
            source = "a first guess, there has been no run like it"
        money = "price not known" if calls.cost is None else usd(calls.cost)
        return (
            f"About {calls.calls} call{'' if calls.calls == 1 else 's'}, "
            f"{thousands(calls.tokens)} tokens, {money}. This is an estimate: {source}."
        )


@dataclass(frozen=True)
class Outlook:
    """What is told of a run before it starts; None is what nobody can tell.

    `cost` is in US dollars; `runs` is how many runs like it that was seen in.
    """

    engine: str
    calls: int | None
    tokens: int | None
    cost: float | None
    runs: int
    words: str


def outlook(options: RunOptions, user: User) -> Outlook:
    """Return what a run with these options will take, whether or not a model is asked."""
    choice = EngineChoice.parse(options.engine)
    told = estimate_run(options, user)
    if told is not None:
        calls = told.calls
        return Outlook(str(choice), calls.calls, calls.tokens, calls.cost, told.runs, told.words)
    if choice.asks_others:
        said = "AINative is asked for what rules cannot place. It tells neither tokens nor prices."
        return Outlook(str(choice), None, None, None, 0, said)
    return Outlook(str(choice), 0, 0, 0.0, 0, "No model is asked; it costs nothing.")


def estimate_run(options: RunOptions, user: User) -> RunEstimate | None:
    """Return what a run with these options will take; None where no model is asked.

    Of AINative, which tells neither tokens nor price, only the planning model is estimated.
    """
    choice = EngineChoice.parse(options.engine)
    if choice.thinker is None:
        return None
    seen, runs = _calls_before(choice, options.strategy, user)
    calls = seen if runs else _first_guess(choice, options.strategy)
    model = choice.model or ""
    return RunEstimate(estimate(provider=choice.thinker, model=model, calls=calls, user=user), runs)


def _first_guess(choice: EngineChoice, strategy: StrategyName) -> Mapping[str, int]:
    chosen = STRATEGIES[strategy]
    calls = {"understand": int(chosen.proposes), "plan": chosen.rounds}
    writing = {} if choice.name == AINATIVE else WRITING
    return {kind: count for kind, count in (calls | writing).items() if count}


def _calls_before(
    choice: EngineChoice, strategy: StrategyName, user: User
) -> tuple[Mapping[str, int], int]:
    """Return how many calls of each type a run of the user's like it took, and how many ran."""
    like = AgentJob.objects.filter(
        user=user,
        agent_type=AgentType.PIPELINE,
        status=JobStatus.COMPLETED,
        strategy=strategy,
        config__engine=str(choice),
    ).order_by("-completed_at")
    jobs = list(like.values_list("pk", flat=True)[:RUNS])
    made = AIProviderUsage.objects.filter(job__in=jobs, provider=choice.thinker).order_by()
    counts = Counter(str(kind) for kind in made.values_list("request_type", flat=True))
    return {kind: -(-count // len(jobs)) for kind, count in counts.items()}, len(jobs)


def columns_of(options: RunOptions, user: User | None = None) -> dict[str, Any]:
    """Return what a job's row says of its options; with a user, what it will probably cost."""
    told = estimate_run(options, user) if user else None
    return {
        "primary_model": EngineChoice.parse(options.engine).model,
        "strategy": options.strategy,
        "temperature": options.temperature,
        "max_tokens": options.max_tokens,
        "cost_estimate": (told.calls.cost or 0.0) if told else 0.0,
    }
