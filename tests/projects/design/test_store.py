"""The store of designs: exact round trips, ids that stay, and what a person decided kept."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings

from projects.design import (
    DesignChanged,
    confirm_design,
    confirm_entity,
    design_of,
    mark_built,
    store_edited,
    store_proposed,
    store_understood,
)
from projects.models import DesignSystem, Feature, InferredEntity, Page
from projects.spec.check import InvalidDesign
from projects.spec.edit import put_entity, remove_entity
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Inferred,
    PageKind,
    PageSpec,
    Priority,
    RelationKind,
    RelationSpec,
    Source,
    ThemeSpec,
)
from projects.spec.proposals import Proposals
from tests.projects.spec.strategies import app_specs

pytestmark = pytest.mark.django_db


def link(name: str, target: str, kind: RelationKind = RelationKind.MANY_TO_ONE) -> RelationSpec:
    return RelationSpec(kind=kind, name=name, target=target)


def shop(**changes) -> AppSpec:
    spec = AppSpec(
        name="Shop",
        entities=(
            EntitySpec(
                name="Order",
                plural="Orders",
                confidence=0.4,
                fields=(FieldSpec(name="total"), FieldSpec(name="paid on")),
                relations=(link("customer", "Customer"),),
            ),
            EntitySpec(name="Customer", plural="Customers", fields=(FieldSpec(name="name"),)),
        ),
        pages=(
            PageSpec(name="Orders", path="/orders", kind=PageKind.LIST, entity="Order"),
            PageSpec(name="Order", path="/orders/:id", kind=PageKind.DETAIL, entity="Order"),
            PageSpec(name="About", path="/about", kind=PageKind.CONTENT),
        ),
        features=(
            FeatureSpec(
                text="Order CRUD",
                state=FeatureState.PLANNED,
                entities=("Order",),
                capabilities=("search",),
            ),
            FeatureSpec(text="Teleport", state=FeatureState.UNPLACED, reason="Not possible."),
        ),
    )
    return spec.model_copy(update=changes)


@pytest.fixture
def shop_project(project):
    """A project of which the shop was understood."""
    DesignSystem.objects.all().delete()
    project.project_name, project.description = "Shop", "entity Order"
    project.save()
    store_understood(project, shop())
    return project


def spec_of(project) -> AppSpec:
    return design_of(project).spec


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(spec=app_specs)
def test_what_is_written_is_read_back_exactly_over_whatever_was_there(project, spec):
    written = store_edited(project, spec)
    read = design_of(project)
    assert read.spec == spec
    assert read == written
    assert read.version == written.version


def test_a_project_that_was_not_understood_has_no_design(project):
    DesignSystem.objects.all().delete()
    assert design_of(project) is None


def test_what_the_app_is_may_be_said_in_other_words_than_the_persons(shop_project):
    assert spec_of(shop_project).description == ""
    store_edited(shop_project, shop(description="Sells things."))
    store_understood(shop_project, shop())
    assert spec_of(shop_project).description == "Sells things."
    shop_project.refresh_from_db()
    assert shop_project.description == "entity Order"


def test_the_rows_say_it_in_the_seeds_words(shop_project):
    order = InferredEntity.objects.get(entity_name="Order")
    assert order.fields["paid on"]["type"] == "string"
    assert order.fields["paid on"]["position"] == 0
    (relation,) = order.relationships
    assert (relation["type"], relation["target_entity"]) == ("belongs_to", "Customer")
    assert (relation["foreign_key"], relation["inverse"]) == ("customer_id", "has_many")
    assert order.crud_locations == {
        "create": ["/orders/new"],
        "read": ["/orders", "/orders/:id"],
        "update": ["/orders/:id/edit"],
        "delete": ["/orders", "/orders/:id"],
    }
    assert (order.confidence_score, order.user_confirmed) == (0.4, False)
    assert order.validation_rules == {}
    assert order.business_rules == ["Everybody sees only their own orders."]
    page = Page.objects.get(path="/orders")
    assert page.key_elements == [["Order", "Customer"]]
    assert (page.purpose, page.parent) == ("People find orders.", None)
    form = Page.objects.get(path="/orders/:id/edit")
    assert (form.purpose, form.parent) == ("People change an order.", page)
    assert form.related_patterns == ["form", "field errors"]
    feature = Feature.objects.get(name="Order CRUD")
    paths = Page.objects.filter(pk__in=feature.affected_pages or []).values_list("path", flat=True)
    assert set(paths) == {"/orders", "/orders/new", "/orders/:id", "/orders/:id/edit"}
    assert feature.technical_requirements == {"needs": ["search"]}
    every = {key: ["Order"] for key in ("creates", "reads", "updates", "deletes", "uses")}
    assert feature.data_operations == every
    assert feature.ui_requirements == ["form", "list", "delete button", "search box"]
    assert feature.business_rules == order.business_rules
    assert feature.category == "content"
    unplaced = Feature.objects.get(name="Teleport")
    assert (unplaced.data_operations, unplaced.affected_pages) == ({"uses": []}, [])


def test_rows_keep_their_ids_through_edits_and_renames(shop_project):
    before = design_of(shop_project)
    renamed = before.spec.entities[0].model_copy(update={"name": "Purchase"})
    spec = put_entity(before.spec, renamed, replacing="Order")
    after = store_edited(shop_project, spec)
    assert after.entity_ids["Purchase"] == before.entity_ids["Order"]
    assert after.entity_ids["Customer"] == before.entity_ids["Customer"]
    assert spec_of(shop_project).pages[0].entity == "Purchase"
    assert spec_of(shop_project).features[0].entities == ("Purchase",)


@pytest.mark.parametrize("other", ["Order", "Customer"])
def test_a_thing_takes_the_name_of_one_that_goes_in_the_same_edit(shop_project, other):
    """Whichever of the two stands first."""
    before = design_of(shop_project)
    one, two = before.spec.entities
    goes, stays = (one, two) if other == "Order" else (two, one)
    plain = stays.model_copy(
        update={"name": goes.name, "identity": stays.name, "relations": (), "plural": "Others"}
    )
    spec = before.spec.model_copy(update={"entities": (plain,), "pages": (), "features": ()})
    after = store_edited(shop_project, spec)
    assert spec_of(shop_project).entities == after.spec.entities == (plain,)
    assert after.entity_ids == {goes.name: before.entity_ids[stays.name]}


def test_the_later_of_two_editors_is_told(shop_project):
    first = design_of(shop_project)
    store_edited(shop_project, shop(dashboard=True), expected=first.version)
    with pytest.raises(DesignChanged) as told:
        store_edited(shop_project, shop(auth=False), expected=first.version)
    assert told.value.design.spec.dashboard
    assert spec_of(shop_project).dashboard
    assert spec_of(shop_project).auth


class TestUnderstandingAgain:
    """Words are read again, and say something else."""

    def test_what_nobody_touched_follows_the_words(self, shop_project):
        other = shop(entities=(EntitySpec(name="Cart", plural="Carts"),), pages=(), dashboard=True)
        store_understood(shop_project, other)
        spec = spec_of(shop_project)
        assert [entity.name for entity in spec.entities] == ["Cart"]
        assert spec.dashboard
        assert spec.features[0].entities == ()

    def test_an_edited_entity_stays_as_it_was_edited(self, shop_project):
        edited = shop().entities[1].model_copy(update={"fields": (FieldSpec(name="email"),)})
        store_edited(shop_project, put_entity(shop(), edited, replacing="Customer"))
        assert InferredEntity.objects.get(entity_name="Customer").user_confirmed
        assert not InferredEntity.objects.get(entity_name="Order").user_confirmed
        store_understood(shop_project, shop())
        assert spec_of(shop_project).entities[1] == edited

    def test_a_confirmed_entity_stays_even_when_the_words_lose_it(self, shop_project):
        kept = design_of(shop_project)
        confirm_entity(shop_project, kept.entity_ids["Customer"])
        store_understood(shop_project, shop(entities=()))
        assert [entity.name for entity in spec_of(shop_project).entities] == ["Customer"]

    def test_a_removed_entity_does_not_come_back(self, shop_project):
        store_edited(shop_project, remove_entity(shop(), "Customer"))
        store_understood(shop_project, shop())
        spec = spec_of(shop_project)
        assert [entity.name for entity in spec.entities] == ["Order"]
        assert spec.entities[0].relations == ()

    def test_a_removed_entity_that_is_added_again_is_there(self, shop_project):
        store_edited(shop_project, remove_entity(shop(), "Customer"))
        store_edited(shop_project, shop())
        store_understood(shop_project, shop(entities=shop().entities[:1]))
        assert len(spec_of(shop_project).entities) == 2

    def test_a_renamed_entity_keeps_its_name_twice_over(self, shop_project):
        for old, new in (("Order", "Purchase"), ("Purchase", "Sale")):
            design = design_of(shop_project)
            entity = next(e for e in design.spec.entities if e.name == old)
            spec = put_entity(design.spec, entity.model_copy(update={"name": new}), replacing=old)
            store_edited(shop_project, spec)
        store_understood(shop_project, shop())
        spec = spec_of(shop_project)
        assert [entity.name for entity in spec.entities] == ["Sale", "Customer"]
        assert spec.features[0].entities == ("Sale",)

    def test_a_removed_page_an_edited_one_and_an_added_one_stay_so(self, shop_project):
        about = PageSpec(name="Who we are", path="/about", kind=PageKind.CONTENT)
        added = PageSpec(name="Prices", path="/prices", kind=PageKind.CONTENT)
        store_edited(shop_project, shop(pages=(shop().pages[0], about, added)))
        store_understood(shop_project, shop())
        assert spec_of(shop_project).pages == (shop().pages[0], about, added)

    def test_a_chosen_theme_and_choice_of_sign_in_stay(self, shop_project):
        theme = ThemeSpec(background="#112233")
        store_edited(shop_project, shop(theme=theme, auth=False))
        assert DesignSystem.objects.get().generation_method == "prescribed"
        store_understood(shop_project, shop(theme=ThemeSpec(text="#ffffff")))
        assert spec_of(shop_project).theme == theme
        assert not spec_of(shop_project).auth

    def test_after_a_look_at_all_of_it_nothing_changes(self, shop_project):
        confirm_design(shop_project)
        other = shop(entities=(shop().entities[0].model_copy(update={"fields": ()}),))
        store_understood(shop_project, other)
        assert spec_of(shop_project).entities == shop().entities


class TestBuilt:
    def test_pages_and_features_of_the_app_are_built_and_are_as_confirmed_as_before(
        self, shop_project
    ):
        about = PageSpec(name="Who we are", path="/about", kind=PageKind.CONTENT)
        store_edited(shop_project, shop(pages=(*shop().pages[:2], about)))
        before = design_of(shop_project)
        mark_built(shop_project, before.spec)
        assert set(Page.objects.values_list("status", flat=True)) == {"built"}
        assert [f.status for f in Feature.objects.order_by("sort_order")] == [
            "completed",
            "planned",
        ]
        assert design_of(shop_project) == before
        assert design_of(shop_project).confirmed.pages == {"/about"}

    def test_a_page_that_the_app_does_not_have_is_not(self, shop_project):
        spec = shop()
        more = PageSpec(name="Prices", path="/prices", kind=PageKind.CONTENT)
        store_edited(shop_project, shop(pages=(*spec.pages, more)))
        mark_built(shop_project, spec)
        assert Page.objects.get(path="/prices").status == "approved"

    def test_an_edit_plans_them_anew(self, shop_project):
        confirm_design(shop_project)
        mark_built(shop_project, shop())
        store_edited(shop_project, shop(description="Sells things."))
        statuses = dict(Page.objects.values_list("path", "status"))
        assert (statuses["/about"], statuses["/customers"]) == ("approved", "draft")

    def test_pages_confirmed_by_their_status_stay_so_when_the_database_is_brought_up_to_date(
        self, shop_project
    ):
        Page.objects.filter(path="/about").update(status="approved")
        moved = import_module("projects.migrations.0013_confirmed_pages")
        moved.keep_with_the_look(apps, None)
        assert design_of(shop_project).confirmed.pages == {"/about"}

        mark_built(shop_project, shop())
        moved.keep_in_the_status(apps, None)
        assert list(Page.objects.filter(status="approved").values_list("path", flat=True)) == [
            "/about"
        ]
        assert not Page.objects.filter(status="built").exists()


def test_where_a_page_is_reached_from_and_by_whom(shop_project):
    order = shop().entities[0].model_copy(update={"public": True, "managed": True, "owned": False})
    store_edited(shop_project, shop(entities=(order, shop().entities[1])))
    contexts = dict(Page.objects.values_list("path", "usage_contexts"))
    assert contexts == {
        "/orders": [{"from": "menu", "who": "visitors"}],
        "/orders/:id": [{"from": "/orders", "who": "visitors"}],
        "/orders/new": [{"from": "/orders", "who": "staff"}],
        "/orders/:id/edit": [{"from": "/orders/:id", "who": "staff"}],
        "/about": [{"from": "menu", "who": "visitors"}],
        "/customers": [{"from": "menu", "who": "people signed in"}],
        "/customers/new": [{"from": "/customers", "who": "people signed in"}],
        "/customers/:id": [{"from": "/customers", "who": "people signed in"}],
        "/customers/:id/edit": [{"from": "/customers/:id", "who": "people signed in"}],
    }


def test_entities_that_cannot_be_told_apart_are_refused(project):
    twin = EntitySpec(name="Twin", plural="Twins")
    with pytest.raises(InvalidDesign, match="“Twin” is there twice"):
        store_understood(project, AppSpec(name="App", entities=(twin, twin)))


def test_rows_of_others_are_not_touched(shop_project):
    layout = Page.objects.create(project=shop_project, name="Frame", slug="frame", type="layout")
    store_edited(shop_project, shop(pages=()))
    assert list(Page.objects.filter(project=shop_project, wizard_generated=False)) == [layout]


class TestProposals:
    def test_they_become_rows_with_their_source_and_their_confidence(self, project):
        store_understood(project, shop())
        offered = Proposals(
            by="ollama coder:7b",
            entities=(
                EntitySpec(name="Coupon", plural="Coupons", relations=(link("o", "Order"),)),
            ),
            pages=(PageSpec(name="Terms", path="/terms", kind=PageKind.CONTENT),),
            features=(
                FeatureSpec(
                    text="order crud", state=FeatureState.PLANNED, priority=Priority.SHOULD
                ),
            ),
        )
        design = store_proposed(project, offered)

        row = InferredEntity.objects.get(project=project, entity_name="Coupon")
        assert row.confidence_score == 0.6
        assert row.metadata["inferred_from"][0]["text"] == "ollama coder:7b"
        assert not row.user_confirmed
        assert Page.objects.filter(project=project, path="/terms").exists()
        assert Feature.objects.get(project=project, name="Order CRUD").priority == "should-have"
        assert design_of(project).spec == design.spec

    def test_what_a_person_confirmed_is_not_touched(self, project):
        store_understood(project, shop())
        confirm_design(project)
        before = design_of(project)
        more = EntitySpec(name="Order", plural="Orders", fields=(FieldSpec(name="weight"),))
        store_proposed(project, Proposals(entities=(more,)))

        assert design_of(project).spec == before.spec

    def test_without_a_design_there_is_nothing_to_add_to(self, project):
        DesignSystem.objects.filter(project=project).delete()
        with pytest.raises(LookupError, match="no design yet"):
            store_proposed(project, Proposals())


def test_the_pages_of_rows_are_told_and_are_no_part_of_the_design(project):
    pay = FeatureSpec(text="Pay", entities=("Order",), state=FeatureState.PLANNED)
    spec = shop(dashboard=True, pages=(), features=(pay,))
    assert store_understood(project, spec).spec.pages == ()
    assert design_of(project).spec.pages == ()
    paths = Page.objects.filter(project=project).values_list("path", "wizard_generated")
    assert set(paths) == {
        (path, True)
        for path in (
            "/dashboard",
            *("/orders", "/orders/new", "/orders/:id", "/orders/:id/edit"),
            *("/customers", "/customers/new", "/customers/:id", "/customers/:id/edit"),
        )
    }
    order = InferredEntity.objects.get(project=project, entity_name="Order")
    assert order.crud_locations == {
        "create": ["/orders/new"],
        "read": ["/orders", "/orders/:id"],
        "update": ["/orders/:id/edit"],
        "delete": ["/orders", "/orders/:id"],
    }
    of_orders = Page.objects.filter(project=project, path__startswith="/orders")
    assert all(page.key_elements == [["Order", "Customer"]] for page in of_orders)
    touched = Feature.objects.get(project=project).affected_pages or []
    assert set(touched) == {page.pk for page in of_orders}


def test_pages_of_rows_stay_the_same_rows_and_leave_designed_ones_their_paths(project):
    about = PageSpec(name="Orders", path="/orders", kind=PageKind.CONTENT)
    store_understood(project, shop(pages=(about,)))
    before = dict(Page.objects.filter(project=project).values_list("path", "pk"))
    assert {"/orders", "/orders-1", "/orders-1/new", "/customers"} <= before.keys()
    store_edited(project, remove_entity(design_of(project).spec, "Customer"))
    after = dict(Page.objects.filter(project=project).values_list("path", "pk"))
    assert after == {path: pk for path, pk in before.items() if "customers" not in path}
    assert design_of(project).spec.pages == (about,)


def test_rules_and_categories_are_those_that_the_app_keeps(project):
    email = FieldSpec(name="email", type=FieldType.EMAIL, required=True, unique=True)
    rating = FieldSpec(name="rating", type=FieldType.INTEGER, minimum=1, maximum=5)
    kind = FieldSpec(name="kind", type=FieldType.ENUM, choices=("a", "b"))
    spec = AppSpec(
        name="Kept",
        entities=(
            EntitySpec(name="Item", plural="Items", owned=False, managed=True, fields=(email,)),
            EntitySpec(name="Review", plural="Reviews", owned=False, authored=True, public=True),
            EntitySpec(name="Vote", plural="Votes", owned=False, fields=(rating, kind)),
            EntitySpec(name="Note", plural="Notes", owned=True, managed=True),
        ),
        features=(
            FeatureSpec(
                text="Add items",
                state=FeatureState.PLANNED,
                entities=("Item",),
                operations={"creates": ("Item",)},
            ),
            FeatureSpec(text="Review", state=FeatureState.PLANNED, entities=("Review",)),
            FeatureSpec(text="Keep notes", state=FeatureState.PLANNED, entities=("Note",)),
            FeatureSpec(text="Sign in", state=FeatureState.PLANNED, capabilities=("auth",)),
            FeatureSpec(
                text="Pay",
                state=FeatureState.UNPLACED,
                reason="The built-in engine cannot make this yet: taking payments.",
            ),
        ),
    )
    store_edited(project, spec)
    rows = {row.entity_name: row for row in InferredEntity.objects.filter(project=project)}
    assert rows["Item"].validation_rules == {
        "email": {"format": "email", "required": True, "unique": True}
    }
    assert rows["Vote"].validation_rules == {
        "rating": {"minimum": 1, "maximum": 5},
        "kind": {"choices": ["a", "b"]},
    }
    assert rows["Item"].business_rules == ["Staff alone writes the items."]
    assert rows["Review"].business_rules == [
        "Everybody adds reviews; their author and staff change them.",
        "Anybody reads the reviews, signed in or not.",
    ]
    assert rows["Vote"].business_rules == ["Everybody who signs in reads and writes the votes."]
    assert rows["Note"].business_rules == ["Everybody sees only their own notes; staff sees all."]
    asked = {row.name: row for row in Feature.objects.filter(project=project)}
    categories = {name: row.category for name, row in asked.items()}
    assert categories == {
        "Add items": "admin",
        "Review": "social",
        "Keep notes": "content",
        "Sign in": "auth",
        "Pay": "payment",
    }
    assert asked["Add items"].data_operations == {"creates": ["Item"], "uses": ["Item"]}
    assert asked["Sign in"].ui_requirements == ["sign-in form"]


def test_a_look_says_how_sure_it_is_and_who_chose_it(project):
    read = Inferred(inferred_from=(Source(part="description", text="teal"),), confidence=0.7)
    mine = Inferred(inferred_from=(Source(part="user", text="the look"),))
    theme = ThemeSpec(component="#008080", mood="calm", marks={"component": read, "mood": read})
    for marks, method in (
        ({"component": read, "mood": read}, "emergent"),
        ({"component": mine, "mood": read}, "hybrid"),
    ):
        DesignSystem.objects.all().delete()
        looked = theme.model_copy(update={"marks": marks})
        store_understood(project, AppSpec(name="Look", theme=looked))
        row = DesignSystem.objects.get(project=project)
        assert row.generation_method == method
        sure = {"component": marks["component"].confidence, "mood": 0.7}
        assert row.confidence_scores == sure
    token = {"value": "#008080", "contexts": ["buttons", "links"]}
    assert row.tokens["colors"] == {"component": token}
