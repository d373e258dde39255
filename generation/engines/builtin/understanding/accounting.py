"""What is told of each sentence once the app is known: nothing asked for vanishes or is made up.

A feature that was planned because it speaks of something kept is looked at again: what it asks
that no page does is named, and where it asks nothing else it is not done. A sentence that asks for
something and left no trace in the app is named too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generation.engines.builtin.understanding.capabilities import out_of_reach
from generation.engines.builtin.understanding.conditions import Lack, lacks_in
from generation.engines.builtin.understanding.decisions import SAID_AS, does, is_said
from generation.engines.builtin.understanding.deeds import DEEDS
from generation.engines.builtin.understanding.demands import (
    asks_beside_things,
    asks_where_nothing_is_kept,
    is_of_a_site,
)
from generation.engines.builtin.understanding.features import UNREAD, unplaced
from generation.engines.builtin.understanding.groupings import unknown_fields
from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.mentions import Mention, mentions_of
from generation.engines.builtin.understanding.operations import (
    entity_named,
    operations_of,
    with_operations,
)
from generation.engines.builtin.understanding.oversight import is_staff
from generation.engines.builtin.understanding.vocabulary import PEOPLE, PERSONS, words
from projects.spec.models import (
    NOT_UNDERSTOOD,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    Source,
)

# What pages that make, list, show, change and delete rows do not do, unless a field or a thing of
# its own holds it.
_NOT_OF_PAGES = SAID_AS.keys() | words(
    """
    follow unfollow share invite merge duplicate clone compare rearrange summarise summarize
    translate escalate annotate highlight redeem replay pause resume restore undo bookmark favourite
    favorite upvote react mute unlock unban unblock unpin
    """
)
SURE = 0.9  # of what a known word asks for
# "The janitor can fix it", "staff confirm or reject them": a clause that names nothing else.
_TO_IT = re.compile(
    r"\W*(?:(?:and|then|so)\s+)?(?:(?:an?|the|our|each)\s+)?(?P<who>[\w-]+(?:\s[\w-]+)?)\s+"
    r"(?:(?:can|may|must|should|will)\s+)?(?P<verb>[a-z]+)(?:\s(?:and|or)\s(?P<other>[a-z]+))?\s+"
    r"(?:them|it|these|those)\W*",
    re.IGNORECASE,
)
# What says that something is kept or how it is, and asks for nothing to be done.
_NOTHING_DONE = words("be have belong contain include need want let allow help enable require can")
# What tells what an app is for or how things are, and asks nothing of its pages.
_TELLING = words(
    """
    provide offer support implement develop design understand exist try use take connect express
    click correspond inform conduct perform start attend come become know do meet run hold work
    estimate discuss participate collaborate match expect help foster bring learn teach unite
    improve exhibit pack brew deliver ship prepare gather enable consist carry represent expire sit
    land live last cost stand lie earn receive play practise practice travel visit go employ train
    serve grow wear eat cook drive own spend happen arise depend relate group replace divide repeat
    judge screen process simulate cite distribute
    """
)


# What is written down in a row, though nothing does it: "members pay their dues".
_WRITTEN_DOWN = words("pay")


def with_true_states(spec: AppSpec, sources: Sequence[Source]) -> AppSpec:
    """Return the spec with what is not made named, of features and of sentences that are none."""
    said = {source.text[:2000]: source for source in reversed(sources)}
    features = [
        _again(said[f.text[:2000]], spec, f) if f.text[:2000] in said else f for f in spec.features
    ]
    there = {f.text[:2000] for f in features}
    traces = _traces_of(spec)
    for source in sources:
        if source.text.startswith("#") or source.text[:2000] in there:
            continue
        there.add(source.text[:2000])
        feature = _looked_at(source, spec, None)
        if feature is None and _left_no_trace(source, spec, traces):
            feature = unplaced(source, NOT_UNDERSTOOD)
        features += [feature] if feature is not None else []
    features = [_done_to_it(feature, features, sources, spec) for feature in features]
    told = {feature.text: said.get(feature.text[:2000]) for feature in features}
    finished = tuple(_finished(f, told[f.text], spec) for f in features)
    return spec.model_copy(update={"features": finished})


def _done_to_it(
    feature: FeatureSpec, features: Sequence[FeatureSpec], sources: Sequence[Source], spec: AppSpec
) -> FeatureSpec:
    """Return what becomes of "staff confirm them", which is done to what was spoken of before.

    That is what somebody makes there, or else what was named first. A deed that no page does is
    named.
    """
    said = _TO_IT.fullmatch(feature.text) if feature.reason == NOT_UNDERSTOOD else None
    verbs = [verb_of(said[group]) for group in ("verb", "other") if said[group]] if said else []
    if not verbs or None in verbs:
        return feature
    asked = {one.text: one for one in features}
    texts = [source.text for source in sources]
    at = texts.index(feature.text) if feature.text in texts else 0
    before = asked.get(texts[at - 1]) if at else None
    if before is None or not before.entities:
        return feature
    spoken = with_operations(before, spec, list(mentions_of(sources[at - 1])))
    name = (*spoken.operations.get("creates", ()), *before.entities)[0]
    entity = next(one for one in spec.entities if one.name == name)
    undone = [verb for verb in verbs if verb and not _is_done_by_pages(verb, entity)]
    reason = f"Nothing in the app does this yet: {', '.join(undone)}." if undone else None
    if len(undone) == len(verbs):
        return feature.model_copy(update={"reason": reason})
    done = dict.fromkeys(operations_of([verb for verb in verbs if verb]), (name,))
    planned = {"state": FeatureState.PLANNED, "entities": (name,), "operations": done}
    return feature.model_copy(update={**planned, "reason": reason})


def _is_done_by_pages(verb: str, entity: EntitySpec) -> bool:
    """Tell whether pages do with a row what a verb says."""
    if verb in _NOT_OF_PAGES:
        return _is_there(verb, entity)
    return bool(operations_of([verb]))


def _finished(feature: FeatureSpec, source: Source | None, spec: AppSpec) -> FeatureSpec:
    """Return a feature with how sure it is, and what it does with rows."""
    mentions = tuple(mentions_of(source)) if source is not None else ()
    return with_operations(_rated(feature, spec), spec, mentions)


def _rated(feature: FeatureSpec, spec: AppSpec) -> FeatureSpec:
    """Return a feature that is as sure as the surest of what answers it; nobody read what is not.

    What is asked for by a known word (a capability, or what cannot be built) is sure, and a model
    in JDL says what it means.
    """
    if any(source.part == "jdl" for source in feature.inferred_from):
        return feature
    if feature.reason in UNREAD:
        return feature.model_copy(update={"confidence": 0.0})
    known = [entity.confidence for entity in spec.entities if entity.name in feature.entities]
    if feature.capabilities or not known:
        known.append(SURE)
    return feature.model_copy(update={"confidence": max(known)})


def _again(source: Source, spec: AppSpec, feature: FeatureSpec) -> FeatureSpec:
    """Return what becomes of a feature; of one that is not understood, a truer reason if any."""
    if feature.state is FeatureState.PLANNED:
        return _looked_at(source, spec, feature) or feature
    if feature.reason != NOT_UNDERSTOOD:
        return feature
    found = _looked_at(source, spec, feature.model_copy(update={"reason": None}))
    return feature if found is None else feature.model_copy(update={"reason": found.reason})


def _looked_at(source: Source, spec: AppSpec, there: FeatureSpec | None) -> FeatureSpec | None:
    """Return what becomes of a sentence of which something is not made; None where all is."""
    mentions = [(mention, entity_named(mention.noun, spec)) for mention in mentions_of(source)]
    about = list({e.name: e for _, e in mentions if e is not None}.values())
    lacks = list(lacks_in(source.text, spec, about))
    spoken_of = there is not None or bool(about)
    undone = list(dict.fromkeys(_undone(mentions, spec))) if spoken_of else []
    reasons = [lack.reason for lack in lacks]
    reasons += [f"Nothing in the app does this yet: {', '.join(undone)}."] if undone else []
    reasons += unknown_fields(source.text, spec, about)
    reasons += _not_kept_to_staff(mentions, spec)
    if not reasons:
        return None
    said = [there.reason] if there is not None and there.reason else []
    reason = " ".join(dict.fromkeys([*said, *reasons]))
    asks_more = there is not None and (there.capabilities or there.breakdowns)
    if not asks_more and not _is_done_in_part(source, spec, lacks, has_undone=bool(undone)):
        return unplaced(source, reason)
    if there is not None:
        return there.model_copy(update={"reason": reason})
    names = tuple(entity.name for entity in about)
    return FeatureSpec(
        text=source.text[:2000],
        state=FeatureState.PLANNED,
        entities=names,
        reason=reason,
        inferred_from=(short(source),),
    )


def _is_done_in_part(source: Source, spec: AppSpec, lacks: list[Lack], *, has_undone: bool) -> bool:
    """Tell whether pages do something of what a sentence asks beside what is lacking."""
    if not lacks and not has_undone:
        return True
    text = source.text
    for lack in lacks:
        start, end = lack.span
        text = text[:start] + " " * (end - start) + text[end:]
    for mention in mentions_of(source.model_copy(update={"text": text})):
        entity = entity_named(mention.noun, spec)
        if entity is None:
            continue
        verbs = set(mention.verbs) - _NOTHING_DONE
        if mention.deed or (not verbs and not has_undone):
            return True
        kept = verbs & _WRITTEN_DOWN
        if kept or any(_is_read(verb) or _is_held(verb, entity, spec) for verb in verbs):
            return True
    return False


def _undone(mentions: list[tuple[Mention, EntitySpec | None]], spec: AppSpec) -> Iterator[str]:
    """Yield what is to be done with things that no page does, by its verb.

    What a verb is done to is what first stands with it.
    """
    seen: set[str] = set()
    for mention, entity in mentions:
        for verb in mention.verbs:
            if verb in seen or _is_read(verb) or not does(verb, mention.source.text):
                continue
            # What no rule knows is named where it is done to a row, and nothing else says why.
            unknown = verb not in _NOT_OF_PAGES
            if unknown and (entity is None or out_of_reach(mention.source.text)):
                continue
            if entity is None and not _is_person(mention.noun):
                continue
            seen.add(verb)
            spoken_of = [other for _, other in mentions if other is not None]
            if entity is None or not any(_is_held(verb, one, spec) for one in spoken_of):
                yield verb


def _is_read(verb: str) -> bool:
    """Tell whether a verb is one that pages do with rows, or one that only tells of them."""
    if verb in _NOT_OF_PAGES:
        return False
    return bool(operations_of([verb])) or verb in _NOTHING_DONE | _TELLING


def _is_held(verb: str, entity: EntitySpec, spec: AppSpec) -> bool:
    noun = DEEDS.get(verb)
    return _is_there(verb, entity) or (
        noun is not None and any(noun == e.name.lower() for e in spec.entities)
    )


def _is_there(verb: str, entity: EntitySpec) -> bool:
    """Tell whether an entity's fields, its links or who sees it answer what is done with it."""
    if verb == "share":
        return not entity.owned
    if verb == "moderate":  # staff changes and deletes what others wrote
        return entity.authored or entity.managed
    if is_said(verb, entity.fields):
        return True
    names = f"{entity.name} {' '.join(r.name for r in entity.relations)}".lower()
    return DEEDS.get(verb, verb) in names


def _not_kept_to_staff(
    mentions: list[tuple[Mention, EntitySpec | None]], spec: AppSpec
) -> Iterator[str]:
    """Yield where staff decides, and others who may change the row can say the same."""
    by_name = {entity.name.lower(): entity for entity in spec.entities}
    found: set[str] = set()
    for mention, entity in mentions:
        for verb in sorted(SAID_AS.keys() & set(mention.verbs)):
            held = by_name.get(DEEDS.get(verb, ""), entity)
            if held is None or not spec.auth or held.managed or held.inbox:
                continue
            if not _is_there(verb, held) or (mention.actor == "" and held.owned):
                continue
            if mention.actor == "" or is_staff(mention.actor):
                found.add(verb)
    if found:
        yield f"Whoever may change a row can say this too: {', '.join(sorted(found))}."


def _is_person(noun: str) -> bool:
    head = singular_of(noun.rpartition(" ")[2])
    return head in PERSONS | PEOPLE or head.endswith(("er", "or"))


def _traces_of(spec: AppSpec) -> set[str]:
    """Return the sentences that parts of the app were read from, as they are kept."""
    parts = [
        *spec.entities,
        *(field for entity in spec.entities for field in entity.fields),
        *(relation for entity in spec.entities for relation in entity.relations),
        *(page for page in spec.pages if page.path != "/"),
    ]
    return {source.text for part in parts for source in part.inferred_from}


def _left_no_trace(source: Source, spec: AppSpec, traces: set[str]) -> bool:
    """Tell whether a sentence asks for something and nothing of the app comes from it."""
    if source.part != "description" or short(source).text in traces:
        return False
    if any(entity_named(mention.noun, spec) for mention in mentions_of(source)):
        return False
    if spec.entities:
        return asks_beside_things(source.text)
    return asks_where_nothing_is_kept(source.text, is_site=is_of_a_site(spec.description))
