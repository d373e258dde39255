"""How long a job will take, judged by jobs like it that have finished."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import median

from django.db.models import QuerySet

from generation.models import AgentJob, AgentType, JobStatus

HISTORY = 20
MINUTE = 60
# Only until a first job has finished: the figures of seed 004's examples.
FIRST = {AgentType.PIPELINE: timedelta(minutes=5)}
FIRST_OF_AN_AGENT = timedelta(seconds=30)


def estimate(job: AgentJob) -> timedelta:
    """Return the median duration of the last jobs of the same kind and engine.

    Without any, of the same kind; without any of these, a first guess.
    """
    finished = AgentJob.objects.filter(
        agent_type=job.agent_type,
        status=JobStatus.COMPLETED,
        started_at__isnull=False,
        completed_at__isnull=False,
    )
    engine = (job.config or {}).get("engine")
    spans = _spans(finished.filter(config__engine=engine)) or _spans(finished)
    if spans:
        return timedelta(seconds=median(spans))
    return FIRST.get(AgentType(job.agent_type), FIRST_OF_AN_AGENT)


def _spans(jobs: QuerySet[AgentJob]) -> list[float]:
    times = jobs.order_by("-completed_at").values_list("started_at", "completed_at")[:HISTORY]
    return [(end - start).total_seconds() for start, end in times if start and end]


def in_words(duration: timedelta) -> str:
    """Return a duration as seed 004 writes it: `30s`, and from two minutes on `5m`."""
    seconds = max(1, math.ceil(duration.total_seconds()))
    return f"{seconds}s" if seconds < 2 * MINUTE else f"{math.ceil(seconds / MINUTE)}m"
