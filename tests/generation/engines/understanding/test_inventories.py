"""What an app is said to have are things that it keeps: "a blog with posts and comments"."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import links, names, read


def test_carts_and_orders_have_what_a_shop_sells():
    spec = read("An online store for plants. Customers browse plants and place orders.")
    assert ("Order", "Plant") in links(spec)


def test_a_blog_has_categories_and_comments():
    blog = read("A blog with posts, categories and comments.")
    assert names(blog) == {"Post", "Category", "Comment"}
    crm = read("A CRM with companies, contacts and deals.")
    assert names(crm) == {"Company", "Contact", "Deal"}


def test_members_who_comment_on_tasks_leave_comments():
    assert "Comment" in names(read("Users comment on tasks."))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "An issue tracker with projects, issues, labels, comments and attachments.",
            {"Issue", "Project", "Label", "Comment", "Attachment"},
        ),
        (
            "A time tracker for freelancers with clients, projects and time entries.",
            {"Client", "Project", "Time entry"},
        ),
        ("A travel blog with trips and photos.", {"Trip", "Photo"}),
    ],
)
def test_what_an_app_is_said_to_have_are_things_and_no_fields(text, expected):
    assert names(read(text)) == expected


def test_who_votes_on_nothing_named_votes_on_what_was_spoken_of():
    assert ("Vote", "Idea") in links(read("Members suggest ideas and vote."))


def test_what_each_of_the_listed_things_has_one_of_is_none_of_them():
    assert names(read("A defect tracker: defects, priorities, assignees.")) == {"Defect"}


def test_what_one_books_in_a_list_of_things_leaves_a_booking():
    spec = read("A castle website with exhibits, book guided tours, a shop and news.")
    assert {"Guided tour", "Booking", "Exhibit"} <= names(spec)
    assert "Book guided tour" not in names(spec)


def test_what_is_written_of_books_is_no_booking():
    assert "Booking" not in names(read("A site with authors, book reviews, quotes and events."))
