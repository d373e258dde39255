"""The design's page: the way there, what it shows, and entities edited."""

from __future__ import annotations

import pytest

from generation import services
from generation.engines.base import EngineUnavailable
from generation.errors import NotUnderstood
from generation.models import AgentJob
from projects.design import design_of, store_edited
from projects.models import InferredEntity, Project
from projects.spec.models import FieldSpec, FieldType
from tests.generation.design_pages import (
    FORM,
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


class TestTheWayThere:
    def test_the_switch_leads_to_the_design_of_a_draft(self, as_owner):
        answer = as_owner.post("/new/", FORM)
        project = Project.objects.get()
        assert answer.url == url(project)
        assert project.status == "DRAFT"
        assert design_of(project) is not None
        assert not AgentJob.objects.exists()

    def test_without_the_switch_it_is_built_at_once(self, as_owner):
        answer = as_owner.post("/new/", {k: v for k, v in FORM.items() if k != "design_first"})
        assert answer.url == f"/projects/{Project.objects.get().pk}/"
        assert AgentJob.objects.exists()

    @pytest.mark.parametrize(
        "rest",
        [
            "",
            "edit/new/",
            "edit/look/",
            "preview/",
            "build/",
            "again/",
            "entities/6f1f0d5e-6a3f-4a0e-9c0e-0d9a3d1b7a11/settle/",
        ],
    )
    def test_others_do_not_find_it(self, browser_as, stranger, shop, rest):
        client = browser_as(stranger)
        method = client.post if rest else client.get
        assert method(url(shop, rest)).status_code == 404
        assert (
            "/sign-in/"
            in (browser_as(None).post if rest else browser_as(None).get)(url(shop, rest)).url
        )

    def test_a_project_is_kept_when_its_words_cannot_be_read(self, as_owner, monkeypatch):
        class Asleep:
            def understand(self, _request):
                raise EngineUnavailable("it sleeps")

        monkeypatch.setattr(services, "get_engine", lambda _name: Asleep())
        answer = as_owner.post("/new/", FORM, follow=True)
        assert "The words could not be read: it sleeps" in answer.content.decode()
        assert Project.objects.get().status == "DRAFT"
        project = Project.objects.get()
        again = as_owner.post(url(project, "again/"), follow=True)
        assert "it sleeps" in again.content.decode()

    def test_words_that_cannot_be_read_are_said_and_can_be_read_again(
        self, as_owner, shop, monkeypatch
    ):
        def refuse(_project):
            raise NotUnderstood("The engine sleeps.")

        monkeypatch.setattr(services, "design_for", refuse)
        page = page_of(as_owner, shop)
        assert "The engine sleeps." in page
        assert "Read the words again" in page


class TestThePage:
    def test_it_shows_everything_with_its_words_and_doubts(self, as_owner, shop):
        page = page_of(as_owner, shop)
        assert "From “each &lt;order&gt; has a customer”" in page
        assert page.count("Unsure") == 1
        assert "required, at least 0" in page
        assert "suggested" in page
        assert "open / paid" in page
        assert "belongs to one Customer" in page
        assert "Not placed.</strong> Nobody can." in page
        assert "/about" in page
        assert "#1e3a8a" in page
        assert "Looks right, build it" in page

    def test_the_diagram_says_in_words_what_it_shows(self, as_owner, shop):
        page = page_of(as_owner, shop)
        assert 'role="img"' in page
        assert "Order belongs to one Customer (buyer)." in page
        assert page.count('class="diagram-box"') == 2
        assert page.count('class="diagram-link"') == 1
        assert "stroke-dasharray" not in page

    def test_faults_that_are_there_already_are_named(self, as_owner, project):
        store_edited(project, SHOP.model_copy(update={"entities": SHOP.entities[:1]}))
        assert "There is no entity “Customer”." in page_of(as_owner, project)
        as_owner.post(url(project, "build/"))
        assert not AgentJob.objects.exists()

    @pytest.mark.parametrize("what", ["new", "pages", "look", "Order"])
    def test_each_part_is_edited_by_its_address(self, as_owner, shop, what):
        key = key_of(shop, what) if what == "Order" else what
        page = page_of(as_owner, shop, f"?edit={key}")
        assert f'action="{url(shop)}edit/{key}/"' in page
        assert design_of(shop).version in page

    def test_what_is_gone_is_said(self, as_owner, shop):
        answer = as_owner.get(url(shop) + "?edit=7", follow=True)
        assert "not in the design any more" in answer.content.decode()


class TestEditingAnEntity:
    def test_saved_untouched_it_stays_as_it_is(self, as_owner, shop):
        key = key_of(shop, "Order")
        answer = save(as_owner, shop, key, typed(page_of(as_owner, shop, f"?edit={key}")))
        assert answer.url == f"{url(shop)}?saved={key}#e-{key}"
        assert design_of(shop).spec == SHOP

    def test_it_is_renamed_everywhere_and_keeps_its_row(self, as_owner, shop):
        key = key_of(shop, "Customer")
        data = typed(page_of(as_owner, shop, f"?edit={key}")) | {"name": "Client"}
        save(as_owner, shop, key, data)
        assert key_of(shop, "Client") == key
        assert entity(shop).relations[0].target == "Client"
        assert entity(shop, "Client").identity == "Customer"
        assert InferredEntity.objects.get(entity_name="Client").user_confirmed

    def test_fields_are_renamed_retyped_added_and_removed(self, as_owner, shop):
        key = key_of(shop, "Order")
        data = typed(page_of(as_owner, shop, f"?edit={key}"))
        data |= {"field-0-name": "sum", "field-0-type": "string", "field-0-unique": "on"}
        data |= {"field-2-name": "paid on", "field-2-type": "date", "field-2-was": ""}
        data = {k: v for k, v in data.items() if not k.startswith("field-1-")}
        save(as_owner, shop, key, data)
        first, second = entity(shop).fields
        assert (first.name, first.type, first.unique) == ("sum", "string", True)
        assert (first.identity, second.identity) == ("total", None)
        assert (first.required, first.minimum) == (True, None)
        assert (second.name, second.type, second.position) == ("paid on", "date", 1)
        assert second.inferred_from[0].part == "user"

    def test_a_pattern_is_typed_told_by_an_example_and_emptied(self, as_owner, shop):
        key = key_of(shop, "Customer")
        data = typed(page_of(as_owner, shop, f"?edit={key}"))
        save(as_owner, shop, key, data | {"field-0-pattern": " ^[A-Z]{3}$ "})
        assert entity(shop, "Customer").fields[0].pattern == "^[A-Z]{3}$"
        assert "written like ABC" in page_of(as_owner, shop)
        kept = typed(page_of(as_owner, shop, f"?edit={key}"))
        assert kept["field-0-pattern"] == "^[A-Z]{3}$"
        save(as_owner, shop, key, kept | {"field-0-pattern": ""})
        assert entity(shop, "Customer").fields[0].pattern is None

    def test_relations_are_added_with_a_name_of_their_own_or_their_targets(self, as_owner, shop):
        key = key_of(shop, "Customer")
        data = typed(page_of(as_owner, shop, f"?edit={key}"))
        data |= {"relation-0-kind": "many_to_many", "relation-0-target": "Order"}
        save(as_owner, shop, key, data)
        (made,) = entity(shop, "Customer").relations
        assert (made.kind, made.name, made.target) == ("many_to_many", "order", "Order")

    def test_rows_come_and_go_before_anything_is_stored(self, as_owner, shop):
        key = key_of(shop, "Order")
        data = typed(page_of(as_owner, shop, f"?edit={key}")) | {"field-0-name": "sum"}
        more = as_owner.post(url(shop, f"edit/{key}/"), {**data, "do": "add-field"})
        page = more.content.decode()
        assert page.count('aria-label="Name of field') == 3
        assert 'value="sum"' in page
        less = as_owner.post(url(shop, f"edit/{key}/"), {**typed(page), "do": "remove-field-1"})
        assert 'value="state"' not in less.content.decode()
        assert design_of(shop).spec == SHOP

    @pytest.mark.parametrize(
        ("changes", "place", "words"),
        [
            ({"name": ""}, "entity-name-errors", "cannot be empty"),
            ({"name": "customer"}, "entity-name-errors", "too much like"),
            ({"field-0-name": ""}, "field-0-errors", "cannot be empty"),
            ({"field-1-name": "Total"}, "field-1-errors", "too much like “total”"),
            ({"field-1-choices": ""}, "field-1-errors", "Give the choices of “state”"),
            ({"field-0-choices": "a"}, "field-0-errors", "Only a choice has choices"),
            ({"field-0-default": "-1"}, "field-0-errors", "must be 0 or more"),
            ({"field-0-pattern": "[A-Z]"}, "field-0-errors", "Only a text of one line"),
            ({"field-0-type": "poem"}, "field-0-errors", "Use one of: string, text"),
            ({"relation-0-target": ""}, "relation-0-errors", "cannot be empty"),
            ({"relation-0-name": "total"}, "relation-0-errors", "is a field of “Order” too"),
        ],
    )
    def test_a_fault_stands_beside_what_caused_it_and_nothing_is_stored(
        self, as_owner, shop, changes, place, words
    ):
        key = key_of(shop, "Order")
        data = typed(page_of(as_owner, shop, f"?edit={key}")) | changes
        page = save(as_owner, shop, key, data).content.decode()
        notes = page[page.index(f'id="{place}"') :]
        assert words in notes[: notes.index("</div>")]
        assert f'aria-describedby="{place}"' in page
        assert design_of(shop).spec == SHOP

    def test_a_circle_of_required_relations_is_explained(self, as_owner, shop):
        key = key_of(shop, "Customer")
        data = typed(page_of(as_owner, shop, f"?edit={key}"))
        data |= {
            "relation-0-kind": "many_to_one",
            "relation-0-target": "Order",
            "relation-0-required": "on",
        }
        page = save(as_owner, shop, key, data).content.decode()
        assert "no first one could ever be made" in page

    def test_a_new_one_is_added(self, as_owner, shop):
        data = typed(page_of(as_owner, shop, "?edit=new")) | {"name": "Review"}
        answer = save(as_owner, shop, "new", data)
        made = entity(shop, "Review")
        assert answer.url.endswith(f"#e-{key_of(shop, 'Review')}")
        assert (made.plural, made.fields[0].name) == ("Review", "name")
        assert made.inferred_from[0].part == "user"

    def test_a_removal_asks_and_names_what_goes(self, as_owner, shop):
        key = key_of(shop, "Customer")
        page = page_of(as_owner, shop, f"?remove={key}")
        assert "With it go “buyer” of Order" in page
        as_owner.post(url(shop, f"entities/{key}/remove/"), {"version": design_of(shop).version})
        assert [e.name for e in design_of(shop).spec.entities] == ["Order"]
        assert entity(shop).relations == ()

    @pytest.mark.parametrize("rest", ["edit/{}/", "entities/{}/remove/", "entities/{}/settle/"])
    def test_one_that_is_gone_is_not_edited(self, as_owner, shop, rest):
        gone = "6f1f0d5e-6a3f-4a0e-9c0e-0d9a3d1b7a11"
        data = {"version": design_of(shop).version, "name": "Ghost"}
        answer = as_owner.post(url(shop, rest.format(gone)), data, follow=True)
        assert "not in the design any more" in answer.content.decode()
        assert design_of(shop).spec == SHOP

    def test_faults_that_were_there_are_mended_one_by_one(self, as_owner, project):
        choice = FieldSpec(name="kind", type=FieldType.ENUM)
        broken = [e.model_copy(update={"fields": (choice,)}) for e in SHOP.entities]
        store_edited(project, SHOP.model_copy(update={"entities": tuple(broken)}))
        key = key_of(project, "Order")
        data = typed(page_of(as_owner, project, f"?edit={key}"))
        save(as_owner, project, key, data | {"name": "Sale", "field-0-choices": "a, b"})
        assert entity(project, "Sale").fields[0].choices == ("a", "b")
        page = page_of(as_owner, project)
        assert page.count("Give the choices of “kind”") == 1

    def test_one_that_is_right_is_confirmed_as_it_is(self, as_owner, shop):
        key = key_of(shop, "Order")
        as_owner.post(url(shop, f"entities/{key}/confirm/"))
        assert InferredEntity.objects.get(pk=key).user_confirmed
        page = page_of(as_owner, shop)
        assert "Unsure" not in page
        assert "Confirmed" in page
