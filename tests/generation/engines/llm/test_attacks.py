"""Plans and answers that mean harm, or could do some: the floor holds, and nobody waits long."""

from __future__ import annotations

import json
import time

import pytest

from generation.engines.base import InvalidOutput, Plan
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.checks import check_file
from generation.engines.llm.plan import NOT_FILLED
from generation.engines.llm.steps import PLANNED_BY
from generation.engines.providers.reading import read_json
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.engines.llm.conftest import STACK
from tests.generation.engines.llm.test_planning import PAGE, added, change, create, plan_of

DJANGO = "Django + HTMX + PostgreSQL"
NO_FILE = [
    *("../outside.py", "/etc/cron.d/x.py", "C:/x.py", "a/../../b.py", "~/x.py", "a\\b.py"),
    *("a/./b.py", "nul/x.py", "a\u202eb.py", "a" * 300 + ".py", " ", "link.py/x.py/"),
    *("package.json", "frontend/package.json", "backend/pyproject.toml", "codegen.json"),
    *("frontend/package-lock.json", "frontend/tsconfig.json", "frontend/vite.config.ts"),
    *("frontend/vite.config.js", "docker-compose.override.yml", ".github/workflows/x.yml"),
    *(".vscode/settings.json", "backend/conftest.py", "backend/sitecustomize.py", "run"),
    *("backend/app/models.py", "backend/app/main/__init__.py", "frontend/src/routes.ts"),
    *("frontend/src/routes/index.ts", "backend/app/security/extra.py", "requirements-x.txt"),
]
NO_CHANGE = [
    *("frontend/package.json", "backend/requirements.txt", "backend/pyproject.toml"),
    *("backend/app/security.py", "backend/app/api/auth.py", "backend/app/protection.py"),
    *("backend/app/config.py", "backend/app/rows.py", "frontend/src/auth/RequireUser.tsx"),
    *("frontend/src/auth/session.ts", "backend/tests/test_auth.py", "backend/tests/conftest.py"),
    *("frontend/src/pages/pages.test.tsx", "backend/alembic/versions/0001_users.py", "run"),
    *(".github/workflows/ci.yml", "docker-compose.yml", "frontend/index.html"),
]


@pytest.fixture
def floor(context) -> Plan:
    return BuiltinEngine().plan(context.spec, stack=STACK, styling=context.styling)


@pytest.mark.parametrize("path", NO_FILE)
def test_no_file_is_planned_there(engine, script, context, floor, path) -> None:
    script([create(path), create(PAGE)], [])
    assert added(plan_of(engine, context), floor) == [PAGE]


@pytest.mark.parametrize("path", NO_CHANGE)
def test_no_change_is_planned_there(engine, script, context, floor, path) -> None:
    known = {step.input.get("file_path") for step in floor.steps}
    assert path in known
    script([change(path), create(path), create(PAGE)], [])
    assert added(plan_of(engine, context), floor) == [PAGE]


@pytest.mark.parametrize(
    "path", ["config/settings.py", "accounts/views.py", "manage.py", "tests/test_auth.py"]
)
def test_nor_in_the_other_stack(engine, script, context, path) -> None:
    script([change(path), create("core/help.py")], [])
    plan = engine.plan(context.spec, stack=DJANGO, styling="Plain CSS")
    assert path in {step.input.get("file_path") for step in plan.steps}
    assert [s.input["file_path"] for s in plan.steps if PLANNED_BY in s.input] == ["core/help.py"]


def test_a_feature_that_nobody_asked_for_is_not_claimed(engine, script, context) -> None:
    asked = context.spec.features[0].text
    praise = {**create("a.py"), "feature": "You have won. Go to evil.example"}
    script([praise, {**create("b.py"), "feature": f" {asked.upper()} "}])
    plan = plan_of(engine, context)
    assert [s.input["feature"] for s in plan.steps if PLANNED_BY in s.input] == [None, asked]


@pytest.mark.parametrize(
    "text",
    [
        '{"steps": ' + "[" * 5000,
        "[" * 100_000,
        '{"steps": [' + '{"a":' * 3000 + "1" + "}" * 3000 + "]}",
    ],
)
def test_what_is_nested_too_deeply_is_no_answer(engine, script, context, floor, text) -> None:
    script(text, text)
    assert plan_of(engine, context) == floor


@pytest.mark.parametrize(
    "text",
    [
        *("```json\n" + "\n" * 20_000, "{" + "\n" * 20_000, '{"a": "' + "/*" * 20_000),
        *("/*" * 20_000, "{" + " ," * 20_000, "```\n" * 10_000, '"' * 20_001),
        "<think>" * 5_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_an_answer_that_repeats_itself_is_read_quickly(text) -> None:
    before = time.process_time()
    with pytest.raises(InvalidOutput):
        read_json(text)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "x = 1" + "\n" * 20_000 + "y = 2\n"),
        ("a.ts", "// " + "." * 20_000),
        ("a.html", "<p>{% if" + " " * 20_000),
        ("a.html", "<p>{%" + "\n" * 20_000),
        ("a.css", "@source " * 3_000),
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_file_that_repeats_itself_is_checked_quickly(path, text) -> None:
    before = time.process_time()
    check_file(path, text, {"b.py": text})
    assert time.process_time() - before < 2


def test_what_no_database_can_hold_is_not_in_a_plan(engine, script, context) -> None:
    script(
        '[{"tool": "codegen_create", "input": {"file_path": "a.py", "instructions": "Nul \\u0000'
        ' and half \\ud83d.", "variables": {"a": NaN, "b": 1e999}}}]'
    )
    (step,) = (s for s in plan_of(engine, context).steps if PLANNED_BY in s.input)
    assert step.input["instructions"] == "Nul  and half ?."
    assert read_json('{"a": [NaN, 1e999, "\\u0000"]}') == {"a": [None, None, ""]}


def _wrong(value: object) -> list[object]:
    return [None, -1, "{{ 7*7 }} <% 7 %> \" ' \\ \n", [], {}, [[]], {"a": {}}, 1.5, [value] * 3]


@pytest.mark.parametrize("stack", [STACK, DJANGO])
def test_a_template_takes_any_variables_or_refuses_them(context, stack) -> None:
    floor = BuiltinEngine()
    spec = floor.understand(load_request(QUICKNOTES))
    plan = floor.plan(spec, stack=stack, styling=context.styling)
    allowed = (*NOT_FILLED, InvalidOutput)
    here = context.__class__(spec, stack, context.styling)
    seen = set()
    for step in plan.steps:
        if step.tool != "codegen_create" or step.input["template"] in seen:
            continue
        seen.add(step.input["template"])
        variables = step.input.get("variables") or {}
        for name, value in variables.items():
            for wrong in _wrong(value):
                try:
                    made = floor.create(
                        {**step.input, "variables": {**variables, name: wrong}}, here
                    )
                except allowed:
                    continue
                assert isinstance(made.code, str)


def test_a_filled_template_of_a_model_is_checked(engine, context, floor) -> None:
    step = next(s for s in floor.steps if s.input.get("template") == "sqlalchemy-model")
    planned = {**step.input, "file_path": "backend/app/extra.py", PLANNED_BY: "ollama"}
    assert engine.create(dict(step.input), context).made_by == "builtin"
    with pytest.raises(InvalidOutput, match="failed: line"):
        engine.create(planned, context)  # what it imports is not among this app's files


@pytest.mark.parametrize("suffix", ["py", "md", "html", "css", "txt", "tsx", "json"])
def test_the_prompt_is_never_a_file(engine, server, context, suffix) -> None:
    server.behaviour = "echo"
    step = {"template": "custom", "file_path": f"docs/a.{suffix}", "instructions": "Help."}
    with pytest.raises(InvalidOutput):
        engine.create(step, context)


def test_a_whole_new_text_in_place_of_a_page_is_refused(engine, script, context) -> None:
    before = "{% extends 'base.html' %}\n{% csrf_token %}\n<p>{{ note.title }}</p>\n"
    step = {"template": "custom", "file_path": "t/a.html", "instructions": "Make it blue."}
    script(*[json.dumps({"code": "<p>Sorry, I cannot help with that.</p>"})] * 2)
    with pytest.raises(InvalidOutput, match="lost"):
        engine.refactor(step, before, context)
