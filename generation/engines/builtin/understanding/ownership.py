"""Whose rows are whose: what belongs to the one who made it, and what everybody shares.

"My notes" and "users see only their own orders" are of their makers; a shop's products, a club's
competitions and the comments under an article are there for all. What the words leave open goes
with the rest: it stays with its maker where nothing else is shared.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Set

import inflection

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.verbs import KEEPING, LOOKING
from generation.engines.builtin.understanding.vocabulary import PERSONS, words
from projects.spec.models import RelationSpec, RoleSpec, Source

# What nobody means to show to others, unless the words say so.
PRIVATE = words(
    """
    note diary journal habit mood expense income budget saving debt workout run goal favourite
    favorite wishlist watchlist cart basket bookmark history progress notification symptom dose
    weight reminder subscription message profile draft password shortlist investment holding
    """
)
# Notes that are written for others.
_NOTES_FOR_OTHERS = words("lecture release delivery credit course class lesson meeting patch")
# What people do and is theirs, unless staff works on it.
MADE_BY_ONE = words(
    """
    order booking reservation registration enrollment enrolment application appointment
    membership purchase loan rental donation payment request ticket submission attempt response
    like follow vote inquiry enquiry viewing refund consultation pledge pre-order preorder claim
    absence
    sponsorship proposal
    """
)
# What people have and register where they go with it.
_BELONGINGS = words("pet dog cat horse child kid vehicle car bike motorcycle boat drone beehive")
_SHOWN_TO_ALL = re.compile(
    r"\b(?:every(?:body|one)|any(?:body|one)|visitors?|guests?|the public|public (?:list|map|page)|"
    r"(?:is|are) (?:shown|displayed|listed|published))\b",
    re.IGNORECASE,
)
_SENDING_IN = words("report submit raise send")
# How people make such things, whoever they are.
MAKING = words(
    "book place request submit make order reserve apply report register raise send open pay"
)
_OFFERING = words("list rent lend sell hire offer share post publish advertise show showcase")
# What is said for others to read.
PUBLIC = words(
    """
    post article comment review rating reply answer question thread topic discussion story news
    announcement blog forum board petition testimonial faq bid
    """
)
# What is known of one person alone, whoever writes it.
ABOUT_ONE = words(
    """
    record result invoice bill payslip salary prescription statement report grade diagnosis account
    transaction certificate balance fine fee document file conversation chat contact address
    contract lease
    """
)
_SITE = re.compile(
    r"\b(?:web ?sites?|platforms?|marketplaces?|portals?|stores?|shops?|communit(?:y|ies)|"
    r"director(?:y|ies))\b",
    re.IGNORECASE,
)
_TOOL = re.compile(
    r"\b(?:track(?:er|ing)?|manag(?:er|ement)|planners?|logs?|journals?|diar(?:y|ies)|organi[sz]er)\b",
    re.IGNORECASE,
)
# What is there for whoever comes by, if it is nobody's tool.
_OPEN = re.compile(
    r"\b(?:blog(?! has| belongs)|news|magazine|(?:online|web) ?(?:\w{1,20})?(?:shop|store)|"
    r"(?:shop|store) (?:for|selling|where)|e-?commerce|marketplace|(?:job|message) board|"
    r"classifieds|director(?:y|ies)|galler(?:y|ies)|portfolio|forum|portal|q&a|web ?site|"
    r"(?:order|book|buy|reserve)s? (?:[\w-]+ ){1,4}online|"
    r"an? (?:[\w&'-]+ ){0,3}(?<!construction )(?<!building )site)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:internal|intranet|in-house|staff only|employees?|members[- ]only|"
    r"private (?:app|application|web ?site|site|platform|network|community|group)|"
    r"(?:our|my|the) (?:team|company|staff|office|colleagues)|crm|erp|warehouse|"
    r"where (?:\w+ )?members|"
    r"(?:management|monitoring|inventory|administration) "
    r"(?:system|tool|platform|app|application|software|web ?site|site|portal))\b",
    re.IGNORECASE,
)
_SHOWCASE = re.compile(
    r"\b(?:blog|portfolio|magazine|newspaper|news site"
    r"|(?:web ?site|site|homepage) (?:to|that|which|for) (?:display|show|showcase|present|introduc)"
    r"(?:s|es|e|ing)?|the (?:web ?site|site) (?:shows|displays|presents|introduces|showcases))\b",
    re.IGNORECASE,
)
_ADDED_BY_ANYBODY = re.compile(
    r"\b(?:people|any(?:one|body)|every(?:one|body)|users|visitors|members) (?:can |may |also )*"
    r"(?:post|report|add|submit|upload|publish|list)\b",
    re.IGNORECASE,
)
# What an app is, is said at the beginning.
_BEGINNING = 2  # sentences
# Where many put things before each other, and not one house its own.
_OF_MANY = re.compile(
    r"\b(?:marketplace|communit(?:y|ies)|forum|social|board|director(?:y|ies)|platform|classifieds|"
    r"sharing|wiki|q&a)\b",
    re.IGNORECASE,
)
_SHOWING = words(
    """
    browse display showcase publish introduce sell present provide promote recommend offer
    announce advertise explore
    """
)
# What others do with a thing that stays its house's all the same: registering for an event.
BESIDE = frozenset({"save", "collect", "register", "enter", "tag"})
# How people put things before others.
PUTTING = words("post publish share sell advertise offer showcase contribute bring host")
_LISTING = words(
    """
    seller vendor landlord owner shelter host agent broker merchant dealer sitter tutor provider
    artist freelancer instructor farmer coach
    """
)
# What people do for themselves, and no house shows.
_DOING = words("conduct perform complete generate calculate track plan log record play take fill")
# Who is shown to others: a clinic's doctors, the speakers of an event.
SHOWN_PERSONS = words(
    """
    doctor teacher instructor trainer coach author artist speaker chef stylist agent seller vendor
    supplier provider host organizer organiser sponsor photographer tutor therapist dentist
    veterinarian vet barber hairdresser cleaner babysitter lawyer designer musician singer dancer
    guide mechanic baker writer landlord broker recruiter employer breeder grower
    actor actress performer drummer composer conductor choreographer painter sculptor potter weaver
    podcaster influencer athlete boxer wrestler golfer gymnast archer fencer rower optician midwife
    councillor ambassador florist butcher grocer brewer winemaker jeweller tailor seamstress
    bartender sommelier caterer historian storyteller crafter groomer hygienist surveyor
    judge plumber electrician carpenter
    """
)
# What people do with things that others put there, where nobody is said to add any.
_DISCOVERING = words("find search discover watch listen play take attend")
STAFF = words(
    """
    admin administrator manager staff librarian teacher professor lecturer doctor nurse
    organizer organiser employee agent moderator editor coordinator receptionist official owner
    instructor trainer coach chef operator curator worker dispatcher recruiter officer secretary
    treasurer clerk technician hr warden ranger inspector caretaker janitor archivist registrar
    groomer steward handler usher lifeguard paramedic adjuster underwriter surveyor hygienist
    midwife optician conservator keeper
    """
)
ROOMS = words("room channel board thread topic")
_CHAT = re.compile(r"\b(?:chats?|messenger|messaging|channels)\b", re.IGNORECASE)
_BETWEEN_TWO = re.compile(
    r"\b(?:private|direct|confidential|each other|one another|only (?:their|his|her|see))\b",
    re.IGNORECASE,
)
TESTIMONY = words("comment review rating reply testimonial")
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")
# Of whom there are many on a site, each of whom adds things.
_MANY = words("user member seller vendor people author customer student creator owner person")
# Who comes to a site or a place, what they note there of themselves, and what is put up for all.
_WHO_COMES = _MANY - {"seller", "vendor", "author", "creator", "owner", "people"} | words(
    "client patient tenant resident pupil guest visitor applicant donor citizen"
)
_PASSING = words("visitor everybody everyone anybody anyone public")
_SITES = words("site website page homepage")
_SHARING = re.compile(r"\bshar(?:e|es|ed|ing)\b", re.IGNORECASE)
_NOTING = words("record log track enter store keep")
_SEEING = words("view see check track")
_HANDED_IN = words(
    "document return contract statement report complaint claim form record result photo-id letter"
)
_FILMS = words("photo picture image video film song track artwork meme design clip poster drawing")
# Who runs a place, and writes there what everybody reads.
RUNNING = words(
    """
    admin administrator manager staff librarian editor coordinator receptionist organizer
    organiser operator curator clerk officer secretary employee reception judge
    """
)
_AUDIENCE = words("visitor customer guest student patient reader public buyer everyone everybody")
_ALONE = re.compile(r"\b(?:my|i|me|i'm|i'd)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:users?|customers?|visitors?|members?|guests?|people|students?|everyone|everybody|clients?"
    r"|readers?|we|our|us|teams?|staff|patients?|buyers?|employees|colleagues|intranet)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:^|\b(?:an?|my|for|this)\s+(?:[\w-]+\s+)?)(?:personal|private)\s"
    r"(?!information|details|data|message|cent|or|blog|portfolio|web ?site|site|home ?page)",
    re.IGNORECASE,
)
_TEAM = re.compile(
    r"\b(?:warehouse|compan(?:y|ies)|clinic|hospital|school|office|business|organi[sz]ation|"
    r"agency|hotel|restaurant|team|club|charity|shop|store|enterprise|department|employees|staff|"
    r"logistics|volunteers|food bank|customer service|permission (?:control|management)|chat|"
    r"messenger|church|parish|congregation|association)\b",
    re.IGNORECASE,
)
_USER = re.compile(r"\busers?\b", re.IGNORECASE)
_FEW = r"(?P<words>[\w-]+(?: (?!(?:with|for|of|and|in|on|at|to)\b)[\w-]+){0,2})"
_MINE = re.compile(rf"\b(?:my|own) {_FEW}", re.IGNORECASE)
_THEIRS = re.compile(rf"(?:\btheir (?:own )?|\buser's |\busers' ){_FEW}", re.IGNORECASE)
# Whose things nobody else sees, and not only changes: "users see only their own posts".
_SEES_OWN = re.compile(
    r"\b(?:see|view|access|read|find)s? (?:only|just)? ?(?:their|his|her) own"
    r"|\bonly (?:see|view|access|read)\b|\bown \w+ only\b",
    re.IGNORECASE,
)
# "Couriers see their deliveries"
_SEES_THEIRS = re.compile(
    r"\b(?P<who>[a-z]+s) (?:can |may |also |should |be able to |only )*"
    rf"(?:see|view|track|follow|check) (?:only |all )?their (?:own )?{_FEW}",
    re.IGNORECASE,
)
# Whose past one looks at: "view repair history". That of a match is everybody's.
_HISTORY = re.compile(
    r"\b(?:view|see|check|access|review)s? (?:the |past |all )?(?P<words>[a-z]+) histor(?:y|ies)\b",
    re.IGNORECASE,
)
_OF_ONES_PAST = MADE_BY_ONE | ABOUT_ONE | words("repair maintenance treatment trip ride workout")
_BY_USER = re.compile(
    r"(?<![\w-])(?P<words>[\w-]{1,40}) (?:is |are |always |filtered |listed |sorted ){0,4}"
    r"(?:by|per|of|for|belongs? to|belonging to|owned by|created by|made by) (?:exactly )?"
    r"(?:(?:an?|one|the|each|every|its|their|single|signed-in|logged-in|current) )*"
    r"(?:user|account|maker|creator)\b",
    re.IGNORECASE,
)


def owned_things(
    chosen: Mapping[str, Candidate],
    relations: Mapping[str, list[RelationSpec]],
    sources: Iterable[Source],
    roles: Collection[RoleSpec],
) -> set[str]:
    """Return the nouns whose rows belong to the user who made them.

    What points at a thing that is owned is owned too: nobody else could see what it points at.
    """
    text = " ".join(source.text for source in sources)
    if is_of_one_person(text):
        return set(chosen)
    staffed = any(STAFF & set(role.name.lower().split()) for role in roles)
    said = _said_to_be_own(text, also_mine=not staffed)
    said |= _pasts_in(text, chosen)
    # What is said or put before others is its author's to change, and still there for all.
    if not _SEES_OWN.search(text):
        shown = {n for n, thing in chosen.items() if _is_shown(thing) or _is_visited(thing)}
        said -= PUBLIC | {noun.rpartition(" ")[2] for noun in shown}
    others = bool(roles) or _OTHERS.search(text) is not None or is_open_site(text)
    owned = {n for n, thing in chosen.items() if _is_own(thing, said, among_others=others)}
    owned |= registered_things(chosen) if others else set()
    owned |= reported_things(chosen, text)
    owned |= seen_as_theirs(chosen, text) if others else set()
    wanted = {other for thing in chosen.values() if thing.deed for other in thing.belongs_to}
    shared = {n for n, thing in chosen.items() if n in wanted or _is_shared(thing)}
    if others and _SITE.search(text) and not _TOOL.search(text):
        shared |= {n for n, thing in chosen.items() if _is_put_there(thing)}
    if is_of_one_house(text, chosen):
        shared |= {n for n, thing in chosen.items() if is_of_house(thing)}
    if not (staffed or _TEAM.search(text)):
        owned |= set() if shared - owned else _unshared(chosen, shared, text, others=others)
        if not _SHARING.search(text):
            owned |= {noun for noun, thing in chosen.items() if _is_noted(thing)}
    owned -= {n for n in owned if is_said_among_many(n, relations.get(n, ()), text)}
    names = {noun.lower(): noun for noun in chosen}
    while fresh := _pointing_at(owned, relations, names) - owned:
        owned |= fresh
    return owned


def _is_visited(thing: Candidate) -> bool:
    """Tell whether who only comes by looks at a thing, whosever it is."""
    return any(actor in _PASSING and verb in LOOKING for actor, verb in thing.done)


def _unshared(
    chosen: Mapping[str, Candidate], shared: Set[str], text: str, *, others: bool
) -> set[str]:
    """Return what is not shared; of the doctors of a platform nobody has their own."""
    first = _SENTENCE.split(text)[0]
    shows = others and _SITE.search(first) is not None and not _TOOL.search(first)
    rest = chosen.keys() - shared
    return {noun for noun in rest if not (shows and noun.rpartition(" ")[2] in SHOWN_PERSONS)}


def _pasts_in(text: str, chosen: Mapping[str, Candidate]) -> set[str]:
    """Return what nobody keeps and somebody sees the history of, as one person's: repairs."""
    seen = {found["words"].lower() for found in _HISTORY.finditer(text)} & _OF_ONES_PAST
    return {n for n in seen & chosen.keys() if not {verb for _, verb in chosen[n].done} & KEEPING}


def _is_noted(thing: Candidate) -> bool:
    """Tell whether those who come to a site note down or hand in the thing, and see it alone."""
    if set(thing.noun.split()) & (PUBLIC | _FILMS):
        return False
    handing = _NOTING | ({"submit", "upload"} if set(thing.noun.split()) & _HANDED_IN else set())
    by = {actor for actor, verb in thing.done if actor in _WHO_COMES and verb in handing}
    looked = {(actor, verb) for actor, verb in thing.done if verb in LOOKING - {"upload"}}
    return bool(by) and all(actor in by and verb in _SEEING for actor, verb in looked)


def is_of_one_person(text: str) -> bool:
    """Tell whether the words are of somebody's own app: "my notes", "a personal diary"."""
    others = _OTHERS.search(text) is not None
    alone = _ALONE.search(text) is not None and not others
    # "Users keep a private watchlist" says so of the watchlist, and not of all that there is.
    among = others or is_open_site(text)
    said = _PERSONAL.search(_SENTENCE.split(text)[0] if among else text)
    return (alone and not is_open_site(text)) or said is not None


def is_open_site(text: str) -> bool:
    """Tell whether the words are of a site that strangers come by, and not of a tool."""
    first, *rest = _SENTENCE.split(text, _BEGINNING)
    if _CLOSED.search(text) or _TOOL.search(first):
        return False
    return _OPEN.search(" ".join([first, *rest[: _BEGINNING - 1]])) is not None


def is_of_one_house(text: str, chosen: Mapping[str, Candidate]) -> bool:
    """Tell whether a site shows what one house, or one person, puts there: a blog, a restaurant."""
    if _BY_USER.search(text) or _OF_MANY.search(text) or not is_open_site(text):
        return False
    others = chosen.keys() - registered_things(chosen)
    return not any(_is_added_by_people(chosen[noun]) for noun in others)


def is_showcase(text: str, chosen: Mapping[str, Candidate]) -> bool:
    """Tell whether a site is there to be read, and written by whoever runs it."""
    many = _ADDED_BY_ANYBODY.search(text) is not None
    return bool(_SHOWCASE.search(text)) and not many and is_of_one_house(text, chosen)


def _is_added_by_people(thing: Candidate) -> bool:
    made = thing.deed or set(thing.noun.split()) & (MADE_BY_ONE | PRIVATE | ABOUT_ONE | TESTIMONY)
    return not made and bool((keepers_of(thing) & _MANY) or _is_put_by_many(thing))


def keepers_of(thing: Candidate) -> set[str]:
    """Return who is said to keep a thing; a review of a car is not the car that one writes."""
    kept = KEEPING - BESIDE
    kept -= frozenset() if set(thing.noun.split()) & PUBLIC else {"write"}
    return {actor for actor, verb in thing.done if actor and verb in kept}


def keeps_people(chosen: Iterable[str]) -> bool:
    """Tell whether customers, pupils and the like are kept: nothing for whoever comes by."""
    heads = {noun.rpartition(" ")[2] for noun in chosen}
    return bool(heads & (PERSONS - SHOWN_PERSONS))


def is_said_among_many(noun: str, relations: Iterable[RelationSpec], text: str) -> bool:
    """Tell whether what somebody writes is for all in a room of a chat, and not for one reader."""
    if noun.rpartition(" ")[2] != "message" or not _CHAT.search(text) or _BETWEEN_TWO.search(text):
        return False
    rooms = {relation.target.lower().rpartition(" ")[2] for relation in relations}
    return bool(rooms & ROOMS) and not rooms & PERSONS


def _pointing_at(
    owned: set[str], relations: Mapping[str, list[RelationSpec]], names: Mapping[str, str]
) -> set[str]:
    return {
        noun
        for noun, links in relations.items()
        if any(names.get(link.target.lower()) in owned for link in links)
    }


def _is_own(candidate: Candidate, said: set[str], *, among_others: bool) -> bool:
    """Tell whether the thing is its maker's by what the words say or by what it is."""
    head = candidate.noun.rpartition(" ")[2]
    if head in said or candidate.is_doubtful or is_private(candidate.noun):
        return True
    if head == "quote" and any(verb == "request" for _, verb in candidate.done):
        return among_others
    by_one = head in MADE_BY_ONE and among_others
    return by_one and all(actor not in STAFF or verb in MAKING for actor, verb in candidate.done)


def registered_things(chosen: Mapping[str, Candidate]) -> set[str]:
    """Return what people register as theirs where they go with it: owners their pets.

    Nothing that somebody else sees or does something with, or with what is of it.
    """
    return {noun for noun in chosen if _is_registered_by_each(noun, chosen)}


def _is_registered_by_each(noun: str, chosen: Mapping[str, Candidate]) -> bool:
    own = {actor for actor, verb in chosen[noun].done if verb == "register"}
    own = own or owners_of(chosen[noun])
    if (
        noun.rpartition(" ")[2] not in _BELONGINGS
        or not own
        or own & (RUNNING | _LISTING - {"owner"} | {""})
    ):
        return False
    about = [thing for n, thing in chosen.items() if n == noun or noun in thing.belongs_to]
    actors = {actor for thing in about for actor, _ in thing.done}
    return all(actor in own or STAFF & set(actor.split()) for actor in actors)


def owners_of(thing: Candidate) -> set[str]:
    """Return those whose a thing of theirs is said to be: owners and their dogs.

    Who puts it before others, as sellers do with their cars, shows it to them.
    """
    if thing.noun.rpartition(" ")[2] not in _BELONGINGS:
        return set()
    nouns = "|".join(re.escape(n) for n in (thing.noun, inflection.pluralize(thing.noun)))
    theirs = re.compile(
        r"\b(?P<who>[a-z]+s)\b(?P<does>[^.;]{0,80}?)\b(?:their|his|her) (?:own )?(?:\w+ )?"
        rf"(?:{nouns})\b",
        re.IGNORECASE,
    )
    found = [one for one in (theirs.search(s.text) for s in thing.sources) if one is not None]
    said = {verb_of(word) for one in found for word in one["does"].lower().split()}
    if (said | {verb for _, verb in thing.done}) & _OFFERING:
        return set()
    heads = {singular_of(one["who"].lower()) for one in found}
    return heads & PERSONS - _LISTING | heads & {"owner", "user"}


def is_private(noun: str) -> bool:
    """Tell whether a thing is nobody's but its maker's by nature."""
    nouns = set(noun.split())
    private = nouns & PRIVATE or noun == "price alert"
    return bool(private) and not nouns & _NOTES_FOR_OTHERS


def is_of_house(candidate: Candidate) -> bool:
    """Tell whether nobody else is said to keep a thing than whoever runs the site."""
    nouns, head = set(candidate.noun.split()), candidate.noun.rpartition(" ")[2]
    done = {verb for _, verb in candidate.done} & _DOING
    persons = nouns & PERSONS - SHOWN_PERSONS
    own = candidate.deed or head in MADE_BY_ONE | PRIVATE | ABOUT_ONE or _is_reported(candidate)
    put = _is_put_by_many(candidate) or _is_listed_by_many(candidate)
    return not (keepers_of(candidate) or put or done or persons or own)


def seen_as_theirs(chosen: Mapping[str, Candidate], text: str) -> set[str]:
    """Return what persons who are no staff see of theirs, and no other person does: deliveries."""
    found: set[str] = set()
    for seen in _SEES_THEIRS.finditer(text):
        who, words_of_it = singular_of(seen["who"].lower()), seen["words"].lower().split()
        for noun, thing in chosen.items():
            looking = {actor for actor, verb in thing.done if verb in LOOKING} - {who, ""}
            known = who in PERSONS - STAFF - SHOWN_PERSONS
            if known and noun == literal(words_of_it) and not looking - STAFF:
                found.add(noun)
    return found


def reported_things(chosen: Mapping[str, Candidate], text: str) -> set[str]:
    """Return what people report or send in to whoever runs a site, and nobody else looks at."""
    if not is_open_site(text):
        return set()
    return {noun for noun, thing in chosen.items() if _is_reported_alone(thing)}


def _is_reported_alone(thing: Candidate) -> bool:
    makers = {actor for actor, verb in thing.done if verb in _SENDING_IN}
    others = {actor for actor, _ in thing.done if not STAFF & set(actor.split())} - makers
    return _is_reported(thing) and not (others or _is_shared(thing) or thing.deed)


def _is_reported(candidate: Candidate) -> bool:
    """Tell whether people send in the thing to whoever runs a site, and it is not for all."""
    return _is_sent_in(candidate) and not _is_for_all(candidate)


def _is_sent_in(candidate: Candidate) -> bool:
    return any(
        actor and not STAFF & set(actor.split()) and verb in _SENDING_IN
        for actor, verb in candidate.done
    )


def _is_for_all(candidate: Candidate) -> bool:
    return any(_SHOWN_TO_ALL.search(source.text) for source in candidate.sources)


def _is_put_by_many(candidate: Candidate) -> bool:
    """Tell whether one of many puts the thing before the others: members bring dishes."""
    return any(actor in _MANY and verb in PUTTING for actor, verb in candidate.done)


def _is_listed_by_many(candidate: Candidate) -> bool:
    """Tell whether those who offer something list it themselves: sitters their services."""
    return any(actor in _LISTING and verb == "list" for actor, verb in candidate.done)


def _is_put_there(candidate: Candidate) -> bool:
    """Tell whether nobody is said to add a thing to a site: whoever runs it shows it to all."""
    return is_of_house(candidate) and not {verb for _, verb in candidate.done} & KEEPING


def is_put_forward(candidate: Candidate) -> bool:
    """Tell whether somebody who is not of the staff puts the thing before others."""
    if _is_sent_in(candidate) and _is_for_all(candidate) and not is_private(candidate.noun):
        return True
    return any(
        actor not in RUNNING and (verb in PUTTING or (verb == "list" and actor in _LISTING))
        for actor, verb in candidate.done
    )


def _is_shown(candidate: Candidate) -> bool:
    """Tell whether people put the thing before others."""
    return is_put_forward(candidate) and not is_private(candidate.noun)


def _said_to_be_own(text: str, *, also_mine: bool) -> set[str]:
    """Return the words, in the singular, of what is said to be somebody's own: "their notes"."""
    ways = [_BY_USER, *([_MINE] if also_mine else [])]
    found = [match["words"] for way in ways for match in way.finditer(text)]
    for sentence in re.split(r"[.;\n]", text):
        if (user := _USER.search(sentence)) is not None:
            found += [match["words"] for match in _THEIRS.finditer(sentence, user.start())]
    said = [words.lower().split() for words in found]
    whole = {noun for words in said if (noun := thing_of(tuple(words))) is not None}
    return whole | {singular_of(word) for words in said for word in words}


def _is_shared(candidate: Candidate) -> bool:
    """Tell whether everybody who signs in may see the thing, by its kind and by who does what."""
    verbs = {verb for _, verb in candidate.done}
    only_looked_at = bool(verbs & _DISCOVERING) and not verbs & KEEPING
    return (
        only_looked_at
        or _is_shown(candidate)
        or bool(set(candidate.noun.split()) & PUBLIC)
        or any(
            verb in _SHOWING
            or actor in _AUDIENCE
            or (actor in STAFF and verb in KEEPING)
            or (actor in _SITES and verb in {"show", "list"})
            for actor, verb in candidate.done
        )
    )
