"""How much a feature is wanted is read where a label or a saying tells it, and nowhere else."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.priorities import priority_of
from projects.spec.models import Priority
from projects.spec.request import AppRequest


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Export tasks as CSV (nice to have)", Priority.NICE),
        ("Optional: a chart of finished tasks", Priority.NICE),
        ("If possible, show a chart", Priority.NICE),
        ("Should-have: search tasks", Priority.SHOULD),
        ("[must have] Task CRUD", Priority.MUST),
        ("Search - must-have", Priority.MUST),
        ("Sign in is a must", Priority.MUST),
        ("Each task must have a title", None),
        ("Tasks with an optional due date", None),
        ("Show high priority tasks first", None),
        ("Users should be able to search tasks", None),
        ("Required fields: title, date", None),
    ],
)
def test_a_label_or_a_saying_tells_how_much_a_feature_is_wanted(
    text: str, priority: Priority | None
) -> None:
    assert priority_of(text) == priority


def test_a_feature_keeps_its_priority_and_is_built_all_the_same() -> None:
    spec = understand(
        AppRequest(
            project_name="Tasks",
            description="",
            features=("Task CRUD (must have)", "Search tasks (nice to have)", "Tag tasks"),
        )
    )
    assert [feature.priority for feature in spec.features] == [
        Priority.MUST,
        Priority.NICE,
        None,
    ]
    assert "search" in spec.features[1].capabilities
