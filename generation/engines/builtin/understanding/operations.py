"""What a feature does with the rows of each entity: makes, reads, changes, deletes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generation.engines.builtin.understanding.decisions import SAID_AS
from generation.engines.builtin.understanding.deeds import DEEDS
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import OPERATIONS, AppSpec, EntitySpec, FeatureSpec, Operation

# What is done with rows, by the verb that says it.
_CREATES = DEEDS.keys() | words(
    """
    create add make enter record input submit write post publish place upload file raise lodge
    leave insert schedule plan issue open host offer sell hire appoint announce cast charge
    prescribe build send attach import copy initiate contribute ask report invite suggest propose
    log collect put define give deposit arrange pledge
    """
)
_READS = words(
    """
    see view list show browse search find display check read look monitor access open compare
    filter sort query choose select pick download export visualise visualize receive get present
    showcase introduce analyse analyze learn watch include feature inspect preview print
    retrieve scroll page
    """
)
_UPDATES = SAID_AS.keys() | words(
    """
    edit update modify change set assign mark configure customise customize categorise categorize
    tag move rename complete finish close reopen adjust reschedule resolve return cancel link
    renew extend tick untick restock reorder allocate pick
    """
)
_DELETES = words("delete remove discard erase withdraw")
_ALL = words(
    """
    manage maintain keep track store save handle administer organise organize catalog catalogue
    """
)
# What shows rows in another way, and what changes them.
_READING = frozenset(
    {"search", "filter", "sort", "pagination", "chart", "totals", "breakdown", "export csv"}
    | {"dashboard", "api"}
)
_CHANGING = frozenset({"toggle"})
_OF = r"(?:of|for|from|about|by|on|at|in|into|against|per|behind)"
_VERBS: dict[Operation, frozenset[str]] = {
    "creates": frozenset(_CREATES),
    "reads": _READS,
    "updates": frozenset(_UPDATES),
    "deletes": _DELETES,
}


# What somebody may not do is no operation: "nobody may delete orders".
_FORBIDS = re.compile(
    r"\b(?:nobody|no[ -]one|(?:can|may|must)(?:not| not|n['\u2019]t)|(?:is|are) not allowed to)\b",
    re.IGNORECASE,
)


def with_operations(
    feature: FeatureSpec, spec: AppSpec, mentions: Sequence[Mention]
) -> FeatureSpec:
    """Return a feature with what it does with the rows of what answers it.

    What no verb is said of is read where one is said of another; else all that pages do is done.
    """
    if feature.operations or _FORBIDS.search(feature.text):
        return feature
    about: dict[str, list[Mention]] = {name: [] for name in feature.entities}
    for mention in mentions:
        found = entity_named(mention.noun, spec)
        if found is not None and found.name in about:
            about[found.name].append(mention)
    done = {name: _done(name, spoken, spec) for name, spoken in about.items()}
    usual: set[Operation] = {"reads"} if any(done.values()) else set(OPERATIONS)
    beside = _beside(feature)
    done = {name: (found or (set() if beside else usual)) | beside for name, found in done.items()}
    kept = {
        operation: tuple(name for name, found in done.items() if operation in found)
        for operation in OPERATIONS
        if any(operation in found for found in done.values())
    }
    return feature.model_copy(update={"operations": kept})


def _done(name: str, about: Iterable[Mention], spec: AppSpec) -> set[Operation]:
    """Return what is said to be done with the rows of one entity."""
    found: set[Operation] = set()
    for mention in about:
        found |= {"creates"} if mention.deed else set()
        for verb in mention.verbs:
            left = entity_named(DEEDS[verb], spec) if verb in DEEDS else None
            if (left is not None and left.name != name) or _is_beside(mention):
                found.add("reads")  # who orders a cake reads it
            else:
                found |= set(operations_of([verb]))
    return found


def operations_of(verbs: Iterable[str]) -> list[Operation]:
    """Return what pages do with rows where these verbs are said of them, in their order."""
    said = set(verbs)
    if said & _ALL:
        return list(OPERATIONS)
    return [operation for operation, known in _VERBS.items() if said & known]


def _is_beside(mention: Mention) -> bool:
    """Tell whether a thing is what another is of or for: "enter a diagnosis for a patient"."""
    head = re.escape(mention.noun.rpartition(" ")[2].removesuffix("y"))
    text = mention.source.text
    spoken = re.findall(rf"\b{head}\w*", text, re.IGNORECASE)
    behind = re.findall(rf"\b{_OF}\s+(?:[\w'\u2019-]+\s+){{0,2}}?{head}\w*", text, re.IGNORECASE)
    return 0 < len(spoken) == len(behind)


def _beside(feature: FeatureSpec) -> set[Operation]:
    """Return what is done by what a feature asks for of lists and pages of numbers."""
    asked = set(feature.capabilities)
    done: set[Operation] = {"reads"} if asked & _READING else set()
    return done | ({"updates"} if asked & _CHANGING else set())


def entity_named(noun: str, spec: AppSpec) -> EntitySpec | None:
    """Return the entity of that name, or of its last word."""
    first, _, last = noun.lower().rpartition(" ")
    whole = f"{first} {singular_of(last)}".strip()
    named = {entity.name.lower(): entity for entity in spec.entities}
    longer = [entity for name, entity in named.items() if name.endswith(f" {whole}")]
    found = named.get(whole) or named.get(singular_of(last))
    return found or (longer[0] if len(longer) == 1 else None)
