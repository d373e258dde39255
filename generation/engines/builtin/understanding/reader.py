"""Words to AppSpec by rules: what is clear is built, what is not is named."""

from __future__ import annotations

import re
from collections.abc import Collection

import inflection

from generation.engines.builtin.understanding.accounting import with_true_states
from generation.engines.builtin.understanding.attributes import (
    Given,
    given_fields,
    links_of_fields,
    own_fields,
    said_fields,
    without_sums,
)
from generation.engines.builtin.understanding.audience import with_audience
from generation.engines.builtin.understanding.breakdowns import with_breakdowns
from generation.engines.builtin.understanding.candidates import (
    Candidate,
    Statements,
    candidates_of,
    in_order,
    statements_in,
)
from generation.engines.builtin.understanding.capabilities import (
    refuses_accounts,
    speaks_of_people,
)
from generation.engines.builtin.understanding.choosing import chosen_of
from generation.engines.builtin.understanding.clauses import apart
from generation.engines.builtin.understanding.english import is_foreign
from generation.engines.builtin.understanding.features import features_of, unplaced
from generation.engines.builtin.understanding.fields import are_plural, joined, merged, of_one
from generation.engines.builtin.understanding.following import with_following
from generation.engines.builtin.understanding.inboxes import inboxes_of, takes_requests, with_forms
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.kinds import (
    Kind,
    is_of_kind,
    kind_of,
    with_kind,
)
from generation.engines.builtin.understanding.lexicon import fields_of, sense_of
from generation.engines.builtin.understanding.limits import with_limits
from generation.engines.builtin.understanding.linking import (
    name_of,
    relations_of,
    short,
)
from generation.engines.builtin.understanding.marks import with_marks
from generation.engines.builtin.understanding.outline import under_headings
from generation.engines.builtin.understanding.oversight import overseen_things, with_beginning
from generation.engines.builtin.understanding.ownership import (
    is_open_site,
    is_showcase,
    keeps_people,
    owned_things,
)
from generation.engines.builtin.understanding.pages import (
    beside_lists,
    only_names_pages,
    pages_of,
)
from generation.engines.builtin.understanding.parts import only_names_parts
from generation.engines.builtin.understanding.refusals import wanted
from generation.engines.builtin.understanding.roles import roles_of
from generation.engines.builtin.understanding.sentences import sentences_of, story_of
from generation.engines.builtin.understanding.slogans import is_slogan
from generation.engines.builtin.understanding.staff import managed_things
from generation.engines.builtin.understanding.theme import is_about_looks, is_about_shapes, theme_of
from generation.engines.builtin.understanding.tools import is_one_page, keeps_nothing
from generation.engines.builtin.understanding.uploads import (
    has_upload,
    without_put,
)
from generation.engines.builtin.understanding.vocabulary import PERSONS
from projects.spec.jdl_start import is_jdl
from projects.spec.models import (
    NOT_ENGLISH,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    RelationSpec,
    RoleSpec,
    Source,
)
from projects.spec.request import FEATURE_LIMIT, AppRequest

# "A todo list with due dates", and not "tasks have notes".
_HAS_WITH = re.compile(r"^(?!.*\b(?:has|have|each|every)\b).*\bwith\b", re.IGNORECASE | re.DOTALL)
SURE, LEAST_ON_A_PAGE, DOUBTFUL = 0.65, 1.3, 0.5
MANY_SENTENCES, MANY_STORIES = 15, 30
_LOG = re.compile(
    r"\b([a-z]{3,20}) (?:log|logbook|journal|diary|tracker|record|register)\b", re.IGNORECASE
)


def understand(request: AppRequest) -> AppSpec:
    """Read a request; the same words always give the same spec."""
    if is_jdl(request.description):
        return _with_model(request)
    spec = _from_words(request)
    return spec.model_copy(update={"features": _at_most(spec.features, FEATURE_LIMIT)})


def _with_model(request: AppRequest) -> AppSpec:
    """Take the things from a model in JDL, and the rest from the features beside it."""
    from projects.spec.jdl import spec_from_jdl  # noqa: PLC0415 - prose needs none of it

    model = spec_from_jdl(request.project_name, request.description)
    if not request.features:
        return model
    beside = request.model_copy(update={"description": ""})
    said = _from_words(beside)
    asked = _at_most(said.features, FEATURE_LIMIT)
    left = FEATURE_LIMIT - len(asked)
    spec = model.model_copy(
        update={
            "features": (*_at_most(model.features, left), *map(_unmade, asked)),
            "pages": said.pages,
            "roles": said.roles,
            "theme": said.theme,
            "dashboard": said.dashboard,
        }
    )
    sources = list(wanted(sentences_of(beside)))
    return with_true_states(with_breakdowns(spec, sources), sources)


def _at_most(features: tuple[FeatureSpec, ...], limit: int) -> tuple[FeatureSpec, ...]:
    """Return as many features as there may be, of which the last says how many there are more."""
    if len(features) <= limit or not limit:
        return features[:limit]
    more = FeatureSpec(
        text=f"{len(features) - limit + 1} more",
        state=FeatureState.UNPLACED,
        reason=f"A design has at most {FEATURE_LIMIT} features.",
        inferred_from=features[limit - 1].inferred_from,
    )
    return (*features[: limit - 1], more)


def _unmade(feature: FeatureSpec) -> FeatureSpec:
    """Return a feature without breakdowns: they were read of other things than the model's."""
    kept = tuple(name for name in feature.capabilities if name != "breakdown")
    return feature.model_copy(update={"breakdowns": (), "capabilities": kept})


def _from_words(request: AppRequest) -> AppSpec:
    everything = " ".join([request.description, *request.features])
    if is_foreign(everything):
        return _foreign(request)
    sentences = list(sentences_of(request))
    sources = list(wanted(sentences))
    spoken = [s for s in sources if not _is_about_the_site(s.text)]
    spoken = list(apart(under_headings(spoken, request.description)))
    said = statements_in(spoken)
    asked_for = kind_of(sources)
    chosen = _things_of(sources, spoken, said, asked_for)
    given = given_fields(chosen, said)
    chosen = without_sums(chosen, given)
    given.fields |= _of_the_kind(given, sources, asked_for)
    pages = pages_of(request.project_name, sources, stores_things=bool(chosen))
    pages = beside_lists(pages, map(inflection.pluralize, chosen))
    fields = said_fields(given, chosen, spoken)
    chosen = without_put(chosen, fields)
    keeping = {noun for noun in chosen if has_upload(fields.get(noun) or fields_of(noun)[0])}
    features, asked = features_of(sources, chosen, pages, keeping)
    roles = roles_of(sources)
    auth = "auth" in asked or _has_accounts(everything, chosen, roles, asked_for)
    # What nothing but customers and the like keeps closed is shown to nobody who comes by.
    closed = not auth and keeps_people(chosen)
    # Nor is what a site shows written by whoever comes by.
    is_site = bool(chosen) and is_open_site(everything)
    auth = (auth or closed or is_site) and not refuses_accounts(everything)
    made = _entities(chosen, spoken, said, fields, roles, auth=auth)
    if closed:
        made = {n: e.model_copy(update={"public": False}) for n, e in made.items()}
    made = with_following(made, chosen, sentences) if auth else made
    entities = tuple(made.values())
    inboxes, others = inboxes_of(entities, chosen, sources)
    # Staff must sign in to read them, and what everybody could see would be seen by nobody else.
    if inboxes and (auth or not others):
        auth, entities = True, (*others, *inboxes)
        pages = pages_of(request.project_name, sources, stores_things=bool(others))
        pages = beside_lists(pages, (entity.plural for entity in others))
        pages = tuple(with_forms(pages, inboxes))
        names = {entity.name for entity in entities}
        built = {noun: thing for noun, thing in chosen.items() if name_of(noun) in names}
        features, _ = features_of(sources, built, pages, keeping, inboxes)
    spec = AppSpec(
        name=request.project_name,
        description=request.description,
        entities=entities,
        roles=roles,
        pages=pages,
        theme=theme_of(sources),
        features=features,
        auth=auth,
        dashboard=bool({"dashboard", "chart"} & asked),
    )
    return with_marks(with_true_states(with_breakdowns(spec, sources), sources), sentences)


def _of_the_kind(
    given: Given, sources: list[Source], kind: Kind | None
) -> dict[str, tuple[FieldSpec, ...]]:
    """Return the fields that one thing of an app's kind has: "a todo list with due dates"."""
    if not sources or _HAS_WITH.search(sources[0].text) is None:
        return {}
    own = {n: f for n, f in given.fields.items() if is_of_kind(n, kind) and are_plural(f)}
    return {n: of_one(f) for n, f in own.items() if f[0].inferred_from[0] == sources[0]}


def _has_accounts(
    text: str, chosen: dict[str, Candidate], roles: tuple[RoleSpec, ...], kind: Kind | None
) -> bool:
    """Tell whether people sign in: who may do what is known only of somebody who has."""
    if takes_requests(text, chosen):
        return True
    people = bool(roles) or speaks_of_people(text) or is_showcase(text, chosen)
    return bool(chosen) and (people or (kind is not None and kind.accounts))


def _things_of(
    sources: list[Source], spoken: list[Source], said: Statements, kind: Kind | None
) -> dict[str, Candidate]:
    """Return what is kept, by the words and by the kind of the app where that alone says so."""
    few = is_one_page(sources)
    least = LEAST_ON_A_PAGE if few else SURE
    stories = sum(story_of(source.text) is not None for source in spoken)
    most = MANY_STORIES if 2 * stories > len(spoken) else MANY_SENTENCES
    chosen = chosen_of(candidates_of(spoken, said), least=least, long=len(spoken) >= most)
    chosen = in_order(chosen, spoken) or (_logged(said) if not few else {})
    if keeps_nothing(sources):
        return {}
    return chosen if few or kind is None else with_kind(chosen, kind, sources)


def _foreign(request: AppRequest) -> AppSpec:
    """Return an app of which nothing is known but its look, and say that it was not read."""
    told = [Source(part="description", text=request.description)] if request.description else []
    asked = [s for s in sentences_of(request) if s.part != "description"]
    return AppSpec(
        name=request.project_name,
        description=request.description,
        theme=theme_of(sentences_of(request)),
        features=tuple(unplaced(source, NOT_ENGLISH) for source in (*told, *asked)),
        pages=pages_of(request.project_name, sentences_of(request), stores_things=False),
        auth=False,
    )


def _is_about_the_site(text: str) -> bool:
    """Tell whether a sentence says how an app looks or which pages it has, and nothing else."""
    if is_about_looks(text) or is_about_shapes(text) or is_slogan(text):
        return True
    return only_names_pages(text) or only_names_parts(text)


def _logged(said: Statements) -> dict[str, Candidate]:
    """Return an entry of a log where fields are listed and nothing is named that has them."""
    for source, listings in said.listings.items():
        if listings:
            kind = _LOG.search(source.text)
            of = kind[1].lower() if kind is not None else ""
            noun = f"{of} entry" if of and singular_of(of) == of else "entry"
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
) -> dict[str, EntitySpec]:
    linked = [*statements.linked, *links_of_fields(said, chosen)]
    written_out = [n for n, fields in said.items() if any(f.name.lower() == "id" for f in fields)]
    relations = relations_of(chosen, linked, written_out, said.keys())
    owned = owned_things(chosen, relations, sources, roles)
    overseen = overseen_things(chosen, relations, sources, roles, owned) if auth else set()
    owned |= overseen
    text = " ".join(source.text for source in sources)
    acting = {role.name.lower() for role in roles}
    managed = managed_things(chosen, relations, sources, roles, owned) if auth else set()
    said = {noun: _in_its_sense(noun, fields, text) for noun, fields in said.items()}
    made = {
        noun: _entity(
            thing,
            fields_of(sense_of(noun, text), is_person=noun in acting),
            own_fields(said.get(noun, ()), chosen.keys() - {noun}, relations[noun]),
            relations[noun],
            chosen.keys(),
        )
        for noun, thing in chosen.items()
    }
    for noun in overseen:
        fields = tuple(map(with_beginning, made[noun].fields))
        made[noun] = made[noun].model_copy(update={"fields": fields})
    made = {
        n: e.model_copy(update={"owned": n in owned, "managed": n in managed | overseen})
        for n, e in made.items()
    }
    return with_audience(made, chosen, sources) if auth else made


def _in_its_sense(noun: str, fields: tuple[FieldSpec, ...], text: str) -> tuple[FieldSpec, ...]:
    """Return the fields of a thing, of which the usual ones are those of its sense in a text."""
    usual, sense = {field.name for field in fields_of(noun)[0]}, sense_of(noun, text)
    if sense == noun or not usual <= {field.name for field in fields}:
        return fields
    own = tuple(field for field in fields if field.inferred_from)
    taken = {field.name for field in own}
    return joined(tuple(f for f in fields_of(sense)[0] if f.name not in taken), own)


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
    fields = tuple(with_limits(f) for f in merged(known, said) if f.name.lower() not in taken)
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
