"""What becomes of each thing that a request asks for: planned, or unplaced with a reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generation.engines.builtin.understanding.candidates import Candidate, bare_thing
from generation.engines.builtin.understanding.capabilities import (
    CANNOT,
    FILES,
    FORMS,
    NEEDS_ENTITY,
    capabilities_in,
    out_of_reach,
)
from generation.engines.builtin.understanding.contact import is_contact_fact
from generation.engines.builtin.understanding.linking import name_of, named, short
from generation.engines.builtin.understanding.mentions import Mention, mentions_of
from generation.engines.builtin.understanding.pages import unwritten
from generation.engines.builtin.understanding.parts import wordless_parts
from generation.engines.builtin.understanding.priorities import priority_of
from generation.engines.builtin.understanding.slogans import is_slogan
from generation.engines.builtin.understanding.telling import is_of_parts
from generation.engines.builtin.understanding.theme import (
    is_about_looks,
    is_about_shapes,
    unmade_of_looks,
)
from generation.engines.builtin.understanding.weights import SEEN
from projects.spec.models import (
    NOT_ENGLISH,
    NOT_UNDERSTOOD,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    PageSpec,
    Source,
)

# Why nobody knows what words mean.
UNREAD = frozenset({NOT_ENGLISH, NOT_UNDERSTOOD})


def features_of(
    sources: list[Source],
    chosen: dict[str, Candidate],
    pages: tuple[PageSpec, ...],
    keeping: Collection[str] = (),
    inboxes: tuple[EntitySpec, ...] = (),
) -> tuple[tuple[FeatureSpec, ...], set[str]]:
    """Return what became of each feature, and every capability that is asked for anywhere.

    `keeping` are the things that have a picture or a file, so that one can be uploaded.

    A sentence of the description counts as a feature where it asks for what no feature does, or
    for what cannot be built; where no features are listed, each that speaks of what is kept does.
    """
    only_told = all(source.part == "description" for source in sources)
    asked: set[str] = set()
    made: list[FeatureSpec] = []
    for source in sorted(sources, key=lambda source: source.part == "description"):
        mentions = list(mentions_of(source))
        found = {named(noun, chosen) for noun in [*(m.noun for m in mentions), bare_thing(source)]}
        things = tuple(noun for noun in chosen if noun in found)
        able = [c for c in capabilities_in(source.text) if chosen or c not in NEEDS_ENTITY]
        unable = out_of_reach(source.text)
        if any(noun in keeping for noun in things):
            unable = [what for what in unable if what != FILES]
        sent = [inbox for inbox in inboxes if short(source) in inbox.inferred_from]
        if sent:
            unable = [what for what in unable if what != FORMS]
        if unable and not any(_is_answered(mention, chosen) for mention in mentions):
            things = ()
        if source.text.startswith("#"):  # a heading asks for nothing
            continue
        unable += unmade_of_looks(source.text)
        parts = wordless_parts(source.text, pages, chosen) if _is_of_pages(source, things) else []
        bare = unwritten(source.text, pages)
        lacking = lacking_of(unable, bare, parts)
        if source.part != "description":
            made.append(_feature(source, _named(things, sent), able, lacking))
        elif lacking or set(able) - asked - {"auth"} or (only_told and (things or sent)):
            fresh = [name for name in able if name not in asked]
            # Pages that lack some of their words are there all the same.
            fresh = fresh or (able if bare or parts else [])
            made.append(_feature(source, _named(things, sent), fresh, lacking))
        asked.update(able)
    return tuple(made), asked


def _named(things: tuple[str, ...], sent: list[EntitySpec]) -> tuple[str, ...]:
    """Return the names of the entities that answer a feature: things, and what visitors send."""
    return tuple(dict.fromkeys([*map(name_of, things), *(inbox.name for inbox in sent)]))


def _is_answered(mention: Mention, chosen: dict[str, Candidate]) -> bool:
    """Tell whether pages of the app do with a thing what a sentence says of it."""
    if named(mention.noun, chosen) is None or mention.weight < SEEN:
        return False
    return mention.deed or not mention.verbs or bool(set(mention.verbs) - CANNOT)


def _feature(
    source: Source, things: tuple[str, ...], able: list[str], lacking: str | None
) -> FeatureSpec:
    text = source.text
    is_looks = is_about_looks(text) or is_about_shapes(text)
    is_shown = is_looks or is_slogan(text) or is_contact_fact(text)
    if not things and not able and not is_shown:
        return unplaced(source, lacking or NOT_UNDERSTOOD)
    return FeatureSpec(
        text=source.text,
        state=FeatureState.PLANNED,
        entities=things,
        capabilities=tuple(able),
        reason=lacking,
        priority=priority_of(source.text),
        inferred_from=(short(source),),
    )


def unplaced(source: Source, reason: str) -> FeatureSpec:
    """Return words that nothing in the app answers, with the reason."""
    return FeatureSpec(
        text=source.text[:2000],
        state=FeatureState.UNPLACED,
        reason=reason,
        priority=priority_of(source.text),
        inferred_from=(short(source),),
        confidence=0.0 if reason in UNREAD else 1.0,
    )


def _is_of_pages(source: Source, things: Collection[str]) -> bool:
    """Tell whether a sentence speaks of parts of pages and of nothing that is kept."""
    return not things or is_of_parts(source.text)


def lacking_of(unable: list[str], bare: list[str], parts: Sequence[str] = ()) -> str | None:
    """Say what of a feature is not made; None where it is whole."""
    said = [f"The built-in engine cannot make this yet: {', '.join(unable)}."] if unable else []
    if bare:
        said.append(
            f"No words were given for the page {' and '.join(bare)}: write them in the app."
        )
    if parts:
        said.append(f"Nothing was given for {', '.join(parts)}: put it in the app.")
    return " ".join(said) or None
