"""What visitors read without signing in, and what its author alone changes."""

from __future__ import annotations

import pytest

from projects.spec.check import faults_of
from projects.spec.models import AppSpec, EntitySpec
from tests.generation.engines.understanding.reading import read


def sound(description: str) -> AppSpec:
    """Return what is understood, in which nothing is at fault."""
    spec = read(description)
    assert list(faults_of(spec)) == []
    return spec


def access(description: str) -> dict[str, str]:
    return {entity.name: access_of(entity) for entity in sound(description).entities}


def access_of(entity: EntitySpec) -> str:
    shared = "authored" if entity.authored else "managed" if entity.managed else "shared"
    own = "overseen" if entity.managed else "own"
    return (own if entity.owned else shared) + (" public" if entity.public else "")


@pytest.mark.parametrize(
    "words",
    [
        "An app where members write stories. Visitors can read stories without an account.",
        "An app where members write stories. Anyone can read the stories.",
        "Members write stories that are publicly visible.",
        "Members write stories. No account is needed to read stories.",
    ],
)
def test_visitors_read_what_the_words_say(words):
    assert access(words)["Story"] == "authored public"


def test_without_such_words_members_read_alone():
    assert access("An app where members write stories and like them.")["Story"] == "authored"


def test_a_site_shows_what_is_there_for_all():
    found = access(
        "A movie review site where users rate movies and write reviews. Admins add movies."
    )
    assert found["Movie"] == "managed public"
    assert found["Review"] == found["Rating"] == "authored public"


def test_an_online_shop_shows_its_products_and_no_orders():
    found = access(
        "An online shop. Customers browse products, add them to a cart and place orders. The admin "
        "manages products and orders."
    )
    assert found == {"Product": "managed public", "Cart": "own", "Order": "overseen"}


@pytest.mark.parametrize(
    "words",
    [
        "Internal wiki for our company where employees write articles and comment on them.",
        "A warehouse management website where staff manages products and writes comments.",
        "We want a site where the members of our choir see concerts and write comments.",
    ],
)
def test_what_is_for_members_or_a_team_stays_with_them(words):
    assert not any(entity.public for entity in sound(words).entities)


def test_a_house_writes_what_its_site_shows():
    words = "A hair salon site: services with prices, stylists, customers book appointments online."
    assert access(words) == {
        "Service": "managed public",
        "Stylist": "managed public",
        "Appointment": "overseen",
    }


def test_whoever_runs_a_blog_signs_in_and_visitors_read():
    spec = sound("I want a blog where I write posts.")
    assert spec.auth
    assert [access_of(entity) for entity in spec.entities] == ["managed public"]


def test_a_personal_blog_is_not_private():
    found = access("My personal blog where I write posts in categories. Visitors can comment.")
    assert found["Post"] == found["Category"] == "managed public"
    assert found["Comment"] == "authored public"


def test_who_says_something_to_all_changes_it_alone():
    found = access("A forum where users create threads. Users can edit and delete their own posts.")
    assert found == {"Thread": "authored public", "Post": "authored public"}


def test_what_people_share_is_theirs_to_change():
    words = "Users sign up and share recipes. They can edit only their own recipes."
    assert access(words) == {"Recipe": "authored"}


def test_what_only_its_maker_sees_stays_so():
    words = "Users create an account, write posts and see only their own posts."
    assert access(words) == {"Post": "own"}


def test_pages_of_a_wiki_are_changed_by_all():
    words = "A wiki website. Visitors read articles, registered users edit each other's articles."
    assert access(words) == {"Article": "shared public"}


def test_nobody_reads_of_people_what_is_theirs():
    found = access(
        "A clinic website. Visitors browse doctors. Patients book appointments and see "
        "prescriptions that doctors write."
    )
    assert found["Doctor"].endswith("public")
    others = {access for name, access in found.items() if name != "Doctor"}
    assert not any(access.endswith("public") for access in others)


def test_a_list_of_ones_own_holds_what_all_see():
    spec = sound(
        "A cooking website. Users create meal plans, publish recipes and add recipes to a meal "
        "plan."
    )
    recipe, plan = (next(e for e in spec.entities if e.name == n) for n in ("Recipe", "Meal plan"))
    assert recipe.public
    assert "Meal plan" not in {relation.target for relation in recipe.relations}
    assert {relation.target for relation in plan.relations} == {"Recipe"}


def test_one_private_thing_makes_not_all_of_it_private():
    found = access(
        "A movie review site. Users rate movies. Admins add movies. Users keep a private watchlist "
        "of movies."
    )
    assert found == {
        "Movie": "managed public",
        "Rating": "authored public",
        "Watchlist": "own",
    }


def test_whoever_speaks_works_on_what_customers_order():
    found = access("I run a bakery. Customers order cakes online and I confirm orders.")
    assert found == {"Order": "overseen", "Cake": "managed public"}
    story = access("As a customer, I want to order cakes.\nAs a customer, I confirm orders.")
    assert story["Order"] == "own"


def test_who_offers_something_changes_it_alone():
    assert access("Trainers publish classes and members book a class.")["Class"] == "authored"


@pytest.mark.parametrize("deed", ["bring", "sign up to bring", "share", "log in to offer"])
def test_what_members_put_before_others_is_theirs_to_change(deed):
    found = access(f"A site for our supper club. Members {deed} dishes with a name and a course.")
    assert found == {"Dish": "authored public"}


def test_a_site_for_a_club_keeps_no_clubs():
    told = "A site for our running club. Visitors read about the club and its races."
    assert access(f"{told} Members add races.").keys() == {"Race"}
    assert "Club" in access(f"{told} Members join clubs.")


def test_registered_readers_are_no_rows():
    found = access("A blog with posts. Registered readers can comment on posts.")
    assert found == {"Post": "managed public", "Comment": "authored public"}
