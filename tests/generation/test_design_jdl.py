"""The design as a JDL file: from its page and over REST."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from generation import services
from generation.errors import NotUnderstood
from projects.design import design_of
from projects.models import Project
from projects.spec.jdl import jdl_of, spec_from_jdl
from tests.generation.design_pages import SHOP, page_of, url, with_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(project) -> Project:
    """The owner's draft with the shop as its design."""
    return with_shop(project)


def over_rest(project: Project) -> str:
    return f"/api/projects/{project.pk}/design/jdl/"


@pytest.mark.parametrize("place", [over_rest, lambda project: url(project, "jdl/")])
class TestTheFile:
    def test_it_is_what_is_stored_and_is_called_as_the_app_is(self, as_owner, shop, place):
        answer = as_owner.get(place(shop))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert 'attachment; filename="QuickNotes.jdl"' in answer.headers["Content-Disposition"]
        assert answer.headers["ETag"].strip('"') == design_of(shop).version
        text = answer.content.decode()
        assert text == jdl_of(SHOP)
        again = spec_from_jdl("QuickNotes", text)
        assert [e.name for e in again.entities] == ["Order", "Customer"]

    def test_it_holds_what_was_edited_last(self, as_owner, shop, place):
        spec = SHOP.model_copy(update={"entities": SHOP.entities[1:], "features": ()})
        services.edit_design(project=shop, spec=spec)
        text = as_owner.get(place(shop)).content.decode()
        assert "entity Customer" in text
        assert "Order" not in text

    def test_a_name_in_another_script_is_kept(self, as_owner, shop, place):
        Project.objects.filter(pk=shop.pk).update(project_name="Мои книги")
        said = as_owner.get(place(shop)).headers["Content-Disposition"]
        assert said.startswith('attachment; filename="app.jdl"; ')
        assert said.endswith(f"filename*=UTF-8''{quote('Мои-книги')}.jdl")

    def test_for_a_stranger_it_is_not_there(self, browser_as, stranger, shop, place):
        answer = browser_as(stranger).get(place(shop))
        assert answer.status_code == 404
        assert b"entity" not in answer.content

    def test_nothing_is_changed_by_it(self, as_owner, shop, place):
        assert as_owner.post(place(shop)).status_code == 405


def test_nobody_signs_in_first(browser_as, shop):
    assert "/sign-in/" in browser_as(None).get(url(shop, "jdl/")).url
    assert browser_as(None).get(over_rest(shop)).status_code == 401


def test_the_page_leads_to_it(as_owner, shop):
    assert f'href="{url(shop, "jdl/")}" download' in page_of(as_owner, shop)


def test_words_that_cannot_be_read_are_said(as_owner, shop, monkeypatch):
    def refuse(_project):
        raise NotUnderstood("The engine sleeps.")

    monkeypatch.setattr(services, "design_for", refuse)
    answer = as_owner.get(url(shop, "jdl/"), follow=True)
    assert "The engine sleeps." in answer.content.decode()
    assert as_owner.get(over_rest(shop)).json()["code"] == "not_understood"
