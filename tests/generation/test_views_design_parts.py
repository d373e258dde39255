"""The design's page: what is to be decided, pages and look, two tabs, and building it."""

from __future__ import annotations

import re

import pytest

from generation.models import AgentJob
from projects.design import design_of, store_edited
from projects.models import InferredEntity, Project
from projects.spec.models import Inferred, Source, ThemeSpec
from tests.generation.design_pages import (
    SHOP,
    entity,
    key_of,
    page_of,
    save,
    typed,
    url,
    with_shop,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(project) -> Project:
    """The owner's draft with the shop as its design."""
    return with_shop(project)


class TestToDecide:
    @pytest.fixture
    def doubtful(self, shop):
        order, customer = SHOP.entities
        doubt = {"confidence": 0.5}
        links = tuple(link.model_copy(update=doubt) for link in order.relations)
        fields = (order.fields[0], order.fields[1].model_copy(update=doubt))
        order = order.model_copy(update={"relations": links, "fields": fields})
        store_edited(shop, SHOP.model_copy(update={"entities": (order, customer)}))
        InferredEntity.objects.update(user_confirmed=False)
        return shop

    def settle(self, client, project, *kept, version=None):
        data = {"version": version or design_of(project).version, "keep": kept}
        return client.post(url(project, f"entities/{key_of(project, 'Order')}/settle/"), data)

    def test_what_is_unsure_is_listed_with_a_choice(self, as_owner, doubtful):
        page = page_of(as_owner, doubtful)
        part = page[page.index('id="proposals"') :]
        part = part[: part.index("</section>")]
        assert re.findall(r'name="keep" value="(\w+)" checked', part) == ["state", "buyer"]
        assert "Leave out Order" in part
        assert "Customer" not in re.findall(r"<strong[^>]*>(\w+)<", part)

    def test_what_is_ticked_is_kept_and_the_rest_left_out(self, as_owner, doubtful):
        answer = self.settle(as_owner, doubtful, "buyer")
        order = entity(doubtful)
        assert [field.name for field in order.fields] == ["total"]
        assert [link.name for link in order.relations] == ["buyer"]
        assert design_of(doubtful).confirmed.entities == {"Order"}
        assert "Nothing is left to decide" in as_owner.get(answer.url).content.decode()

    def test_all_of_it_can_be_kept(self, as_owner, doubtful):
        before = design_of(doubtful).spec
        self.settle(as_owner, doubtful, "buyer", "state")
        after = design_of(doubtful)
        assert (after.spec, after.confirmed.entities) == (before, {"Order"})

    def test_what_is_left_out_does_not_come_back(self, as_owner, doubtful):
        version = design_of(doubtful).version
        key = key_of(doubtful, "Order")
        as_owner.post(url(doubtful, f"entities/{key}/remove/"), {"version": version})
        assert design_of(doubtful).confirmed.removed_entities >= {"Order"}

    def test_an_old_page_decides_nothing(self, as_owner, doubtful):
        before = design_of(doubtful)
        answer = self.settle(as_owner, doubtful, version="old")
        assert "changed meanwhile" in answer.content.decode()
        assert design_of(doubtful) == before

    def test_a_design_without_doubts_has_no_list(self, as_owner, shop):
        InferredEntity.objects.update(user_confirmed=True)
        assert 'id="proposals"' not in page_of(as_owner, shop)


class TestPagesAndLook:
    def test_pages_are_edited_together(self, as_owner, shop):
        data = {
            "version": design_of(shop).version,
            "page-0-was": "/about",
            "page-0-name": "About us",
            "page-0-path": "/about",
            "page-0-kind": "content",
            "page-1-name": "All orders",
            "page-1-kind": "list",
            "page-1-entity": "Order",
        }
        assert save(as_owner, shop, "pages", data).status_code == 302
        about, orders = design_of(shop).spec.pages
        assert about.name == "About us"
        assert (orders.path, orders.kind, orders.entity) == ("/all-orders", "list", "Order")

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"page-1-path": "/about"}, "“/about” is there twice"),
            ({"page-1-path": "No Path"}, "Begin with a slash"),
            ({"page-1-kind": "list"}, "Say which entity “Other” shows"),
        ],
    )
    def test_a_fault_of_a_page_stands_beside_it(self, as_owner, shop, changes, words):
        data = {"version": design_of(shop).version, "page-1-name": "Other"}
        data |= {"page-0-was": "/about", "page-0-name": "About", "page-0-path": "/about"} | changes
        page = save(as_owner, shop, "pages", data).content.decode()
        notes = page[page.index('id="page-1-errors"') :]
        assert words in notes[: notes.index("</div>")]
        assert design_of(shop).spec == SHOP

    def test_colours_and_switches_are_chosen(self, as_owner, shop):
        data = {
            "version": design_of(shop).version,
            "use-background": "on",
            "background": "#FFF8E7",
            "component": "#000000",
            "dashboard": "on",
        }
        save(as_owner, shop, "look", data)
        spec = design_of(shop).spec
        chosen = Inferred(inferred_from=(Source(part="user", text="the look"),))
        assert spec.theme == ThemeSpec(background="#fff8e7", marks={"background": chosen})
        assert (spec.auth, spec.dashboard) == (False, True)

    def test_mood_letters_and_corners_are_chosen_from_lists_and_given_back(self, as_owner, shop):
        calm = Inferred(inferred_from=(Source(part="description", text="a calm look"),))
        theme = ThemeSpec(mood="calm", corners="rounded", marks={"mood": calm})
        store_edited(shop, SHOP.model_copy(update={"theme": theme}))
        data = {"version": design_of(shop).version, "mood": "calm", "font": "serif"}
        save(as_owner, shop, "look", data)
        chosen = Inferred(inferred_from=(Source(part="user", text="the look"),))
        after = design_of(shop).spec.theme
        assert after == ThemeSpec(mood="calm", font="serif", marks={"mood": calm, "font": chosen})
        page = page_of(as_owner, shop, "?edit=look")
        for said in ("calm", "serif"):
            assert f'<option value="{said}" selected>' in page
        page = page_of(as_owner, shop)
        for said in ("<dd>Calm</dd>", "<dd>With serifs</dd>"):
            assert said in page

    def test_a_mood_in_other_words_is_a_choice_too(self, as_owner, shop):
        store_edited(shop, SHOP.model_copy(update={"theme": ThemeSpec(mood="minimalist")}))
        page = page_of(as_owner, shop, "?edit=look")
        assert '<option value="minimalist" selected>Minimalist</option>' in page

    @pytest.mark.parametrize("part", ["font", "corners"])
    def test_what_is_not_on_the_list_is_refused(self, as_owner, shop, part):
        data = {"version": design_of(shop).version, part: "wavy"}
        page = save(as_owner, shop, "look", data).content.decode()
        assert 'role="alert"' in page[page.index('id="look"') :]
        assert design_of(shop).spec == SHOP

    def test_the_preview_has_the_letters_and_corners(self, as_owner, shop):
        page = as_owner.post(url(shop, "preview/"), {"font": "mono", "corners": "sharp"})
        assert "preview-mono" in page.content.decode()
        assert 'rx="0"' in page.content.decode()

    def test_a_colour_that_is_none_is_refused(self, as_owner, shop):
        data = {"version": design_of(shop).version, "use-text": "on", "text": "red"}
        assert "such as #1e40af" in save(as_owner, shop, "look", data).content.decode()

    def test_the_preview_paints_what_is_chosen_and_stores_nothing(self, as_owner, shop):
        data = {
            "use-background": "on",
            "background": "#777777",
            "use-text": "on",
            "text": "#888888",
        }
        page = as_owner.post(url(shop, "preview/"), data).content.decode()
        assert 'fill="#777777"' in page
        assert "below 4.5 it is hard to read" in page
        assert design_of(shop).spec == SHOP


class TestTwoTabs:
    def test_the_later_one_is_told_keeps_what_was_typed_and_may_insist(self, as_owner, shop):
        key = key_of(shop, "Customer")
        late = typed(page_of(as_owner, shop, f"?edit={key}")) | {"description": "Who buys"}
        data = typed(page_of(as_owner, shop, "?edit=new")) | {"name": "Review"}
        save(as_owner, shop, "new", data)
        page = save(as_owner, shop, key, late).content.decode()
        assert "The design was changed meanwhile" in page
        assert 'value="Who buys"' in page
        assert "Review" in page
        assert entity(shop, "Customer").description == ""
        save(as_owner, shop, key, typed(page))
        assert entity(shop, "Customer").description == "Who buys"
        assert entity(shop, "Review")

    def test_adding_a_row_does_not_hide_the_change(self, as_owner, shop):
        key = key_of(shop, "Customer")
        late = typed(page_of(as_owner, shop, f"?edit={key}"))
        store_edited(shop, SHOP.model_copy(update={"dashboard": True}))
        more = as_owner.post(url(shop, f"edit/{key}/"), {**late, "do": "add-field"})
        page = save(as_owner, shop, key, typed(more.content.decode())).content.decode()
        assert "The design was changed meanwhile" in page

    def test_an_old_page_removes_nothing(self, as_owner, shop):
        old, key = design_of(shop).version, key_of(shop, "Customer")
        store_edited(shop, SHOP.model_copy(update={"dashboard": True}))
        answer = as_owner.post(url(shop, f"entities/{key}/remove/"), {"version": old})
        assert "Nothing was removed" in answer.content.decode()
        assert entity(shop, "Customer")


class TestBuilding:
    def test_a_draft_is_built_and_everything_confirmed(self, as_owner, shop):
        answer = as_owner.post(url(shop, "build/"))
        assert answer.url == f"/projects/{shop.pk}/"
        shop.refresh_from_db()
        assert shop.status == "IN_PROGRESS"
        assert not InferredEntity.objects.filter(user_confirmed=False).exists()

    def test_a_finished_project_is_built_again(self, as_owner, finished):
        as_owner.post(url(finished, "build/"))
        assert AgentJob.objects.filter(project=finished).count() == 2

    def test_what_runs_is_not_started_twice(self, as_owner, shop):
        as_owner.post(url(shop, "build/"))
        answer = as_owner.post(url(shop, "build/"), follow=True)
        assert "cannot be" in answer.content.decode()
        assert AgentJob.objects.count() == 1

    def test_reading_again_keeps_what_was_edited(self, as_owner, shop):
        key = key_of(shop, "Customer")
        data = typed(page_of(as_owner, shop, f"?edit={key}")) | {"description": "Who buys"}
        save(as_owner, shop, key, data)
        answer = as_owner.post(url(shop, "again/"), follow=True)
        assert "Read again" in answer.content.decode()
        assert entity(shop, "Customer").description == "Who buys"
