"""The tables of common things name each thing once: of two lines the first would say nothing."""

from __future__ import annotations

from collections import Counter

import pytest

from generation.engines.builtin.understanding import domains, usual


@pytest.mark.parametrize("table", [domains.TABLE, usual.TABLE])
def test_no_thing_stands_twice(table):
    lines = [line for line in table.read_text("utf-8").splitlines() if line and line[0] != "#"]
    named = Counter(line.partition(":")[0] for line in lines)
    assert named
    assert [name for name, count in named.items() if count > 1] == []
