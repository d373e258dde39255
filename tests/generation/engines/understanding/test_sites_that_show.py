"""Sites that show something: what they keep, who writes it, and what people give when they join."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import access, links, names, read


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("The site shows recipes and cuisines.", {"Recipe", "Cuisine"}),
        ("Our platform displays concerts, venues and band information.", "Concert, Venue, Band"),
        ("The page shows news and events.", "News, Event"),
        ("The site shows team rankings, match history and player performance.", "Team, Match"),
        ("A website to display band information and advertisements.", "Band"),
        ("A directory of clinics.", "Clinic"),
        ("Please build a directory of local farms with their products.", "Farm, Product"),
        ("A gallery of mosaics.", "Mosaic"),
        ("A calendar of concerts.", "Concert"),
    ],
)
def test_what_a_site_shows_is_kept(said: str, kept: str | set[str]) -> None:
    wanted = kept if isinstance(kept, set) else set(kept.split(", "))
    assert wanted <= names(read(said))
    assert not {"Site", "Platform", "Page"} & names(read(said))


def test_a_band_is_not_banned() -> None:
    assert "Band" in names(read("Users browse band information and add bands."))


def test_who_runs_a_site_writes_what_it_shows() -> None:
    spec = read("A website to display paintings and sculptures.")
    assert spec.auth
    assert all(entity.public and entity.managed for entity in spec.entities)


def test_what_is_looked_at_for_a_list_before_is_looked_at() -> None:
    said = "Users should be able to browse data for basketball, view match history and team stats."
    assert {"Match", "Team"} <= names(read(said))


@pytest.mark.parametrize(
    ("said", "who", "has"),
    [
        (
            (
                "A directory of clinics. Clinics can register and provide their address, phone "
                "number and website."
            ),
            "Clinic",
            {"address", "phone number", "website"},
        ),
        (
            "Volunteers sign up and provide their name, phone number and skills.",
            "Volunteer",
            {"name", "phone number", "skills"},
        ),
        (
            (
                "A platform for band registration, allowing band members to input their genre, "
                "home town and website. Users browse bands."
            ),
            "Band",
            {"genre", "home town", "website"},
        ),
    ],
)
def test_who_registers_has_what_they_give(said: str, who: str, has: set[str]) -> None:
    fields = {e.name: {field.name for field in e.fields} for e in read(said).entities}
    assert has <= fields[who]


def test_users_have_no_fields_of_what_they_enter() -> None:
    said = "A page with registration, allowing users to enter their loan amount and interest rate."
    assert "User" not in names(read(said))


def test_a_review_holds_the_rating_that_is_given_with_it() -> None:
    spec = read("A hotel guide. Users browse hotels and add reviews and ratings.")
    assert names(spec) == {"Hotel", "Review"}
    assert ("Review", "Hotel") in links(spec)


@pytest.mark.parametrize(
    ("said", "kept", "left"),
    [
        ("Functionalities for bidding and trading of items.", {"Bid"}, {"Trading", "Bidding"}),
        ("Users view their trading history.", {"Trade"}, {"Trading"}),
        ("A platform with job posting. Companies post jobs.", {"Job", "Company"}, {"Job posting"}),
        ("The website has an online customer support tool.", {"Support ticket"}, set()),
        (
            "Companies post jobs and communicate with candidates.",
            {"Job", "Message"},
            set(),
        ),
        (
            "Bands provide their bio and picture links. Users browse bands.",
            {"Band"},
            {"Bio", "Link"},
        ),
    ],
)
def test_what_is_done_leaves_what_it_is_called_by(
    said: str, kept: set[str], left: set[str]
) -> None:
    found = names(read(said))
    assert kept <= found
    assert not left & found


def test_what_somebody_traded_is_theirs() -> None:
    spec = read("A trading website. Users sign up, place bids and view their trading history.")
    assert next(entity for entity in spec.entities if entity.name == "Trade").owned


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("A platform where farmers sell vegetables to restaurants.", {"Vegetable"}),
        ("The website lets people find yoga studios and book classes.", {"Yoga studio", "Class"}),
        ("Build a stock portfolio app for tracking investments.", {"Investment"}),
        (
            (
                "Make a game guide website to display game information and character data. "
                "Users should be able to browse guides, search characters, and post comments."
            ),
            {"Game", "Character", "Guide", "Comment"},
        ),
        (
            (
                "A wine shop. The website should have functionalities for product display, order "
                "checkout, and order tracking."
            ),
            {"Product", "Order"},
        ),
        ("Users earn badges.", {"Badge"}),
        ("Teachers create quizzes. Students take quizzes.", {"Quiz", "Attempt"}),
        ("A recipe sharing site with comments and ratings.", {"Recipe", "Comment", "Rating"}),
        ("A real estate CRM with properties and owners.", {"Property", "Owner"}),
        ("An e-commerce site selling jewellery with categories and reviews.", {"Product"}),
        ("A charity donation site with campaigns and donors.", {"Campaign", "Donation"}),
        ("A clinic booking system: patients choose a doctor.", {"Doctor", "Appointment"}),
        ("A plant watering reminder.", {"Plant"}),
        ("A scholarship portal: students apply, committees review applications.", {"Application"}),
        ("A pharmacy site where customers order medicine.", {"Medicine", "Order"}),
        ("Artists sell paintings and buyers message them.", {"Painting", "Message"}),
        ("Students enroll in courses and professors grade them.", {"Course", "Grade"}),
        ("A language exchange where people find partners and chat.", {"Partner", "Message"}),
        ("Users take notes.", {"Note"}),
    ],
)
def test_what_people_do_on_a_site_tells_what_it_keeps(said: str, kept: set[str]) -> None:
    assert kept <= names(read(said))


def test_a_game_keeps_nothing() -> None:
    assert not read("Create a game for my friends where balls bounce.").entities


def test_an_opportunity_that_volunteers_apply_for_is_no_deal() -> None:
    spec = read("Charities post opportunities. Volunteers apply for opportunities.")
    opportunity = next(entity for entity in spec.entities if entity.name == "Opportunity")
    assert {"location", "starts_on"} <= {field.name for field in opportunity.fields}


def test_nothing_is_donated_to_a_story() -> None:
    spec = read("Users of the charity website read success stories and donate.")
    assert ("Donation", "Success story") not in links(spec)
    assert ("Donation", "Campaign") in links(read("Users browse campaigns and donate."))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("A stock website. Users set price alerts for stocks.", "Price alert"),
        ("A stock website. Users sign up and add holdings and investments.", "Holding"),
        (
            "A car repair website. Users should be able to book repairs and view repair history.",
            "Repair",
        ),
    ],
)
def test_what_is_of_one_person_is_not_shown_to_others(said: str, name: str) -> None:
    entity = next(one for one in read(said).entities if one.name == name)
    assert entity.owned
    assert not entity.public


@pytest.mark.parametrize(
    ("said", "kept", "left"),
    [
        ("Customers view groomers and book services.", {"Groomer", "Service"}, set()),
        (
            "Clients post projects, and both sides exchange messages.",
            {"Project", "Message"},
            {"Sides exchange message"},
        ),
        ("Participants submit photos and judges score photos.", {"Photo", "Score"}, set()),
        (
            "A company intranet with announcements, an employee directory and leave requests.",
            {"Announcement", "Employee", "Leave request"},
            {"Company intranet"},
        ),
    ],
)
def test_who_is_looked_at_and_what_is_done_to_it(said: str, kept: set[str], left: set[str]) -> None:
    found = names(read(said))
    assert kept <= found
    assert not left & found


def test_leave_is_asked_for_by_one_employee() -> None:
    spec = read("A company intranet with announcements and leave requests.")
    assert next(entity for entity in spec.entities if entity.name == "Leave request").owned


@pytest.mark.parametrize(
    "said",
    [
        "A real estate CRM with properties, owners, viewings and offers.",
        "A wiki for our company with pages and categories.",
    ],
)
def test_what_an_app_has_are_no_fields(said: str) -> None:
    named = {field.name for entity in read(said).entities for field in entity.fields}
    assert not {"owners", "pages", "categories"} & named
    assert "Real estate crm" not in names(read(said))


@pytest.mark.parametrize(
    ("said", "name", "seen"),
    [
        ("Users sell clothes. Users record body measurements.", "Body measurement", "o"),
        ("The website displays our services. Clients upload tax returns.", "Tax return", "o"),
        ("The website shows courses. Students enter their disabilities.", "Disability", "o"),
        (
            "A site of a club. Members record sightings, visitors view sightings.",
            "Sighting",
            "p",
        ),
        ("Employees view salary history. HR enters salaries.", "Salary", "om"),
        ("Students view grade history. Teachers enter grades.", "Grade", "om"),
        ("Clients chat with support. Agents answer.", "Support ticket", "om"),
        ("A renovation website. Users browse designs, request quotes.", "Quote", "om"),
        ("A quote website. Users browse quotes and share quotes.", "Quote", "p"),
        ("A housing website. Landlords publish rooms, students sign contracts.", "Contract", ""),
        (
            "A fashion website. Users browse clothes, place orders.",
            "Clothing item",
            "mp",
        ),
        ("Patients book dentists and fill in a medical form.", "Medical form", "om"),
        ("Customers submit complaints, support staff respond.", "Complaint", "om"),
        ("A helpdesk for our IT department with tickets.", "Ticket", "om"),
        ("A church website with sermons and events.", "Sermon", "mp"),
        ("A law firm website with cases, clients and lawyers.", "Case", "m"),
        ("An events website with venues, organisers and tickets.", "Venue", "mp"),
    ],
)
def test_who_reads_and_writes(said: str, name: str, seen: str) -> None:
    spec = read(said)
    assert spec.auth
    assert access(spec)[name] == seen


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("Each student gets a grade.", ("Grade", "Student")),
        ("Each patient gets a diagnosis.", ("Diagnosis", "Patient")),
    ],
)
def test_who_gets_something_has_it(said: str, link: tuple[str, str]) -> None:
    assert link in links(read(said))


def test_notes_that_are_taken_are_of_nothing_else() -> None:
    assert ("Expense", "Note") not in links(read("Users take notes and track expenses."))


def test_a_dog_that_is_registered_has_the_fields() -> None:
    spec = read("Dog registration, allowing owners to enter the name and breed. Owners add dogs.")
    dog = next(entity for entity in spec.entities if entity.name == "Dog")
    assert {"name", "breed"} <= {field.name for field in dog.fields}


def test_what_a_site_shows_is_not_one_persons() -> None:
    spec = read("The site shows recipes. Users record blood sugar values.")
    owned = {entity.name: entity.owned for entity in spec.entities}
    assert owned == {"Recipe": False, "Blood sugar value": True}


def test_what_is_done_is_no_field_of_what_is_sent() -> None:
    spec = read("Candidates submit applications with a resume, and track application status.")
    fields = {field.name for entity in spec.entities for field in entity.fields}
    assert "track application status" not in fields


def test_persons_in_the_plural_are_no_fields() -> None:
    spec = read("A platform that connects households with cleaners, plumbers and electricians.")
    fields = {field.name for entity in spec.entities for field in entity.fields}
    assert not {"plumber", "electrician", "plumbers", "electricians"} & fields


def test_nobody_has_the_doctors_of_a_platform_alone() -> None:
    spec = read(
        "A medical appointment platform for patients and doctors. The platform should have "
        "functionalities for doctor search and appointment scheduling."
    )
    owned = {entity.name: entity.owned for entity in spec.entities}
    assert owned == {"Doctor": False, "Appointment": True}


def test_a_personal_schedule_makes_no_site_personal() -> None:
    spec = read(
        "A conference website that displays speakers and sessions. Attendees build a personal "
        "schedule."
    )
    assert next(entity for entity in spec.entities if entity.name == "Speaker").public


def test_plants_of_a_shop_have_a_price() -> None:
    (plant,) = (
        e for e in read("Our shop sells plants to customers.").entities if e.name == "Plant"
    )
    assert "price" in {field.name for field in plant.fields}
