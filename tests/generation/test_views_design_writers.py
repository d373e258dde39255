"""Who may write an entity's rows, as the design's page shows it and lets a person choose."""

from __future__ import annotations

import pytest

from projects.design import design_of, store_edited
from projects.spec.models import EntitySpec
from tests.generation.design_pages import SHOP, entity, key_of, page_of, save, typed

MESSAGE = EntitySpec(name="Message", plural="Messages", owned=False)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(project):
    store_edited(project, SHOP)
    return project


def form_of(client, project, name):
    return typed(page_of(client, project, f"?edit={key_of(project, name)}"))


@pytest.mark.parametrize(
    ("chosen", "owned", "managed"),
    [
        ("maker", True, False),
        ("overseen", True, True),
        ("everybody", False, False),
        ("staff", False, True),
    ],
)
def test_who_writes_is_chosen(as_owner, shop, chosen, owned, managed):
    key = key_of(shop, "Customer")
    answer = save(as_owner, shop, key, {**form_of(as_owner, shop, "Customer"), "writers": chosen})
    assert answer.status_code == 302
    stored = entity(shop, "Customer")
    assert (stored.owned, stored.managed) == (owned, managed)
    assert form_of(as_owner, shop, "Customer")["writers"] == chosen
    page = page_of(as_owner, shop)
    assert ("Staff alone writes them" in page) == (chosen == "staff")
    assert ("staff sees and changes all of them.</p>" in page) == (chosen == "overseen")


def test_whoever_sees_what_rows_belong_to_may_see_them(as_owner, shop):
    key, buyer = key_of(shop, "Order"), key_of(shop, "Customer")
    form = form_of(as_owner, shop, "Order") | {"writers": "followers"}
    refused = save(as_owner, shop, key, form)
    assert "Give “Order” a required relation to one of these." in refused.content.decode()
    seen = form_of(as_owner, shop, "Customer") | {"writers": "overseen"}
    assert save(as_owner, shop, buyer, seen).status_code == 302
    form = form_of(as_owner, shop, "Order") | {"writers": "followers"}
    assert save(as_owner, shop, key, form).status_code == 302
    assert (entity(shop, "Order").follows, entity(shop, "Order").overseen) == ("buyer", True)
    shown = form_of(as_owner, shop, "Order")
    assert shown["writers"] == "followers"
    assert "Whoever sees its customer sees and adds them" in page_of(as_owner, shop)
    renamed = shown | {"relation-0-name": "client"}
    assert save(as_owner, shop, key, renamed).status_code == 302
    assert entity(shop, "Order").follows == "client"
    chosen = form_of(as_owner, shop, "Order") | {"writers": "overseen"}
    assert save(as_owner, shop, key, chosen).status_code == 302
    assert entity(shop, "Order").follows is None


def test_visitors_see_what_authors_write(as_owner, project):
    store_edited(project, SHOP.model_copy(update={"entities": (MESSAGE,), "features": ()}))
    key = key_of(project, "Message")
    form = form_of(as_owner, project, "Message") | {"writers": "author", "public": "on"}
    assert save(as_owner, project, key, form).status_code == 302
    stored = entity(project, "Message")
    assert (stored.authored, stored.public, stored.owned) == (True, True, False)
    shown = form_of(as_owner, project, "Message")
    assert (shown["writers"], shown["public"]) == ("author", "on")
    assert "visitors see them without signing in.</p>" in page_of(as_owner, project)


def test_visitors_cannot_see_what_belongs_to_one_person(as_owner, shop):
    key = key_of(shop, "Customer")
    form = form_of(as_owner, shop, "Customer") | {"writers": "maker", "public": "on"}
    answer = save(as_owner, shop, key, form)
    assert "Not everybody reads “Customer”, so visitors cannot." in answer.content.decode()
    assert not entity(shop, "Customer").public


def test_anybody_may_send_what_links_to_nothing(as_owner, project):
    store_edited(project, SHOP.model_copy(update={"entities": (MESSAGE,), "features": ()}))
    key = key_of(project, "Message")
    form = form_of(as_owner, project, "Message")
    assert save(as_owner, project, key, {**form, "writers": "anybody"}).status_code == 302
    assert entity(project, "Message").inbox
    assert form_of(as_owner, project, "Message")["writers"] == "anybody"
    assert "Anybody sends them, signed in or not" in page_of(as_owner, project)
    save(as_owner, project, key, {**form_of(as_owner, project, "Message"), "writers": "everybody"})
    assert not entity(project, "Message").inbox


def test_sign_in_cannot_go_while_anybody_sends(as_owner, project):
    sent = MESSAGE.model_copy(update={"inbox": True})
    store_edited(project, SHOP.model_copy(update={"entities": (sent,), "features": ()}))
    page = save(as_owner, project, "look", {"version": design_of(project).version})
    assert "Let people sign in." in page.content.decode()
    assert design_of(project).spec.auth


def test_what_cannot_be_is_said_beside_the_choice(as_owner, shop):
    key = key_of(shop, "Order")
    page = save(
        as_owner, shop, key, {**form_of(as_owner, shop, "Order"), "writers": "staff"}
    ).content.decode()
    errors = page.partition('id="entity-writers-errors"')[2].partition("</div>")[0]
    assert "Let staff alone write “Customer” too" in errors
    assert typed(page)["writers"] == "staff"
    assert entity(shop, "Order").owned


def test_a_choice_that_is_not_there_leaves_rows_with_their_maker(as_owner, shop):
    key = key_of(shop, "Customer")
    save(as_owner, shop, key, {**form_of(as_owner, shop, "Customer"), "writers": "nobody"})
    assert entity(shop, "Customer").owned


def test_sign_in_cannot_go_while_staff_writes(as_owner, shop):
    key = key_of(shop, "Customer")
    save(as_owner, shop, key, {**form_of(as_owner, shop, "Customer"), "writers": "staff"})
    version = design_of(shop).version
    page = save(as_owner, shop, "look", {"version": version}).content.decode()
    assert "Staff alone writes “Customer”, and nobody signs in." in page
    assert design_of(shop).spec.auth
