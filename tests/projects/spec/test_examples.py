"""What is understood of the examples can be built without a person's help."""

from __future__ import annotations

import pytest

from generation.engines.registry import get_engine
from projects.examples import EXAMPLES
from projects.spec.check import faults_of
from projects.spec.request import load_request


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_its_design_has_no_fault(example):
    spec = get_engine("builtin").understand(load_request(example.spec))
    assert spec.entities
    assert list(faults_of(spec)) == []
