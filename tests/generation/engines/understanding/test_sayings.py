"""What is kept though no verb of keeping says so, and fields that any name may be of."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding.capabilities import capabilities_in, out_of_reach
from generation.engines.builtin.understanding.fieldtypes import type_of
from projects.spec.models import AppSpec, EntitySpec, FieldType
from tests.generation.engines.understanding.reading import read


def entity(spec: AppSpec, name: str) -> EntitySpec:
    return next(entity for entity in spec.entities if entity.name == name)


def links(spec: AppSpec) -> set[str]:
    return {
        f"{e.name} {relation.kind} {relation.target}"
        for e in spec.entities
        for relation in e.relations
    }


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Teachers create quizzes with questions.", "Question many_to_one Quiz"),
        (
            "Each episode has a title and notes. Listeners can comment.",
            "Comment many_to_one Episode",
        ),
        (
            "Agents assign tickets to themselves, comment and close them.",
            "Comment many_to_one Ticket",
        ),
        (
            "Companies post vacancies, and candidates apply with a letter.",
            "Vacancy many_to_one Company",
        ),
        (
            "Companies post vacancies, and candidates apply with a letter.",
            "Application many_to_one Vacancy",
        ),
        ("Movies have a title. Screenings show a movie in a hall.", "Screening many_to_one Movie"),
        ("People create surveys and visitors answer them.", "Response many_to_one Survey"),
        ("Neighbours lend tools.", "Loan many_to_one Tool"),
        ("Keep equipment. Students check out equipment.", "Loan many_to_one Equipment"),
        ("Cars and customers. Keep rentals with start and end date.", "Rental many_to_one Car"),
        ("Shelters list animals, people apply to adopt.", "Application many_to_one Animal"),
        ("Speakers give talks at events. Organizers create events.", "Talk many_to_one Event"),
        ("Keep albums and tracks. An album has many tracks.", "Track many_to_one Album"),
    ],
)
def test_what_is_kept_without_being_said_to_be(text: str, link: str):
    assert link in links(read(text))


def test_what_a_thing_is_entered_with_are_its_fields_whatever_they_are_called():
    trip = entity(
        read("Drivers log trips with start, destination, kilometers and purpose."), "Trip"
    )
    assert [f.name for f in trip.fields][-4:] == ["start", "destination", "kilometers", "purpose"]
    assert trip.fields[-2].type is FieldType.DECIMAL


def test_a_sentence_that_goes_on_is_no_list_of_fields():
    survey = entity(
        read(
            "Users create surveys with questions, visitors answer them and the owner sees a chart."
        ),
        "Survey",
    )
    assert not any("visitors" in field.name for field in survey.fields)


def test_brackets_behind_a_type_say_what_it_may_be():
    job = entity(read("Companies post jobs with location and type (full-time, part-time)."), "Job")
    assert [f.choices for f in job.fields if f.name == "type"] == [("full-time", "part-time")]


def test_a_unit_is_no_part_of_a_name_and_what_is_needed_is_counted():
    film = entity(read("Films have a title and a duration in minutes."), "Film")
    assert [(f.name, f.type) for f in film.fields][-1] == ("duration", FieldType.INTEGER)
    shift = entity(read("Shifts have a date and needed volunteers."), "Shift")
    assert shift.fields[-1].type is FieldType.INTEGER


def test_what_is_kept_one_by_one_is_no_text_as_well():
    spec = read("I save recipes with ingredients (name, quantity, unit).")
    assert {"Recipe", "Ingredient"} <= {e.name for e in spec.entities}
    assert "ingredients" not in [f.name for f in entity(spec, "Recipe").fields]


def test_a_garden_has_plots_and_no_chart():
    assert "chart" not in capabilities_in("Community garden: plots, members")
    assert "chart" in capabilities_in("plots of sales over time")


def test_a_link_to_a_sound_is_no_upload():
    assert out_of_reach("an audio link and a video URL") == []
    assert out_of_reach("audio and video") != []


def test_choices_that_are_named_stand_before_the_usual_ones():
    payment = entity(read("Record payments with amount, date and method (cash, card)."), "Payment")
    assert [f.choices for f in payment.fields if f.name == "method"] == [("cash", "card")]


def test_choices_need_no_brackets():
    habit = entity(read("I define habits (name, frequency daily/weekly, colour)."), "Habit")
    assert [(f.name, f.choices) for f in habit.fields][1] == ("frequency", ("daily", "weekly"))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "Real estate listings. Agents publish properties with address and price.",
            "Property",
            "Real",
        ),
        (
            "Each student belongs to a class. Parents see grades of their children.",
            "Student",
            "Child",
        ),
    ],
)
def test_another_name_of_a_thing_is_no_other_thing(text: str, one: str, other: str):
    names = [e.name for e in read(text).entities]
    assert one in names
    assert not any(name.startswith(other) for name in names)


def test_what_is_listed_in_a_thing_is_no_part_of_its_name():
    names = [e.name for e in read("The doctor writes a prescription listing medicines.").entities]
    assert "Prescription" in names
    assert "Prescription medicine" not in names


def test_a_known_name_that_begins_with_a_verb_is_whole():
    names = [e.name for e in read("Work orders with parts used, labour hours and status.").entities]
    assert names == ["Work order"]
    names = [
        e.name for e in read("Employees file leave requests with start date and reason.").entities
    ]
    assert "Leave request" in names


def test_a_blog_with_posts_and_tags_has_no_such_fields():
    spec = read("Personal blog with posts, categories, tags and an about page.")
    assert {"Post", "Category", "Tag"} <= {e.name for e in spec.entities}
    assert [f.name for f in entity(spec, "Post").fields][:2] == ["title", "content"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Rooms have a number and a price per night.", "price per night", FieldType.DECIMAL),
        ("Guests have a name and a plus one (yes/no).", "plus one", FieldType.BOOLEAN),
    ],
)
def test_words_behind_a_name_say_its_type(text: str, name: str, kind: FieldType):
    fields = [f for e in read(text).entities for f in e.fields]
    assert [f.type for f in fields if f.name == name] == [kind]


def test_unique_may_stand_behind_a_name():
    fields = entity(read("Motorcycles (make, model, vin unique)."), "Motorcycle").fields
    assert [f.name for f in fields if f.unique] == ["vin"]


def test_what_everyone_votes_on_are_ideas():
    spec = read("Teams submit ideas, everyone votes on them. Ideas have a title and a description.")
    assert "Vote many_to_one Idea" in links(spec)


def test_tags_mark_what_is_written_and_not_what_is_said_about_it():
    spec = read("Personal blog with posts, tags and an about page. Visitors can comment.")
    assert "Post many_to_many Tag" in links(spec)
    assert "Comment many_to_many Tag" not in links(spec)


@pytest.mark.parametrize(
    ("text", "auth"),
    [
        ("HR portal: employees (name, hire date, salary).", True),
        ("CRM with contacts and deals.", True),
        ("Manage boats with a name and a length.", False),
    ],
)
def test_what_is_nobody_elses_business_is_behind_a_sign_in(text, auth):
    assert read(text).auth is auth


@pytest.mark.parametrize(
    "text",
    [
        "Editors write articles, readers can share them.",
        "Keep results, a supervisor approves them.",
    ],
)
def test_who_acts_next_is_no_thing_that_was_acted_on(text: str):
    assert not {"Reader", "Supervisor"} & {e.name for e in read(text).entities}


def test_what_is_between_things_is_what_has_the_fields():
    spec = read("Players have a name. Keep games between two players with a date and a result.")
    assert [f.name for f in entity(spec, "Player").fields] == ["name"]


def test_to_check_something_out_is_to_pay_only_where_a_cart_is():
    assert out_of_reach("Students check out equipment") == []
    assert out_of_reach("They check out with a card at the checkout") != []


def test_why_something_is_kept_is_no_field_of_it():
    spec = read(
        "As a student, I want to keep notes with a title and a body, so that I pass my exams."
    )
    assert [f.name for f in entity(spec, "Note").fields] == ["title", "body"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("message", FieldType.TEXT),
        ("stage", FieldType.STRING),
        ("cover image", FieldType.IMAGE),
        ("parent", FieldType.STRING),
        ("coffee", FieldType.STRING),
        ("candidate", FieldType.STRING),
        ("age", FieldType.INTEGER),
        ("duedate", FieldType.DATE),
        ("unit_price", FieldType.DECIMAL),
        ("wait time", FieldType.INTEGER),
        ("opening time", FieldType.DATETIME),
    ],
)
def test_a_name_that_only_ends_as_a_number_does_is_none(name: str, kind: FieldType):
    assert type_of(name) is kind


def test_what_a_status_may_become_is_what_it_may_be():
    spec = read(
        "Citizens report missed pickups with address, date and comment; city staff update the "
        "status (reported, scheduled, resolved)."
    )
    (pickup,) = spec.entities
    assert pickup.fields[-1].choices == ("reported", "scheduled", "resolved")
    assert "comment" in [f.name for f in pickup.fields]


def test_what_is_done_behind_a_list_is_no_field_of_it():
    spec = read("Customers place orders with a size, a date and a note and pay a deposit.")
    order = entity(spec, "Order")
    assert not any("pay" in f.name for f in order.fields)


def test_rent_that_is_paid_is_no_rental():
    spec = read("Tenants, leases with start date and rent; rent payments.")
    assert "Rental" not in [e.name for e in spec.entities]


def test_either_of_two_is_a_choice():
    donor = entity(read("Donors (name, email, type: person or company)."), "Donor")
    assert [f.choices for f in donor.fields if f.name == "type"] == [("person", "company")]


def test_a_method_of_payment_is_a_field_and_no_payment():
    assert out_of_reach("donations with amount, date and payment method") == []
    assert out_of_reach("support multiple payment methods") != []


def test_by_what_things_are_searched_are_no_things():
    spec = read("Students list books, searching books by title, author or ISBN.")
    assert [e.name for e in spec.entities] == ["Book"]
    spec = read("Students post books, browse by course, save favorites and rate.")
    assert "Favorite" in [e.name for e in spec.entities]


def test_a_newsletter_that_visitors_subscribe_to_is_not_kept_but_their_signing_up():
    spec = read("Visitors view exhibitions and subscribe to the newsletter.")
    assert [e.name for e in spec.entities] == ["Exhibition", "Newsletter sign-up"]


def test_a_review_among_the_fields_of_a_thing_is_of_that_thing():
    spec = read("Add books with title, author, rating and review. Remove reviews.")
    assert "Review many_to_one Book" in links(spec)
    assert "Book many_to_one Review" not in links(spec)


def test_what_belongs_to_a_thing_leaves_that_thing_where_it_belongs():
    spec = read("Kanban app with boards, columns and cards. Members can comment on cards.")
    assert {"Card many_to_one Column", "Comment many_to_one Card"} <= links(spec)
    spec = read("Invoices with number and date; products; invoice lines with product, qty, price.")
    assert "Invoice line many_to_one Invoice" in links(spec)


def test_a_heading_asks_for_nothing():
    assert not read("# Pets\n## Overview\nKeep pets with a name and an age.").dashboard


def test_choices_may_stand_behind_a_colon():
    invoice = entity(read("invoices (number, date, status: draft/sent/paid)"), "Invoice")
    assert [f.choices for f in invoice.fields if f.name == "status"] == [("draft", "sent", "paid")]


def test_what_is_said_again_and_again_is_read_a_few_times():
    spec = read("Keep boats with a name and a length.\n" * 1000)
    (boat,) = spec.entities
    assert 1 < len(boat.inferred_from) < 20
