"""How a project is shown: steps by stage, code in colours, time in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_for_filename
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from generation.models import (
    AgentJob,
    AgentType,
    AIProviderUsage,
    GenerationStep,
    JobStatus,
    StepStatus,
    Totals,
)
from generation.models.usage import SUMS
from projects.models import ProjectFile, User
from projects.templatetags.pages import thousands, usd

HIGHLIGHT_LIMIT = 200_000
SHOW_LIMIT = 1_000_000
HISTORY = 5
LEAST_BAR = 1.0  # of a hundred: shorter ones could not be seen

# The first prefix that fits a step's file names its stage.
STAGES = (
    ("backend/app/models/", "Models"),
    ("backend/app/schemas/", "Schemas"),
    ("backend/app/api/", "Routes"),
    ("backend/tests/", "Back-end tests"),
    ("backend/alembic", "Migrations"),
    ("backend/", "Back end"),
    ("frontend/src/styles", "Styling"),
    ("frontend/src/pages/", "Pages"),
    ("frontend/src/components/", "Components"),
    ("frontend/", "Front end"),
    ("core/models/", "Models"),
    ("core/migrations/", "Migrations"),
    ("core/forms/", "Forms"),
    ("core/views/", "Views"),
    ("core/api/", "API"),
    ("core/admin/", "Admin"),
    ("accounts/", "Accounts"),
    ("core/", "Core"),
    ("config/", "Settings"),
    ("templates/", "Templates"),
    ("static/", "Styling"),
    ("tests/", "Tests"),
)
MEMORY_STAGE, ROOT_STAGE = "Memory", "Project files"


@dataclass(frozen=True)
class TimeBar:
    """When something was worked on, as parts of a hundred of the whole run."""

    x: float
    width: float


@dataclass
class Stage:
    """Steps of one kind, shown together."""

    name: str
    steps: list[GenerationStep] = field(default_factory=list)
    bar: TimeBar | None = None

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(step.status == StepStatus.SUCCESS for step in self.steps)

    @property
    def status(self) -> str:
        """The state of the whole."""
        return worst_status(self.steps)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From its first start to its last end, which is now while a step runs."""
        starts = [step.started_at for step in self.steps if step.started_at]
        if not starts:
            return None
        now = timezone.now()
        ends = [step.finished_at or now for step in self.steps if step.started_at]
        return min(starts), max(ends)

    @property
    def took(self) -> timedelta | None:
        """How long it took, once all are done."""
        if self.done != len(self.steps) or self.span is None:
            return None
        return self.span[1] - self.span[0]


def worst_status(steps: Iterable[GenerationStep]) -> str:
    """Return the state of several steps: the worst that happened, else whether it goes on."""
    found = {str(step.status) for step in steps}
    for status in (StepStatus.FAILED, StepStatus.RUNNING):
        if status in found:
            return str(status)
    if len(found) == 1:
        return found.pop()
    return str(StepStatus.PENDING if StepStatus.PENDING in found else StepStatus.SKIPPED)


def stage_name(step: GenerationStep) -> str:
    """Return the name of the stage that a step belongs to."""
    path = step.file_path
    if not path:
        return MEMORY_STAGE
    return next((name for prefix, name in STAGES if path.startswith(prefix)), ROOT_STAGE)


def stages_of(job: AgentJob | None) -> list[Stage]:
    """Return a job's steps by stage, in the order in which the stages begin."""
    if job is None:
        return []
    steps = GenerationStep.objects.filter(job=job).defer("output_payload")
    return by_stage(steps.order_by("sequence_order"))


def by_stage(steps: Iterable[GenerationStep]) -> list[Stage]:
    """Return steps by stage, in the order in which the stages begin."""
    stages: dict[str, Stage] = {}
    for step in steps:
        name = stage_name(step)
        stages.setdefault(name, Stage(name)).steps.append(step)
    _draw_bars(stages.values())
    return list(stages.values())


def _draw_bars(stages: Collection[Stage]) -> None:
    """Lay the stages' times out along that of the whole run."""
    spans = [stage.span for stage in stages if stage.span]
    if not spans:
        return
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    whole = (last - first) / timedelta(seconds=1) or 1.0
    for stage in stages:
        if stage.span:
            start, end = stage.span
            width = max(100 * (end - start).total_seconds() / whole, LEAST_BAR)
            x = min(100 * (start - first).total_seconds() / whole, 100 - width)
            stage.bar = TimeBar(round(x, 2), round(width, 2))


def usage_words(totals: Totals, model: str) -> str:
    """Return what calls took, such as "3 calls to qwen, 1 failed · 1,204 tokens · $0.00"."""
    lost = f", {totals.failed} failed" if totals.failed else ""
    asked = f"{totals.calls} call{'' if totals.calls == 1 else 's'} to {model}{lost}"
    price = "price not known" if totals.cost is None else usd(totals.cost)
    return f"{asked} · {thousands(totals.tokens)} tokens · {price}"


def job_usage(job: AgentJob | None) -> str:
    """Return what a job's calls took in words; nothing where there were none."""
    newest = AIProviderUsage.objects.filter(job=job).first() if job else None
    if job is None or newest is None:
        return ""
    return usage_words(AIProviderUsage.objects.filter(job=job).totals(), newest.model)


def step_usage(job: AgentJob | None) -> dict[UUID, str]:
    """Return what the calls of each step took in words, for the steps that made any."""
    if job is None:
        return {}
    calls = AIProviderUsage.objects.filter(job=job, step__isnull=False).order_by()
    groups = calls.values_list("step_id").annotate(
        models=ArrayAgg("model", order_by="-created_at"), **SUMS
    )
    return {step_id: usage_words(Totals(*sums), models[0]) for step_id, models, *sums in groups}


def highlighted(file: ProjectFile) -> SafeString:
    """Return a file's text as HTML in colours, every character of it escaped."""
    text = file.content or ""
    lexer: Lexer = TextLexer(stripnl=False)
    if len(text) <= HIGHLIGHT_LIMIT:
        with suppress(ClassNotFound):
            lexer = get_lexer_for_filename(file.path, stripnl=False)
    formatter = HtmlFormatter(cssclass="hl", linespans="L", wrapcode=True)
    # Pygments escapes the text; the tags are its own.
    return mark_safe(highlight(text[:SHOW_LIMIT], lexer, formatter))  # noqa: S308


def elapsed_of(job: AgentJob | None) -> timedelta | None:
    """Return how long a job has run, or ran."""
    if job is None:
        return None
    return (job.completed_at or timezone.now()) - (job.started_at or job.created_at)


def usual_duration(user: User) -> timedelta | None:
    """Return the mean duration of a person's last finished jobs; None without any."""
    jobs = AgentJob.objects.filter(
        user=user,
        agent_type=AgentType.PIPELINE,
        status=JobStatus.COMPLETED,
        started_at__isnull=False,
        completed_at__isnull=False,
    ).order_by("-completed_at")
    times = jobs.values_list("started_at", "completed_at")[:HISTORY]
    spans = [end - start for start, end in times if start and end]
    return sum(spans, timedelta()) / len(spans) if spans else None
