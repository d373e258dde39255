"""A database that is filled to be measured, and the pages over it."""

from __future__ import annotations

import pytest

from generation.management.measures import growth
from generation.models import Log
from projects.models import Project, ProjectEvent


@pytest.mark.django_db(transaction=True)
def test_every_page_is_there_over_a_database_that_has_grown(monkeypatch):
    monkeypatch.setattr(growth, "SLOW_QUERY", 0.0)
    filled = growth.fill(20, 1190)
    assert filled["projects"] == Project.objects.count() == 20
    assert filled["logs"] == Log.objects.count() == ProjectEvent.objects.count() == 1190
    pages = growth.measure_pages()
    # Of the admin's hundredth page there are not enough lines.
    others = {page["path"]: page["status"] for page in pages if not page["path"].endswith("p=100")}
    assert set(others.values()) == {200}
    assert all(page["queries"] > 0 for page in pages)
    assert any("Scan" in line for page in pages for line in page.get("plan", ()))
