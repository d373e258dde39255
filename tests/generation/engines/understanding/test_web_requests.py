"""Requests for web apps as people write them: what is shown, done and listed tells what is kept."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

REQUESTS = {
    "hotel": (
        (
            "Please implement a hotel booking website for travelers. The website should have "
            "functionalities for hotel search, room details display, online booking, and guest "
            "reviews. Users should be able to search for hotels by city, view room information, "
            "book rooms, and write reviews."
        ),
        "Hotel, Room, Booking, Review",
    ),
    "bookstore": (
        (
            "Please build an online bookstore. The store should have functionalities for "
            "browsing books by category, adding books to the shopping cart, placing orders, and "
            "viewing order history. Administrators should be able to manage book information, "
            "categories, and user information."
        ),
        "Book, Category, User",
    ),
    "recruitment": (
        (
            "Please implement a recruitment management system with modules for job posting "
            "management, resume management, and interview scheduling. HR staff can publish job "
            "postings, view resumes, and schedule interviews."
        ),
        "Job posting, Resume, Interview",
    ),
    "learning": (
        (
            "Please develop an online learning platform. The platform should have "
            "functionalities for course browsing, course enrollment, quizzes, and learning "
            "progress tracking. Students should be able to enroll in courses, watch lessons, "
            "take quizzes, and track their learning progress. Teachers can publish courses and "
            "grade assignments."
        ),
        "Course, Enrollment, Quiz, Attempt, Learning progress, Lesson, Assignment, Grade",
    ),
    "music": (
        (
            "Please implement a music streaming website where users can browse songs, create "
            "playlists, follow artists, and like songs. The website should display artist "
            "information and album details."
        ),
        "Song, Playlist, Follow, Artist, Like, Album",
    ),
    "restaurant": (
        (
            "Please create a restaurant website with functionalities for online ordering and "
            "table reservation. Users should be able to view dish details, place orders, reserve"
            " tables, and check reservation status."
        ),
        "Reservation, Dish, Order, Table",
    ),
    "gardeners": (
        (
            "Please implement a community website for gardeners. Users should be able to publish"
            " posts, comment on posts, join groups, and send private messages. The website "
            "should have a news section."
        ),
        "Post, Comment, Group, Membership, Message, News",
    ),
    "warehouse": (
        (
            "Please implement a warehouse management system for managing goods. The system "
            "should support supplier management, inbound and outbound records, and inventory "
            "checks. Users should be able to record stock movements and view inventory "
            "information."
        ),
        "Good, Supplier, Inbound record, Outbound record, Inventory, Stock movement",
    ),
    "concerts": (
        (
            "Please implement a concert ticketing website. Users should be able to browse "
            "upcoming concerts, select seats, purchase tickets, and view their order records. "
            "The website should display concert details, including artist, venue, and date."
        ),
        "Concert, Seat, Ticket, Order",
    ),
    "movies": (
        (
            "Please implement a movie review website to provide movie information and ratings. "
            "Users should be able to search for movies, view movie details, rate movies, write "
            "reviews, and create watchlists."
        ),
        "Movie, Rating, Review, Watchlist",
    ),
    "animal hospital": (
        (
            "Please create a pet hospital website. It should have functionalities for "
            "appointment scheduling, pet records, vaccination management, and doctor "
            "introduction. Pet owners can book appointments and view the medical history of "
            "their pets."
        ),
        "Appointment, Pet, Vaccination, Doctor, Medical record",
    ),
    "houses": (
        (
            "Please implement a real estate website that displays property listings. Visitors "
            "can search and filter properties, view property details, save favorite properties, "
            "and schedule viewings."
        ),
        "Property, Favorite, Viewing",
    ),
    "cooking": (
        (
            "Please implement a recipe sharing platform where users can upload recipes, save "
            "recipes to favorites, rate recipes, and plan weekly meals."
        ),
        "Recipe, Favorite, Rating, Meal",
    ),
    "museum": (
        (
            "Please implement a museum website to display exhibition information. Visitors can "
            "book tickets, read news, and sign up for events."
        ),
        "Exhibition, Ticket, News, Event, Registration",
    ),
    "tutors": (
        (
            "Please implement a tutoring marketplace that connects students with tutors. "
            "Students can search for tutors, view tutor profiles, book lessons, and leave "
            "reviews. Tutors can manage their schedules and message students."
        ),
        "Tutor, Student, Lesson, Booking, Review, Schedule, Message",
    ),
    "logistics": (
        (
            "Please implement a logistics management platform with shipment creation, parcel "
            "tracking, driver management, vehicle management, and route planning."
        ),
        "Shipment, Parcel, Driver, Vehicle, Route",
    ),
    "survey": (
        (
            "Please implement an online survey tool. Users can create surveys with multiple "
            "questions, share surveys, and fill out surveys."
        ),
        "Survey, Question, Response",
    ),
    "travel": (
        (
            "Please implement a travel guide website that introduces destinations and "
            "attractions. Users can create itineraries and bookmark attractions."
        ),
        "Destination, Attraction, Itinerary, Bookmark",
    ),
    "insurance": (
        (
            "Please implement an insurance website. Customers can browse insurance products, "
            "request quotes, and submit claims. Agents can manage customer information and "
            "process claims."
        ),
        "Insurance product, Quote, Claim, Customer",
    ),
    "podcasts": (
        (
            "Please implement a podcast hosting platform. Creators can upload episodes and "
            "manage podcasts; listeners can subscribe to podcasts, comment on episodes, and view"
            " listening history."
        ),
        "Podcast, Episode, Subscription, Comment, Listening history",
    ),
    "auction": (
        (
            "Please implement an auction site. Users can list items for auction, place bids, and"
            " view bid history. The site should support payment and user feedback."
        ),
        "Item, Auction, Bid, Payment, Feedback",
    ),
    "charity": (
        (
            "Please implement a donation platform. Users can browse campaigns, donate to "
            "campaigns, and view their donation records. Administrators can publish campaigns "
            "and manage users."
        ),
        "Campaign, Donation, User",
    ),
    "blog of many": (
        (
            "Build a site with a comment section under each article. Readers can like articles; "
            "registered users can collect articles and see their reading history."
        ),
        "Article, Comment, Like, Favorite, Reading history",
    ),
}

NOTHING_KEPT = [
    "Please implement a car wash landing page with a hero, services, prices and a contact section.",
    "Please implement a tip calculator. Users enter the bill amount and choose a tip percentage.",
    "Please implement a snake game for the browser, with keyboard control and a high score.",
    "Please implement a single-page countdown website for our wedding day.",
    "Please implement a unit conversion tool for length, weight, and temperature.",
    'Build a landing page for "Brightly", a lamp, with a hero, the price and a "Buy now" button.',
]


def read(text: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text, features=()))


@pytest.mark.parametrize(("text", "expected"), REQUESTS.values(), ids=REQUESTS)
def test_what_a_site_shows_and_lets_people_do_is_kept(text: str, expected: str) -> None:
    assert {entity.name for entity in read(text).entities} == set(expected.split(", "))


@pytest.mark.parametrize("text", NOTHING_KEPT)
def test_a_tool_a_game_or_a_page_keeps_nothing(text: str) -> None:
    assert read(text).entities == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Please implement a recipe sharing platform with search.", "Recipe"),
        ("A school management system where staff manage courses.", "Course"),
        ("Show product details, including price, quantity, and supplier information.", "Supplier"),
        ("Students can apply for training programs.", "Training program, Application"),
        ("Inspectors create reports; managers read them.", "Report"),
        ("Users buy tickets. It should support multiple payment methods.", "Ticket, Payment"),
        ("Employees clock in and out every day.", "Attendance"),
        ("Customers browse products by category, place orders and rate them.", "Product, Order"),
    ],
)
def test_what_is_said_in_passing_is_kept_too(text: str, expected: str) -> None:
    assert {entity.name for entity in read(text).entities} >= set(expected.split(", "))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Users browse recipes. Administrators manage users.", [True]),
        ("Users browse recipes. It has user registration and lets them manage recipes.", [False]),
        ("Users browse recipes and can change their account settings.", [False]),
        ("Users browse recipes, and create profiles after user registration.", []),
        ("Each user has a bio, a birthday and a city. Users write posts.", [True]),
        ("Users can sign up, log in and browse recipes.", []),
        ("Landing page with a hero. It has user registration.", []),
        ("As a cook, I want to manage my account and add recipes, so that I can cook.", []),
    ],
)
def test_a_user_is_an_entity_where_more_than_signing_in_is_said(
    text: str, sure: list[bool]
) -> None:
    users = [entity for entity in read(text).entities if entity.name == "User"]
    assert [not user.is_unsure for user in users] == sure
    assert all(user.owned for user in users if user.is_unsure)
