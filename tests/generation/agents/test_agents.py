"""What every agent must do, by rules and with a model alike; and what each does by rules."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from pydantic import BaseModel

from generation.agents import AGENTS, AgentNotAvailable, AgentRequest, run_agent
from generation.agents.qa import MOST_ISSUES
from generation.agents.research import priority_of
from generation.agents.schemas import AgentType, PriorityLevel, QAIssueSeverity
from generation.engines.base import EngineRejected
from generation.engines.builtin.render import render_spec
from generation.engines.builtin.understanding import understand
from generation.engines.providers.base import Stopped
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS, TECH_STACKS, AppRequest
from tests.generation.engines import specs

NOTES = AppRequest(
    project_name="QuickNotes",
    description="A simple notes app with user auth and note CRUD.",
    features=(
        "As a student, I want to keep notes with a title and a body, so that I pass my exams",
        "Dashboard view",
        "Ideally, export the notes as CSV",
        "Send the notes by carrier pigeon",
    ),
)
BAKERY = AppRequest(
    project_name="Bakery", description="A landing page for a bakery with a pricing section."
)
SHORT = AppRequest(project_name="A", features=("x",))


def asked(words: AppRequest, files: Mapping[str, str] | None = None) -> AgentRequest:
    return AgentRequest(words, understand(words), files or {})


def built(words: AppRequest) -> AgentRequest:
    """Return a request over the files that the built-in engine writes for it."""
    spec = understand(words)
    return AgentRequest(words, spec, render_spec(spec, words.tech_stack, words.styling))


def of_spec(spec: AppSpec, stack: str = TECH_STACKS[0]) -> AgentRequest:
    words = AppRequest(project_name="App", description="An app.", tech_stack=stack)
    return AgentRequest(words, spec)


@pytest.fixture(scope="module")
def notes() -> AgentRequest:
    return built(NOTES)


EVERY_SPEC = {
    "torture": specs.torture,
    "odd": specs.odd,
    "brochure": specs.brochure,
    "long names": specs.long_names,
    "every link": specs.every_link,
    "reserved": specs.reserved,
    "nothing": lambda: AppSpec(name="Nothing"),
}


class TestEveryAgent:
    @pytest.mark.parametrize("stack", TECH_STACKS)
    @pytest.mark.parametrize("name", EVERY_SPEC)
    @pytest.mark.parametrize("kind", AGENTS)
    def test_it_answers_within_its_shape_for_the_hardest_specs(self, kind, name, stack):
        made = run_agent(kind, of_spec(EVERY_SPEC[name](), stack))

        shape = AGENTS[kind].shape
        assert type(made) is shape
        assert shape.model_validate_json(made.model_dump_json()) == made

    @pytest.mark.parametrize("words", [NOTES, BAKERY, SHORT])
    @pytest.mark.parametrize("kind", AGENTS)
    def test_the_same_request_always_gives_the_same(self, kind, words):
        assert run_agent(kind, asked(words)) == run_agent(kind, asked(words))

    @pytest.mark.parametrize("kind", AGENTS)
    def test_it_tells_how_far_it_is(self, kind, notes):
        told: list[float] = []
        run_agent(kind, notes, progress=told.append)

        assert told[0] == 0
        assert told[-1] == 100
        assert told == sorted(told)

    @pytest.mark.parametrize("kind", AGENTS)
    def test_it_ends_when_it_is_stopped(self, kind, notes):
        class SetAfterOneLook:
            looks = 0

            def is_set(self) -> bool:
                self.looks += 1
                return self.looks > 1

        with pytest.raises(Stopped):
            run_agent(kind, notes, stop=SetAfterOneLook())

    @pytest.mark.parametrize("kind", AGENTS)
    def test_words_in_the_form_of_templates_are_words(self, kind):
        words = AppRequest(
            project_name="{{ 7*7 }} %s {0}", description="Keep {{ notes }} <% raise %> and {tasks}."
        )
        made = run_agent(kind, asked(words))

        assert "49" not in made.model_dump_json()

    @pytest.mark.parametrize("kind", ["pedagogy", "roadmap", "poet", ""])
    def test_an_agent_that_is_not_there_is_said_so(self, kind):
        with pytest.raises(AgentNotAvailable, match="research, wireframe, code, qa") as refused:
            run_agent(kind, asked(NOTES))
        assert refused.value.code == "agent_not_available"

    def test_all_agents_of_today_are_there(self):
        assert set(AGENTS) == set(AgentType) - {AgentType.PEDAGOGY, AgentType.ROADMAP}


def answer_of(kind: str, request: AgentRequest) -> dict:
    made: BaseModel = run_agent(kind, request)
    return json.loads(made.model_dump_json())


class TestResearch:
    def test_it_speaks_in_the_users_words(self, notes):
        doc = answer_of("research", notes)

        assert doc["app_name"] == "QuickNotes"
        assert doc["elevator_pitch"] == NOTES.description
        assert doc["target_audience"] == [
            {
                "role": "Student",
                "goal": "Keep notes with a title and a body.",
                "pain_point": "Without it, not in reach: I pass my exams.",
            }
        ]
        assert doc["recommended_stack"] == ["React", "FastAPI", "PostgreSQL", "TailwindCSS"]

    def test_every_feature_is_there_with_what_it_takes_to_be_done(self, notes):
        features = {f["name"]: f for f in answer_of("research", notes)["core_features"]}

        assert set(NOTES.features) <= set(features)
        assert "note with title and body can be" in features[NOTES.features[0]]["description"]
        assert features["Ideally, export the notes as CSV"]["priority"] == "nice-to-have"

    def test_what_is_wanted_less_says_so(self):
        assert priority_of("Export notes") is PriorityLevel.MUST_HAVE
        assert priority_of("It should export notes") is PriorityLevel.SHOULD_HAVE
        assert priority_of("Ideally, export notes") is PriorityLevel.NICE_TO_HAVE

    def test_what_the_words_imply_is_a_feature_too(self):
        told = "Users keep their own orders."
        words = AppRequest(project_name="Shop", description=told, features=("Dark mode",))
        names = [f["name"] for f in answer_of("research", asked(words))["core_features"]]

        assert names == ["Dark mode", "Manage orders", "Sign up and sign in"]
        words = AppRequest(project_name="Shop", description=told)
        names = [f["name"] for f in answer_of("research", asked(words))["core_features"]]
        assert names == [told, "Sign up and sign in"]

    def test_what_cannot_be_made_is_a_constraint(self):
        words = AppRequest(
            project_name="Shop",
            description="Keep orders.",
            features=("Customers pay with credit card",),
        )
        told = answer_of("research", asked(words))["technical_constraints"]

        assert told == "The built-in engine cannot make this yet: taking payments."


class TestWireframe:
    @pytest.mark.parametrize("stack", TECH_STACKS)
    def test_its_pages_are_those_that_the_app_has(self, stack):
        words = NOTES.model_copy(update={"tech_stack": stack})
        paths = [page["path"] for page in answer_of("wireframe", asked(words))["site_map"]]

        assert paths == [
            "/",
            "/login",
            "/signup",
            "/account",
            "/notes",
            "/notes/new",
            "/notes/:id",
            "/notes/:id/edit",
        ]
        files = render_spec(understand(words), stack, words.styling)
        code = " ".join(files.values())
        assert '"/notes/:id/edit"' in code or '"/<int:pk>/edit"' in code

    def test_a_form_has_an_input_for_each_field(self):
        pages = answer_of("wireframe", asked(NOTES))["site_map"]
        form = next(page for page in pages if page["path"] == "/notes/new")

        assert form["components"][0]["name"] == "Note form"
        assert {"title input", "body input"} <= set(form["components"][0]["children"])

    def test_colours_that_are_named_are_its_colours(self):
        words = AppRequest(
            project_name="Site", description="Keep notes. Use #fffaf0 as the background colour."
        )
        assert "#fffaf0" in answer_of("wireframe", asked(words))["theme_colors"]


class TestCode:
    @pytest.mark.parametrize("styling", STYLINGS)
    @pytest.mark.parametrize("stack", TECH_STACKS)
    def test_a_file_is_the_one_that_the_whole_app_has(self, stack, styling):
        words = NOTES.model_copy(update={"tech_stack": stack, "styling": styling})
        request = built(words)
        edited = ("routes.tsx", "README.md", "__init__.py", "styles/index.css")
        for path in sorted(path for path in request.files if path.endswith(edited)):
            made = run_agent("code", AgentRequest(words, request.spec, file_path=path))
            assert made.model_dump()["code"] == request.files[path]

    def test_without_a_path_it_writes_a_file_about_the_apps_things(self, notes):
        made = answer_of("code", notes)

        assert "note" in made["file_path"]
        assert made["code"] == notes.files[made["file_path"]]
        assert made["language"] == "python"
        assert NOTES.features[0] in made["explanation"]

    def test_a_file_that_is_not_planned_is_refused_with_those_that_are(self):
        request = AgentRequest(NOTES, understand(NOTES), file_path="src/poem.txt")
        with pytest.raises(EngineRejected, match=r"no file 'src/poem.txt' in its plan of \d+"):
            run_agent("code", request)

    def test_instructions_that_rules_cannot_follow_are_named(self):
        request = AgentRequest(NOTES, understand(NOTES), instructions="Make it sing")
        explanation = answer_of("code", request)["explanation"]

        assert explanation.endswith("these were not: Make it sing.")


class TestQuality:
    @pytest.mark.parametrize("stack", TECH_STACKS)
    def test_a_built_app_passes(self, stack):
        request = built(NOTES.model_copy(update={"tech_stack": stack}))
        result = answer_of("qa", request)

        assert result["passed"], result["issues"]
        assert "100 % of all without a finding" in result["summary"]

    @pytest.mark.parametrize("stack", TECH_STACKS)
    @pytest.mark.parametrize("name", ["torture", "brochure", "reserved"])
    def test_the_hardest_apps_pass_whatever_their_names(self, name, stack):
        request = of_spec(EVERY_SPEC[name](), stack)
        files = render_spec(request.spec, stack, STYLINGS[1])
        result = answer_of("qa", AgentRequest(request.words, request.spec, files))

        assert result["passed"], result["issues"]

    def test_what_nobody_could_place_is_a_finding(self):
        words = AppRequest(project_name="N", description="Keep notes.", features=("Xyzzy plugh",))
        result = answer_of("qa", built(words))

        assert [issue["description"] for issue in result["issues"]] == ["Not done: Xyzzy plugh."]
        assert result["passed"]

    @pytest.mark.parametrize(
        ("path", "text", "grade", "words"),
        [
            ("backend/app/broken.py", "def f(:\n", "critical", "not Python"),
            ("backend/app/names.py", "print(gone)\n", "critical", "undefined name"),
            ("backend/app/key.py", 'K = "ghp_0123456789abcdefghij"\n', "critical", "a secret"),
            ("backend/app/stop.py", "x = 1\nbreakpoint()\n", "warning", "a breakpoint"),
            ("frontend/src/say.ts", "export {};\nconsole.log(1);\n", "warning", "printing"),
            ("backend/app/MAIN.py", "x = 1\n", "critical", "only by case"),
        ],
    )
    def test_what_is_wrong_is_found_with_its_place(self, notes, path, text, grade, words):
        files = {**notes.files, path: text}
        result = run_agent("qa", AgentRequest(NOTES, notes.spec, files)).model_dump(mode="json")

        found = [issue for issue in result["issues"] if words in issue["description"]]
        assert [issue["severity"] for issue in found] == [grade]
        assert result["passed"] is (grade != "critical")
        if "only by case" not in words:
            whole = len(files)
            assert f"{100 * (whole - 1) // whole} % of all" in result["summary"]

    def test_an_entity_without_code_is_missed(self, notes):
        spec = notes.spec.model_copy(
            update={
                "entities": (
                    *notes.spec.entities,
                    notes.spec.entities[0].model_copy(update={"name": "Gnu", "plural": "Gnus"}),
                )
            }
        )
        result = answer_of("qa", AgentRequest(NOTES, spec, notes.files))

        assert [i["description"] for i in result["issues"] if i["severity"] == "critical"] == [
            "No code speaks of “Gnu”."
        ]

    def test_no_files_do_not_pass(self):
        result = answer_of("qa", asked(NOTES))

        assert not result["passed"]
        assert result["issues"][0]["description"] == "There are no files."

    def test_the_worst_come_first_and_not_all_of_many(self, notes):
        bad = {f"backend/x{n}.py": "def f(:\n" for n in range(MOST_ISSUES + 5)}
        result = answer_of("qa", AgentRequest(NOTES, notes.spec, {**notes.files, **bad}))

        assert len(result["issues"]) == MOST_ISSUES
        assert {i["severity"] for i in result["issues"]} == {QAIssueSeverity.CRITICAL.value}
        assert f"{MOST_ISSUES + 5} critical" in result["summary"]
