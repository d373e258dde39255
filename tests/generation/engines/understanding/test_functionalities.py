"""Requests for web apps that list their functionalities: what each part of a list is."""

from __future__ import annotations

import pytest

from projects.spec.models import EntitySpec, FieldType
from tests.generation.engines.understanding.reading import links, names, read


def entity(description: str, name: str) -> EntitySpec:
    """Return the entity of a name in what is understood of a description."""
    return next(one for one in read(description).entities if one.name == name)


def fields(description: str, name: str) -> list[str]:
    return [field.name for field in entity(description, name).fields]


def test_fields_of_one_of_several_things_end_where_the_next_begins() -> None:
    said = (
        "The system should have functionalities for managing medicines, batches with expiry dates, "
        "suppliers, purchase orders and stock transfers between branches."
    )
    assert names(read(said)) >= {"Medicine", "Batch", "Supplier", "Purchase order"}
    (_, expiry) = entity(said, "Batch").fields
    assert (expiry.name, expiry.type) == ("expiry date", FieldType.DATE)


def test_a_list_goes_on_behind_the_last_field() -> None:
    said = (
        "The site should have functionalities for farmer profiles, product listings with prices "
        "and seasons, shopping cart, orders and delivery slots."
    )
    assert fields(said, "Product") == ["name", "price"]
    assert {"Order", "Delivery slot"} <= names(read(said))


def test_the_first_of_a_list_of_functionalities_has_only_its_own_fields() -> None:
    said = (
        "The website should have functionalities for user profiles with native and target "
        "languages, partner search, chat messages, and lesson scheduling."
    )
    assert not {"partner search", "lesson scheduling"} & {*fields(said, "User profile")}
    assert {"Chat message", "Lesson"} <= names(read(said))


def test_parts_of_the_first_of_a_list_stay_things() -> None:
    said = (
        "The website should have functionalities for managing car parks with their levels and "
        "parking spaces, displaying the occupancy, and issuing fines."
    )
    assert ("Level", "Car park") in links(read(said))


def test_counts_of_several_things_keep_their_names() -> None:
    assert "seats" in fields("Keep tables with number and seats, and guests.", "Table")


@pytest.mark.parametrize(
    ("said", "link"),
    [
        (
            "It has functionalities for episodes, listener comments and search.",
            ("Comment", "Episode"),
        ),
        (
            "It has functionalities for product listings, customer reviews and search.",
            ("Review", "Product"),
        ),
    ],
)
def test_who_says_something_is_not_what_it_is_about(said: str, link: tuple[str, str]) -> None:
    assert link in links(read(f"Please implement a website. {said}"))


def test_what_is_rented_and_its_rental_are_kept() -> None:
    said = "Please implement a music school website with lesson scheduling and instrument rental."
    assert ("Rental", "Instrument") in links(read(said))


def test_guest_lists_are_of_guests_who_sit_at_tables() -> None:
    said = (
        "Please implement a wedding planner with functionalities for guest lists and seating "
        "charts. Users should be able to invite guests and assign guests to tables."
    )
    assert {"Guest", "Table"} <= names(read(said))
    assert ("Guest", "Table") in links(read(said))


def test_the_catalogue_of_a_library_is_of_books() -> None:
    said = (
        "Please implement a library website for a university with functionalities for searching "
        "the catalog, reserving study rooms and renewing loans."
    )
    assert ("Loan", "Book") in links(read(said))


def test_the_catalogue_of_a_library_of_tools_is_not() -> None:
    said = (
        "Please implement a tool lending library website with functionalities for browsing the "
        "tool catalogue and reserving tools."
    )
    assert "Book" not in names(read(said))


def test_what_a_verb_is_not_said_of_gets_no_status() -> None:
    said = "Coordinators should be able to create events, approve hours, and send announcements."
    assert "status" not in fields(said, "Announcement")
    assert "status" in fields("Editors approve or reject new announcements.", "Announcement")


def test_what_a_checklist_is_of_is_not_of_what_stands_beside_it() -> None:
    said = "Users manage a budget and a checklist of tasks."
    assert ("Budget", "Task") not in {
        (one.name, relation.target)
        for one in read(said).entities
        for relation in one.relations
        if relation.confidence > 0.5
    }


@pytest.mark.parametrize("paper", ["driving licence", "passport", "academic transcript"])
def test_papers_of_a_person_are_seen_by_that_person_and_staff(paper: str) -> None:
    said = (
        f"Please implement a car rental website. Users should be able to upload a {paper}, browse "
        "cars and make reservations. Staff can manage cars."
    )
    one = entity(said, paper.capitalize())
    assert (one.owned, one.managed, one.public) == (True, True, False)


def test_nothing_is_called_after_a_site_that_sits() -> None:
    said = (
        "Please implement a system to keep track of building sites, subcontractors, and daily "
        "reports."
    )
    assert {"Building site", "Subcontractor"} <= names(read(said))
    assert not {"Building", "Contractor"} & names(read(said))


def test_a_project_of_which_only_a_link_is_said_has_a_name() -> None:
    said = "Participants submit projects with a link and description."
    assert fields(said, "Project") == ["name", "link", "description"]


def test_teams_that_people_form_and_scores_that_judges_give_are_kept() -> None:
    said = "Participants should be able to form teams. Judges score each project."
    assert {"Team", "Score"} <= names(read(said))


def test_a_list_of_what_is_tracked_is_of_things_and_not_of_fields() -> None:
    said = (
        "Please implement a workflow system for tracking clients, projects, source files and "
        "invoices. Managers should be able to create projects with word counts and deadlines."
    )
    assert {"Client", "Project", "Invoice"} <= names(read(said))
    assert fields(said, "Project") == ["name", "word count", "deadline"]


def test_examples_of_a_thing_are_no_fields_of_it() -> None:
    said = "Customers choose services such as washing, dry cleaning and ironing."
    assert fields(said, "Service") == ["name", "description", "price"]
    assert "author" in fields("Keep books with fields such as title, author and year.", "Book")


def test_what_people_register_as_theirs_is_theirs_and_seen_by_the_house() -> None:
    said = (
        "Please implement a veterinary clinic website. Visitors see the veterinarians. Owners "
        "should be able to register pets and book appointments with a veterinarian."
    )
    pet, veterinarian = entity(said, "Pet"), entity(said, "Veterinarian")
    assert (pet.owned, pet.managed, pet.public) == (True, True, False)
    assert (veterinarian.managed, veterinarian.public) == (True, True)


def test_an_appointment_booking_is_an_appointment() -> None:
    said = "Please implement a clinic website with functionalities for appointment booking."
    assert "Booking" not in names(read(said))


def test_a_paper_that_is_uploaded_is_a_file() -> None:
    said = "Please implement a pharmacy website where customers upload prescriptions."
    assert "file" in fields(said, "Prescription")


def test_devices_are_things_where_they_are_switched() -> None:
    said = (
        "Please implement a smart home dashboard displaying rooms and devices. Users should be "
        "able to add devices to rooms and switch devices on and off."
    )
    assert ("Device", "Room") in links(read(said))


def test_an_award_is_given_and_not_reviewed() -> None:
    said = (
        "Students can submit applications with essays. Foundations can publish scholarships with "
        "deadlines and requirements, review applications and award grants."
    )
    assert {"Grant", "Application"} <= names(read(said))
    assert not {"Review", "Award grant"} & names(read(said))


def test_what_an_app_shows_of_its_rows_is_no_field_of_them() -> None:
    said = "Build me a habit tracker with streaks, daily check-ins and a calendar view."
    assert not {"streaks", "calendar view"} & {*fields(said, "Habit")}
    assert ("Check-in", "Habit") in links(read(said))


def test_a_generator_that_lists_what_it_keeps_keeps_it() -> None:
    said = "Make a simple invoice generator for freelancers: clients, projects, line items and tax."
    assert {"Client", "Project", "Line item"} <= names(read(said))


def test_what_a_salon_has_is_kept_and_not_the_salon() -> None:
    said = (
        "Build an appointment scheduler for a hair salon with stylists, services, clients and a "
        "daily calendar."
    )
    assert names(read(said)) == {"Appointment", "Stylist", "Service", "Client"}


def test_the_parts_of_a_landing_page_are_no_fields_of_a_thing() -> None:
    said = "Create a landing page for a SaaS product with pricing, testimonials and FAQ."
    assert names(read(said)) == set()


def test_a_text_that_names_a_thing_that_is_kept_is_a_link_to_it() -> None:
    said = "Create a job application tracker with companies, applications and interviews."
    assert ("Job application", "Company") in links(read(said))
    assert "company" not in fields(said, "Job application")


def test_my_basket_and_my_favourites_are_kept_for_each_who_has_them() -> None:
    said = (
        "As a diner, I want to add dishes to my basket, so that I can order several at once. "
        "As a diner, I want to save my favourite restaurants, so that I can order again. "
        "As an owner, I want to manage restaurants and their dishes."
    )
    assert {"Basket", "Favourite"} <= names(read(said))
    assert entity(said, "Basket").owned


def test_who_rates_one_thing_or_another_need_not_rate_both() -> None:
    said = "Diners can rate the delivery and the restaurant. Owners manage restaurants."
    assert not any(relation.required for relation in entity(said, "Rating").relations)


def test_a_delivery_address_is_seen_by_its_owner_and_staff() -> None:
    said = "Customers store several delivery addresses and order dishes. Staff manages the dishes."
    one = entity(said, "Delivery address")
    assert (one.owned, one.managed) == (True, True)


def test_submissions_are_no_missions() -> None:
    said = (
        "Please implement a conference management website with submissions, reviews and sessions."
    )
    assert "Mission" not in names(read(said))


def test_functionalities_are_no_fields_of_whose_site_it_is() -> None:
    said = (
        "Please implement a recruitment website for a staffing agency with functionalities for job "
        "postings, candidate profiles, resume uploads and interview scheduling."
    )
    assert "Staffing agency" not in names(read(said))
    assert {"Candidate", "Interview"} <= names(read(said))


def test_how_many_rooms_there_are_is_a_figure() -> None:
    said = (
        "Please implement a property listing website with search by city and number of rooms. "
        "Agents should be able to add listings with photos. Buyers can schedule viewings."
    )
    assert {"Property", "Viewing"} <= names(read(said))
    assert "Room" not in names(read(said))


def test_items_that_were_donated_are_not_donated_to_shelves() -> None:
    said = (
        "Please implement a food bank website for tracking donated items, storage shelves and "
        "distributions. Volunteers should be able to record incoming donations."
    )
    assert not {one for one in links(read(said)) if one[0] == "Donation"} & {
        ("Donation", "Storage shelf"),
        ("Donation", "Distribution"),
    }
    assert not entity(said, "Item").owned


def test_who_enrolls_enrolls_in_what_was_spoken_of() -> None:
    said = (
        "Please implement a website where instructors publish courses and learners enroll, take "
        "quizzes and earn certificates."
    )
    assert ("Enrollment", "Course") in links(read(said))
    assert ("Enrollment", "Quiz") not in links(read(said))


def test_what_is_monitored_is_not_shown_to_whoever_comes_by() -> None:
    said = (
        "Please implement an energy monitoring website for buildings with meters and readings. "
        "Facility managers should be able to add buildings and meters."
    )
    assert not any(one.public for one in read(said).entities)


def test_sitters_write_what_they_offer() -> None:
    said = (
        "Please implement a pet sitting website where owners find sitters. Sitters should be able "
        "to list their services and prices; owners can request bookings."
    )
    assert not entity(said, "Service").managed
