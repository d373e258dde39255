"""Words to AppSpec by rules: what is clear is built, what is not is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Set

import inflection

from generation.engines.builtin.understanding.candidates import (
    Candidate,
    Statements,
    candidates_of,
    in_order,
    noun_of,
    statements_in,
)
from generation.engines.builtin.understanding.capabilities import (
    capabilities_in,
    speaks_of_people,
)
from generation.engines.builtin.understanding.choosing import chosen_of
from generation.engines.builtin.understanding.deeds import DEEDS, DONE_OUTRIGHT, OF_DEEDS
from generation.engines.builtin.understanding.english import is_foreign
from generation.engines.builtin.understanding.features import features_of
from generation.engines.builtin.understanding.fields import joined, merged, titled
from generation.engines.builtin.understanding.grammar import kept, singular_of
from generation.engines.builtin.understanding.inboxes import inboxes_of, with_forms
from generation.engines.builtin.understanding.lexicon import fields_of, sense_of
from generation.engines.builtin.understanding.linking import (
    REMARKS,
    name_of,
    named,
    relations_of,
    short,
)
from generation.engines.builtin.understanding.listings import Listing, names_of
from generation.engines.builtin.understanding.mentions import mentions_of
from generation.engines.builtin.understanding.oversight import overseen_things, with_beginning
from generation.engines.builtin.understanding.ownership import owned_things
from generation.engines.builtin.understanding.pages import (
    only_names_pages,
    pages_of,
)
from generation.engines.builtin.understanding.refusals import wanted
from generation.engines.builtin.understanding.relations import Linked, held
from generation.engines.builtin.understanding.roles import roles_of
from generation.engines.builtin.understanding.sentences import sentences_of, story_of
from generation.engines.builtin.understanding.staff import managed_things
from generation.engines.builtin.understanding.theme import is_about_looks, theme_of
from generation.engines.builtin.understanding.things import literal, thing_of
from generation.engines.builtin.understanding.tools import is_one_page, keeps_nothing
from generation.engines.builtin.understanding.uploads import (
    has_upload,
    what_is_put,
    with_its_own,
    with_upload,
    without_put,
)
from generation.engines.builtin.understanding.vocabulary import PERSONS
from generation.engines.builtin.understanding.weights import SEEN
from projects.spec.jdl import is_jdl, spec_from_jdl
from projects.spec.models import (
    NOT_ENGLISH,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
    RoleSpec,
    Source,
)
from projects.spec.request import AppRequest

LONGEST_LINK = 2  # words
SURE, LEAST_ON_A_PAGE, DOUBTFUL = 0.65, 1.3, 0.5
DEED_WORDS = 5  # "rate the newest books"
KNOWN = 0.9  # how sure the fields of a thing are that the lexicon knows
OF_A_PERSON = {"name", "email", "phone"}
TEXTS = {FieldType.STRING, FieldType.EMAIL}
MANY_SENTENCES, MANY_STORIES = 15, 30
_LOG = re.compile(
    r"\b([a-z]{3,20}) (?:log|logbook|journal|diary|tracker|record|register)\b", re.IGNORECASE
)


def understand(request: AppRequest) -> AppSpec:
    """Read a request; the same words always give the same spec."""
    if is_jdl(request.description):
        return _with_model(request)
    return _from_words(request)


def _with_model(request: AppRequest) -> AppSpec:
    """Take the things from a model in JDL, and the rest from the features beside it."""
    model = spec_from_jdl(request.project_name, request.description)
    if not request.features:
        return model
    said = _from_words(request.model_copy(update={"description": ""}))
    return model.model_copy(
        update={
            "features": (*model.features, *said.features),
            "pages": said.pages,
            "roles": said.roles,
            "theme": said.theme,
            "dashboard": said.dashboard,
        }
    )


def _from_words(request: AppRequest) -> AppSpec:
    everything = " ".join([request.description, *request.features])
    if is_foreign(everything):
        return _foreign(request, everything)
    sources = list(wanted(sentences_of(request)))
    spoken = [s for s in sources if not (is_about_looks(s.text) or only_names_pages(s.text))]
    said = statements_in(spoken)
    candidates = candidates_of(spoken, said)
    few = is_one_page(sources)
    least = LEAST_ON_A_PAGE if few else SURE
    stories = sum(story_of(source.text) is not None for source in spoken)
    most = MANY_STORIES if 2 * stories > len(spoken) else MANY_SENTENCES
    chosen = chosen_of(candidates, least=least, long=len(spoken) >= most)
    chosen = in_order(chosen, sources) or (_logged(said) if not few else {})
    chosen = {} if keeps_nothing(sources) else without_put(chosen, said)
    pages = pages_of(request.project_name, sources, stores_things=bool(chosen))
    given = _said_fields(chosen, spoken, said)
    keeping = {noun for noun in chosen if has_upload(given.get(noun) or fields_of(noun)[0])}
    features, asked = features_of(sources, chosen, pages, keeping)
    roles = roles_of(sources)
    # Who may do what is known only of somebody who has signed in.
    auth = "auth" in asked or bool(chosen and (roles or speaks_of_people(everything)))
    entities = _entities(chosen, spoken, said, given, roles, auth=auth)
    inboxes, others = inboxes_of(entities, chosen, sources)
    # Staff must sign in to read them, and what everybody could see would be seen by nobody else.
    if inboxes and (auth or not others):
        auth, entities = True, (*others, *inboxes)
        pages = pages_of(request.project_name, sources, stores_things=bool(others))
        pages = tuple(with_forms(pages, inboxes))
        names = {entity.name for entity in entities}
        built = {noun: thing for noun, thing in chosen.items() if name_of(noun) in names}
        features, _ = features_of(sources, built, pages, keeping, inboxes)
    return AppSpec(
        name=request.project_name,
        description=request.description,
        entities=entities,
        roles=roles,
        pages=pages,
        theme=theme_of(everything),
        features=features,
        auth=auth,
        dashboard=bool({"dashboard", "chart"} & asked),
    )


def _foreign(request: AppRequest, everything: str) -> AppSpec:
    """Return an app of which nothing is known but its look, and say that it was not read."""
    texts = [*([request.description] if request.description else []), *request.features]
    return AppSpec(
        name=request.project_name,
        description=request.description,
        theme=theme_of(everything),
        features=tuple(
            FeatureSpec(text=text[:2000], state=FeatureState.UNPLACED, reason=NOT_ENGLISH)
            for text in texts
        ),
        pages=pages_of(request.project_name, sentences_of(request), stores_things=False),
        auth=False,
    )


def _logged(said: Statements) -> dict[str, Candidate]:
    """Return an entry of a log where fields are listed and nothing is named that has them."""
    for source, listings in said.listings.items():
        if listings:
            kind = _LOG.search(source.text)
            noun = f"{kind[1].lower()} entry" if kind is not None else "entry"
            return {noun: Candidate(noun, [1.0], [source])}
    return {}


def _entities(
    chosen: dict[str, Candidate],
    sources: list[Source],
    statements: Statements,
    said: dict[str, tuple[FieldSpec, ...]],
    roles: tuple[RoleSpec, ...],
    *,
    auth: bool,
) -> tuple[EntitySpec, ...]:
    linked = [*statements.linked, *_links_of_fields(said, chosen)]
    written_out = [n for n, fields in said.items() if any(f.name.lower() == "id" for f in fields)]
    relations = relations_of(chosen, linked, written_out)
    owned = owned_things(chosen, relations, sources, roles)
    overseen = overseen_things(chosen, relations, sources, roles, owned) if auth else set()
    owned |= overseen
    text = " ".join(source.text for source in sources)
    managed = managed_things(chosen, relations, sources, roles, owned) if auth else set()
    made = {
        noun: _entity(
            thing,
            fields_of(sense_of(noun, text)),
            _own(said.get(noun, ()), chosen.keys() - {noun}, relations[noun]),
            relations[noun],
            chosen.keys(),
        )
        for noun, thing in chosen.items()
    }
    for noun in overseen:
        fields = tuple(map(with_beginning, made[noun].fields))
        made[noun] = made[noun].model_copy(update={"fields": fields})
    return tuple(
        e.model_copy(update={"owned": noun in owned, "managed": noun in managed | overseen})
        for noun, e in made.items()
    )


def _said_fields(
    chosen: dict[str, Candidate], sources: list[Source], statements: Statements
) -> dict[str, tuple[FieldSpec, ...]]:
    """Return the fields that the words give to each thing."""
    said: dict[str, tuple[FieldSpec, ...]] = {}
    listed: set[str] = set()
    for _, given in statements.facts:
        noun = named(noun_of(given), chosen)
        if noun is not None:
            said.setdefault(noun, given.fields)
    for source, listings in statements.listings.items():
        for listing in listings:
            about = _listed_for(listing, source, chosen)
            if about is not None:
                said[about] = joined(said.get(about, ()), listing.fields)
                listed.add(about)
    for noun, fields in said.items():
        whole = _completed(noun, fields, is_listed=noun in listed)
        said[noun] = with_its_own(noun, whole, fields_of(noun)[0])
    for source in sources:
        switched = "toggle" in capabilities_in(source.text)
        about = _about(source, chosen, SEEN) if switched else None
        if about is not None:
            said[about] = _with_switch(said.get(about) or fields_of(about)[0], source)
        _give_upload(said, chosen, source)
    return said


def _give_upload(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate], source: Source
) -> None:
    """Give a thing the picture or file that is put to it, where that is no thing itself."""
    what = what_is_put(source)
    if what is None or named(what, chosen):
        return
    about = _about(source, chosen, SEEN)
    if about is not None:
        said[about] = with_upload(said.get(about) or fields_of(about)[0], what, source)


def _completed(
    noun: str, fields: tuple[FieldSpec, ...], *, is_listed: bool
) -> tuple[FieldSpec, ...]:
    """Return what is said of a thing with its name, or with its text where only who says it is."""
    known, sure = fields_of(noun)
    nameless = sure >= KNOWN and not any(field.type in TEXTS for field in fields)
    if is_listed or (nameless and known[0].name in ("name", "title")):
        return titled(fields, known)
    if {field.name.lower() for field in fields} <= OF_A_PERSON:  # comments with a name and an email
        return joined(fields, tuple(f for f in known if f.type is FieldType.TEXT and f.required))
    return fields


def _listed_for(listing: Listing, source: Source, chosen: dict[str, Candidate]) -> str | None:
    """Return the thing that a list of fields is of: the one named beside it, or before it.

    In "book rooms with a start date" it is what is left of the deed: the booking.
    """
    if (deed := _deed_before(listing, source, chosen)) is not None:
        return deed
    for words in names_of(listing):
        noun = thing_of(tuple(kept(words)))
        if noun is not None and literal(words).split()[-1] in noun and named(noun, chosen):
            return named(noun, chosen)
    return _about(source, chosen) or (next(iter(chosen)) if len(chosen) == 1 else None)


def _deed_before(listing: Listing, source: Source, chosen: dict[str, Candidate]) -> str | None:
    if not all(set(field.name.lower().split()) & OF_DEEDS for field in listing.fields):
        return None
    before = source.text[: listing.span[0]].lower().rpartition(" with")[0].split()[-DEED_WORDS:]
    for at, word in enumerate(before):
        noun = named(literal([word]), chosen)
        if noun in DONE_OUTRIGHT and before[at + 1 :]:  # "appointments with a doctor"
            return noun
        done_to = named(literal(kept(before[at + 1 :])), chosen)
        if DEEDS.get(word) in chosen and done_to:
            return DEEDS[word]
    return None


def _links_of_fields(
    said: dict[str, tuple[FieldSpec, ...]], chosen: dict[str, Candidate]
) -> Iterator[Linked]:
    """Yield a link for each field that is another thing of the app."""
    for noun, fields in said.items():
        for field in fields:
            other = literal(field.name.lower().split())
            if other not in chosen and _says_which(field):
                other = singular_of(field.name.lower().split()[-1])
            if other in chosen and other != noun and field.inferred_from:
                plural = singular_of(field.name.lower()) != field.name.lower()
                source = field.inferred_from[0]
                if other in REMARKS:  # a book with a review: the review is of the book
                    yield Linked(RelationKind.MANY_TO_ONE, other, noun, source, firm=False)
                    continue
                yield (
                    held(noun, other, source)
                    if plural
                    else Linked(
                        RelationKind.MANY_TO_ONE, noun, other, source, field.required, firm=False
                    )
                )


def _says_which(field: FieldSpec) -> bool:
    """Tell whether a field may be another thing by its last word: "assigned technician"."""
    about = field.name.lower().split()
    head = about[-1]
    alone = field.type is FieldType.STRING and not field.choices and singular_of(head) == head
    return len(about) == LONGEST_LINK and alone and about[0].endswith(("ed", "ing", "ible"))


def _own(
    fields: tuple[FieldSpec, ...], others: Set[str], relations: list[RelationSpec]
) -> tuple[FieldSpec, ...]:
    """Return the fields that are no other thing of the app, and no link to one."""
    linked = {relation.name for relation in relations}
    return tuple(
        field
        for field in fields
        if field.name.lower() not in linked and literal(field.name.lower().split()) not in others
    )


def _with_switch(fields: tuple[FieldSpec, ...], source: Source) -> tuple[FieldSpec, ...]:
    """Return fields with one that can be switched on, for "mark as done"."""
    said = source.text.lower()
    chosen = any(choice.lower() in said.split() for field in fields for choice in field.choices)
    if chosen or any(field.type is FieldType.BOOLEAN for field in fields):
        return fields
    switch = FieldSpec(
        name="done",
        type=FieldType.BOOLEAN,
        default="false",
        position=len(fields),
        inferred_from=(short(source),),
        confidence=0.8,
    )
    return (*fields, switch)


def _about(source: Source, chosen: dict[str, Candidate], least: float = 0.0) -> str | None:
    """Return the first thing a sentence speaks of that is kept, of those that weigh enough."""
    mentions = [mention for mention in mentions_of(source) if mention.weight]
    heavy = [mention for mention in mentions if mention.weight >= least] or mentions
    names = (named(mention.noun, chosen) for mention in heavy)
    return next((name for name in names if name is not None), None)


def _entity(
    candidate: Candidate,
    usual: tuple[tuple[FieldSpec, ...], float],
    said: tuple[FieldSpec, ...],
    relations: list[RelationSpec],
    things: Collection[str],
) -> EntitySpec:
    known, sure = usual
    taken = {name for relation in relations for name in (relation.name, relation.target.lower())}
    # A recipe has no text of its ingredients where these are kept one by one.
    taken |= {
        f.name for f in known if singular_of(f.name) != f.name and singular_of(f.name) in things
    }
    # Nor a loan a text of its borrower where it is linked to a member.
    if any(relation.target.lower() in PERSONS for relation in relations):
        taken |= (PERSONS & {f.name for f in known}) - {f.name for f in said}
    fields = tuple(f for f in merged(known, said) if f.name.lower() not in taken)
    sources = tuple(dict.fromkeys(short(source) for source in candidate.sources))[:20]
    most = DOUBTFUL if candidate.is_doubtful else 1.0
    return EntitySpec(
        name=name_of(candidate.noun),
        plural=name_of(inflection.pluralize(candidate.noun)),
        fields=fields,
        relations=tuple(relations),
        inferred_from=sources,
        confidence=min(round(min(1.0, 0.5 * sure + 0.35 * candidate.score), 2), most),
    )
