"""Pages for features that no rule can place: where they are, what they are called, how many."""

from __future__ import annotations

import keyword

import pytest

from generation.engines.base import Plan, StepContext
from generation.engines.builtin.engine import STACKS, BuiltinEngine
from generation.engines.builtin.render import render_app
from generation.engines.checks import check_edit
from generation.engines.placing import MOST_PAGES, with_pages
from projects.spec.models import FeatureSpec, FeatureState
from projects.spec.request import load_request

REACT, DJANGO = "React + FastAPI + PostgreSQL", "Django + HTMX + PostgreSQL"
ODD = (
    "Sing a song",
    "sing a song!",
    "{name} {0} %s {{ 7*7 }}",
    "唱歌",
    "3 2 1",
    "import",
    "../../etc/passwd",
    "é" * 300,
    "A" * 300,
)


@pytest.fixture(params=STACKS)
def stack(request) -> str:
    return request.param


def planned(stack: str, *features: str) -> tuple[Plan, Plan, list[str]]:
    """Return the floor's plan, the one with pages, and what was said."""
    floor, said = BuiltinEngine(), list[str]()
    request = load_request(
        {"project_name": "App", "description": "A shop keeps products.", "tech_stack": stack}
    )
    wanted = tuple(FeatureSpec(text=text, state=FeatureState.UNPLACED) for text in features)
    spec = floor.understand(request).model_copy(update={"features": wanted})
    plan = floor.plan(spec, stack=stack, styling="Plain CSS")
    context = StepContext(spec, stack, "Plain CSS")
    return plan, with_pages(plan, floor, context, by="ainative", say=said.append), said


def test_each_gets_a_page_and_an_address_one_after_the_other(stack):
    before, after, said = planned(stack, "Sing a song", "Dance")
    more = after.steps[len(before.steps) - 1 : -1]
    assert [step.tool for step in more] == ["codegen_create", "codegen_refactor"] * 2
    assert [step.input["feature"] for step in more] == ["Sing a song"] * 2 + ["Dance"] * 2
    assert {step.input["planned_by"] for step in more} == {"ainative"}
    assert more[1].depends_on == (len(before.steps),)
    assert after.steps[-1].tool == "memory_store"
    assert not said


def test_what_rules_place_is_left_to_them(stack):
    before, after, said = planned(stack)
    assert (after, said) == (before, [])


def test_names_are_of_letters_and_each_is_another(stack):
    _before, after, said = planned(stack, *ODD)
    made = [step.input for step in after.steps if step.input.get("planned_by")]
    pages = [one["file_path"] for one in made[::2]]
    assert (len(set(pages)), said) == (len(ODD), [])
    stems = [path.rpartition("/")[2].partition(".")[0] for path in pages]
    assert all(stem.isidentifier() and not keyword.iskeyword(stem) for stem in stems)
    assert all(stem.isascii() and len(stem) < 80 for stem in stems)
    assert f'"{ODD[2]}"' in made[4]["instructions"]


def test_there_are_not_more_than_can_be_looked_at(stack):
    _before, after, said = planned(stack, *(f"Wish of {word}" for word in "abcdefghijkl"))
    made = [step for step in after.steps if step.input.get("planned_by")]
    assert len(made) == 2 * MOST_PAGES
    assert said == [f"No page for 'Wish of {word}': {MOST_PAGES} are the most." for word in "kl"]


@pytest.mark.parametrize(
    ("stack", "page", "code", "search", "line", "imported"),
    [
        (
            DJANGO,
            "core/views/dance_page.py",
            (
                "from django.http import HttpRequest, HttpResponse\n\n\n"
                "def dance_page(request: HttpRequest) -> HttpResponse:\n"
                '    return HttpResponse(f"At {request.get_host()}")\n'
            ),
            "urlpatterns = [\n",
            '    path("dance", dance_page, name="dance_page"),\n',
            "from core.views.dance_page import dance_page\n",
        ),
        (
            REACT,
            "frontend/src/pages/DancePage.tsx",
            "export function DancePage() {\n  return <p>Dance</p>;\n}\n",
            "const open: RouteObject[] = [",
            '{ path: "dance", element: <DancePage /> }, ',
            'import { DancePage } from "./pages/DancePage";\n',
        ),
    ],
)
def test_what_is_asked_for_can_be_done(stack, page, code, search, line, imported):
    _before, after, _said = planned(stack, "Dance")
    create, change = (step.input for step in after.steps if step.input.get("planned_by"))
    assert create["file_path"] == page
    words = {"project_name": "App", "description": "A shop keeps products.", "tech_stack": stack}
    files = {**render_app(load_request(words)), page: code}
    path = change["file_path"]
    before = files[path]
    assert search in before
    first = before.index("from ") if stack == DJANGO else 0
    text = before[:first] + imported + before[first:].replace(search, search + line)
    assert check_edit(path, before, text, files) == ()
    assert line.strip().rstrip(",") in change["instructions"]
