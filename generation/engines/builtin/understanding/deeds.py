"""What people do with things, where something is left of it to keep: ratings, bookings, likes."""

from __future__ import annotations

from collections.abc import Mapping

from generation.engines.builtin.understanding.vocabulary import PERSONS, words

# "rate answers" keeps ratings of answers; the noun and the fields it has beside the link.
DEEDS: Mapping[str, str] = {
    "rate": "rating",
    "book": "booking",
    "reserve": "reservation",
    "comment": "comment",
    "review": "review",
    "vote": "vote",
    "upvote": "vote",
    "favourite": "favourite",
    "favorite": "favorite",
    "bookmark": "bookmark",
    "join": "membership",
    "register": "registration",
    "enrol": "enrolment",
    "enroll": "enrollment",
    "apply": "application",
    "subscribe": "subscription",
    "donate": "donation",
    "borrow": "loan",
    "lend": "loan",
    "rent": "rental",
    "buy": "order",
    "purchase": "order",
    "order": "order",
    "like": "like",
    "follow": "follow",
    "message": "message",
    "chat": "message",
    "reply": "reply",
    "answer": "answer",
    "respond": "response",
    "fill": "response",
    "bid": "bid",
    "pledge": "pledge",
    "react": "reaction",
    "grade": "grade",
    "score": "score",
    "suspend": "suspension",
    "request": "request",
    "adopt": "adoption application",
    "refer": "referral",
    "nominate": "nomination",
    "vaccinate": "vaccination",
    "transfer": "transfer",
    "sponsor": "sponsorship",
    "swap": "swap request",
    "enquire": "enquiry",
    "take": "attempt",
    "inquire": "inquiry",
}
# What these verbs are done to, where they leave something to keep; the others are done to anything.
DONE_TO: Mapping[str, frozenset[str]] = {
    "follow": words(
        """
        user artist author creator channel topic team company store seller player member blogger
        writer organizer club podcast show tag person people chef streamer cook
        """
    ),
    "like": words(
        """
        post article comment photo video song album recipe story review project artwork design idea
        answer question item page blog track playlist tweet poem
        """
    ),
    "swap": words("shift duty slot turn"),
    "answer": words("question"),
    "take": words("quiz exam"),
    "respond": words("complaint inquiry enquiry request review ticket question comment survey"),
    "fill": words("survey questionnaire poll"),
    "reply": words(
        "post comment thread topic message question review complaint inquiry discussion"
    ),
    "message": PERSONS | words("user member"),
    "chat": PERSONS | words("user member opponent player other friend service group"),
    "bid": words("item auction product lot project job artwork property"),
    "grade": words(
        "course student submission assignment essay homework exam paper project test quiz"
    ),
    "score": words(
        """
        submission entry performance film application pitch dish participant essay project proposal
        design recipe candidate team photo picture artwork video poem story
        """
    ),
    "suspend": words("player member student driver employee"),
    "adopt": words("animal pet dog cat puppy kitten rabbit horse"),
    "refer": words("patient client student candidate child"),
    "transfer": words("player employee student patient animal member"),
    "react": words("message post comment photo video story"),
    "request": words("book item tool equipment device room song supply space"),
    "order": words(
        "product dish meal food book item drink service gift flower cake ticket part medicine"
    ),
}
# What one donates to: who reads stories and donates gives nothing to a story.
DONATED_TO = words(
    """
    campaign project cause charity fundraiser fund appeal shelter animal pet organisation
    organization initiative mission programme program child school community family
    """
)
# What is not ordered: it changes hands in other ways.
UNMOVED = words("property home house apartment flat land share stock")
# What these verbs are done to without leaving anything: to review a request is to decide on it.
NEVER_DONE_TO: Mapping[str, frozenset[str]] = {
    "rent": words("payment price amount property home house apartment flat"),
    "buy": UNMOVED,
    "purchase": UNMOVED,
    "order": UNMOVED,
    "subscribe": words("newsletter"),
    "review": words(
        """
        complaint request application submission claim order report data information record resume
        document answer result card flashcard transaction entry code progress statement proposal bid
        quote contract profile candidate
        """
    ),
}
# Those that stand behind what they are done to.
DEED_NOUNS: Mapping[str, str] = {
    "enrollment": "enrollment",
    "enrolment": "enrolment",
    "enrollments": "enrollment",
    "booking": "booking",
    "bookings": "booking",
    "reservation": "reservation",
    "reservations": "reservation",
    "registration": "registration",
    "registrations": "registration",
    "subscription": "subscription",
    "subscriptions": "subscription",
    "ordering": "order",
    "purchasing": "order",
    "rating": "rating",
    "ratings": "rating",
    "voting": "vote",
    "rental": "rental",
    "rentals": "rental",
    "commenting": "comment",
}
# What one registers for to be there.
ATTENDED = words(
    """
    event course class contest competition tournament workshop webinar conference activity camp
    training seminar race hackathon exam program session tour meetup shift retreat
    """
)
# What one books, where a list of things says so.
BOOKED = ATTENDED | words("tour room table lesson ride flight court trip treatment massage cabin")

# What is said of what others said: one rates answers and likes comments.
OPINING = words("rate like comment vote upvote reply")
SPOKEN = words("answer comment reply review response")
# What is itself booked, requested or bought: no booking of a booking.
DONE_OUTRIGHT = frozenset(DEEDS.values()) | words(
    """
    appointment ticket visit slot leave request drive permit pass policy voucher subscription
    membership plan licence license insurance
    """
)

# What is said of the deed itself, and not of what it is done to.
OF_DEEDS = words(
    """
    star stars score rating grade mark comment remark note message reason motivation letter quantity
    amount number people persons guests participants start end from until date day time hour hours
    days nights period duration deadline slot pickup return arrival departure
    """
)
