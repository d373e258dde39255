"""What a model says beside its entities: options as features, and what is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from projects.spec.jdl.names import words
from projects.spec.jdl.parser import ALL
from projects.spec.jdl.tree import JdlDocument, JdlOption
from projects.spec.models import FeatureSpec, FeatureState, Source

ABLE = {"paginate": "pagination", "filter": "filter", "search": "search"}
# What `use … for` names stands for the option that has it.
USED = {
    "pagination": "paginate",
    "pager": "paginate",
    "infinite-scroll": "paginate",
    "elasticsearch": "search",
}
MOST_IGNORED, MOST_OPTIONS = 200, 50
WITHOUT = ("no", "false")


def features_of(
    document: JdlDocument, labels: dict[str, str], sources: Sequence[Source]
) -> Iterator[FeatureSpec]:
    """Yield what options ask for, and what of the model could not be kept, each with its line.

    `labels` gives the names of entities by their identifiers, `sources` are the lines in order.
    """
    planned = 0
    for option in _options(document):
        for name in (*option.entities, *option.excluded):
            if name not in labels and name not in ALL:
                document.ignore(option.line, f"{name} in {option.name}: there is no such entity")
        if option.name in ABLE and option.value not in WITHOUT and planned < MOST_OPTIONS:
            planned += 1
            named = tuple(labels[name] for name in _chosen(option, document))
            yield FeatureSpec(
                text=str(option)[:500],
                state=FeatureState.PLANNED,
                entities=named,
                capabilities=(ABLE[option.name],),
                operations={"reads": named} if named else {},
                inferred_from=(sources[option.line - 1],),
            )
        else:
            document.ignore(option.line, str(option))
    ignored = sorted(dict.fromkeys(document.ignored), key=lambda one: one[0])
    more = len(ignored) - MOST_IGNORED
    for line, what in ignored[:MOST_IGNORED]:
        yield _unplaced(f"Line {line}: {what}", sources[line - 1])
    if more > 0:
        last = ignored[MOST_IGNORED - 1][0]
        yield _unplaced(f"{more} more after line {last}", sources[last - 1])


def _unplaced(text: str, source: Source) -> FeatureSpec:
    return FeatureSpec(
        text=text[:500],
        state=FeatureState.UNPLACED,
        reason="This part of JDL has no meaning here.",
        inferred_from=(source,),
    )


def _options(document: JdlDocument) -> Iterator[JdlOption]:
    """Yield the options, each of what `use` names by itself, and those that annotations are."""
    for option in document.options:
        if option.name != "use":
            yield option
            continue
        for used in (option.value or "").split(", "):
            known = USED.get(used)
            name, value = (known, used) if known else (f"use {used} for", None)
            yield JdlOption(name, value, option.entities, option.excluded, option.line)
    marked: dict[tuple[str, str | None], list[str]] = {}
    lines: dict[tuple[str, str | None], int] = {}
    for entity in document.entities:
        for one in entity.annotations:
            if one.name in ABLE:
                marked.setdefault((one.name, one.value), []).append(entity.name)
                lines.setdefault((one.name, one.value), one.line)
    for (name, value), names in marked.items():
        yield JdlOption(name, value, tuple(names), (), lines[name, value])


def _chosen(option: JdlOption, document: JdlDocument) -> list[str]:
    known = [entity.name for entity in document.entities]
    every = any(name in ALL for name in option.entities)
    named = known if every else [name for name in option.entities if name in known]
    return [name for name in named if name not in option.excluded]


def unused_enums(document: JdlDocument) -> None:
    """Note the enumerations that no field has as its type."""
    used = {field.type for entity in document.entities for field in entity.fields}
    for name, enum in document.enums.items():
        if name not in used:
            document.ignore(enum.line, f"the enumeration {words(name)}, which no field has")
