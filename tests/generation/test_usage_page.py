"""The usage page, its numbers over REST and in the admin: one's own calls, put together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from generation.chart import bar_chart, round_top
from generation.models import AIProviderUsage
from generation.usage_report import usage_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def use(owner, project):
    def make(days_ago: int = 0, **values) -> AIProviderUsage:
        row = {
            "user": owner,
            "project": project,
            "provider": "openai",
            "model": "gpt-4o-mini",
            "prompt_tokens": 60,
            "completion_tokens": 40,
            "total_tokens": 100,
            "cost": 0.25,
            "latency_ms": 1500,
        }
        call = AIProviderUsage.objects.create(**{**row, **values})
        noon = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        AIProviderUsage.objects.filter(pk=call.pk).update(
            created_at=noon - timedelta(days=days_ago)
        )
        return call

    return make


@pytest.fixture
def used(use, stranger):
    """Three calls of the owner's to two models, one of them yesterday and failed; one more."""
    use()
    use(provider="ollama", model="qwen", cost=0.0, total_tokens=700, latency_ms=500)
    use(1, success=False, total_tokens=0, prompt_tokens=0, completion_tokens=0, cost=0.0)
    use(user=stranger, model="the-strangers", project=None)


class TestReport:
    @pytest.mark.usefixtures("used")
    def test_the_sums_are_those_of_ones_own_calls(self, owner):
        total = usage_report(owner, days=7).total
        assert (total.calls, total.failed, total.tokens, total.cost) == (3, 1, 800, 0.25)
        assert total.success_rate == pytest.approx(66.67, abs=0.01)
        assert total.average_latency == timedelta(seconds=3.5 / 3)

    @pytest.mark.usefixtures("used")
    def test_groups_stand_by_their_tokens(self, owner):
        report = usage_report(owner, days=7)
        assert [(r.provider, r.calls) for r in report.by_provider] == [("ollama", 1), ("openai", 2)]
        assert [r.model for r in report.by_model] == ["qwen", "gpt-4o-mini"]
        assert [r.project_name for r in report.by_project] == ["QuickNotes"]

    @pytest.mark.usefixtures("used")
    def test_every_day_is_there_also_those_without_a_call(self, owner):
        days = usage_report(owner, days=7).by_day
        assert [row.calls for row in days] == [0, 0, 0, 0, 0, 1, 2]
        assert days[-1].day == timezone.localdate()

    def test_the_first_day_is_whole_and_the_one_before_it_is_out(self, owner, use):
        use(6)
        use(7)
        assert usage_report(owner, days=7).total.calls == 1

    @pytest.mark.usefixtures("used")
    def test_deleted_apps_are_told_together_and_without_a_name(self, owner, project, use):
        use(project=None)
        project.deleted_at = timezone.now()
        project.save(update_fields=["deleted_at"])
        (row,) = usage_report(owner, days=7).by_project
        assert (row.project_id, row.project_name, row.calls) == (None, None, 4)

    def test_without_a_known_price_there_is_no_cost(self, owner, use):
        use(provider="ainative", model="codegen", cost=None)
        assert usage_report(owner, days=7).total.cost is None

    def test_it_asks_as_much_for_many_calls_as_for_one(self, owner, use, django_assert_num_queries):
        for number in range(20):
            use(number, model=f"model-{number}")
        with django_assert_num_queries(5):
            usage_report(owner, days=90)


class TestPage:
    @pytest.mark.usefixtures("used")
    def test_it_shows_the_numbers_and_the_charts(self, as_owner):
        page = as_owner.get("/usage/").content.decode()
        for text in ("Ollama", "gpt-4o-mini", "QuickNotes", "$0.25", "800", "66.6 %", "1.2 s"):
            assert text in page
        assert page.count('class="chart-bars"') == 2
        assert "the-strangers" not in page

    def test_nothing_yet(self, as_owner):
        page = as_owner.get("/usage/").content.decode()
        assert "No model has been called yet" in page
        assert "<table" not in page

    def test_nothing_in_the_period(self, as_owner, use):
        use(20)
        page = as_owner.get("/usage/?days=7").content.decode()
        assert "No calls in the last 7 days" in page
        assert "gpt-4o-mini" in as_owner.get("/usage/?days=30").content.decode()

    @pytest.mark.usefixtures("used")
    @pytest.mark.parametrize("days", ["x", "-1", "9999999999999", "", "8"])
    def test_another_period_is_the_usual_one(self, as_owner, days):
        page = as_owner.get(f"/usage/?days={days}")
        assert page.context["days"] == 30

    def test_calls_without_tokens_have_words_in_place_of_a_chart(self, as_owner, use):
        use(total_tokens=0, prompt_tokens=0, completion_tokens=0, cost=0.0, success=False)
        page = as_owner.get("/usage/").content.decode()
        assert "No tokens were counted" in page
        assert 'class="chart-bars"' not in page

    def test_names_are_escaped(self, as_owner, use):
        use(model="<b>x</b>")
        assert "<b>x</b>" not in as_owner.get("/usage/").content.decode()

    def test_one_signs_in_first(self, client):
        assert client.get("/usage/").status_code == 302

    def test_it_is_in_the_navigation(self, as_owner):
        assert 'href="/usage/" aria-current="page"' in as_owner.get("/usage/").content.decode()


class TestApi:
    @pytest.mark.usefixtures("used")
    def test_it_is_what_the_page_shows(self, api, project):
        answer = api.get("/api/usage/?days=7").json()
        assert answer["total"]["tokens"] == 800
        assert answer["by_provider"][0]["provider"] == "ollama"
        assert answer["by_project"][0]["project_id"] == str(project.pk)
        assert len(answer["by_day"]) == 7
        assert set(answer["by_day"][0]) >= {"day", "cost", "success_rate", "average_latency_ms"}

    @pytest.mark.usefixtures("used")
    def test_a_stranger_sees_only_their_own(self, api_as, stranger):
        answer = api_as(stranger).get("/api/usage/").json()
        assert [row["model"] for row in answer["by_model"]] == ["the-strangers"]

    @pytest.mark.parametrize("days", ["0", "367", "many"])
    def test_a_period_that_is_none_is_refused(self, api, days):
        answer = api.get(f"/api/usage/?days={days}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"] == "days"

    def test_nobody_is_asked_to_sign_in(self, api_as):
        assert api_as(None).get("/api/usage/").status_code == 401


class TestAdmin:
    @pytest.mark.usefixtures("used")
    def test_the_sums_are_those_of_the_filtered_rows(self, browser_as, admin):
        page = browser_as(admin).get("/admin/generation/aiproviderusage/?provider__exact=openai")
        assert "3 calls</strong>, 1 of them failed" in page.content.decode()
        assert "200 tokens" in page.content.decode()
        assert "$0.50" in page.content.decode()


class TestChart:
    def test_nothing_to_see_is_no_chart(self):
        assert bar_chart([]) is None
        assert bar_chart([("a", (0, 0))]) is None

    def test_parts_stand_on_each_other_under_a_round_top(self):
        chart = bar_chart([("a", (10, 30)), ("b", (0, 0))])
        assert chart is not None
        assert (chart.width, chart.top) == (2, 40)
        low, high = chart.bars[0].parts
        assert (low.y, low.height) == (75, 25)
        assert (high.y, high.height) == (0, 75)

    @pytest.mark.parametrize(
        ("largest", "top"), [(1, 1), (7, 8), (10, 10), (11, 15), (2400, 3000), (0.035, 0.04)]
    )
    def test_the_top_is_the_next_round_number(self, largest, top):
        assert round_top(largest) == pytest.approx(top)
