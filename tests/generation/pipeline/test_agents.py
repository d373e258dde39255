"""Agents over projects: where answers are kept, and what of a design they may change."""

from __future__ import annotations

import pytest

from generation.agents import run_agent
from generation.agents.schemas import RequirementsDoc, WireframeSpec
from generation.engines.builtin.engine import BuiltinEngine
from generation.pipeline.agents import keep_answer, request_for
from projects.design import confirm_design, design_of
from projects.models import DesignSystem, Feature, InferredEntity, Page
from projects.spec.request import InvalidRequest

pytestmark = pytest.mark.django_db
ENGINE = BuiltinEngine()


def carry_out(project, kind: str, context=None):
    """Run an agent by rules over a project and keep its answer."""
    request = request_for(project, context or {}, ENGINE)
    answer = run_agent(kind, request)
    keep_answer(project, request, answer, by=None)
    project.refresh_from_db()
    return answer


def requirements(*features: tuple[str, str]) -> RequirementsDoc:
    return RequirementsDoc.model_validate(
        {
            "app_name": "QuickNotes",
            "elevator_pitch": "Notes for everybody who forgets.",
            "target_audience": [],
            "core_features": [
                {"name": name, "description": name, "priority": priority}
                for name, priority in features
            ],
            "recommended_stack": [],
        }
    )


def wireframe(*pages: tuple[str, str]) -> WireframeSpec:
    routes = [{"path": path, "description": text, "components": []} for path, text in pages]
    return WireframeSpec.model_validate(
        {"site_map": routes, "global_state_needs": [], "theme_colors": []}
    )


def test_requirements_are_kept_on_the_project(project):
    answer = carry_out(project, "research")

    assert RequirementsDoc.model_validate(project.requirements_spec) == answer
    assert project.architecture_spec is None
    wanted = Feature.objects.filter(project=project).values_list("name", "priority")
    assert dict(wanted)["Task CRUD"] == "must-have"


def test_a_wireframe_is_kept_on_the_project(project):
    answer = carry_out(project, "wireframe")

    assert WireframeSpec.model_validate(project.architecture_spec) == answer
    assert project.requirements_spec is None


@pytest.mark.parametrize("kind", ["code", "qa"])
def test_other_answers_change_nothing_on_the_project(project, kind):
    before = design_of(project)
    carry_out(project, kind)

    assert (project.requirements_spec, project.architecture_spec) == (None, None)
    assert design_of(project) == before


def test_rules_do_not_change_what_rules_have_read(project):
    before = design_of(project).spec
    carry_out(project, "wireframe")
    carry_out(project, "research")

    after = design_of(project).spec
    assert (after.entities, after.pages) == (before.entities, before.pages)


def test_words_that_were_never_read_are_read_now(project):
    DesignSystem.objects.filter(project=project).delete()
    carry_out(project, "research")

    assert "Note" in [entity.name for entity in design_of(project).spec.entities]


def test_an_idea_takes_the_place_of_the_description(project):
    request = request_for(project, {"user_idea": "Users keep invoices and customers."}, ENGINE)

    assert request.words.description == "Users keep invoices and customers."
    assert {"Invoice", "Customer"} <= {entity.name for entity in request.spec.entities}
    with pytest.raises(InvalidRequest, match="64 kB"):
        request_for(project, {"user_idea": "x" * 70_000}, ENGINE)


def test_the_files_there_are_belong_to_the_request(finished):
    request = request_for(finished, {"file_path": "a.py", "instructions": "Sing"}, ENGINE)

    assert set(request.files) == {"README.md", "backend/app/main.py"}
    assert (request.file_path, request.instructions) == ("a.py", "Sing")


def test_what_a_model_adds_is_in_the_design_with_its_name(project):
    request = request_for(project, {}, ENGINE)
    answer = requirements(("Keep invoices with a number and an amount", "should-have"))
    keep_answer(project, request, answer, by="ollama coder:7b")

    row = InferredEntity.objects.get(project=project, entity_name="Invoice")
    assert row.confidence_score <= 0.6
    assert row.metadata["inferred_from"] == [
        {"part": "model", "index": 0, "start": 0, "text": "ollama coder:7b"}
    ]
    feature = Feature.objects.get(project=project, name__startswith="Keep invoices")
    assert (feature.priority, feature.data_operations["uses"]) == ("should-have", ["Invoice"])


def test_a_page_that_a_model_adds_is_in_the_design(project):
    request = request_for(project, {}, ENGINE)
    answer = wireframe(("/help", "Help. How it works."), ("/help/:id", "One."), ("/", "Home."))
    keep_answer(project, request, answer, by="ollama coder:7b")

    pages = Page.objects.filter(project=project, path__startswith="/help")
    assert [(page.name, page.path) for page in pages] == [("Help", "/help")]
    assert pages[0].metadata["sections"][0]["text"] == "How it works."


def test_what_a_person_confirmed_stays(project):
    confirm_design(project)
    before = design_of(project).spec.entities
    request = request_for(project, {}, ENGINE)
    answer = requirements(("Notes have a colour and a mood", "must-have"))
    keep_answer(project, request, answer, by="ollama coder:7b")

    assert design_of(project).spec.entities[: len(before)] == before
