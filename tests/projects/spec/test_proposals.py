"""A model's proposals add to a design; they take nothing from it and break nothing in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from projects.spec.check import faults_of
from projects.spec.confirmed import Confirmed
from projects.spec.models import (
    NOT_UNDERSTOOD,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    PageKind,
    PageSpec,
    Priority,
    RelationKind,
    RelationSpec,
    RoleSpec,
    ThemeSpec,
)
from projects.spec.proposals import MOST_CONFIDENCE, Proposals, merged
from tests.projects.spec.strategies import app_specs


def entity(name: str, *fields: str, links: tuple[str, ...] = (), **more) -> EntitySpec:
    return EntitySpec(
        name=name,
        plural=f"{name}s",
        fields=tuple(FieldSpec(name=field, position=n) for n, field in enumerate(fields)),
        relations=tuple(link(target) for target in links),
        **more,
    )


def link(target: str, *, required: bool = False) -> RelationSpec:
    kind = RelationKind.MANY_TO_ONE
    return RelationSpec(kind=kind, name=target.lower(), target=target, required=required)


def unplaced(text: str, reason: str = NOT_UNDERSTOOD) -> FeatureSpec:
    return FeatureSpec(text=text, state=FeatureState.UNPLACED, reason=reason)


def planned(text: str, *entities: str, **more) -> FeatureSpec:
    return FeatureSpec(text=text, state=FeatureState.PLANNED, entities=entities, **more)


SHOP = AppSpec(
    name="Shop",
    entities=(entity("Order", "total", confidence=0.5), entity("Customer", "name")),
    pages=(PageSpec(name="About", path="/about", kind=PageKind.CONTENT),),
    features=(planned("Order CRUD", "Order"), unplaced("Jot things down")),
    theme=ThemeSpec(component="#112233"),
)


def by_model(**parts) -> Proposals:
    return Proposals(by="ollama coder:7b", **parts)


def names(spec: AppSpec) -> list[str]:
    return [one.name for one in spec.entities]


class TestWhatIsNew:
    def test_an_entity_is_added_with_its_source_and_a_doubt(self):
        spec = merged(SHOP, by_model(entities=(entity("Invoice", "number", links=("Order",)),)))

        assert names(spec) == ["Order", "Customer", "Invoice"]
        made = spec.entities[2]
        for part in (made, *made.fields, *made.relations):
            assert part.confidence == MOST_CONFIDENCE
            assert [(s.part, s.text) for s in part.inferred_from] == [("model", "ollama coder:7b")]

    def test_a_model_that_is_unsure_stays_so(self):
        spec = merged(SHOP, by_model(entities=(entity("Invoice", confidence=0.2),)))

        assert spec.entities[2].confidence == 0.2

    def test_a_field_is_added_behind_those_that_were_read(self):
        spec = merged(SHOP, by_model(entities=(entity("order", "Total", "paid on"),)))

        fields = spec.entities[0].fields
        assert [(f.name, f.position) for f in fields] == [("total", 0), ("paid on", 1)]
        assert [f.confidence for f in fields] == [1.0, MOST_CONFIDENCE]

    def test_what_both_found_is_surer_and_keeps_the_type_that_was_read(self):
        offered = EntitySpec(
            name="Orders", plural="Orders", fields=(FieldSpec(name="total", type=FieldType.TEXT),)
        )
        order = merged(SHOP, by_model(entities=(offered,))).entities[0]

        assert order.confidence == 0.65
        assert order.fields == SHOP.entities[0].fields

    def test_a_link_leads_to_an_entity_of_either_side(self):
        offered = (entity("Invoice", links=("Payment", "orders")), entity("Payment"))
        spec = merged(SHOP, by_model(entities=offered))

        assert [r.target for r in spec.entities[2].relations] == ["Payment", "Order"]

    def test_two_entities_are_linked_only_once(self):
        linked = merged(SHOP, by_model(entities=(entity("Order", links=("Customer",)),)))
        again = merged(linked, by_model(entities=(entity("Customer", links=("Order",)),)))

        assert again.entities[1].relations == ()

    def test_roles_pages_and_the_open_parts_of_the_look_are_added(self):
        offered = by_model(
            roles=(RoleSpec(name="Buyer"), RoleSpec(name="buyer")),
            pages=(
                PageSpec(name="Terms", path="/terms", kind=PageKind.CONTENT),
                PageSpec(name="Other", path="/about", kind=PageKind.CONTENT),
            ),
            theme=ThemeSpec(component="#ffffff", background="#000000"),
        )
        spec = merged(SHOP, offered)

        assert [role.name for role in spec.roles] == ["Buyer"]
        assert [(page.name, page.path) for page in spec.pages] == [
            ("About", "/about"),
            ("Terms", "/terms"),
        ]
        given = spec.theme.model_copy(update={"marks": {}})
        assert given == ThemeSpec(component="#112233", background="#000000")
        assert spec.theme.marks["background"].inferred_from[0].part == "model"


class TestFeatures:
    def test_words_that_no_rule_understood_are_placed(self):
        spec = merged(SHOP, by_model(features=(planned("jot things down", "orders"),)))

        placed = spec.features[1]
        assert (placed.text, placed.state, placed.entities, placed.reason) == (
            "Jot things down",
            FeatureState.PLANNED,
            ("Order",),
            None,
        )
        assert placed.inferred_from[0].part == "model"

    def test_what_cannot_be_built_is_not_talked_into_being_planned(self):
        shop = SHOP.model_copy(update={"features": (unplaced("Pay", "Not in reach: payments."),)})
        spec = merged(shop, by_model(features=(planned("Pay", "Order"),)))

        assert spec.features == shop.features

    def test_a_feature_about_nothing_that_is_kept_is_left_out(self):
        assert merged(SHOP, by_model(features=(planned("Fly", "Wing"),))) == SHOP

    def test_a_priority_is_taken_where_there_is_none(self):
        wanted = planned("Order CRUD", priority=Priority.NICE)
        spec = merged(SHOP, by_model(features=(wanted,)))
        later = merged(spec, by_model(features=(planned("order crud", priority=Priority.MUST),)))

        assert spec.features[0].priority is Priority.NICE
        assert later == spec

    def test_features_of_the_same_words_are_all_kept(self):
        shop = SHOP.model_copy(update={"features": (unplaced("Same"), unplaced("Same"))})

        assert len(merged(shop, by_model(features=(planned("Same", "Order"),))).features) == 2


class TestWhatAPersonDecided:
    @pytest.mark.parametrize(
        "offered",
        [
            by_model(entities=(entity("Order", "paid on", links=("Customer",)),)),
            by_model(entities=(entity("Coupon", "code"),)),
            by_model(pages=(PageSpec(name="Terms", path="/terms", kind=PageKind.CONTENT),)),
            by_model(roles=(RoleSpec(name="Buyer"),)),
            by_model(theme=ThemeSpec(background="#000000")),
            by_model(features=(planned("Jot things down", "Order"),)),
        ],
        ids=["entity", "removed entity", "removed page", "app", "theme", "features"],
    )
    def test_it_stays(self, offered):
        decided = Confirmed(
            entities=frozenset({"Order"}),
            removed_entities=frozenset({"Coupon"}),
            removed_pages=frozenset({"/terms"}),
            app=True,
            theme=True,
            features=True,
        )
        assert merged(SHOP, offered) != SHOP
        assert merged(SHOP, offered, decided) == SHOP

    def test_a_name_that_they_changed_is_followed(self):
        decided = Confirmed(renamed={"Purchase": "Order"})
        spec = merged(SHOP, by_model(entities=(entity("Purchase", "paid on"),)), decided)

        assert names(spec) == ["Order", "Customer"]
        assert [field.name for field in spec.entities[0].fields] == ["total", "paid on"]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        "offered",
        [
            by_model(entities=(entity("\u202egpj"),)),
            by_model(entities=(entity(" spaced "),)),
            by_model(entities=(entity("Order", "customer"), entity("Order", "---"))),
            by_model(entities=(entity("Order", links=("Nowhere",)),)),
            by_model(pages=(PageSpec(name="P", path="/p", kind=PageKind.LIST, entity="Nowhere"),)),
            by_model(pages=(PageSpec(name="P", path="/p", kind=PageKind.LIST),)),
            by_model(roles=(RoleSpec(name="!"),)),
        ],
    )
    def test_it_is_left_out(self, offered):
        spec = merged(SHOP, offered)

        assert names(spec) == names(SHOP)
        assert (spec.pages, spec.roles) == (SHOP.pages, SHOP.roles)
        assert not list(faults_of(spec))

    def test_a_circle_of_required_links_is_not_closed(self):
        first = entity("Order").model_copy(update={"relations": (link("Invoice", required=True),)})
        second = entity("Invoice").model_copy(update={"relations": (link("Slip", required=True),)})
        third = entity("Slip").model_copy(update={"relations": (link("Order", required=True),)})
        spec = merged(SHOP, by_model(entities=(first, second, third)))

        assert names(spec) == ["Order", "Customer", "Invoice", "Slip"]
        assert [len(one.relations) for one in spec.entities] == [1, 0, 1, 0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(spec=app_specs, other=app_specs)
def test_whatever_is_proposed_nothing_is_lost_and_no_fault_comes_in(spec, other):
    offered = by_model(
        entities=other.entities,
        roles=other.roles,
        pages=other.pages,
        features=other.features,
        theme=other.theme,
    )
    after = merged(spec, offered)

    known = {fault["message"] for fault in faults_of(spec)}
    assert {fault["message"] for fault in faults_of(after)} <= known
    assert names(after)[: len(spec.entities)] == names(spec)
    for was, now in zip(spec.entities, after.entities, strict=False):
        assert now.fields[: len(was.fields)] == was.fields
        assert now.relations[: len(was.relations)] == was.relations
    assert after.pages[: len(spec.pages)] == spec.pages
    assert len(after.features) >= len(spec.features)
    assert merged(after, offered).entities[len(after.entities) :] == ()
