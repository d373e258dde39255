"""A JDL model is refused alike wherever it is given: with the same words, and its line."""

from __future__ import annotations

import pytest

from generation import services
from generation.engines.builtin.render import main as render
from generation.engines.builtin.understanding.command import main as understand
from projects.models import DesignSystem, Project
from projects.spec.limits import ENTITY_LIMIT
from projects.spec.models import EntitySpec
from projects.spec.request import load_request
from tests.generation.design_pages import FORM, SHOP, page_of, with_shop

pytestmark = pytest.mark.django_db

MANY = "\n".join(f"entity A{n}" for n in range(ENTITY_LIMIT + 1))
TOO_MANY = f"Use at most {ENTITY_LIMIT} entities; take some out."
FAULTY = [
    (MANY, f"Line {ENTITY_LIMIT + 1}: {TOO_MANY}"),
    ("\n\nentity A {\n  x String maxlength(0)\n}", "Line 4: maxlength of x must be 1 or more."),
    ("\nentity A {\n  x String minlength(5) maxlength(3)\n}", "Line 3: minlength of x is greater"),
]


@pytest.mark.parametrize(("text", "words"), FAULTY)
class TestAFaultyModel:
    def test_the_form_says_why(self, as_owner, text, words):
        answer = as_owner.post("/new/", {**FORM, "description": text.replace("\n", "\r\n")})
        assert words in answer.content.decode()
        assert not Project.objects.exists()

    @pytest.mark.parametrize("key", ["jdl", "description"])
    def test_the_api_says_why(self, as_owner, text, words, key):
        body = {"project_name": "X", key: text}
        answer = as_owner.post("/api/projects/", body, content_type="application/json")
        assert answer.status_code == 422
        assert words in answer.json()["errors"][0]["message"]

    @pytest.mark.parametrize(
        "command", [lambda path: render([path, "-o", path]), lambda path: understand([path])]
    )
    def test_the_command_line_says_why(self, tmp_path, capsys, text, words, command):
        path = tmp_path / "model.jdl"
        path.write_text(text)
        assert command(str(path)) == 2
        assert words in capsys.readouterr().err


def test_the_editor_has_the_same_limit(as_owner, project):
    extra = tuple(EntitySpec(name=f"A{n}", plural=f"A{n}s") for n in range(ENTITY_LIMIT - 2))
    full = SHOP.model_copy(update={"entities": (*SHOP.entities, *extra)})
    services.edit_design(project=with_shop(project), spec=full)
    more = full.model_copy(
        update={"entities": (*full.entities, EntitySpec(name="More", plural="Mores"))}
    )
    answer = as_owner.put(
        f"/api/projects/{project.pk}/design/",
        more.model_dump(mode="json"),
        content_type="application/json",
    )
    assert answer.status_code == 422
    assert [fault["message"] for fault in answer.json()["errors"]] == [TOO_MANY]


def test_a_file_may_begin_with_the_mark_of_its_encoding(tmp_path, capsys):
    path = tmp_path / "model.jdl"
    path.write_text("entity Book { title String }", encoding="utf-8-sig")
    assert understand([str(path), "--jdl"]) == 0
    assert "entity Book {\n  title String\n}" in capsys.readouterr().out


def test_what_was_made_optional_is_told_on_the_page(as_owner, owner):
    text = "entity A\nrelationship ManyToOne { A{above required} to A }"
    project = services.submit_project(
        owner=owner, request=load_request({"project_name": "X", "jdl": text}), start=False
    )
    page = page_of(as_owner, project)
    assert "Line 2: required of A{above}. “A” needs “A”: no first one could ever be made." in page
    assert "Mend this before it can be built" not in page


def test_a_stored_model_that_is_refused_by_now_says_why(as_owner, project):
    Project.objects.filter(pk=project.pk).update(description="entity A { x String maxlength(0) }")
    words = "The words could not be read: Line 1: maxlength of x must be 1 or more."
    page = as_owner.post(f"/projects/{project.pk}/design/again/", follow=True).content.decode()
    assert words in page
    DesignSystem.objects.filter(project=project).delete()
    answer = as_owner.get(f"/api/projects/{project.pk}/design/jdl/")
    assert (answer.status_code, answer.json()["message"]) == (409, words)
