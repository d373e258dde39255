"""The design's page: shown, edited part by part, kept from being overwritten, built."""

from __future__ import annotations

import re

import pytest

from generation import services
from generation.engines.base import EngineUnavailable
from generation.errors import NotUnderstood
from generation.models import AgentJob
from projects.design import design_of, store_edited
from projects.models import InferredEntity, Project
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    PageKind,
    PageSpec,
    RelationKind,
    RelationSpec,
    Source,
    ThemeSpec,
)
from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.django_db

FORM = {
    **QUICKNOTES,
    "features": "\r\n".join(QUICKNOTES["features"]),
    "engine": "builtin",
    "design_first": "on",
}
SHOP = AppSpec(
    name="QuickNotes",
    entities=(
        EntitySpec(
            name="Order",
            plural="Orders",
            confidence=0.4,
            inferred_from=(Source(part="description", text="each <order> has a customer"),),
            fields=(
                FieldSpec(name="total", type=FieldType.DECIMAL, minimum=0, required=True),
                FieldSpec(name="state", type=FieldType.ENUM, choices=("open", "paid"), position=1),
            ),
            relations=(
                RelationSpec(
                    kind=RelationKind.MANY_TO_ONE, name="buyer", target="Customer", required=True
                ),
            ),
        ),
        EntitySpec(name="Customer", plural="Customers", fields=(FieldSpec(name="name"),)),
    ),
    pages=(PageSpec(name="About", path="/about", kind=PageKind.CONTENT),),
    features=(
        FeatureSpec(text="Order CRUD", state=FeatureState.PLANNED, entities=("Order",)),
        FeatureSpec(text="Teleport", state=FeatureState.UNPLACED, reason="Nobody can."),
    ),
    theme=ThemeSpec(component="#1e3a8a"),
)


@pytest.fixture
def shop(project) -> Project:
    """The owner's draft with the shop as its design."""
    store_edited(project, SHOP)
    InferredEntity.objects.update(user_confirmed=False)
    return project


def url(project, rest=""):
    return f"/projects/{project.pk}/design/{rest}"


def page_of(client, project, query=""):
    answer = client.get(url(project) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def key_of(project, name):
    return str(design_of(project).entity_ids[name])


def typed(page, form="entity-form"):
    """Return what a browser would send of a form that was not touched."""
    part = page[page.index(f'id="{form}"') :]
    part = part[: part.index("</form>")]
    data = {}
    for tag in re.findall(r"<input [^>]*>", part):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in attributes:
            data[attributes["name"]] = attributes.get("value", "on")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', part):
        chosen = re.search(r'value="([^"]*)" selected', options)
        chosen = chosen or re.search(r'value="([^"]*)"', options)
        data[name] = chosen[1]
    return data


def save(client, project, what, data):
    return client.post(url(project, f"edit/{what}/"), {**data, "do": "save"})


def entity(project, name="Order"):
    return next(e for e in design_of(project).spec.entities if e.name == name)


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
        assert spec.theme == ThemeSpec(background="#fff8e7")
        assert (spec.auth, spec.dashboard) == (False, True)

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
