"""Words to AppSpec by rules: what is clear is built, what is not is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import inflection

from generation.engines.builtin.understanding.capabilities import (
    NEEDS_ENTITY,
    capabilities_in,
    out_of_reach,
    speaks_of_people,
)
from generation.engines.builtin.understanding.fields import (
    Listed,
    has_fields,
    listed_fields,
    merged,
)
from generation.engines.builtin.understanding.grammar import kept, singular_of
from generation.engines.builtin.understanding.lexicon import FIELDS, SAME_AS, fields_of
from generation.engines.builtin.understanding.mentions import (
    Mention,
    literal,
    mentions_of,
    thing_of,
)
from generation.engines.builtin.understanding.pages import pages_of
from generation.engines.builtin.understanding.relations import Linked, links_in
from generation.engines.builtin.understanding.sentences import (
    sentences_of,
    story_of,
    words_of,
)
from generation.engines.builtin.understanding.theme import is_about_looks, theme_of
from generation.engines.builtin.understanding.vocabulary import NOT_THINGS, PEOPLE, SOFT
from projects.spec.jdl import is_jdl, spec_from_jdl
from projects.spec.models import (
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

MOST_ENTITIES = 60
MOST_LINKS = 6
SURE, LIKELY, LEAST_ON_A_PAGE = 0.65, 0.5, 1.3
MANY_SENTENCES = 15
SHORTEST_SOURCE = 300
_SINGLE_PAGE = re.compile(
    r"\b(?:landing page|one[- ]page|single[- ]page site|brochure|marketing page|webpage|"
    r"portfolio|calculator|converter|timer|stopwatch|clock)\b",
    re.IGNORECASE,
)


@dataclass
class Candidate:
    """A noun that may become an entity, and the evidence for it."""

    noun: str
    weights: list[float] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    belongs_to: dict[str, Source] = field(default_factory=dict)
    deed: bool = False
    declared: bool = False

    def take(self, mention: Mention) -> None:
        """Count a mention in."""
        if mention.weight:
            self.weights.append(mention.weight)
            self.sources.append(mention.source)
        self.deed = self.deed or mention.deed
        if mention.belongs_to:
            self.belongs_to.setdefault(mention.belongs_to, mention.source)

    def join(self, other: Candidate) -> None:
        """Take over the evidence for another name of the same thing."""
        self.weights += other.weights
        self.sources += other.sources
        self.belongs_to = {**other.belongs_to, **self.belongs_to}

    @property
    def is_stray(self) -> bool:
        """Tell whether it is named only once and unknown: in a long text, a slip of the pen."""
        return len(self.weights) < 2 and not (self.declared or is_known(self.noun))

    @property
    def score(self) -> float:
        """How sure the reader is that the thing is kept, up to about 1.8."""
        if not self.weights:
            return 0.0
        known = 0.2 if is_known(self.noun) else 0.0
        return max(self.weights) + 0.15 * min(len(self.weights) - 1, 4) + known


def is_known(noun: str) -> bool:
    """Tell whether the lexicon has the thing."""
    return noun in FIELDS or noun in SAME_AS


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
    sources = list(sentences_of(request))
    spoken = [source for source in sources if not is_about_looks(source.text)]
    facts = [(source, fact) for source in spoken if (fact := has_fields(source)) is not None]
    linked = [link for source in spoken for link in links_in(source)]
    candidates = _candidates(spoken, facts, linked)
    few = _SINGLE_PAGE.search(" ".join(source.text for source in sources[:2])) is not None
    least = LEAST_ON_A_PAGE if few else SURE
    chosen = _chosen(candidates, least=least, long=len(spoken) >= MANY_SENTENCES)
    everything = " ".join([request.description, *request.features])
    features, asked = _features(sources, chosen)
    auth = "auth" in asked or bool(chosen and speaks_of_people(everything))
    return AppSpec(
        name=request.project_name,
        description=request.description,
        entities=_entities(chosen, spoken, facts, linked),
        roles=_roles(sources),
        pages=pages_of(request.project_name, sources, stores_things=bool(chosen)),
        theme=theme_of(everything),
        features=features,
        auth=auth,
        dashboard=bool({"dashboard", "chart"} & asked),
    )


def _candidates(
    sources: list[Source], facts: list[tuple[Source, Listed]], linked: list[Linked]
) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}

    def of(noun: str) -> Candidate:
        return found.setdefault(noun, Candidate(noun))

    stated = {source for source, _ in facts} | {link.source for link in linked}
    declared = frozenset(noun for _, listed in facts if (noun := _noun_of(listed)) is not None)
    for source in sources:
        if source in stated:
            continue
        for mention in mentions_of(source, declared):
            of(mention.noun).take(mention)
        bare = _bare_thing(source)
        if bare is not None and is_known(bare):
            of(bare).take(Mention(bare, 1.0, source))
    for source, listed in facts:
        noun = _noun_of(listed)
        if noun is not None:
            of(noun).take(Mention(noun, 1.0, source))
            of(noun).declared = True
    for link in linked:
        for noun in (link.one, link.other):
            of(noun).take(Mention(noun, 0.8, link.source))
    return found


def _noun_of(listed: Listed) -> str | None:
    words = kept([word.text for word in words_of(listed.noun or "") if not word.is_mark])
    return literal(words) if listed.each and words else thing_of(tuple(words))


def _bare_thing(source: Source) -> str | None:
    """Return the thing that a feature names and nothing else: "Notes"."""
    if source.part != "feature" or len(source.text) > 60:
        return None
    words = [word.text for word in words_of(source.text) if not word.is_mark]
    return thing_of(tuple(kept(words))) if 1 <= len(words) <= 3 else None


def _chosen(candidates: dict[str, Candidate], *, least: float, long: bool) -> dict[str, Candidate]:
    """Return the things to be kept, by noun; other names of a thing are joined with it."""
    for person in PEOPLE:
        candidates.pop(person, None)
    _join_soft_heads(candidates)
    for noun in sorted(candidates, key=len, reverse=True):
        head = noun.rsplit(" ", maxsplit=1)[-1]
        whole = candidates.get(head)
        if head != noun and whole is not None and whole.score >= LIKELY:
            whole.join(candidates.pop(noun))
    _drop_owners_names(candidates, least)
    sure = {n: c for n, c in candidates.items() if c.score >= least and not (long and c.is_stray)}
    return dict(list(sure.items())[:MOST_ENTITIES])


def _join_soft_heads(candidates: dict[str, Candidate]) -> None:
    """Make one thing of several kinds of it: consent forms and medical forms are forms."""
    kinds = defaultdict(list)
    for noun in candidates:
        head = noun.rsplit(" ", maxsplit=1)[-1]
        if head != noun and head in SOFT:
            kinds[head].append(noun)
    for head, nouns in kinds.items():
        if len(nouns) > 1:
            whole = candidates.setdefault(head, Candidate(head))
            for noun in nouns:
                whole.join(candidates.pop(noun))


def _drop_owners_names(candidates: dict[str, Candidate], least: float) -> None:
    """Call a "camp facility" a facility where camps are kept: it belongs to one."""
    for noun in list(candidates):
        first, _, head = noun.rpartition(" ")
        owner = candidates.get(first)
        if not first or owner is None or owner.score < least or head in NOT_THINGS | SOFT:
            continue
        if head.endswith(("er", "or", "ist")) and not is_known(head):
            continue
        part = candidates.pop(noun)
        whole = candidates.setdefault(head, Candidate(head))
        whole.join(part)
        if part.sources:
            whole.belongs_to.setdefault(first, part.sources[0])


def _entities(
    chosen: dict[str, Candidate],
    sources: list[Source],
    facts: list[tuple[Source, Listed]],
    linked: list[Linked],
) -> tuple[EntitySpec, ...]:
    said: dict[str, tuple[FieldSpec, ...]] = {}
    for _, named in facts:
        noun = _named(_noun_of(named), chosen)
        if noun is not None:
            said.setdefault(noun, named.fields)
    for source in sources:
        listed = listed_fields(source)
        about = _about(source, chosen) if listed else None
        if listed is not None and about is not None and about not in said:
            said[about] = tuple(f for f in listed.fields if _named(f.name.lower(), chosen) is None)
    for source in sources:
        about = _about(source, chosen) if "toggle" in capabilities_in(source.text) else None
        if about is not None:
            said[about] = _with_switch(said.get(about) or fields_of(about)[0], source)
    relations = _relations(chosen, linked)
    return tuple(
        _entity(candidate, said.get(noun, ()), relations[noun])
        for noun, candidate in chosen.items()
    )


def _with_switch(fields: tuple[FieldSpec, ...], source: Source) -> tuple[FieldSpec, ...]:
    """Return fields with one that can be switched on, for "mark as done"."""
    if any(field.type is FieldType.BOOLEAN for field in fields):
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


def _about(source: Source, chosen: dict[str, Candidate]) -> str | None:
    """Return the first thing a sentence speaks of that is kept."""
    nouns = (mention.noun for mention in mentions_of(source) if mention.weight)
    return next((name for noun in nouns if (name := _named(noun, chosen)) is not None), None)


def _named(noun: str | None, chosen: dict[str, Candidate]) -> str | None:
    """Return the name under which a thing is kept."""
    if noun is None:
        return None
    singular = " ".join([*noun.split()[:-1], singular_of(noun.split()[-1])]) if noun else noun
    if singular in chosen:
        return singular
    head = singular.rsplit(" ", maxsplit=1)[-1]
    return head if head in chosen else None


def _relations(chosen: dict[str, Candidate], linked: list[Linked]) -> dict[str, list[RelationSpec]]:
    made: dict[str, list[RelationSpec]] = defaultdict(list)
    pairs: set[frozenset[str]] = set()
    for link in linked:
        one, other = _named(link.one, chosen), _named(link.other, chosen)
        if one is None or other is None or len(made[one]) >= MOST_LINKS:
            continue
        pairs.add(frozenset((one, other)))
        made[one].append(
            _relation(link.kind, other, link.source, 0.9, required=link.required, name=link.name)
        )
    for noun, candidate in chosen.items():
        for owner, source in candidate.belongs_to.items():
            other = _named(owner, chosen)
            pair = frozenset((noun, other or noun))
            if other is None or other == noun or pair in pairs or len(made[noun]) >= MOST_LINKS:
                continue
            pairs.add(pair)
            kind = RelationKind.MANY_TO_ONE
            made[noun].append(_relation(kind, other, source, 0.7, required=candidate.deed))
    return made


def _relation(
    kind: RelationKind,
    target: str,
    source: Source,
    sure: float,
    *,
    required: bool,
    name: str | None = None,
) -> RelationSpec:
    many = kind is RelationKind.MANY_TO_MANY
    return RelationSpec(
        kind=kind,
        name=name or (inflection.pluralize(target) if many else target),
        target=name_of(target),
        required=required and not many,
        inferred_from=(short(source),),
        confidence=sure,
    )


def _entity(
    candidate: Candidate, said: tuple[FieldSpec, ...], relations: list[RelationSpec]
) -> EntitySpec:
    known, sure = fields_of(candidate.noun)
    taken = {relation.name for relation in relations}
    fields = tuple(f for f in merged(known, said) if f.name.lower() not in taken)
    sources = tuple(dict.fromkeys(short(source) for source in candidate.sources))[:20]
    return EntitySpec(
        name=name_of(candidate.noun),
        plural=name_of(inflection.pluralize(candidate.noun)),
        fields=fields,
        relations=tuple(relations),
        inferred_from=sources,
        confidence=round(min(1.0, 0.5 * sure + 0.35 * candidate.score), 2),
    )


def name_of(noun: str) -> str:
    """Return a noun as an entity's name."""
    return noun[:1].upper() + noun[1:80]


def short(source: Source) -> Source:
    """Return the words of a source, without what is beyond the length that is kept."""
    return source.model_copy(update={"text": source.text[:SHORTEST_SOURCE]})


def _roles(sources: Iterable[Source]) -> tuple[RoleSpec, ...]:
    actors: dict[str, Source] = {}
    for source in sources:
        story = story_of(source.text)
        if story is not None:
            words = [word.text for word in words_of(story.actor) if not word.is_mark]
            name = " ".join(kept(words))
            if name:
                actors.setdefault(name, source)
    return tuple(
        RoleSpec(name=name_of(name), inferred_from=(short(source),), confidence=0.9)
        for name, source in actors.items()
    )


def _features(
    sources: list[Source], chosen: dict[str, Candidate]
) -> tuple[tuple[FeatureSpec, ...], set[str]]:
    """Return what became of each feature, and every capability that is asked for anywhere."""
    asked: set[str] = set()
    made: list[FeatureSpec] = []
    for source in sources:
        nouns = {mention.noun for mention in mentions_of(source)} | {_bare_thing(source)}
        things = tuple(
            dict.fromkeys(n for noun in nouns if (n := _named(noun, chosen)) is not None)
        )
        things = tuple(noun for noun in chosen if noun in things)
        able = [c for c in capabilities_in(source.text) if chosen or c not in NEEDS_ENTITY]
        unable = out_of_reach(source.text)
        asked.update(able)
        if source.part == "description":
            if unable:
                made.append(_undone(source.text, unable))
            continue
        made.append(_feature(source, things, able, unable))
    return tuple(made), asked


def _feature(
    source: Source, things: tuple[str, ...], able: list[str], unable: list[str]
) -> FeatureSpec:
    looks = is_about_looks(source.text)
    if not things and not able and not looks:
        return _undone(source.text, unable)
    return FeatureSpec(
        text=source.text,
        state=FeatureState.PLANNED,
        entities=tuple(name_of(noun) for noun in things),
        capabilities=tuple(able),
        reason=_cannot(unable) if unable else None,
    )


def _undone(text: str, unable: list[str]) -> FeatureSpec:
    reason = _cannot(unable) if unable else "These words are not understood yet."
    return FeatureSpec(text=text[:2000], state=FeatureState.UNPLACED, reason=reason)


def _cannot(unable: list[str]) -> str:
    return f"The built-in engine cannot make this yet: {', '.join(unable)}."
