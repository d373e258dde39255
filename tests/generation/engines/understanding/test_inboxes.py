"""What visitors send without an account: forms that are asked for, and things they send."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.capabilities import FORMS
from projects.spec.check import faults_of
from projects.spec.models import AppSpec, EntitySpec, FeatureState
from projects.spec.request import AppRequest


def read(description: str, *features: str) -> AppSpec:
    """Understand a request."""
    return understand(
        AppRequest(project_name="Site", description=description, features=list(features))
    )


def inbox(spec: AppSpec) -> EntitySpec:
    """Return the one inbox of a spec."""
    (found,) = (entity for entity in spec.entities if entity.inbox)
    return found


def needs(entity: EntitySpec) -> str:
    return " ".join(f"{f.name}{'!' if f.required else ''}" for f in entity.fields)


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        (
            "Landing page for a plumber with a contact form.",
            "Message",
            "name! email! message! status!",
        ),
        (
            "A site for a bakery. Visitors can subscribe to the newsletter.",
            "Newsletter sign-up",
            "email!",
        ),
        ("A wedding page. Guests can RSVP.", "RSVP", "name! email guests attending message"),
        (
            "A roofer's site. Customers can request a quote.",
            "Quote request",
            "name! email! phone message! status!",
        ),
        (
            "A site for our choir. Visitors can read about it and contact us.",
            "Message",
            "name! email! message! status!",
        ),
        ("A portfolio with an enquiry form.", "Enquiry", "name! email! phone message! status!"),
        ("A brochure for a school with a feedback form.", "Feedback", "name email message!"),
        (
            "A page for a nursery with an application form.",
            "Application",
            "name! email! phone message! status!",
        ),
    ],
)
def test_a_form_is_read_with_its_usual_fields(text: str, name: str, fields: str):
    spec = read(text)
    found = inbox(spec)
    assert (found.name, needs(found)) == (name, fields)
    assert found.inferred_from
    assert not found.is_unsure
    assert spec.auth
    assert list(faults_of(spec)) == []


def test_the_fields_that_are_named_are_those_of_the_form():
    spec = read("A club where members log in. Visitors use a contact form with email and subject.")
    assert needs(inbox(spec)) == "email! subject status!"
    assert "Contact form" not in [entity.name for entity in spec.entities]


def test_a_thing_that_visitors_are_said_to_send_is_one():
    spec = read("A council site. Staff handles complaints. Visitors can submit complaints.")
    assert [(e.name, e.inbox, e.owned, e.managed) for e in spec.entities] == [
        ("Complaint", True, False, False)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Event app. Organizers create events; guests can RSVP to events.",
        "A chat app where users can send messages.",
        "As a customer, I want to sign up for the newsletter so that I hear of discounts.",
        "Portfolio for a photographer with a contact page.",
        "A portfolio of photos. Visitors can contact me by phone.",
        "Track my notes.",
    ],
)
def test_other_things_are_none(text: str):
    assert not [entity for entity in read(text).entities if entity.inbox]


def test_what_visitors_send_about_another_thing_stays_as_it_is():
    spec = read(
        "Property portal. Agents add properties. Members log in. Visitors can send enquiries. "
        "Each enquiry belongs to a property."
    )
    assert not [entity for entity in spec.entities if entity.inbox]


def test_a_feature_that_asks_for_a_form_is_planned():
    (feature,) = read("A brochure for a roofer.", "Contact form").features
    assert (feature.state, feature.entities, feature.reason) == (
        FeatureState.PLANNED,
        ("Message",),
        None,
    )


def test_a_form_is_not_made_where_others_would_no_longer_see_what_they_see():
    spec = read("A recipe collection with title and steps.", "Contact form")
    assert [entity.inbox for entity in spec.entities] == [False]
    assert not spec.auth
    assert FORMS in str(spec.features[0].reason)
