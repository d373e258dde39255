"""Whole requests over many domains, each with what a person found in it."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.models import AppSpec, FieldType
from projects.spec.request import AppRequest

GYM = (
    "Build a gym management app where members can book classes. Trainers run the classes, each "
    "class has a name, a start time, a duration and a maximum number of participants. Admins "
    "manage members with their name, email, phone and membership plan."
)
LIBRARY = (
    "Please build a library website where librarians manage books (title, author, ISBN, "
    "publication year and number of copies) and members borrow books. Each loan has a loan date, "
    "a due date and a return date."
)
FLEET = (
    "I need a fleet management tool to track vehicles, drivers and trips. For each vehicle, store "
    "the plate number, make, model, year and mileage. Drivers are assigned to vehicles. Log fuel "
    "expenses per vehicle with date, liters and cost."
)
CLINIC = (
    "Create a clinic appointment system. Patients can book appointments with doctors. Each doctor "
    "has a name, specialty and phone number. Doctors write prescriptions for patients. "
    "Receptionists can search and filter appointments by date."
)
RESTAURANT = (
    "A restaurant reservation and menu site. Each dish has a name, description, price and whether "
    "it is vegetarian. Guests can reserve tables. The owner can manage tables and reservations."
)
EVENTS = (
    "Implement an event management platform. Organizers create events with title, description, "
    "venue, date and capacity. Attendees can register for events. An event has many sessions, and "
    "each session has one or more speakers."
)
HOUSES = (
    "Build a real estate listing site where agents publish properties with address, price, number "
    "of bedrooms and area in square meters. Visitors can search properties by city and price "
    "range and send inquiries about a property."
)
STOCK = (
    "Inventory app for a small warehouse: manage products, suppliers and stock movements. Every "
    "product has a SKU, name, category, unit price and reorder level. A stock movement records "
    "the product, quantity, direction (in, out) and date."
)
LEAVE = (
    "An HR leave tracker. Employees request leave with start date, end date, type (vacation, sick, "
    "unpaid) and reason. Managers approve or reject leave requests. Each employee belongs to a "
    "department and has a manager who is an employee."
)
BLOG = (
    "Make me a blog where everybody can read posts. Authors can write posts in categories with "
    "tags, and readers can comment on posts."
)
FORUM = (
    "Develop a discussion forum with boards, threads and replies. A board has many threads, a "
    "thread has many replies. Moderators can lock threads."
)
POLLS = (
    "Build a polling app: users create polls with several options and vote on one option of a "
    "poll. Show the results as a chart."
)
WEATHER = (
    "A weather log where I record temperature, humidity, wind speed and conditions for each day "
    "and location."
)
QUIZ = (
    "Create a quiz app. Teachers create quizzes with questions; every question has a text, a hint "
    "and a correct answer."
)
RECIPES = (
    "Build a recipe manager to store my recipes with ingredients, instructions, cooking time and "
    "difficulty (easy, medium, hard). I can rate them from 1 to 5."
)
TICKETS = (
    "Help desk: customers submit support tickets with subject, description and priority (low, "
    "medium, high). Agents assign tickets to themselves and add comments to tickets."
)
PROJECTS = (
    "Project tracker for a software team. Projects contain tasks; tasks have a title, an assignee, "
    "a due date and a status (todo, doing, done). Tasks can be tagged and can depend on other "
    "tasks."
)
PETS = (
    "Please implement a pet adoption website. The website should have functionalities for browsing "
    "pets, submitting adoption applications and managing shelters. Users should be able to filter "
    "pets by species, age and shelter and view pet details. Use ivory for the background and "
    "olive for components."
)
MUSIC = (
    "Build a music catalogue: artists, albums and songs. An artist has many albums, an album "
    "contains songs with title, duration and track number."
)
SCHOOL = (
    "A portal: pupils, teachers, courses and grades. A teacher teaches several courses. A pupil "
    "can take many courses and a course can have many pupils. Teachers record grades for pupils."
)
INVOICES = (
    "A freelance invoicing tool. I manage clients and projects, log time entries (date, hours, "
    "description) on projects, and create invoices for clients with an invoice number, issue date "
    "and status (draft, sent, paid)."
)
VOLUNTEERS = (
    "A volunteer management system for a charity: coordinators create shifts with date, start "
    "time, end time and location, and track the hours of each volunteer."
)
MARKET = (
    "A second-hand marketplace. Sellers list items with price, condition (new, used) and colour. "
    "Buyers can favourite items, send offers and leave reviews of sellers."
)
RUNS = "Track my running workouts with date, distance in km, duration and notes."
BUDGET = (
    "I want to keep track of my income and expenses by category, with amount, date and a note. "
    "Show a chart of spending per category and let me export to CSV."
)


def read(text: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text, features=()))


def links(spec: AppSpec) -> set[str]:
    """Return every relation as `Holder.name kind Target`."""
    return {
        f"{entity.name}.{link.name} {link.kind} {link.target}"
        for entity in spec.entities
        for link in entity.relations
    }


@pytest.mark.parametrize(
    ("text", "entities", "relations"),
    [
        (
            GYM,
            ["Member", "Class", "Booking"],
            {"Booking.member many_to_one Member", "Booking.class many_to_one Class"},
        ),
        (
            LIBRARY,
            ["Book", "Member", "Loan"],
            {"Loan.member many_to_one Member", "Loan.book many_to_one Book"},
        ),
        (
            FLEET,
            ["Vehicle", "Driver", "Trip", "Fuel expense"],
            {
                "Driver.vehicles many_to_many Vehicle",
                "Fuel expense.vehicle many_to_one Vehicle",
                "Trip.vehicle many_to_one Vehicle",
                "Trip.driver many_to_one Driver",
            },
        ),
        (
            CLINIC,
            ["Patient", "Appointment", "Doctor", "Prescription"],
            {
                "Appointment.patient many_to_one Patient",
                "Appointment.doctor many_to_one Doctor",
                "Prescription.doctor many_to_one Doctor",
                "Prescription.patient many_to_one Patient",
            },
        ),
        (RESTAURANT, ["Reservation", "Dish", "Table"], {"Reservation.table many_to_one Table"}),
        (
            EVENTS,
            ["Event", "Registration", "Session", "Speaker"],
            {
                "Registration.event many_to_one Event",
                "Session.event many_to_one Event",
                "Speaker.session many_to_one Session",
            },
        ),
        (HOUSES, ["Property", "Inquiry"], {"Inquiry.property many_to_one Property"}),
        (
            STOCK,
            ["Product", "Supplier", "Stock movement"],
            {"Stock movement.product many_to_one Product"},
        ),
        (
            LEAVE,
            ["Leave request", "Employee", "Department"],
            {
                "Leave request.employee many_to_one Employee",
                "Employee.department many_to_one Department",
                "Employee.manager many_to_one Employee",
            },
        ),
        (
            BLOG,
            ["Post", "Category", "Tag", "Comment"],
            {
                "Post.category many_to_one Category",
                "Post.tags many_to_many Tag",
                "Comment.post many_to_one Post",
            },
        ),
        (
            FORUM,
            ["Board", "Thread", "Reply"],
            {"Thread.board many_to_one Board", "Reply.thread many_to_one Thread"},
        ),
        (
            POLLS,
            ["Poll", "Option", "Vote"],
            {"Option.poll many_to_one Poll", "Vote.option many_to_one Option"},
        ),
        (WEATHER, ["Weather entry"], set()),
        (QUIZ, ["Quiz", "Question"], {"Question.quiz many_to_one Quiz"}),
        (RECIPES, ["Recipe", "Rating"], {"Rating.recipe many_to_one Recipe"}),
        (
            TICKETS,
            ["Support ticket", "Comment"],
            {"Comment.support ticket many_to_one Support ticket"},
        ),
        (
            PROJECTS,
            ["Project", "Task", "Tag"],
            {
                "Task.project many_to_one Project",
                "Task.tags many_to_many Tag",
                "Task.depend on many_to_many Task",
            },
        ),
        (
            PETS,
            ["Pet", "Adoption application", "Shelter"],
            {"Adoption application.pet many_to_one Pet", "Pet.shelter many_to_one Shelter"},
        ),
        (
            MUSIC,
            ["Artist", "Album", "Song"],
            {"Album.artist many_to_one Artist", "Song.album many_to_one Album"},
        ),
        (
            SCHOOL,
            ["Pupil", "Teacher", "Course", "Grade"],
            {
                "Course.teacher many_to_one Teacher",
                "Pupil.courses many_to_many Course",
                "Grade.teacher many_to_one Teacher",
                "Grade.pupil many_to_one Pupil",
                "Grade.course many_to_one Course",
            },
        ),
        (
            INVOICES,
            ["Client", "Project", "Time entry", "Invoice"],
            {
                "Time entry.project many_to_one Project",
                "Invoice.client many_to_one Client",
                "Project.client many_to_one Client",
            },
        ),
        (VOLUNTEERS, ["Volunteer", "Shift"], set()),
        (
            MARKET,
            ["Seller", "Item", "Favourite", "Offer", "Review"],
            {
                "Item.seller many_to_one Seller",
                "Favourite.item many_to_one Item",
                "Offer.item many_to_one Item",
                "Review.seller many_to_one Seller",
            },
        ),
        (RUNS, ["Running workout"], set()),
        (BUDGET, ["Income", "Expense", "Category"], {"Expense.category many_to_one Category"}),
    ],
)
def test_what_is_kept_and_how_it_belongs_together(
    text: str, entities: list[str], relations: set[str]
) -> None:
    spec = read(text)
    assert {entity.name for entity in spec.entities} == set(entities)
    assert links(spec) == relations


@pytest.mark.parametrize(
    ("text", "entity", "fields"),
    [
        (GYM, "Class", ["name", "start time", "duration", "maximum number of participants"]),
        (GYM, "Member", ["name", "email", "phone", "membership plan"]),
        (LIBRARY, "Book", ["title", "author", "ISBN", "publication year", "number of copies"]),
        (LIBRARY, "Loan", ["loan date", "due date", "return date"]),
        (FLEET, "Vehicle", ["plate number", "make", "model", "year", "mileage"]),
        (FLEET, "Fuel expense", ["date", "liters", "cost"]),
        (CLINIC, "Doctor", ["name", "specialty", "phone number"]),
        (RESTAURANT, "Dish", ["name", "description", "price", "vegetarian"]),
        (EVENTS, "Event", ["title", "description", "venue", "date", "capacity"]),
        (
            HOUSES,
            "Property",
            ["title", "address", "price", "number of bedrooms", "area", "city"],
        ),
        (STOCK, "Product", ["SKU", "name", "category", "unit price", "reorder level"]),
        (STOCK, "Stock movement", ["quantity", "direction", "date"]),
        (LEAVE, "Leave request", ["start date", "end date", "type", "reason", "status"]),
        (
            WEATHER,
            "Weather entry",
            ["temperature", "humidity", "wind speed", "conditions", "recorded_on"],
        ),
        (QUIZ, "Question", ["text", "hint", "correct answer"]),
        (
            RECIPES,
            "Recipe",
            ["title", "ingredients", "instructions", "cooking time", "difficulty"],
        ),
        (TICKETS, "Support ticket", ["subject", "description", "priority"]),
        (PROJECTS, "Task", ["title", "assignee", "due date", "status"]),
        (MUSIC, "Song", ["title", "duration", "track number"]),
        (INVOICES, "Time entry", ["date", "hours", "description"]),
        (INVOICES, "Invoice", ["invoice number", "issue date", "status"]),
        (VOLUNTEERS, "Shift", ["date", "start time", "end time", "location"]),
        (RUNS, "Running workout", ["title", "date", "distance", "duration", "notes"]),
        (BUDGET, "Expense", ["description", "amount", "date", "note"]),
    ],
)
def test_the_fields_are_those_that_are_listed(text: str, entity: str, fields: list[str]) -> None:
    (found,) = [e for e in read(text).entities if e.name == entity]
    assert [field.name for field in found.fields] == fields


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (GYM, ["Member", "Trainer", "Admin"]),
        (LIBRARY, ["Librarian", "Member"]),
        (CLINIC, ["Patient", "Doctor", "Receptionist"]),
        (RESTAURANT, ["Guest", "Owner"]),
        (LEAVE, ["Employee", "Manager"]),
        (TICKETS, ["Customer", "Agent"]),
        (RUNS, []),
    ],
)
def test_who_can_do_something_is_a_role(text: str, roles: list[str]) -> None:
    assert [role.name for role in read(text).roles] == roles


def test_lists_give_types_choices_and_yes_or_no() -> None:
    (dish,) = [e for e in read(RESTAURANT).entities if e.name == "Dish"]
    assert [f.type for f in dish.fields][-1] is FieldType.BOOLEAN
    (leave,) = [e for e in read(LEAVE).entities if e.name == "Leave request"]
    assert leave.fields[2].choices == ("vacation", "sick", "unpaid")


@pytest.mark.parametrize(
    "text",
    [
        "A simple calculator with basic arithmetic operations and a history panel.",
        "Landing page for a yoga studio with pricing, testimonials and a contact section.",
        "Design a portfolio website for a photographer with a gallery and a contact page.",
        "Notes app with user auth, dark mode and search.",
    ],
)
def test_what_an_app_can_do_is_no_list_of_fields(text: str) -> None:
    spec = read(text)
    assert [e.name for e in spec.entities] in ([], ["Note"])
    assert all(f.name in {"title", "content"} for e in spec.entities for f in e.fields)
