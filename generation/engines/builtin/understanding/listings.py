"""Lists of fields within sentences.

"Books (title, author, ISBN)", "for each vehicle, store the plate, make and year", "the date and
amount of each expense", "log runs with date, distance in km and notes", "Book: title, author".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from generation.engines.builtin.understanding.capabilities import capabilities_in
from generation.engines.builtin.understanding.clauses import in_clauses
from generation.engines.builtin.understanding.definitions import defined, told_of
from generation.engines.builtin.understanding.fields import (
    MOST_FIELDS,
    field_from,
    of_one,
    pieces_of,
    without_count,
    without_limits,
)
from generation.engines.builtin.understanding.fieldtypes import type_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.inventories import is_inventory, told_one_by_one
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS
from generation.engines.builtin.understanding.limits import NUMBERS, limited
from generation.engines.builtin.understanding.pagelists import pages_listed
from generation.engines.builtin.understanding.pieces import are_persons, is_deed, is_done_to
from generation.engines.builtin.understanding.siblings import (
    LONGEST_NAME,
    OF_AN_APP,
    before_others,
    joined_with,
    names_several,
    whole_of,
    without_siblings,
)
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.times import without_time
from generation.engines.builtin.understanding.vocabulary import (
    ATTRIBUTES,
    HOLDING,
    MODALS,
    NOT_THINGS,
    PARTS_OF_PAGES,
    PERSONS,
    PREPOSITIONS,
    PRONOUNS,
    VIEWS,
    WHAT_THINGS_HAVE,
)
from projects.spec.models import FieldSpec, FieldType, Source

LONGEST = 1000
# What people write down of themselves.
MEASURED = frozenset(
    {"sleep", "mood", "steps", "step", "weight", "calories", "calorie", "water", "blood pressure"}
    | {"heart rate", "blood sugar", "symptom", "symptoms", "temperature"}
)
MOST_LISTS = 40
MOSTLY = 0.6
LEAST = 2
_NOUN = r"(?P<noun>[^\W\d_][\w'-]*(?: (?!(?:and|or|we|i|you|they|it)\b)[\w'-]+){0,4})"
# "A repair belongs to a bike and has …"
_BOUND = (
    r"(?: (?:belongs? to|holds?|covers?|(?:stands?|sits?|hangs?) (?:in|on|at)|refers to|"
    r"is [a-z]+ (?:by|in|on|at|to|from|for)) "
    r"(?:an?|one|the|exactly one) [\w'-]+(?: [\w'-]+)?,? and)?"
)
_CLAUSE = r"(?P<noun>[^\W\d_][\w'-]*(?: [\w'-]+){0,6})"
_GIVEN = (
    r"(?:the following |a |an |the |their |its |his |her )?"
    r"(?:(?:fields?|details?|attributes?|properties|columns|information|data)(?! with)\s*"
    r"(?:such as|like|including|of|for)?\s*:?\s*)?(?:the |an? |their |its )?(?P<list>[^.;\n]+)"
)
_TAKING = (
    r"(?:record|store|save|track|keep|log|enter|note|show|display|list|capture|specify|include)"
    r"(?:s|ing)?"
)
_EACH = (
    rf"\b(?:each|every|an?) {_NOUN}{_BOUND}(?: (?:should |must |will |can |also )*|(?=:))"
    rf"(?:: |has|have|contains?|includes?|shows?|consists of) {_GIVEN}"
)
_FOR_EACH = rf"\bfor (?:each|every) {_NOUN},? (?:\w+ ){{0,5}}?{_TAKING} {_GIVEN}"
# "After the flight they log the engine hours and the fuel": the flight has these.
_AFTER_IT = (
    r"\b(?:after|during|at|in|on|before|per) (?:(?:each|every|an?|the) )?"
    r"(?P<noun>[a-z][\w'-]*(?: (?!(?:the|our|every|each|and|we|i|they)\b)[\w'-]+){0,2}?),? "
    r"(?:we|they|i|you|he|she|(?:(?:the|our|an?) )?[a-z]+) "
    r"(?:(?:should|must|will|can|also|have to|need to) )*"
    rf"(?:{_TAKING}|write down|note down|measure|need|fill in) {_GIVEN}"
)
_OF_EACH = (
    rf"\b{_TAKING} (?:the |an? |its |their )?(?P<list>[^.;()\n]{{3,120}}?) (?:of|for) "
    rf"(?:each|every|an?|all|their|my|the) {_NOUN}"
)
_IN_BRACKETS = (
    rf"\b{_NOUN}\s*\((?:with |including |e\.g\.,? )?"
    r"(?P<list>(?:[^()]|\([^()]*\))+,(?:[^()]|\([^()]*\))+)\)"
)
_AFTER_COLON = rf"^\s*(?:an? )?{_NOUN}\s*(?::| -)\s+{_GIVEN}"
_WITH = (
    rf"\b{_NOUN},? (?:with|w/|of (?:different|various|varying)|"
    r"including|by entering|by providing|by specifying|by giving|"
    rf"containing|consisting of|having|such as|like(?= (?-i:[a-z]))) {_GIVEN}"
)
_GIVING = r"(?:enter|provid|giv|add|input|submit|fill(?:ing)? in)(?:e|ing)?"
# "Clinics can register, log in, and provide their address"
_REGISTER = (
    r"(?:(?:can|may|must|should|will|to) )*(?:register|apply|sign up)(?:,? (?:log|sign) in)?,? "
    rf"(?:with|(?:and|to|by) {_GIVING}(?= (?:their|its|the|an?) ))"
)
# Only where what has them is named in the plural.
_HAVE = rf"\b{_CLAUSE},? (?:(?:should |must )?have|{_REGISTER}) {_GIVEN}"
# "Band registration, allowing band members to input their genre and website"
_ON_REGISTERING = (
    r"\bregistration(?: [a-z]+){0,6},? (?:allowing|letting|enabling) "
    r"(?!(?:users?|parents|nurses|officers|teachers|staff|admins|clerks)\b)"
    rf"(?P<noun>[a-z]+)(?: members| owners)? to {_GIVING}(?: and \w+)? (?!its|the|[\w ]+'s){_GIVEN}"
)
# What is changed of a thing, and what it may be: "update the status (reported, resolved)".
_STATES = (
    r"\b(?:updat|chang|set|choos|pick|track|see|giv)\w* (?:the|its|their|a) "
    r"(?P<list>(?:status|priority|category|type|stage|severity) \([^()]+,[^()]+\)"
    rf"|(?:status|priority|stage|severity)(?= (?:of|for) (?:an?|the|each|every|my|their) {_NOUN}))"
)
_DETAILS = (
    r"\b(?P<noun>(?:details|information|data|fields|attributes)\s*(?=[(:])|"
    r"(?:catalog(?:ue)?|register|index|file|cards?)(?=:))(?:\(|: ?)(?P<list>[^().;]+)"
)
_BY_ENTERING = rf"\bby (?:entering|providing|specifying|giving|leaving) {_GIVEN}"
_ENTERED = r"\b(?:record|log|track|enter|input)(?:s|ing)? (?:the |my |their )?(?P<list>[^.;()\n]+)"
# The first ones name the thing for certain.
_PATTERNS = (
    (True, _EACH),
    (True, _FOR_EACH),
    (True, _ON_REGISTERING),
    (True, _AFTER_IT),
    (False, _OF_EACH),
    (False, _IN_BRACKETS),
    (False, _AFTER_COLON),
    (False, _WITH),
    (False, _HAVE),
    (False, _STATES),
    (False, _DETAILS),
    (False, _BY_ENTERING),
    (False, _ENTERED),
)
_COMPILED = tuple((firm, re.compile(pattern, re.IGNORECASE)) for firm, pattern in _PATTERNS)
# "for each day and location"
_AND_WHAT = re.compile(r"\s+and\s+\w+")
_UNIT = re.compile(r"\s+in (?:[\w/%°]+)(?: [\w/]+)?$")
_CUT = re.compile(
    r"\s+(?:on|for|with|by|from|at|into|so|that|which|when|where|who|as|to|in|using|per|every|each)"
    r"\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"^(?:an?|the|their|its|his|her|my|optional|and|also)\s+", re.IGNORECASE)
_ENDS = (
    MODALS
    | PRONOUNS
    | frozenset(
        {"has", "have", "contains", "contain", "belongs", "includes", "is", "are", "each", "every"}
        | {"so", "because", "them"}
    )
)


# Another thing with fields of its own: "and parking sessions with entry time and fee".
_OTHER = re.compile(
    r"(?:and )?(?:[\w'-]+ ){0,2}[\w'-]+s (?:[\w'-]+ ){0,5}?(?:with|having|have|w/|who|that) ",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(
    r"(?:and )?an? (?P<what>[\w'-]+(?: [\w'-]+)?) (?:with|having|w/) (?P<parts>\w+s\b)?",
    re.IGNORECASE,
)
# Before what it may be: "type (full-time, part-time)", "priority (low, high)".
_CHOSEN = frozenset(
    {"type", "status", "priority", "category", "condition", "state", "level", "size", "role"}
    | {"stage", "kind", "grade", "severity", "mood", "difficulty", "frequency", "gender", "colour"}
    | {"color", "language", "format", "rating"}
)
# What only the list of a thing's fields begins with.
_NAMING = frozenset({"name", "title"})
_SHORT = FieldType.STRING
# What each of several has one of, where seats and calories are counted.
_OF_ONE = frozenset({FieldType.DATE, FieldType.DATETIME, FieldType.EMAIL, FieldType.URL})
_SUMS = frozenset({"price", "cost", "amount", "fee", "budget", "total"})
# What an app has, and none of its things: "a shop for shoes with a cart and checkout".
_OF_THE_APP = frozenset(
    {"cart", "shopping cart", "basket", "checkout", "login", "search", "filters", "dashboard"}
    | {"admin panel", "newsletter", "payment gateway", "chat", "lending", "sharing"}
)
# What a field may be, at the end of a list: "floor, type: regular, disabled, electric".
_THE_APP = re.compile(
    r"(?:and )?(?:the|this) (?:app|system|site|web ?site|platform|tool)\b", re.IGNORECASE
)
_INLINE = re.compile(r"(?<=, )([\w ]{2,30}): ([\w -]{2,40}(?:,\s*[\w -]{2,40})+|[\w-]+ or [\w-]+)$")
# What is done with rows, and begins no name of a field: "a resume, and track application status".
_FOLLOWED = frozenset({"track", "view", "manage", "cancel", "edit", "see", "browse"})
# Behind a verb that may be a noun too: "and place an order".
_ONE = frozenset({"a", "an", "the", "their", "my", "our", "his", "her"})
# What these have are no fields: "a page with a map, a slider".
_SHOWN_ON = (("page",), ("screen",), ("site",), ("website",))
# An app is "for our company with pages and categories", and the company has none.
_FOR_WHOM = re.compile(r"\s*for (?:our|my|the|an?) (?:[\w'-]+ ){1,3}with $", re.IGNORECASE)
_LEADS = re.compile(r"\s(?:with|w/|having|including)(?: (?:an?|the|their|its))?\s*$", re.IGNORECASE)
# "Rented to tenants under a lease with a start": the lease has it.
_UNDER = re.compile(
    r"\b(?:under|through|via|into) (?:an?|the) (?P<what>[a-z]+(?: [a-z]+)?)$", re.IGNORECASE
)
_LAST = re.compile(r"\s*,?\s*(?:and|&)\s+(?:(?:an?|the|its|their)\s+)?", re.IGNORECASE)
# "Services such as washing and ironing": these are services.
_EXAMPLES = re.compile(r"\b(?:such as|like|including)(?: the| an?)? $", re.IGNORECASE)
_OF_A_PAGE = re.compile(r"\b(?:page|site|website|webpage)\b", re.IGNORECASE)
_NAMED = FIELDS.keys() | SAME_AS.keys() | PERSONS
_PICTURES = frozenset({"photos", "pictures", "images", "documents", "attachments"})
# "Every scan is stored with the time", "recipes have ingredients with amounts": one is enough.
_TOLD_WITH = re.compile(
    r" (?:stored|recorded|logged|noted|saved|reported|written down|ha(?:s|ve) [a-z]+s)$",
    re.IGNORECASE,
)
_TIMES = frozenset({"day", "week", "month", "year"})


class Listing(NamedTuple):
    """The fields that a part of a sentence gives to a thing.

    `words` are what stands where the thing is named, `span` the place of the list; a `firm` one
    says by itself that the thing is kept. `others` are things whose information stands in the list,
    `parts` those that it has several of, and `also` is what has the same fields.
    """

    words: tuple[str, ...]
    fields: tuple[FieldSpec, ...]
    span: tuple[int, int]
    firm: bool
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    also: str | None = None


def listings_of(source: Source) -> list[Listing]:
    """Return the lists of fields in a sentence, none of which overlap."""
    found: list[Listing] = []
    text = in_clauses(source.text[:LONGEST])
    others = {item.noun for item in told_one_by_one(source.text[:LONGEST])}
    for firm, pattern in _COMPILED:
        if others and pattern.pattern == _AFTER_COLON:
            continue
        at = 0
        for _ in range(MOST_LISTS):
            match = pattern.search(text, at)
            if match is None:
                break
            start, end = match.span("list")
            at = match.start() + 1
            taken = [t.span for t in found if start < t.span[1] and t.span[0] < end]
            if any(begins <= start for begins, _ in taken):
                continue
            listed = _within(text[start : min((begins for begins, _ in taken), default=end)])
            listing = _listing(match, listed, source, others, firm=firm)
            if listing is not None:
                found.append(listing)
                at = listing.span[1]
    return found


def _listing(
    match: re.Match[str], whole_list: str, source: Source, others: Collection[str], *, firm: bool
) -> Listing | None:
    """Return the fields that a list gives, or none where it is no list of fields."""
    pattern, start = match.re.pattern, match.start("list")
    words = _before(pattern, match)
    listed = before_others(whole_list, others)
    if pattern == _WITH:
        listed = without_siblings(listed, match.string[: match.start("noun")], words)
    whole = defined(words) or (_described(words) if pattern == _IN_BRACKETS else ())
    if _is_no_list(pattern, words, whole, listed) or is_inventory(match.string[:start], listed):
        return None
    if pattern == _WITH and _is_of_others(match.string[:start], listed):
        return None
    if _FOR_WHOM.match(match.string[:start]) and _is_of_several(listed):
        return None
    if pattern == _AFTER_IT:
        whole = words if thing_of(words) is not None and not _TIMES & {*words} else ()
        if not whole:
            return None
    of_it = (whole and pattern in {_WITH, _AFTER_IT}) or (
        pattern == _IN_BRACKETS and _has_attributes(listed)
    )
    told = pattern == _WITH and _TOLD_WITH.search(match["noun"]) is not None
    least = 1 if told or listed != whole_list else _least(pattern, listed)
    fields, length = _fields(listed, source, of_it=bool(whole and of_it), least=least)
    if not fields:
        return None
    if pattern == _WITH:
        fields = _as_each_has(words, fields)
    at = start + length
    if set(words[:1]) & _TIMES:
        words, at = (), match.end()
        more = _AND_WHAT.match(match.string, at)
        at = more.end() if more is not None else at
    about, parts = _others_in(listed[:length]), _several_in(listed[:length])
    named = words if firm else whole or words
    alone = pattern == _WITH and words[-1:] == tuple(match["noun"].lower().split()[-1:])
    also = joined_with(_lead(match), words) if alone else None
    is_under = pattern == _WITH and _UNDER.search(match["noun"]) is not None
    return Listing(named, fields, (start, at), firm or bool(whole) or is_under, about, parts, also)


def _described(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return an ordinary word for several things, such as cases or sites, that has fields here."""
    head = singular_of(words[-1]) if words else ""
    ordinary = head in NOT_THINGS & (FIELDS.keys() | {"site"})
    return (words[-1],) if ordinary and head != words[-1] else ()


def _least(pattern: str, listed: str) -> int:
    """Return how many fields a list has at least: of a state or a measure one is enough."""
    measured = pattern == _ENTERED and _bare(_CUT.sub("", listed)).lower() in MEASURED
    return 1 if measured or pattern == _STATES else LEAST


def _within(text: str) -> str:
    """Return a list without what stands behind the bracket that it is in: "(a, b), and more"."""
    opened = 0
    for at, mark in enumerate(text):
        opened += {"(": 1, ")": -1}.get(mark, 0)
        if opened < 0:
            return text[:at]
    return text


def _before(pattern: str, match: re.Match[str]) -> tuple[str, ...]:
    """Return the words where the thing is named; before a bracket, those behind "and"."""
    words = without_time((match.groupdict().get("noun") or "").lower().split())
    if pattern == _WITH:
        told = told_of(match.string[: match.start("list")])
        if whole := told or whole_of(_lead(match)):
            return whole
        if (under := _UNDER.search(match["noun"])) is not None:
            return tuple(under["what"].lower().split())
    if pattern == _IN_BRACKETS and "and" in words[:-1]:
        return words[len(words) - words[::-1].index("and") :]
    return words


def _lead(match: re.Match[str]) -> str:
    """Return what stands before the name of a thing; an "and" is no part of that."""
    start, joined = match.start("noun"), match["noun"].lower().startswith("and ")
    return match.string[: start + len("and ") if joined else start]


def _is_no_list(pattern: str, words: tuple[str, ...], whole: tuple[str, ...], listed: str) -> bool:
    """Tell whether what follows is no list of fields.

    It is what a type may be, the things of an app ("a blog with posts, tags"), or a whole sentence.
    """
    if pattern == _IN_BRACKETS:
        return bool(set(words[-1:]) & _CHOSEN)
    if pages_listed(listed):
        return True
    if pattern == _WITH and (words[-1:] in _SHOWN_ON or OF_AN_APP & set(listed.split()[:2])):
        return True
    if pattern == _ENTERED:
        return _are_things(listed)
    if pattern == _WITH:
        holds = bool(words) and singular_of(words[-1]) in HOLDING
        return holds and (not whole or _is_of_several(listed))
    return pattern == _HAVE and not whole


def _is_of_others(before: str, listed: str) -> bool:
    """Tell whether a list is of kinds of a thing, or of what a page of words is made of."""
    if _EXAMPLES.search(before):
        return not _says_fields(listed)
    heads = [singular_of(bare.split()[-1].lower()) for p in pieces_of(listed) if (bare := _bare(p))]
    parts = sum(head in PARTS_OF_PAGES for head in heads)
    return _OF_A_PAGE.search(before) is not None and 2 * parts > len(heads)


def _says_fields(text: str) -> bool:
    """Tell whether at least half of a list is what things have, and no kinds of them."""
    pieces = [bare for piece in pieces_of(text) if (bare := _bare(piece))]
    return 2 * sum(map(is_attribute, pieces)) >= len(pieces)


def _are_things(text: str) -> bool:
    """Tell whether a list names several known things: "clients, projects and invoices"."""
    heads = [bare for piece in pieces_of(text) if (bare := _CUT.sub("", _bare(piece)))]
    return sum(names_several(head.lower().split()) for head in heads) >= LEAST


def _is_of_several(text: str) -> bool:
    """Tell whether a list is of things there are many of: "posts, categories and comments"."""
    heads = [bare.split()[-1] for piece in pieces_of(text) if (bare := _bare(piece))]
    several = [head for head in heads if singular_of(head) != head]
    return len(several) >= LEAST and MOSTLY * len(heads) <= len(several)


def without_lists(text: str, listings: list[Listing]) -> str:
    """Return a text with spaces where its lists of fields stand, and the "with" before them."""
    for listing in listings:
        start, end = listing.span
        leads = _LEADS.search(text[:start])
        start = leads.start() if leads is not None else start
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def is_attribute(name: str) -> bool:
    """Tell whether a word or two are what things have, such as a title or a due date."""
    head = singular_of(name.lower().split(" of ")[0].split()[-1])
    return (
        head in ATTRIBUTES | WHAT_THINGS_HAVE | MEASURED
        or type_of(name.lower()) is not FieldType.STRING
    )


def _has_attributes(text: str) -> bool:
    """Tell whether a list is of what one thing has: "(truck, driver, scheduled date)"."""
    pieces = [bare for piece in pieces_of(text) if (bare := _bare(piece))]
    own = [piece for piece in pieces if is_attribute(piece)]
    rest = [piece.lower().split() for piece in pieces if piece not in own]
    return bool(own) and not any(map(names_several, rest))


def _fields(
    text: str, source: Source, *, of_it: bool, least: int
) -> tuple[tuple[FieldSpec, ...], int]:
    """Return the fields of a list and how long it is; none where most of it are other things.

    Of a thing named right before the list (`of_it`), any name is a field that is no other thing.
    """
    made: list[FieldSpec] = []
    length = 0
    text = _INLINE.sub(r"\1 (\2)", text)
    if re.match(r"[\w' -]+ (?:with\b|w/)", text):
        return (), 0
    was_last = False
    for piece in pieces_of(text)[:MOST_FIELDS]:
        plain = without_limits(re.sub(r"\([^()]*\)", "", piece))[0].lower()
        bare = _CUT.sub("", plain).split()
        if _is_no_field(piece, bare, cut=bare != plain.split(), first=not made):
            break
        at = text.find(piece, length)
        if was_last and names_several(bare):
            break  # "products with a name and a price, suppliers": what there is besides
        was_last = at > 0 and _LAST.fullmatch(text[length:at]) is not None
        field = _field(piece, source) if not VIEWS & set(bare[-1:]) else None
        if field is not None:
            made.append(field.model_copy(update={"position": len(made)}))
        length = text.index(piece, length) + len(piece) if piece in text[length:] else length
        if set(plain.split()) & _ENDS and not piece.lower().startswith("whether"):
            break
    kept = [field for field in made if not _is_thing(field.name)]
    known = sum(
        is_attribute(field.name) or bool(field.choices) or (of_it and _is_its_own(field.name))
        for field in kept
    )
    if kept and kept[0].name.lower() in _NAMING:
        known = sum(len(field.name.split()) <= LONGEST_NAME for field in kept)
    pictures = sum(has_pictures(field.name) for field in made)
    few = len(kept) + pictures < least or not kept
    if known < MOSTLY * len(kept) or (few and not any(f.choices for f in kept)):
        return (), 0
    return tuple(f.model_copy(update={"position": n}) for n, f in enumerate(kept)), length


def _is_no_field(piece: str, bare: list[str], *, cut: bool, first: bool) -> bool:
    """Tell whether a piece of a list is another thing with fields of its own, or what is done."""
    if not first and _THE_APP.match(piece):
        return True
    other = _OTHER_ONE.match(piece)
    if not first and other is not None and (other["parts"] or not is_attribute(other["what"])):
        return True
    if not first and (_OTHER.match(piece) or (cut and (is_done_to(bare) or is_deed(bare)))):
        return True
    if " ".join(bare) in _OF_THE_APP or (not first and len(bare) > 2 and bare[0] in _FOLLOWED):
        return True
    if set(bare) & _ENDS and not piece.lower().startswith("whether"):
        return True
    return len(bare) > 1 and (is_deed(bare) or are_persons(bare[0]) or bare[1] in _ONE)


def _others_in(text: str) -> tuple[str, ...]:
    """Return the things of a list that are more than a field: "price and supplier information"."""
    found = re.findall(r"([a-z-]+) (?:information|details|info)\b", text.lower())
    nouns = [singular_of(noun) for noun in found]
    return tuple(noun for noun in nouns if noun in FIELDS and noun not in {"contact", "account"})


def _several_in(text: str) -> tuple[str, ...]:
    """Return the things of a list that a thing has several of: "a date and line items"."""
    pieces = [_bare(piece).lower() for piece in pieces_of(text)]
    alone = [piece for piece in pieces if piece and _CUT.search(piece) is None]
    return tuple(literal(p.split()) for p in alone if p == "lines" or is_several(p))


def _as_each_has(words: tuple[str, ...], fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return figures and dates as each of several has them: "batches with expiry dates"."""
    if not words or singular_of(words[-1]) == words[-1]:
        return fields
    return tuple(
        single if _is_of_each(field, single) else field
        for field, single in zip(fields, of_one(fields), strict=True)
    )


def _is_of_each(field: FieldSpec, single: FieldSpec) -> bool:
    """Tell whether each of several has one of what is named in the plural: an age, a priority."""
    head = single.name.split()[-1].lower()
    if single.type in _OF_ONE or head in _SUMS:
        return True
    if " of " in field.name:
        return False
    chosen = head == single.name.lower() and head in _CHOSEN | PERSONS | {"assignee"}
    return chosen or (field.type is _SHORT and single.type in NUMBERS)


def _is_its_own(name: str) -> bool:
    """Tell whether a name is of what a thing has or leads to: of nothing that an app does."""
    about = name.lower().split()
    return len(about) < LONGEST_NAME and not (is_several(name) or capabilities_in(name))


def _is_thing(name: str) -> bool:
    """Tell whether a list names several of another thing: "photos", "tags"."""
    about = name.lower().split()
    if about[-1] in {"information", "details", "data"} and len(about) > 1:
        return singular_of(about[-2]) in FIELDS
    return is_several(name)


def has_pictures(name: str) -> bool:
    """Tell whether a name is of several pictures or papers, each of which is a row."""
    return name.lower().split()[-1] in _PICTURES


def is_several(name: str) -> bool:
    """Tell whether a name is that of several known things which are no words of a row's own."""
    head = name.lower().split()[-1]
    if has_pictures(head):
        return True
    known = {literal(name.lower().split()), singular_of(head)} & _NAMED
    plain = singular_of(head) in WHAT_THINGS_HAVE or type_of(name.lower()) != _SHORT
    return singular_of(head) != head and bool(known) and not plain


def _bare(piece: str) -> str:
    """Return an item of a list without its articles and what stands in brackets."""
    return _without_articles(re.sub(r"\s*\([^()]*\)?", "", piece).strip())


def _without_articles(text: str) -> str:
    while (article := _ARTICLE.match(text)) is not None:
        text = text[article.end() :]
    return text


def _field(piece: str, source: Source) -> FieldSpec | None:
    text = without_count(_without_articles(piece.strip().removesuffix("(")))
    text, limits = without_limits(text)
    notes = "".join(re.findall(r"\s*\([^()]*\)", text))
    text = _CUT.sub("", _UNIT.sub("", re.sub(r"\s*\([^()]*\)", "", text)))
    field = field_from(text + notes, source)
    return field and limited(field, limits)


def names_of(listing: Listing) -> Iterator[tuple[str, ...]]:
    """Yield the words that may name a listing's thing: before "expenses per vehicle", expenses."""
    words = listing.words
    ends = [at for at, word in enumerate(words) if word in PREPOSITIONS and at]
    for end in [*ends[:1], len(words)]:
        for start in range(end):
            yield words[start:end]
