"""The page of what a person's calls to models took."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateformat import format as format_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation.chart import bar_chart
from generation.usage_report import PERIODS, USUAL_PERIOD, UsageReport, usage_report
from projects.templatetags.pages import thousands, usd
from projects.views import signed_in


@never_cache
@login_required
@require_safe
def usage_page(request: HttpRequest) -> HttpResponse:
    """Show a person's own usage of the last 7, 30 or 90 days."""
    asked = request.GET.get("days", "")
    days = next((n for n in PERIODS if str(n) == asked), USUAL_PERIOD)
    user = signed_in(request)
    report = usage_report(user, days=days)
    context = {
        "report": report,
        "days": days,
        "periods": PERIODS,
        "ever": bool(report.total.calls) or user.usage.exists(),
        **_charts(report),
    }
    return render(request, "generation/usage.html", context)


def _charts(report: UsageReport) -> dict[str, object]:
    days = [(format_date(row.day, "j F"), row) for row in report.by_day if row.day]
    return {
        "token_chart": bar_chart(
            (
                f"{day}: {thousands(row.tokens)} tokens in {thousands(row.calls)} calls",
                (row.prompt_tokens, row.completion_tokens),
            )
            for day, row in days
        ),
        "cost_chart": bar_chart(
            (f"{day}: {usd(row.cost)}", (row.cost or 0.0,)) for day, row in days
        ),
    }
