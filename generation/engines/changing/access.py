"""Who reads and who writes: wishes to share a thing, to show it to visitors, to keep it."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.oversight import is_staff
from generation.engines.changing.wishes import Draft
from projects.spec.access import HOLDS_ONE, links
from projects.spec.edit import put_entity
from projects.spec.models import AppSpec

Groups = re.Match[str]
_OVERSEEN = {"owned": True, "managed": True}
_NOBODYS: dict[str, object] = {
    **dict.fromkeys(("owned", "managed", "inbox", "authored", "public"), False),
    "follows": None,
}
_NO_READERS = frozenset({"nobody", "none", "no", "not", "never", "only", "neither"})
_MINE = "each person sees their own alone"
_STAFFED = "each person sees their own, and staff all of them"
_SHARED = "everybody who signs in sees all of them"
_AUTHORED = "everybody who signs in sees all of them, who added one and staff change it"


def share(draft: Draft, found: Groups) -> Draft | None:
    """Users can share a note; make notes private; staff sees all; users edit only their own."""
    groups = found.groupdict()
    if groups.get("staff") is not None:
        return _with_access(draft, found["thing"], _STAFFED, owned=True, managed=True)
    if groups.get("private") is not None:
        return _with_access(draft, found["thing"], _MINE, owned=True)
    if groups.get("author") is not None:
        return _with_access(draft, found["thing"], _AUTHORED, authored=True)
    return _with_access(draft, found["thing"], _SHARED)


def show(draft: Draft, found: Groups) -> Draft | None:
    """Visitors can read posts, and what these link to; hide posts from visitors."""
    entity = draft.entity(found["thing"])
    hidden = found.groupdict().get("hidden") is not None
    if entity is None or entity.public == (not hidden):
        return None
    if hidden:
        return draft.with_entity(
            f"{entity.plural}: visitors do not see them",
            entity.model_copy(update={"public": False}),
            replacing=entity.name,
        )
    if entity.owned and not entity.managed:
        entity = entity.model_copy(update={"owned": False, "authored": True})
    shown = put_entity(draft.spec, entity, replacing=entity.name)
    names = _reached(shown, entity.name)
    entities = tuple(
        one.model_copy(update={"public": True}) if one.name in names else one
        for one in shown.entities
    )
    plurals = ", ".join(one.plural for one in entities if one.name in names)
    return draft.with_spec(f"{plurals}: visitors see them without signing in", entities=entities)


def follow(draft: Draft, found: Groups) -> Draft | None:
    """Whoever sees a ticket sees its replies; customers see the replies to their tickets."""
    entity, target = draft.entity(found["thing"]), draft.entity(found["target"])
    if entity is None or target is None or not target.owned:
        return None
    who = (found.groupdict().get("who") or "").lower()
    if who in _NO_READERS or is_staff(singular_of(who)):
        return None
    to_it = (r for r in entity.relations if r.target == target.name and r.kind in HOLDS_ONE)
    link = next(to_it, None)
    if link is None or entity.follows == link.name:
        return None
    needed = link.model_copy(update={"required": True})
    seen = {
        **_NOBODYS,
        **_OVERSEEN,
        "follows": link.name,
        "relations": tuple(needed if one == link else one for one in entity.relations),
    }
    put = put_entity(draft.spec, target.model_copy(update=_OVERSEEN), replacing=target.name)
    put = put_entity(put, entity.model_copy(update=seen), replacing=entity.name)
    said = f"{entity.plural}: whoever sees a {target.name.lower()} sees them, and so does staff"
    said += "" if target.managed else f", which sees all {target.plural} too"
    return draft.with_spec(said, entities=put.entities)


def _with_access(draft: Draft, words: str, who: str, **flags: bool) -> Draft | None:
    entity = draft.entity(words)
    if entity is None:
        return None
    shown = {"public": entity.public and not flags.get("owned", False)}
    changed = entity.model_copy(update={**_NOBODYS, **shown, **flags})
    if changed == entity:
        return None
    return draft.with_entity(f"{entity.plural}: {who}", changed, replacing=entity.name)


def _reached(spec: AppSpec, name: str) -> set[str]:
    """Return an entity's name with those of all that its rows link to, near and far."""
    held = list(links(spec))
    reached: set[str] = set()
    waiting = {name}
    while waiting:
        reached |= waiting
        waiting = {target for holder, target in held if holder in waiting} - reached
    return reached
