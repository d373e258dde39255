"""What staff writes under what somebody sent is seen by whoever sent it, unless it is internal."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from generation.engines.builtin.understanding.command import main
from generation.engines.builtin.understanding.wording import in_plain_words
from projects.spec.check import faults_of
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest


def read(text: str) -> AppSpec:
    return understand(AppRequest(project_name="App", description=text))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Support desk. Customers open tickets. Staff reply to tickets.", "Reply of ticket"),
        ("Users submit tickets and support agents answer them with replies.", "Reply of ticket"),
        (
            "Customers open support tickets. Agents respond to tickets.",
            "Response of support ticket",
        ),
        ("Customers create tickets and staff add comments to tickets.", "Comment of ticket"),
        ("Members submit requests; admins reply to requests.", "Reply of request"),
        ("Tenants report issues. The landlord replies to issues.", "Reply of issue"),
        (
            "Candidates submit job applications. Recruiters comment on applications.",
            "Comment of job application",
        ),
        (
            "Citizens submit complaints. Officers write responses to complaints.",
            "Response of complaint",
        ),
        (
            (
                "Students enroll in courses. Teachers give grades for each enrollment. Students "
                "see their grades."
            ),
            "Grade of enrollment",
        ),
        (
            (
                "Patients book appointments. Doctors add notes to an appointment and the patient "
                "sees them."
            ),
            "Note of appointment",
        ),
        (
            (
                "Patients book appointments. The doctor writes prescriptions for an appointment. "
                "Patients can view their prescriptions."
            ),
            "Prescription of appointment",
        ),
        (
            "Candidates submit job applications. Recruiters send messages about an application.",
            "Message of job application",
        ),
        (
            (
                "A clinic app. Patients book appointments with doctors. Receptionists confirm "
                "them. The doctor writes prescriptions for an appointment (medicine, days). "
                "Patients can view their prescriptions."
            ),
            "Prescription of appointment",
        ),
        ("Customers place orders. Staff post updates on orders.", "Status update of order"),
        ("Tenants report repairs. The landlord comments on repairs.", "Comment of repair"),
        ("Customers place orders. Staff send updates about orders by e-mail.", ""),
        ("Customers open tickets. Staff add notes to tickets.", ""),
        ("Customers open tickets. Staff add internal comments to tickets.", ""),
        ("Customers open tickets. Staff add comments to tickets, visible to staff only.", ""),
        (
            (
                "Patients book appointments. The doctor writes prescriptions for an appointment. "
                "Doctors see them."
            ),
            "",
        ),
        ("My todo lists with tasks and comments.", ""),
        ("I keep tickets of trains and comments on tickets.", ""),
        ("A blog. Visitors read posts, users comment on posts.", ""),
        ("A forum. Users start threads and reply to threads.", ""),
        ("Bug tracker: users report bugs, developers fix bugs and comment on bugs.", ""),
        ("A shop. Customers order products and review products. Staff reply to reviews.", ""),
        ("Customers open tickets and place orders. Staff link replies to tickets and orders.", ""),
    ],
)
def test_whoever_sent_a_thing_reads_what_staff_writes_under_it(text: str, seen: str) -> None:
    spec = read(text)
    found = {f"{one.name} of {one.follows}" for one in spec.entities if one.follows}
    assert found == set(filter(None, [seen]))
    assert not list(faults_of(spec))


@pytest.mark.parametrize(
    "text",
    [
        "Customers open tickets. Staff writes comments under tickets which customers cannot see.",
        (
            "Customers open tickets. Staff write comments under tickets. Customers must not "
            "see these comments."
        ),
        "Customers open tickets. Staff add comments to tickets. Customers don't see comments.",
        "Customers open tickets. Staff add comments to tickets that only agents can see.",
        "Customers open tickets. Staff add comments to tickets, visible only to agents.",
        "Customers open tickets. Staff add comments to tickets. Nobody but agents sees them.",
        "Customers open tickets. Staff add comments to tickets. Nobody but agents sees comments.",
        "Customers open tickets. Agents write comments on tickets for each other.",
        "Customers open tickets. Agents write comments on tickets for the team lead.",
        "Customers open tickets. Agents write comments on tickets for the team's eyes only.",
        "Customers open tickets. Agents add comments to tickets, invisible to customers.",
        "Customers open tickets. Agents comment on tickets without the customer seeing it.",
        (
            "Candidates submit applications. Recruiters give feedback on applications. "
            "Applicants never see it."
        ),
        (
            "Candidates submit applications. Recruiters leave feedback on applications for "
            "the hiring manager."
        ),
        "Students submit homework. Teachers write comments about each homework for other teachers.",
        "Customers open tickets. Staff add comments to tickets. Comments are not for customers.",
        "Customers open tickets. Staff add comments to tickets. No customer sees them.",
        "Customers open tickets. Staff add comments to tickets. Comments are only seen by staff.",
        "Customers open tickets. Staff add comments to tickets which customers can't read.",
        (
            "Customers open tickets. Agents add comments to tickets. No one other than agents "
            "can read comments."
        ),
        "Customers open tickets. Agents add comments to tickets. Comments stay within the team.",
        (
            "Customers open tickets. Agents add comments to tickets. Comments are hidden from "
            "customers."
        ),
        (
            "Customers open tickets. Agents add comments to tickets. They are not visible to "
            "customers."
        ),
        (
            "Customers open tickets. Agents add comments to tickets. They should stay "
            "invisible to customers."
        ),
        (
            "Customers open tickets. Staff comment on tickets. We don't want customers to see "
            "the comments."
        ),
        "Customers open tickets. Agents comment on tickets; customers never see what they write.",
        "Customers open tickets. Agents comment on tickets to inform the next agent.",
        "Customers open tickets. Agents comment on tickets so other agents know the history.",
        "Customers open tickets. Agents comment on tickets. Customers do not find out about it.",
        "Customers open tickets. Agents comment on tickets. Agents only see their own comments.",
        (
            "Customers open tickets. Agents comment on tickets. Customers only see their "
            "tickets, agents also see the comments."
        ),
    ],
)
def test_what_is_kept_from_whoever_sent_a_thing_is_not_shown_to_them(text: str) -> None:
    spec = read(text)
    assert [one.name for one in spec.entities if one.follows] == []
    comments = [e for e in spec.entities if e.name in ("Comment", "Feedback")]
    assert [one.overseen for one in comments] == [True]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Customers open tickets with subject and text. Staff replies to tickets. "
            "Customers see the replies."
        ),
        "Customers open tickets and the support team replies to tickets.",
        "Customers open tickets. Agents reply to tickets. Agents add notes customers never see.",
        "Customers open tickets. Support responds to tickets.",
        "Customers open tickets. An agent replies to tickets.",
        "Customers open tickets. The support team answers tickets.",
        "Customers open tickets. Agents answer tickets. Customers see the answers.",
        "Customers open tickets. Agents reply to tickets. Customers only see their own tickets.",
        "Customers open tickets. Agents reply to tickets. Customers cannot see tickets of others.",
        (
            "Customers open tickets. Agents reply to tickets. Customers can only see their "
            "own tickets and replies."
        ),
        (
            "Customers open tickets. Agents reply to tickets, customers only see replies to "
            "their tickets."
        ),
        "Customers open tickets. Agents add comments to tickets, visible to customers and agents.",
        "Customers open tickets. Agents write comments on tickets for the customer.",
        (
            "Customers open tickets. Agents reply to tickets. A responsive layout shows only "
            "one column."
        ),
    ],
)
def test_what_is_kept_from_others_is_shown_to_whoever_sent_a_thing(text: str) -> None:
    spec = read(text)
    assert [one.follows for one in spec.entities if one.follows] == ["ticket"]
    assert all(one.overseen for one in spec.entities if one.name == "Ticket" or one.follows)


def test_what_follows_another_needs_it_and_is_its_makers_and_staffs() -> None:
    (reply,) = (one for one in read("Users open tickets. Staff reply to tickets.").entities[1:])
    assert (reply.overseen, reply.followed) == (True, reply.relations[0])


@pytest.mark.parametrize("noun", ["reply", "family"])
def test_what_ends_as_an_adverb_does_has_fields(noun: str) -> None:
    spec = read(f"Each {noun} has a text and an attachment.")
    found = [(one.name.lower(), [field.name for field in one.fields]) for one in spec.entities]
    assert found == [(noun, ["text", "attachment"])]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Staff reply to tickets", "Staff write replies to tickets"),
        ("Staff replies to tickets", "staff write replies to tickets"),
        (
            "They wait and our support desk responds to cases",
            "They wait and staff write responses to cases",
        ),
        ("An agent answers the tickets", "An agent writes answers to the tickets"),
        ("Agents answer tickets with replies", "Agents answer tickets with replies"),
        ("Show staff replies to tickets", "Show staff replies to tickets"),
        ("The landlord responds to issues", "landlords write responses to issues"),
        ("Admins comment on our requests", "Admins write comments on our requests"),
        ("Admins reply to requests", "Admins write replies to the requests"),
        ("Staff write a reply to tickets", "Staff write a reply to tickets"),
        ("Show comments on tickets", "Show comments on tickets"),
        ("Admins respond to requests", "Admins respond to requests"),
    ],
)
def test_who_replies_writes_replies(text: str, said: str) -> None:
    assert in_plain_words(text) == said


def test_the_table_says_whose_rows_are_seen(tmp_path, capsys) -> None:
    words = tmp_path / "desk.txt"
    words.write_text("Users open tickets. Staff reply to tickets.")
    main([str(words), "--table"])
    assert "seen by whoever sees its ticket)" in capsys.readouterr().out


def test_a_status_that_is_set_with_a_reply_is_of_what_is_replied_to() -> None:
    spec = read(
        "Customers open tickets with subject and text. Staff reply to tickets and set the status "
        "(open, solved). Customers see the replies to their tickets."
    )
    fields = {one.name: [field.name for field in one.fields] for one in spec.entities}
    assert fields == {"Ticket": ["subject", "text", "status"], "Reply": ["content"]}
