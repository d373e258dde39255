"""Every way of the stub to go wrong, with what must come of it: when planning, writing, changing.

`used` is an answer that counts as it was meant; `refused` is one of which nothing is used.
"""

from __future__ import annotations

import pytest

from generation.engines.base import EngineError, Plan
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.providers.ollama import OllamaProvider
from tests.generation.engines.llm.conftest import STACK
from tests.generation.engines.llm.test_planning import PAGE, added, create, plan_of
from tests.generation.engines.llm.test_writing import EDIT, GOOD, MODELS, STEP, edits, file
from tests.stubs.ollama import OllamaStub

USED, REFUSED = "used", "refused"
BEFORE = "class Note:\n    pass\n\n\nclass Task:\n    pass\n"
AFTER = BEFORE + "\n\nclass Tag:\n    pass\n"
# What must come of each behaviour: for a plan, for a new file, for a change.
OUTCOMES: dict[str, tuple[str, str, str]] = {
    **dict.fromkeys(
        [
            *("good", "comments", "prose", "fenced", "object-as-text", "twice", "thinks-aloud"),
            *("extra-key", "starting", "slow", "late", "wrong-values"),
        ],
        (USED, USED, USED),
    ),
    **dict.fromkeys(
        [
            *("cut-json", "empty", "wrong-language", "unclosed-thought", "echo", "length"),
            *("no-done", "error-midstream", "garbage-line", "odd-line", "endless", "endless-line"),
            *("out-of-memory", "reset", "reset-midstream", "silent", "silent-midstream"),
            *("cuts-prompt", "unauthorized", "web-page", "redirect", "not-pulled", "no-models"),
            "pull-fails",
        ],
        (REFUSED, REFUSED, REFUSED),
    ),
    # What is wrong is in a plan alone, or in the text of a file.
    "wrong-key": (REFUSED, USED, USED),
    "unknown-tool": (REFUSED, USED, USED),
    "rest-unchanged": (USED, REFUSED, REFUSED),
}


@pytest.fixture
def floor(context) -> Plan:
    return BuiltinEngine().plan(context.spec, stack=STACK, styling=context.styling)


@pytest.fixture(autouse=True)
def impatient(engine, server) -> None:
    """Wait for a silent server for as long as an answer that comes late takes."""
    provider = OllamaProvider(server.url, silence=1)
    object.__setattr__(engine._mind, "provider", provider)


def test_each_behaviour_has_its_outcome() -> None:
    assert OUTCOMES.keys() == set(OllamaStub.behaviours)


@pytest.mark.parametrize("behaviour", OUTCOMES)
def test_when_planning(engine, server, script, context, floor, heard, behaviour) -> None:
    server.behaviour = behaviour
    script(*[[create(PAGE)]] * 6)
    plan = plan_of(engine, context)
    if OUTCOMES[behaviour][0] == USED:
        assert added(plan, floor) == [PAGE]
        assert heard.said == []
    else:
        assert plan == floor
        assert behaviour == "echo" or heard.said


@pytest.mark.parametrize("behaviour", OUTCOMES)
def test_when_writing_a_file(engine, server, script, context, behaviour) -> None:
    server.behaviour = behaviour
    script(*[file(GOOD)] * 6)
    if OUTCOMES[behaviour][1] == USED:
        assert engine.create(STEP, context).code == GOOD
    else:
        with pytest.raises(EngineError):
            engine.create(STEP, context)


@pytest.mark.parametrize("behaviour", OUTCOMES)
def test_when_changing_a_file(engine, server, script, context, behaviour) -> None:
    server.behaviour = behaviour
    script(*[{"code": AFTER}] * 6)
    if OUTCOMES[behaviour][2] == USED:
        assert engine.refactor(EDIT, BEFORE, context).code == AFTER
    else:
        with pytest.raises(EngineError):
            engine.refactor(EDIT, BEFORE, context)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"code": "class Note:\n    pass\n# ... rest of the code unchanged\n"}, REFUSED),
        (edits(("    pass\n\n\nclass Task", "    # rest unchanged\n\n\nclass Task")), REFUSED),
        ({"code": AFTER, "edits": []}, USED),
    ],
)
def test_a_file_is_never_shortened(engine, script, context, said, outcome) -> None:
    script(*[said] * 3)
    if outcome == USED:
        assert engine.refactor({**EDIT, "file_path": MODELS}, BEFORE, context).code == AFTER
    else:
        with pytest.raises(EngineError):
            engine.refactor({**EDIT, "file_path": MODELS}, BEFORE, context)
