"""Hypothesis strategies for AppSpecs: all that can be kept, and what an editor accepts."""

from __future__ import annotations

from hypothesis import strategies as st

from projects.spec.models import (
    OPERATIONS,
    THEME_PARTS,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Inferred,
    PageKind,
    PageSpec,
    Priority,
    RelationKind,
    RelationSpec,
    RoleSpec,
    SectionSpec,
    Source,
    ThemeSpec,
)

# PostgreSQL keeps every character but NUL; UTF-8 has no surrogates.
characters = st.characters(codec="utf-8", exclude_characters="\0")
texts = st.text(characters, max_size=12)
names = st.text(characters, min_size=1, max_size=12)
# What patterns are made of, and patterns of that which may be refused all the same.
_pieces = st.sampled_from(
    (
        *("a", "é", "%", '"', "-", "/", " ", r"\.", r"\\", ".", r"\d", r"\w", r"\S"),
        *("[A-Z]", "[^@<]", "[0-9a-f]", r"[\w.-]", r"[!-/\]]", "[&#-]"),
    )
)
_repeats = st.sampled_from(("", "", "?", "*", "+", "{3}", "{2,}", "{1,4}"))
_groups = st.recursive(
    st.tuples(_pieces, _repeats).map("".join),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map("".join),
        st.tuples(st.lists(part, min_size=1, max_size=3).map("|".join), _repeats).map(
            lambda pair: f"({pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)
patterns = st.one_of(_groups, _groups.map(lambda pattern: f"^{pattern}$"))
colours = st.none() | st.from_regex(r"\A#[0-9a-f]{6}\Z")
paths = st.from_regex(r"\A/[a-z0-9/:_-]{0,8}\Z")
confidences = st.floats(0, 1)
limits = st.none() | st.integers(0, 2**40)


def listed(one, *, by=None, most=3):
    unique = {"unique_by": by} if by else {}
    return st.lists(one, max_size=most, **unique).map(tuple)


sources = st.builds(
    Source,
    part=st.sampled_from(("name", "description", "feature", "story", "jdl", "user")),
    index=st.integers(0, 300),
    start=st.integers(0, 2**16),
    text=texts,
)
inferred = {"inferred_from": listed(sources, most=2), "confidence": confidences}
fields = st.builds(
    FieldSpec,
    name=names,
    type=st.sampled_from(FieldType),
    required=st.booleans(),
    unique=st.booleans(),
    choices=listed(texts),
    default=st.none() | texts,
    min_length=limits,
    max_length=st.none() | st.integers(1, 2**40),
    pattern=st.none() | patterns | texts,
    minimum=st.none() | st.integers(),
    maximum=st.none() | st.integers(),
    position=st.integers(0, 9),
    **inferred,
)
relations = st.builds(
    RelationSpec,
    kind=st.sampled_from(RelationKind),
    name=names,
    target=names,
    required=st.booleans(),
    inverse_name=st.none() | texts,
    **inferred,
)
entities = st.builds(
    EntitySpec,
    name=names,
    plural=names,
    description=texts,
    owned=st.booleans(),
    managed=st.booleans(),
    inbox=st.booleans(),
    authored=st.booleans(),
    public=st.booleans(),
    follows=st.none() | names,
    fields=listed(fields, by=lambda field: field.name),
    relations=listed(relations, by=lambda relation: relation.name),
    **inferred,
)
pages = st.builds(
    PageSpec,
    name=names,
    path=paths,
    kind=st.sampled_from(PageKind),
    entity=st.none() | names,
    sections=listed(st.builds(SectionSpec, heading=texts, text=texts, items=listed(texts)), most=2),
    **inferred,
)
app_specs = st.builds(
    AppSpec,
    name=names,
    description=texts,
    entities=listed(entities, by=lambda entity: entity.name),
    roles=listed(st.builds(RoleSpec, name=names, **inferred)),
    pages=listed(pages, by=lambda page: page.path),
    theme=st.builds(
        ThemeSpec,
        background=colours,
        component=colours,
        text=colours,
        mood=st.none() | texts,
        marks=st.dictionaries(st.sampled_from(THEME_PARTS), st.builds(Inferred, **inferred)),
    ),
    features=listed(
        st.builds(
            FeatureSpec,
            text=texts,
            state=st.sampled_from(FeatureState),
            entities=listed(names),
            capabilities=listed(texts),
            reason=st.none() | texts,
            operations=st.dictionaries(st.sampled_from(OPERATIONS), listed(names)),
            priority=st.none() | st.sampled_from(Priority),
            **inferred,
        )
    ),
    auth=st.booleans(),
    dashboard=st.booleans(),
)
