"""Words and shapes of the pages: sizes, durations, times, shortened names, icons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.models import ProjectStatus
from projects.templatetags import pages


@pytest.mark.parametrize(
    ("name", "length", "shown"),
    [
        ("short", 10, "short"),
        ("abcdefghijklmno", 9, "abcd…lmno"),
        ("abcdefghij", 9, "abcd…ghij"),
        ("abcdefghij", 3, "abcdefghij"),
    ],
)
def test_long_names_lose_their_middle(name, length, shown):
    assert pages.middle(name, length) == shown
    assert len(shown) <= max(length, len(name))


@pytest.mark.parametrize(
    ("size", "shown"),
    [(None, ""), (0, "0 B"), (1023, "1023 B"), (1536, "1.5 kB"), (3 * 1024 * 1024, "3.0 MB")],
)
def test_sizes_are_in_units_of_people(size, shown):
    assert pages.human_size(size) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (None, "not known"),
        (0, "$0.00"),
        (0.00002, "under $0.0001"),
        (0.0042, "$0.0042"),
        (1234.5, "$1,234.50"),
    ],
)
def test_money_is_told_to_the_digit_that_matters(amount, shown):
    assert pages.usd(amount) == shown


@pytest.mark.parametrize(
    ("part", "shown"), [(None, ""), (100.0, "100 %"), (99.99, "99.9 %"), (0.0, "0 %")]
)
def test_only_all_is_a_hundred_percent(part, shown):
    assert pages.percent(part) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.04, "40 ms"), (1.25, "1.2 s"), (185, "3 min 05 s"), (7800, "2 h 10 min")],
)
def test_durations_are_in_units_of_people(seconds, shown):
    assert pages.took(timedelta(seconds=seconds)) == shown
    assert pages.took(None) == ""


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "just now"),
        (9, "just now"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (7300, "2 hours ago"),
        (86400 * 3, "3 days ago"),
        (86400 * 15, "2 weeks ago"),
        (86400 * 800, "2 years ago"),
    ],
)
def test_times_are_told_from_now(seconds, shown):
    assert pages.ago(timezone.now() - timedelta(seconds=seconds, milliseconds=1)) == shown


def test_a_time_has_the_exact_one_on_hover():
    shown = pages.when(timezone.now())
    assert "just now" in shown
    assert 'title="' in shown
    assert pages.when(None) == ""


def test_every_state_has_its_own_icon_and_word():
    icons = [pages.project_icon(status) for status in ProjectStatus.values]
    assert len(set(icons)) == len(icons)
    looks = pages.STEP_LOOK.values()
    assert len({name for name, _, _ in looks}) == len(pages.STEP_LOOK)
    assert "Failed" in pages.step_state("FAILED")
