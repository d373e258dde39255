"""Requests of a line or two, as people type them first: what is kept, how it hangs together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generation.engines.understanding.reading import links, names, read

BRIEFS = Path(__file__).parents[3] / "data" / "short_briefs.txt"
KEEPING_NOTHING = 4
KEPT = {
    "A travel planner. Each trip has days, each day has activities with a time and a place.": (
        "Trip, Day, Activity"
    ),
    "A survey tool. A survey has questions and each question has options.": (
        "Survey, Question, Option"
    ),
    "A survey builder with surveys, questions, answer options and responses.": (
        "Survey, Question, Answer option, Response"
    ),
    "An app for polls with options; members vote on an option.": "Poll, Option, Member, Vote",
    "Each store has shelves, each shelf has rows and each row has boxes with a label.": (
        "Store, Shelf, Row, Box"
    ),
    "A course has modules. Each module has units.": "Course, Module",
    "A portfolio with galleries and photos.": "Gallery, Photo",
    "A portfolio website with projects, skills and testimonials.": "Project, Skill, Testimonial",
    "A portfolio with an about section and a list of my skills.": "",
    "I need a kanban board with boards, columns and cards.": "Board, Column, Card",
    "Our church needs a directory of families and members, groups, and events.": (
        "Family, Member, Group, Event"
    ),
    "A product catalogue with categories, brands and reviews.": (
        "Product, Category, Brand, Review"
    ),
    "An asset register where employees check out laptops and return them.": "Asset, Laptop, Loan",
    "A library with authors and books.": "Author, Book",
    "A music school with teachers, students and lessons.": "Teacher, Student, Lesson",
    "A blog where readers comment.": "Post, Comment",
    "A wedding site with RSVP and a gift list.": "RSVP, Gift",
    "A nursery: children, parents, groups, attendance and daily reports.": (
        "Child, Parent, Group, Attendance, Report"
    ),
    "A community garden app: plots, gardeners and a waiting list.": "Plot, Gardener, Waiting list",
    "A museum archive with objects, collections, loans to other museums and reports.": (
        "Object, Collection, Loan, Report"
    ),
    "A research lab notebook with experiments, samples, protocols and results.": (
        "Experiment, Sample, Protocol, Result"
    ),
    "A parking garage: spots, cars, tickets with entry and exit time, fees.": (
        "Spot, Car, Ticket, Fee"
    ),
    "A blood donation center: donors, appointments, donations, blood types and stock.": (
        "Blood donation, Donor, Appointment, Stock"
    ),
    "A band's site with albums, songs and concerts.": "Album, Song, Concert",
    "A babysitting platform where parents find babysitters and book them.": "Babysitter, Booking",
    "A charity auction where people bid on lots and the highest bid wins.": "Lot, Bid",
    "Citizens report problems with a photo and location, the city marks them as fixed.": "Problem",
    "A tool for our choir to keep track of songs, rehearsals and who attended.": (
        "Song, Rehearsal, Attendance"
    ),
    "Trip planner: each trip has days, each day has activities.": "Trip, Day, Activity",
    "A student register with classes, attendance and grades.": "Student, Class, Attendance, Grade",
    "A list of books.": "Book",
    "A simple list of my movies.": "Movie",
    "A movie watchlist with ratings.": "Movie, Rating",
    "A to-do list with priorities, due dates and subtasks.": "To-do, Subtask",
    "A gift ideas list for my family.": "Gift idea",
    "A grocery list shared with my partner.": "Shopping item",
    "A car maintenance log.": "Vehicle, Service record",
    "A visitor log for our office reception.": "Visitor",
    "A store locator.": "Store",
    "A feedback board where customers suggest features and vote.": "Suggestion, Vote",
    "An app to split bills among friends.": "Group, Participant, Expense",
    "Log my sleep and mood every day.": "Entry",
    "A challenge: participants log steps each day.": "Entry",
    "An app with Order, Class and Import.": "Order, Class, Import",
    "A blog. Archive posts older than a year.": "Post",
    "Online shop for shoes with a cart and checkout.": "Product, Order, Order item",
    "A time tracker: clients, projects, tasks, hours.": "Client, Project, Task, Time entry",
    "Drivers offer rides, passengers request a seat.": "Ride, Seat",
    "Coordinators create shifts and volunteers sign up for them.": (
        "Shift, Volunteer, Registration"
    ),
}
LINKED = {
    "Students enroll in courses, each course has lessons and quizzes with questions.": (
        "Enrollment Course, Lesson Course, Quiz Course, Question Quiz"
    ),
    "A car rental: cars, customers, rentals with pick-up and return dates, and payments.": (
        "Rental Car, Rental Customer, Payment Rental"
    ),
    "A bookmark manager with folders and tags.": "Bookmark Folder, Bookmark Tag",
    "A library: books, authors, members and loans.": "Book Author, Loan Book, Loan Member",
    "A CRM where sales reps track leads, log calls and move deals.": "Call Lead, Deal Lead",
    "A school app with classes, pupils, teachers, marks and absences.": (
        "Class Teacher, Pupil Class, Mark Pupil, Absence Pupil"
    ),
    "Teachers make quizzes with questions, each question has four options.": (
        "Question Quiz, Option Question"
    ),
}


@pytest.mark.parametrize(("text", "expected"), KEPT.items(), ids=KEPT)
def test_what_a_short_brief_names_is_kept(text: str, expected: str) -> None:
    assert names(read(text)) == set(filter(None, expected.split(", ")))


@pytest.mark.parametrize(("text", "expected"), LINKED.items(), ids=LINKED)
def test_what_a_short_brief_names_hangs_together(text: str, expected: str) -> None:
    assert links(read(text)) == {tuple(pair.split(" ")) for pair in expected.split(", ")}


@pytest.mark.parametrize(
    "text",
    [
        "A school app with classes, pupils, teachers, marks and absences.",
        "A tenant register with units, leases and rent payments.",
        "Keep track of customers, orders and deliveries.",
        "A chat app with rooms and messages.",
    ],
)
def test_where_people_are_kept_one_signs_in(text: str) -> None:
    assert read(text).auth


@pytest.mark.parametrize(
    "text", ["A recipe app with recipes and ingredients.", "An app with authors and books."]
)
def test_where_nobody_is_kept_or_shown_persons_are_one_need_not(text: str) -> None:
    assert not read(text).auth


def test_a_list_behind_with_ends_where_the_next_thing_begins() -> None:
    spec = read("A sports club: teams, players, trainings with attendance, matches and results.")
    assert names(spec) == {"Team", "Player", "Training", "Match", "Result"}
    ticket = read("A garage: spots, cars, tickets with entry and exit time, fees.").entities[2]
    assert [field.name for field in ticket.fields][-2:] == ["entry time", "exit time"]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("A site for my bakery with cakes, opening hours and pre-orders.", "Pre-order"),
        ("A conference site with talks, speakers, rooms and registration.", "Registration"),
        ("A wedding site with RSVP and a gift list.", "RSVP"),
    ],
)
def test_a_house_takes_what_visitors_send(text: str, sent: str) -> None:
    spec = read(text)
    assert [entity.name for entity in spec.entities if entity.inbox] == [sent]
    assert all(entity.public and entity.managed for entity in spec.entities if not entity.inbox)


def test_a_site_with_registration_means_accounts() -> None:
    spec = read("A conference site with talks and user registration. Users rate talks.")
    assert not any(entity.inbox for entity in spec.entities)


def test_what_tells_nothing_apart_is_no_name() -> None:
    spec = read("Employees book rooms. Rooms have a capacity and equipment.")
    room = next(entity for entity in spec.entities if entity.name == "Room")
    assert [field.name for field in room.fields] == ["name", "capacity", "equipment"]


@pytest.mark.parametrize(
    "text",
    [
        "A todo app. No login needed.",
        "My notes app without accounts.",
        "A recipe collection for my family. No sign up, no login.",
        "Track my plants. I don't need a login.",
        "An app without accounts to track my plants.",
        "A todo app. No accounts, no login.",
    ],
)
def test_who_wants_no_accounts_gets_none(text: str) -> None:
    spec = read(text)
    assert not spec.auth
    assert not any("auth" in feature.capabilities for feature in spec.features)


@pytest.mark.parametrize(
    "text",
    [
        "Members write recipes. Visitors read recipes without an account.",
        "A hospital app: patients, doctors, prescriptions. No access without login.",
        "HR tool with salaries. It should not be possible to view salaries without a login.",
        "A notes app where nobody without an account can see anything.",
        "School app: no sign up, the admin creates accounts for teachers and pupils.",
        "A clinic system. Staff log in to manage patients. Patients do not need an account.",
        "A job board: candidates apply without an account, recruiters log in.",
        "We want no passwords, sign in with a magic link. Each user has private documents.",
        "A restaurant site with a menu and reservations. No accounts please, people book by name.",
        "A clinic keeps patient records. No registration form is needed, doctors log in.",
        "Registration is required. Without registration guests cannot book rooms.",
    ],
)
def test_who_needs_an_account_keeps_it(text: str) -> None:
    """What a text says of some people, or of what is not to be, is no word against accounts."""
    assert read(text).auth


def test_a_list_of_pages_is_no_list_of_fields() -> None:
    spec = read("A site for a photographer with about, services, pricing and contact pages.")
    assert [page.name for page in spec.pages] == ["Home", "About", "Services", "Pricing", "Contact"]
    assert spec.entities == ()


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("A subscription tracker with renewal dates and costs.", ["renewal date", "cost"]),
        ("Track my weight and calories.", ["recorded_on", "weight", "calories"]),
    ],
)
def test_what_an_app_has_of_each_is_one(text: str, fields: list[str]) -> None:
    entity = read(text).entities[0]
    assert [field.name for field in entity.fields][-len(fields) :] == fields


def test_messages_in_a_room_are_for_all_in_it() -> None:
    spec = read("Team chat: channels and messages.")
    message = next(entity for entity in spec.entities if entity.name == "Message")
    assert (message.owned, message.authored) == (False, True)
    assert [field.name for field in message.fields] == ["content"]


@pytest.mark.parametrize(
    "text",
    [
        "A chat app with rooms and messages. Users send private messages to each other.",
        "A hotel app: rooms, guests, messages. Each message belongs to a room.",
        "An office: patients, threads, messages. A message belongs to a thread.",
    ],
)
def test_messages_for_one_reader_are_nobody_elses(text: str) -> None:
    assert next(entity for entity in read(text).entities if entity.name == "Message").owned


def test_whoever_decides_has_no_status_for_it() -> None:
    spec = read("Nurses write prescriptions. Doctors sign up; doctors approve them.")
    statuses = [e.name for e in spec.entities for f in e.fields if "approved" in f.choices]
    assert "Doctor" not in statuses


def test_a_clause_adds_to_what_a_thing_usually_has() -> None:
    spec = read("A tool with projects and tasks, and every project has a budget.")
    project = next(entity for entity in spec.entities if entity.name == "Project")
    assert {"name", "status", "budget"} <= {field.name for field in project.fields}


def test_fields_of_several_keep_their_names() -> None:
    fields = read("Recipe app. Recipes have ingredients and steps.").entities[0].fields
    assert [field.name for field in fields][-2:] == ["ingredients", "steps"]


def test_a_site_that_lists_animals_takes_applications_from_anybody() -> None:
    spec = read("A pet adoption site listing animals; people can apply to adopt an animal.")
    animal, application = spec.entities
    assert (animal.public, animal.managed) == (True, True)
    assert application.inbox
    assert links(spec) == {("Adoption application", "Pet")}


def test_what_is_within_another_needs_it() -> None:
    spec = read("Each trip has days, each day has activities with a time.")
    day = next(entity for entity in spec.entities if entity.name == "Day")
    assert [(link.target, link.required) for link in day.relations] == [("Trip", True)]


def test_a_page_has_no_rows() -> None:
    spec = read("Each product has a price, each product page has buttons and each page has links.")
    assert names(spec) == {"Product"}


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("A library: books, members and loans.", "Book", {"title", "isbn", "publisher"}),
        ("A flashcard app with decks and cards.", "Card", {"question", "answer"}),
        ("An app for polls with options.", "Option", {"content"}),
    ],
)
def test_a_word_means_what_it_does_in_such_an_app(text: str, name: str, fields: set[str]) -> None:
    entity = next(entity for entity in read(text).entities if entity.name == name)
    assert fields <= {field.name for field in entity.fields}
    assert {"rating", "correct", "position"}.isdisjoint(field.name for field in entity.fields)


def test_hardly_a_short_brief_keeps_nothing() -> None:
    """Those of the file name something that can be kept, but for a site of four pages."""
    briefs = BRIEFS.read_text(encoding="utf-8").splitlines()
    empty = [brief for brief in briefs if not read(brief).entities]
    assert len(empty) <= KEEPING_NOTHING, empty
