"""The built-in engine: a plan in a valid order, files that are the same every time."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generation.engines.archive import build_zip
from generation.engines.base import EngineRejected, InvalidOutput, Plan, StepContext
from generation.engines.builtin.drafts import Draft
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.planner import _in_order
from generation.engines.builtin.render import carry_out_plan, main, render_app, write_app
from generation.engines.builtin.renderer import jsx_text, md, py_str, render, ts_str
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.content import content_of, title_and_text
from generation.engines.registry import ENGINE_NAMES, get_engine
from projects.spec.models import AppSpec, FeatureSpec, FeatureState, PageKind, PageSpec, SectionSpec
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest, load_request
from tests.generation.engines.desk import desk, wide_desk
from tests.generation.engines.specs import (
    LONG,
    asks_for_all,
    brochure,
    every_link,
    long_names,
    odd,
    reserved,
    shared_rows,
    shop,
    torture,
    visited,
)

ROOT = Path(__file__).resolve().parents[3]
STACK = TECH_STACKS[0]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))


def request_of(path: Path) -> AppRequest:
    return load_request(json.loads(path.read_text()))


def plan_of(spec: AppSpec, styling: str = "Bootstrap") -> Plan:
    return get_engine("builtin").plan(spec, stack=STACK, styling=styling)


def files_of(spec: AppSpec, styling: str = "Bootstrap") -> dict[str, str]:
    return carry_out_plan(
        BuiltinEngine(), plan_of(spec, styling), StepContext(spec, STACK, styling)
    )


SPECS = [
    pytest.param(torture(), id="torture"),
    pytest.param(torture(auth=False), id="without signing in"),
    pytest.param(odd(), id="odd names and defaults"),
    pytest.param(long_names(), id="names as long as may be"),
    pytest.param(every_link(), id="every kind of link"),
    pytest.param(reserved(), id="names that mean something"),
    pytest.param(asks_for_all(), id="every capability"),
    pytest.param(brochure(), id="only words"),
    pytest.param(brochure(auth=True, dashboard=True, things=True), id="words and things"),
    pytest.param(visited(), id="only forms for visitors"),
    pytest.param(visited(things=True), id="forms for visitors, and things"),
    pytest.param(shared_rows(), id="rows that all who sign in share"),
    pytest.param(desk(), id="a desk where rows follow others"),
    pytest.param(wide_desk(), id="such rows beside all others"),
    pytest.param(AppSpec(name="Empty", auth=False), id="nothing kept"),
    pytest.param(AppSpec(name="Empty", dashboard=True), id="only signing in"),
]


@pytest.mark.parametrize("spec", SPECS)
def test_every_step_comes_after_what_it_needs(spec: AppSpec) -> None:
    plan = plan_of(spec)
    for number, step in enumerate(plan.steps, start=1):
        assert all(0 < needed < number for needed in step.depends_on)


@pytest.mark.parametrize("spec", SPECS)
def test_the_memory_is_the_last_step_and_waits_for_all_others(spec: AppSpec) -> None:
    steps = plan_of(spec).steps
    assert [step.tool for step in steps].count("memory_store") == 1
    assert steps[-1].tool == "memory_store"
    assert steps[-1].input["metadata"] == {"step": "generation_complete", "project": spec.name}
    reached, waiting = set[int](), [len(steps)]
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += steps[number - 1].depends_on
    assert reached == set(range(1, len(steps) + 1))


@pytest.mark.parametrize("spec", SPECS)
def test_edits_of_one_file_stand_in_a_chain(spec: AppSpec) -> None:
    latest: dict[str, int] = {}
    for number, step in enumerate(plan_of(spec).steps, start=1):
        path = str(step.input.get("file_path", ""))
        if step.tool == "codegen_refactor":
            assert latest[path] in step.depends_on
            assert step.input["instructions"]
        if path:
            latest[path] = number


def test_the_plan_is_plain_json_in_the_manner_of_the_services() -> None:
    plan = plan_of(torture())
    for step in plan.steps:
        assert json.loads(json.dumps(step.input)) == step.input
    model = next(s for s in plan.steps if s.input.get("template") == "sqlalchemy-model")
    assert model.input["variables"]["model_name"] == "Thing"
    assert "id:int:primary" in model.input["variables"]["fields"]
    tools = [step.tool for step in plan.steps]
    assert tools.count("codegen_refactor") >= 10


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_all_python_compiles_and_the_same_spec_gives_the_same_bytes(
    spec: AppSpec, styling: str
) -> None:
    files = files_of(spec, styling)
    assert build_zip("App", files) == build_zip("App", files_of(spec, styling))
    for path, code in files.items():
        if path.endswith(".py") or path == "run":
            ast.parse(code)
        if path.endswith(".json"):
            json.loads(code)
        assert code == "" or code.endswith("\n"), path


@pytest.mark.parametrize("spec", SPECS)
def test_the_formatter_and_the_linter_find_nothing_in_the_backend(
    spec: AppSpec, tmp_path: Path
) -> None:
    write_app(files_of(spec), tmp_path)
    for check in (("check",), ("format", "--check")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *check, "--no-cache", "."],
            cwd=tmp_path / "backend",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]


def test_every_model_and_every_router_is_registered() -> None:
    files = files_of(torture())
    names = names_of(torture())
    for entity in names.entities:
        line = f"from app.models.{entity.module} import {entity.class_name}\n"
        assert line in files["backend/app/models/__init__.py"]
        line = f"from app.api.{entity.module} import router as {entity.module}\n"
        assert line in files["backend/app/api/__init__.py"]


def test_a_rename_is_noted() -> None:
    assert "The entity Page is called PageItem in the code." in plan_of(torture()).notes


@pytest.mark.parametrize("auth", [True, False])
def test_content_pages_keep_their_words_and_take_nobodys_place(auth: bool) -> None:  # noqa: FBT001
    spec = brochure(auth=auth, things=True)
    content = content_of(spec, names_of(spec))
    assert content.home is not None
    assert content.home.title == "Bread as it was"
    assert [section.heading for section in content.home.sections][:2] == ["What we bake", "Where"]
    paths = [page.path for page in content.pages]
    assert paths == ["/about", "/contact/id", "/loaves-page", "/page"]
    assert content.pages[0].lead.startswith(LONG)
    assert (content.start, content.private) == ("/loaves", "/loaves" if auth else None)


def test_what_is_not_asked_for_is_not_made() -> None:
    plain, full = files_of(torture()), files_of(asks_for_all())
    assert "backend/app/exports.py" in full
    assert "backend/app/exports.py" not in plain
    row = next(line for line in full["README.md"].splitlines() if line.startswith("| Everything"))
    tests = [path for path in full if path.startswith("backend/tests/test_")]
    named = re.search(r"`backend/tests/` \((\d+) files\)", row)
    assert named is not None
    assert len(asks_for_all().entities) <= int(named[1]) <= len(tests)
    for words, path in (
        ("/export.csv", "backend/app/api/thing.py"),
        ("breakdowns", "backend/app/api/dashboard.py"),
        ("Filters", "frontend/src/components/ListView.tsx"),
        ('toggle: "open"', "frontend/src/entities/thing.ts"),
    ):
        assert words in full[path]
        assert words not in plain[path].replace("ThingFilters", "")


def test_a_capability_that_a_stack_lacks_is_named_as_not_done() -> None:
    feature = FeatureSpec(
        text="Count and print", state=FeatureState.PLANNED, capabilities=("search", "print")
    )
    readme = files_of(torture().model_copy(update={"features": (feature,)}))["README.md"]
    line = "- Count and print: This stack cannot make it yet: print."
    assert line in readme.partition("## Not done")[2]
    table = readme.partition("## Not done")[0]
    row = next(line for line in table.splitlines() if line.startswith("| Count and print"))
    assert "search in every list" in row


@pytest.mark.parametrize(
    ("spec", "capability"),
    [(brochure(), "export csv"), (brochure(things=True), "toggle"), (brochure(), "chart")],
)
def test_what_has_no_ground_in_the_app_is_named_as_not_done(spec: AppSpec, capability: str) -> None:
    feature = FeatureSpec(text="Mark it", state=FeatureState.PLANNED, capabilities=(capability,))
    readme = files_of(spec.model_copy(update={"features": (feature,)}))["README.md"]
    before, _, after = readme.partition("## Not done")
    assert "Mark it" not in before
    assert f"no ground for it: {capability}" in after


def test_a_page_says_nothing_twice() -> None:
    said = (
        SectionSpec(heading="Bread", text="Baked at night."),
        SectionSpec(heading="Again", text="Baked  at night."),
        SectionSpec(heading="Rye", text="Three days."),
        SectionSpec(heading="Rye once more", text="Three days."),
        SectionSpec(heading="A heading alone"),
    )
    page = PageSpec(name="Home", path="/", kind=PageKind.HOME, sections=said)
    spec = AppSpec(name="Bakery", auth=False, pages=(page,))
    home = content_of(spec, names_of(spec)).home
    assert home is not None
    assert [section.heading for section in home.sections] == ["Rye", "A heading alone"]


def test_bare_sentences_in_a_row_stand_side_by_side() -> None:
    said = (
        SectionSpec(heading="Bakery", text="Bread as it was."),
        SectionSpec(heading="", text="We bake at night"),
        SectionSpec(heading="", text="You eat in the morning."),
        SectionSpec(heading="Rye", text="Three days."),
        SectionSpec(heading="", text="Alone."),
    )
    page = PageSpec(name="Home", path="/", kind=PageKind.HOME, sections=said)
    spec = AppSpec(name="Bakery", auth=False, pages=(page,))
    home = content_of(spec, names_of(spec)).home
    assert home is not None
    assert [(section.text, section.items) for section in home.sections] == [
        ("", ("We bake at night.", "You eat in the morning.")),
        ("Three days.", ()),
        ("Alone.", ()),
    ]


@pytest.mark.parametrize(
    ("item", "title", "text"),
    [
        ("Rye: three days", "Rye", "three days"),
        ("Rye \u2013 three days", "Rye", "three days"),
        ("Fresh bread.", "Fresh bread.", ""),
        ("Bread is baked at night.", "", "Bread is baked at night."),
        ("Bread that is baked at night by hand", "Bread that is baked at night by hand", ""),
        (
            "Bread that is baked at night by hand here",
            "",
            "Bread that is baked at night by hand here",
        ),
    ],
)
def test_an_item_has_a_title_unless_it_is_a_sentence(item: str, title: str, text: str) -> None:
    assert title_and_text(item) == (title, text)


def test_amounts_and_days_are_written_as_people_write_them() -> None:
    files = files_of(shop(dashboard=True))
    assert "return written(String(value));" in files["frontend/src/components/values.tsx"]
    assert "export function written(" in files["frontend/src/components/numbers.ts"]
    assert ".date}</span>" not in files["frontend/src/pages/DashboardPage.tsx"]


def test_an_app_without_signing_in_has_no_form_for_it() -> None:
    files = files_of(brochure())
    assert not [path for path in files if "auth" in path or "Credentials" in path]
    assert "signup" not in files["frontend/src/pages/HomePage.tsx"]
    assert "/signup" in files_of(brochure(auth=True))["frontend/src/pages/HomePage.tsx"]


def test_where_visitors_only_send_they_are_asked_for_no_account() -> None:
    files, content = files_of(visited()), content_of(visited(), names_of(visited()))
    assert "signup" not in files["frontend/src/pages/HomePage.tsx"]
    assert (content.start, content.private) == ("/", "/newsletter-sign-ups")
    assert [entity.label for entity in content.apart] == ["Quote request"]
    assert 'path: "/quote-requests/send"' in files["frontend/src/navigation.ts"]
    assert content_of(visited(things=True), names_of(visited(things=True))).start == "/dashboard"


def test_visitors_of_what_is_public_find_an_open_first_page() -> None:
    content = content_of(shop(), names_of(shop()))
    assert content.home is not None
    assert (content.is_open, content.start, content.private) == (True, "/products", "/orders")
    assert [entity.label for entity in content.shown] == ["Product", "Category", "Tag", "Review"]
    assert [entity.label for entity in content.offered] == ["Product", "Category"]
    counted = content_of(shop(dashboard=True), names_of(shop(dashboard=True)))
    assert (counted.home is None, counted.dashboard_path) == (False, "/dashboard")
    public = shop().model_copy(update={"entities": shop().entities[:4]})
    assert content_of(public, names_of(public)).private == "/products/new"


def test_words_of_a_person_are_never_a_template() -> None:
    files = files_of(torture())
    assert "49" not in files["README.md"].splitlines()[0]
    assert json.loads(files["codegen.json"])["spec"]["name"] == torture().name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_was_not_done_is_named_in_the_readme(path: Path) -> None:
    request = request_of(path)
    spec = BuiltinEngine().understand(request)
    readme = render_app(request)["README.md"]
    assert ("## Not done" in readme) == bool(spec.unplaced)
    for feature in spec.features:
        assert md(feature.text) in readme


def test_the_summary_names_what_was_built_and_what_was_not() -> None:
    request = request_of(ROOT / "examples" / "plant-tracker.json")
    engine = BuiltinEngine()
    spec = engine.understand(request)
    said = engine.summarise(StepContext(spec, request.tech_stack, request.styling))
    assert "Plants, Waterings" in said
    assert "Not done: Send email reminders" in said


def test_a_step_that_the_engine_does_not_know_is_refused() -> None:
    engine, context = BuiltinEngine(), StepContext(torture(), STACK, "Bootstrap")
    step = {"template": "no-such", "file_path": "a.py", "variables": {}}
    with pytest.raises(EngineRejected):
        engine.create(step, context)
    with pytest.raises(EngineRejected):
        engine.refactor(step, "", context)
    with pytest.raises(EngineRejected):
        engine.plan(torture(), stack="COBOL", styling="Bootstrap")
    step = {"template": "register-router", "file_path": "a.py", "variables": {"router_name": "a"}}
    with pytest.raises(EngineRejected):
        engine.refactor(step, "nothing to register in\n", context)


def test_an_unknown_engine_is_refused() -> None:
    assert "builtin" in ENGINE_NAMES
    with pytest.raises(EngineRejected, match="builtin"):
        get_engine("no-such")


def test_steps_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(EngineRejected, match="wait for each other"):
        _in_order(
            [Draft("a", "codegen_create", needs=("b",)), Draft("b", "codegen_create", needs=("a",))]
        )
    with pytest.raises(EngineRejected, match="unknown"):
        _in_order([Draft("a", "codegen_create", needs=("b",))])
    with pytest.raises(EngineRejected, match="same key"):
        _in_order([Draft("a", "codegen_create"), Draft("a", "codegen_create")])


def test_a_missing_value_in_a_template_is_an_invalid_output(tmp_path: Path) -> None:
    (tmp_path / "a.jinja").write_text("<< missing >>")
    with pytest.raises(InvalidOutput, match="missing"):
        render(tmp_path, "a", {})


def meaning_of(literal: str) -> str:
    """Read a TypeScript literal in either kind of quotes."""
    if literal.startswith("'"):
        literal = '"' + literal[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
    value: str = json.loads(literal)
    return value


AWKWARD = [
    'say "hi"',
    "it's",
    "a\\b",
    "a\nb\t",
    "{{ x }} << x >> <% x %>",
    "<b>&amp;</b>",
    "\u2028\x00",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_quoted_text_means_itself(text: str) -> None:
    assert ast.literal_eval(py_str(text)) == text
    if "\x00" not in text:
        assert meaning_of(ts_str(text)) == text
    shown = jsx_text(text)
    assert shown.startswith("{") or not set("<>{}&") & set(shown)


def test_the_command_writes_the_same_files_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = str(ROOT / "examples" / "quicknotes.json")
    trees = []
    for name in ("one", "two"):
        assert main([spec, "-o", str(tmp_path / name)]) == 0
        assert capsys.readouterr().out == f"{tmp_path / name / 'QuickNotes'}\n"
        folder = tmp_path / name / "QuickNotes"
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        trees.append({str(p.relative_to(folder)): p.read_bytes() for p in paths})
    assert trees[0] == trees[1]
    assert (tmp_path / "one" / "QuickNotes" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not valid JSON"),
        ("\xff", "not UTF-8 text"),
        ("[]", "must hold a JSON object"),
        ('{"project_name": ".."}', "project_name: Use at least one letter or digit."),
        ('{"project_name": "A", "features": ["x"], "styling": "neon"}', "Use one of"),
    ],
)
def test_the_command_says_in_one_line_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    path = tmp_path / "spec.json"
    path.write_bytes(content.encode("latin-1"))
    assert main([str(path), "-o", str(tmp_path / "out")]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert output.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_command_says_when_there_is_no_such_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.json"), "-o", str(tmp_path)]) == 2
    assert "No such file" in capsys.readouterr().err
