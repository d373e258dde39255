"""What is kept is found by identity, and held only for the last few."""

from __future__ import annotations

from generation.engines.builtin.memo import KEPT, kept_for_same


def test_an_equal_value_that_is_not_the_same_is_asked_about_anew():
    asked = []

    @kept_for_same
    def length(values: tuple[int, ...]) -> int:
        asked.append(values)
        return len(values)

    first, equal = tuple(range(2)), tuple(range(2))
    assert [length(first), length(first), length(equal)] == [2, 2, 2]
    assert len(asked) == 2


def test_only_the_last_few_are_held():
    asked = []

    @kept_for_same
    def noted(value: object) -> int:
        asked.append(value)
        return len(asked)

    values = [object() for _ in range(KEPT + 1)]
    for value in values:
        noted(value)
    noted(values[-1])
    assert len(asked) == KEPT + 1
    noted(values[0])
    assert len(asked) == KEPT + 2
