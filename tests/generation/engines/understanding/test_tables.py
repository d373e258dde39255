"""The tables of common things name each thing once: of two lines the first would say nothing."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generation.engines.builtin.understanding import domains, lexicon, usual


@pytest.mark.parametrize("table", [domains.TABLE, usual.TABLE])
def test_no_thing_stands_twice(table):
    lines = [line for line in table.read_text("utf-8").splitlines() if line and line[0] != "#"]
    named = Counter(line.partition(":")[0] for line in lines)
    assert named
    assert [name for name, count in named.items() if count > 1] == []


def test_fields_and_choices_of_things_are_words():
    names = [
        name
        for fields in lexicon.FIELDS.values()
        for field in fields()
        for name in (field.name, *field.choices)
    ]
    assert [name for name in names if re.fullmatch(r"[a-z0-9][\w /-]*", name) is None] == []
