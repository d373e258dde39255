"""What a person's calls to models took in the last days: by provider, model, project and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from generation.models import AIProviderUsage, ProviderName
from generation.models.usage import SUMS as TOTALS
from projects.models import User

PERIODS = (7, 30, 90)
USUAL_PERIOD = 30
LONGEST_PERIOD = 366
SHOWN = 50

SUMS: dict[str, Any] = {
    **TOTALS,
    "prompt_tokens": Sum("prompt_tokens", default=0),
    "completion_tokens": Sum("completion_tokens", default=0),
    "average_latency_ms": Avg("latency_ms"),
}


@dataclass(frozen=True)
class UsageRow:
    """Sums over calls; `cost` in US dollars is None where no price is known.

    Which of the names it has depends on what the calls were put together by.
    """

    calls: int = 0
    failed: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    tokens: int = 0
    cost: float | None = None
    average_latency_ms: float | None = None
    provider: str | None = None
    model: str | None = None
    project_id: UUID | None = None
    project_name: str | None = None
    day: date | None = None

    @property
    def success_rate(self) -> float | None:
        """How many of a hundred calls succeeded."""
        return 100.0 * (self.calls - self.failed) / self.calls if self.calls else None

    @property
    def average_latency(self) -> timedelta | None:
        """How long a call took in the mean."""
        mean = self.average_latency_ms
        return None if mean is None else timedelta(milliseconds=mean)

    @property
    def provider_name(self) -> str:
        """The provider's name as people write it."""
        return str(ProviderName(self.provider).label) if self.provider else ""


@dataclass(frozen=True)
class UsageReport:
    """What was used from `since` to `until`, both included; days without calls are there too."""

    since: date
    until: date
    total: UsageRow
    by_provider: tuple[UsageRow, ...]
    by_model: tuple[UsageRow, ...]
    by_project: tuple[UsageRow, ...]
    by_day: tuple[UsageRow, ...]


def usage_report(user: User, *, days: int) -> UsageReport:
    """Return what was used for `user` in the last `days`, in the site's time zone."""
    until = timezone.localdate()
    since = until - timedelta(days=days - 1)
    start = timezone.make_aware(datetime.combine(since, time()))
    calls = AIProviderUsage.objects.made_by(user).filter(created_at__gte=start).order_by()
    return UsageReport(
        since=since,
        until=until,
        total=UsageRow(**calls.aggregate(**SUMS)),
        by_provider=_largest(calls, "provider"),
        by_model=_largest(calls, "provider", "model"),
        by_project=_by_project(calls),
        by_day=_by_day(calls, since, until),
    )


def _largest(calls: QuerySet[AIProviderUsage], *names: str) -> tuple[UsageRow, ...]:
    return tuple(UsageRow(**sums) for sums in _sums(calls, *names))


def _sums(calls: QuerySet[AIProviderUsage], *names: str) -> Iterable[dict[str, Any]]:
    """Return the sums by the columns named, those with the most tokens first."""
    groups: QuerySet[AIProviderUsage, dict[str, Any]] = calls.values(*names)
    return groups.annotate(**SUMS).order_by(F("tokens").desc(), F("calls").desc(), *names)[:SHOWN]


def _by_project(calls: QuerySet[AIProviderUsage]) -> tuple[UsageRow, ...]:
    """Put the calls together by project; those of deleted ones have neither id nor name."""
    live = Q(project__deleted_at__isnull=True)
    named = calls.annotate(
        app=Case(When(live, then=F("project_id"))),
        app_name=Case(When(live, then=F("project__project_name"))),
    )
    return tuple(
        UsageRow(project_id=sums.pop("app"), project_name=sums.pop("app_name"), **sums)
        for sums in _sums(named, "app", "app_name")
    )


def _by_day(calls: QuerySet[AIProviderUsage], since: date, until: date) -> tuple[UsageRow, ...]:
    groups = calls.annotate(day=TruncDate("created_at")).values("day").annotate(**SUMS)
    found = {row["day"]: UsageRow(**row) for row in groups}
    return tuple(found.get(day) or UsageRow(day=day) for day in _days(since, until))


def _days(since: date, until: date) -> Iterable[date]:
    return (since + timedelta(days=n) for n in range((until - since).days + 1))
