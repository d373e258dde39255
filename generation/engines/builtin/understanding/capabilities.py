"""What an app is asked to do beyond keeping things, and what this engine cannot build."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.vocabulary import PEOPLE, PERSONS, words

# One way of saying it in each line.
_ABLE = {
    "auth": r"""
        log[ -]?(?:s |ging )?ins?
        log[ -]?outs?
        logging (?:in|out)
        (?<!newsletter[ ])sign-?ups?
        sign[ -]?ins?
        sign(?:s|ing)? (?:up|in|out)(?![ ](?:for|to)[ ](?:(?:the|our|a)[ ])?newsletter)
        auth
        authentication
        authori[sz]ation
        register(?:ed|s)? users?
        user registration
        registration and login
        create an? (?:new )?account
        create account
        (?:user|my|their) accounts?
        accounts?
        passwords?
        """,
    "dashboard": r"""
        dashboards?
        overview
        home screen
        statistics page
        (?:view|see|show) (?:\w+ ){0,2}statistics
        """,
    "chart": r"""
        (?<!gantt[ ])charts?
        graphs?
        visuali[sz]ations?
        visuali[sz]e
        plot(?:s|ted|ting)?(?= (?:of|over|against) )
        trends?
        statistics
        analytics
        statistical
        """,
    "search": r"""
        search(?:es|ing|able)?
        full[ -]text
        look up
        find
        """,
    "filter": r"""
        filter(?:s|ed|ing)?
        """,
    "sort": r"""
        sort(?:s|ed|ing|able)?
        (?<!an )(?<!the )order by
        newest first
        alphabetical(?:ly)?
        """,
    "pagination": r"""
        pagination
        paging
        page through
        paginated
        """,
    "dark mode": r"""
        (?:dark|light)[ -](?:mode|theme)
        """,
    "pages": r"""
        (?:home|about(?: us)?|services?|pricing|contact(?: us)?|faq|team|landing) (?:page|section)s?
        testimonials? (?:page|section)
        """,
    "responsive": r"""
        responsive
        mobile[ -]friendly
        works? on (?:phones|mobile)
        mobile devices
        """,
    "api": r"""
        REST(?:ful)? API
        JSON API
        """,
    "export csv": r"""
        exports? (?:\w+ ){0,5}(?:to |as |in )?(?:an? )?(?:CSV|spreadsheets?|excel)
        CSV (?:export|download)
        download (?:\w+ ){0,4}CSV
        export(?:ing)? (?:the )?data
        """,
    "totals": r"""
        totals
        (?:grand|running|sub|daily|weekly|monthly|yearly|annual) ?totals?
        totals? (?:of|for|per|by|spent|raised|earned|sold|paid|donated|logged|worked)
        total (?:\w+ )?(?:amount|cost|price|hours|spending|expenses?|income|sales|distance|value)s?
        sums? (?:up|of)
        (?:the )?averages?
        how (?:much|many \w+) (?:\w+ ){1,4}(?:spent|raised|earned|saved|sold|paid|donated|worked)
        """,
    "toggle": r"""
        mark(?:s|ed|ing)? (?:\w+ ){0,4}(?:as )?(?:done|completed?|finished|read|paid|returned)
        mark(?:s|ed|ing)? (?:\w+ ){0,4}as (?:ready|sold|shipped|delivered|received|resolved|closed)
        check(?:ing)? off
        tick(?:ing)? off
        toggle
        """,
}
# Made where people sign in, or nothing else is kept: somebody must read them.
# Made where they land on a thing that keeps a picture or a file.
FILES = "files and pictures"
FORMS = "forms that visitors send without an account"
# Made where rows can be grouped by month, or by what they link to.
PERIODS = "totals of each day, week, month or year"
DOCUMENTS = "reports as documents"
_UNABLE = {
    "taking payments": r"""
        payments? (?:gateway|processing)s?
        (?:accept|support|offer|several|multiple|various)[ ](?:\w+[ ]){0,2}payment[ ]methods?
        checkout
        check out (?:with|at|their|my|the (?:cart|basket)|securely|as)
        stripe
        paypal
        credit cards?
        pay (?:online|for)
        pay (?:[\w-]+ ){1,3}online
        online payments?
        accept payments?
        (?<!record[ ])(?<!log[ ])(?<!track[ ])payments?[ ](?:by|with|via)[ ](?:\w+[ ]){0,2}cards?
        pay(?:s|ing)?[ ](?:by|with)[ ](?:\w+[ ]){0,2}cards?
        card[ ]payments?
        add to cart
        shopping cart
        """,
    "sending e-mails or messages to phones": r"""
        (?:send|sends|sending|receive|get) (?:\w+ ){0,4}(?:e-?mails?|sms|text messages?)
        e-?mail (?:reminders?|notifications?|alerts?)
        newsletters?
        password reminders?
        reset (?:my |their )?passwords?
        """,
    FORMS: r"""
        (?:contact|enquiry|inquiry|feedback|rsvp|quote|newsletter)[ ](?:request[ ])?forms?
        newsletter[ ]sign[ -]?ups?
        (?:subscribe|sign[ ]up)[ ](?:for|to)[ ](?:the|our|a)[ ]newsletter
        """,
    "notifications": r"""
        notif(?:y|ies|ied|ication|ications)
        reminders?
        remind(?:s|ed|ing)?\ (?:me|you|us|them|users|members|people|customers|patients|parents)
        alerts?(?!\s*\()
        (?:to|can|and|please)[ ]warn
        warns?[ ](?:me|us|them|(?:\w+[ ]){1,2}(?:when|if|before|about))
        (?:gets?|receives?|sends?|shows?|sees?|want)[ ](?:an?[ ])?warnings?
        """,
    "a second factor for signing in": r"""
        (?:two|2|multi)[- ]?factor
        2fa
        mfa
        """,
    "what nobody may do": r"""
        (?:nobody|no[ -]one) (?:may|can|should|must) (?:edit|change|delete|remove|update|modify)
        (?:is|are|stays?|remains?) read-? ?only
        """,
    "live updates": r"""
        real[- ]time
        live chat
        chat(?:s|ting)?
        instant messag\w+
        video calls?
        streaming
        """,
    "maps and places": r"""
        maps?
        gps
        geolocation
        (?:get|show|driving|walking|see|give)[ ]directions
        directions[ ](?:to|from)
        """,
    FILES: r"""
        upload(?:s|ed|ing)?
        attach(?:ments?|ing)
        """,
    "sound and films": r"""
        audio(?! (?:link|url|address))
        videos?(?! (?:link|url|address))
        """,
    "printing and papers": r"""
        download (?:\w+ ){0,4}(?:pdfs?|files?)
        pdfs?
        printable
        print(?:ed|ing)?(?! (?:shops?|runs?|magazines?|editions?|media)\b)(?!,? or [a-z]+ed\b)
        """,
    "codes to scan": r"""
        qr codes?
        (?:scan|generat|creat|read|show)\w* (?:\w+ ){0,6}barcodes?
        barcode (?:scan|read|generat)\w*
        """,
    "dragging things to their place": r"""
        drag(?:s|ging)?
        kanban
        """,
    "plans along a time line": r"""
        gantt
        timeline views?
        """,
    "views in a calendar": r"""
        calendar views?
        (?:in|on|into|as|from)[ ](?:an?|the|their|my|our)[ ](?:\w+[ ])?calendar
        (?:availability|monthly|weekly|booking)[ ]calendars?
        calendar[ ](?:shows?|of)
        """,
    "machine learning": r"""
        \bAI\b
        artificial intelligence
        machine learning
        recommendations?
        matching algorithm
        predict\w*
        chatbots?
        """,
    "services of others": r"""
        integrat\w+ with
        third[- ]party
        google
        facebook
        twitter
        social media
        oauth
        supabase
        firebase
        external api
        weather forecasts?
        synchroni[sz]\w*
        sync(?:ing)?
        """,
    "games and timers": r"""
        timers?
        countdown
        multiplayer
        gameplay
        leaderboards?
        """,
    "calculations": r"""
        calculat\w+
        convert\w*
        algorithms?
        automatically (?:generate|assign|search|fill)\w*
        randomly
        """,
    PERIODS: r"""
        (?:daily|weekly|monthly|quarterly|yearly|annual|running)[ ](?:\w+[ ]){0,2}totals?
        (?:totals?|sums?)[ ](?:\w+[ ]){0,4}(?:per|by|each|every)[ ](?:day|week|month|quarter|year)
        averages?[ ](?:\w+[ ]){0,4}(?:per|by|each|every)[ ](?:day|week|month|quarter|year)
        """,
    DOCUMENTS: r"""
        generat\w+ (?:\w+ ){0,4}reports?
        PDF reports?
        invoices? as (?:an? )?(?:documents?|pdfs?|prints?)
        """,
    "imports": r"""
        imports? (?:\w+ ){0,4}(?:from|csv|excel|spreadsheet)
        """,
    "permissions of roles": r"""
        permission (?:control|management|levels?)
        role[- ]based
        permissions
        """,
}


def _compiled(ways: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            rf"\b(?:{'|'.join(map(str.strip, lines.strip().splitlines()))})\b", re.IGNORECASE
        )
        for name, lines in ways.items()
    }


_MARKUP = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
ABLE = _compiled(_ABLE)
UNABLE = _compiled(_UNABLE)

_OWNERSHIP = re.compile(
    r"\b(?:my|by user|per user|each user|every user|own|private|personal|users?|members?|"
    r"multi-user|employees?|staff|team|salar(?:y|ies)|payroll|patients?|medical|CRM|"
    r"chat|messenger|internal|customer support|support tool|help ?desk|"
    r"platform|marketplace|community|(?:online|virtual) school)\b",
    re.IGNORECASE,
)
_NO_ACCOUNTS = re.compile(
    r"\b(?:no|without(?: any| an?)?|"
    r"(?:(?:do|does|should|must)(?:n['\u2019]t| not)) "
    r"(?:need|require|want)(?: any| an?| to)?|nobody (?:has|needs) to) (?:user )?"
    r"(?:accounts?|log-?ins?|sign[- ]?ups?|sign[- ]?ins?|registrations?|authentication|"
    r"passwords?|log(?:ging)? in|sign(?:ing)? (?:in|up))\b"
    r"(?: (?:needed|required|necessary))?",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;!?\n]+")
# What may stand beside in a sentence that says no more: "this works without an account, please".
_BESIDE = words(
    """
    and or is are at all please thanks just ever needed required necessary for this that the an a
    app tool site it i we should be there to use works work using with any so
    """
)
_OF_THE_APP = re.compile(
    r"\b(?:apps?|tools?|trackers?|lists?|planners?|managers?|logs?|diary|journal|sites?|websites?)\b"
    r"[^,]{0,120}?\bwithout(?: any| an?)? (?:user )?"
    r"(?:accounts?|log-?ins?|sign[- ]?ups?|passwords?)\s*(?:$|(?:to|for)\b)",
    re.IGNORECASE,
)
_KEPT_FROM_OTHERS = re.compile(
    r"\b(?:private|confidential|sensitive|salar(?:y|ies)|medical|nobody|nothing|cannot|can't)\b",
    re.IGNORECASE,
)
NEEDS_ENTITY = frozenset(
    {"search", "filter", "sort", "pagination", "api", "export csv", "chart", "toggle", "totals"}
)


# What is done with things in ways that the engine cannot build.
CANNOT = words(
    """
    pay notify remind send receive upload download print chat recommend calculate stream import
    attach convert predict share scan drag drop
    """
)


def capabilities_in(text: str) -> list[str]:
    """Return what a text asks for of what the stacks know."""
    if _NO_ACCOUNTS.search(text) is not None:
        text = _SENTENCE.sub(_without_refusal, text)
    return [name for name, words in ABLE.items() if words.search(text)]


def _without_refusal(sentence: re.Match[str]) -> str:
    return _NO_ACCOUNTS.sub(" ", sentence[0]) if _refuses(sentence[0]) else sentence[0]


def refuses_accounts(text: str) -> bool:
    """Tell whether a text says that nobody signs in, and nothing that speaks against it.

    A sentence says so that says no more ("No login needed."), or that ends the words for the app
    ("a notes app without accounts"); not "visitors read without an account".
    """
    rest = _NO_ACCOUNTS.sub(" ", text)
    if rest == text or ABLE["auth"].search(rest) or _KEPT_FROM_OTHERS.search(rest):
        return False
    return any(_refuses(sentence) for sentence in _SENTENCE.findall(text))


def _refuses(sentence: str) -> bool:
    rest = _NO_ACCOUNTS.sub(" ", sentence)
    if rest == sentence:
        return False
    told = {word.strip(",:-'\u2019").lower() for word in rest.split()}
    says_no_more = told <= _BESIDE | {""}
    heads = {singular_of(word) for word in told}
    return says_no_more or bool(
        _OF_THE_APP.search(sentence.strip()) and not heads & (PERSONS | PEOPLE - {"user"})
    )


def out_of_reach(text: str) -> list[str]:
    """Return what a text asks for that this engine cannot build, in plain words."""
    said = _MARKUP.sub(" ", text)
    return [name for name, words in UNABLE.items() if words.search(said)]


def speaks_of_people(text: str) -> bool:
    """Tell whether a text implies that each person has things of their own."""
    return _OWNERSHIP.search(text) is not None
