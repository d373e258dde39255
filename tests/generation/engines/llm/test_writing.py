"""Files that a model writes: whole, checked, asked for again, or refused."""

from __future__ import annotations

import pytest

from generation.engines.base import EngineError, InvalidOutput, StepContext

MODELS = "backend/app/models.py"
STEP = {
    "template": "custom",
    "file_path": "backend/app/greeting.py",
    "instructions": "Greet by name.",
    "files": [MODELS],
}
EDIT = {**STEP, "file_path": MODELS, "existing_code": "<current content>"}
GOOD = "from app.models import Note\n\n\ndef greet(note: Note) -> str:\n    return str(note)\n"
BAD = "from app.models import Nothing\n"


def file(code: str) -> dict[str, str]:
    return {"file_path": "elsewhere.py", "code": code}


def edits(*pairs: tuple[str, str]) -> dict[str, object]:
    return {"edits": [{"search": search, "replace": replace} for search, replace in pairs]}


class TestCreate:
    def test_the_planned_path_holds(self, engine, script, context) -> None:
        script(file(GOOD))
        made = engine.create(STEP, context)
        assert (made.file_path, made.code, made.made_by) == (STEP["file_path"], GOOD, "ollama")

    def test_what_fails_a_check_is_asked_for_again_with_the_reason(
        self, engine, script, context, server, heard
    ) -> None:
        script(file(BAD), file(GOOD))
        assert engine.create(STEP, context).code == GOOD
        assert "has no 'Nothing'" in server.received[-1].body["messages"][-1]["content"]
        assert [kind for _call, kind in heard.calls] == ["write", "write"]

    def test_the_same_fault_twice_is_enough(self, engine, script, context, heard) -> None:
        script(file(BAD), file(BAD), file(GOOD))
        with pytest.raises(InvalidOutput, match="has no 'Nothing'"):
            engine.create(STEP, context)
        assert len(heard.calls) == 2

    def test_three_tries_are_all(self, engine, script, context, heard) -> None:
        script(file("x = ("), file("y = a"), file(""), file(GOOD))
        with pytest.raises(InvalidOutput):
            engine.create(STEP, context)
        assert len(heard.calls) == 3

    @pytest.mark.parametrize(
        "behaviour",
        ["cut-json", "empty", "echo", "no-done", "length", "wrong-language"],
    )
    def test_a_bad_model_never_gives_a_file(
        self, engine, server, script, context, behaviour
    ) -> None:
        server.behaviour = behaviour
        script(*[file(GOOD)] * 5)
        with pytest.raises(EngineError):
            engine.create(STEP, context)

    def test_a_template_of_the_stack_needs_no_model(self, engine, server, context) -> None:
        plan = engine._floor.plan(context.spec, stack=context.stack, styling=context.styling)
        made = engine.create(plan.steps[0].input, context)
        assert made.made_by == "builtin"
        assert server.received == []


class TestEdit:
    BEFORE = "class Note:\n    pass\n\n\nclass Task:\n    pass\n"

    def edit(self, engine, context: StepContext) -> str:
        made = engine.refactor(EDIT, self.BEFORE, context)
        assert (made.file_path, made.made_by) == (MODELS, "ollama")
        return made.code

    def test_by_search_and_replace(self, engine, script, context) -> None:
        script(edits(("class Task:\n    pass", "class Task:\n    done = False")))
        assert self.edit(engine, context) == self.BEFORE.replace(
            "class Task:\n    pass", "class Task:\n    done = False"
        )

    def test_by_the_whole_text(self, engine, script, context) -> None:
        script({"code": self.BEFORE + "\n\nclass Tag:\n    pass"})
        assert self.edit(engine, context) == self.BEFORE + "\n\nclass Tag:\n    pass\n"

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            (edits(("class Gone", "class Here")), "0 times"),
            (edits(("    pass", "    ...")), "2 times"),
            (edits(("class Note", "class Memo")), "lost 'Note'"),
            ({"code": "class Note:\n    pass\n# ... rest of the code unchanged\n"}, "left out"),
            ({"code": "class Note:\n    pass\n"}, "lost 'Task'"),
            ({"code": BEFORE}, "nothing was changed"),
            ({}, "either edits or code"),
        ],
    )
    def test_what_would_destroy_a_file_is_refused(
        self, engine, script, context, wrong, reason
    ) -> None:
        script(wrong, wrong)
        with pytest.raises(InvalidOutput, match=reason):
            self.edit(engine, context)
