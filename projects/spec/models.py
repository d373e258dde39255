"""The AppSpec: the strict, typed middle between a person's words and the generated files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

# Why a feature is unplaced whose words no rule has understood.
NOT_UNDERSTOOD = "These words are not understood yet."
NOT_ENGLISH = "The built-in engine reads English. Write this in English, or choose a model."
# What the reader is less sure of is a proposal: a person is asked to keep it or leave it out.
UNSURE_BELOW = 0.6
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]
ThemePart = Literal["background", "component", "text", "mood", "font", "corners"]
# What is done with rows; the words of the founding schema.
Operation = Literal["creates", "reads", "updates", "deletes"]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
THEME_PARTS: tuple[ThemePart, ...] = get_args(ThemePart)


def _in_order(parts: Mapping[Any, Any], order: Iterable[str]) -> dict[Any, Any]:
    """Return a mapping in this order: JSONB keeps none, and a design's version depends on it."""
    return {part: parts[part] for part in order if part in parts}


class SpecModel(BaseModel):
    """Base of every spec part: immutable and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldType(StrEnum):
    """Types a field may have; each stack maps them to its own."""

    STRING = "string"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    EMAIL = "email"
    URL = "url"
    ENUM = "enum"
    IMAGE = "image"
    FILE = "file"


# What is given as bytes: kept beside the row, neither searched nor compared.
UPLOADS = frozenset({FieldType.IMAGE, FieldType.FILE})


class RelationKind(StrEnum):
    """How rows of one entity point at rows of another."""

    MANY_TO_ONE = "many_to_one"
    ONE_TO_MANY = "one_to_many"
    ONE_TO_ONE = "one_to_one"
    MANY_TO_MANY = "many_to_many"


class FeatureState(StrEnum):
    """Whether a requested feature is part of the plan."""

    PLANNED = "planned"
    UNPLACED = "unplaced"


class Source(SpecModel):
    """Words that a part was read from, and where they stand.

    `index` counts features and stories from 0; `start` counts characters within the part. The text
    of a `model` is its name.
    """

    part: Literal["name", "description", "feature", "story", "jdl", "user", "model"]
    index: int = Field(default=0, ge=0)
    start: int = Field(default=0, ge=0)
    text: str


class Inferred(SpecModel):
    """A part that was read from words: where it came from, and how sure the reader is."""

    inferred_from: tuple[Source, ...] = ()
    confidence: Confidence = 1.0

    @property
    def is_unsure(self) -> bool:
        """Tell whether the part is only proposed."""
        return self.confidence < UNSURE_BELOW


class Renamable(Inferred):
    """A part whose rows outlive its name.

    `identity` is what a part that was renamed is known by from one version to the next: its first
    name. It is said only where it is so, as `managed` is.
    """

    identity: str | None = Field(
        default=None, min_length=1, max_length=120, exclude_if=lambda identity: identity is None
    )


class FieldSpec(Renamable):
    """One column of an entity, in the user's own words."""

    name: str = Field(min_length=1, max_length=100)
    type: FieldType = FieldType.STRING
    required: bool = False
    unique: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None
    min_length: int | None = Field(default=None, ge=0)
    max_length: int | None = Field(default=None, ge=1)
    # A regular expression that the whole of a text of one line must match.
    pattern: str | None = Field(default=None, exclude_if=lambda pattern: pattern is None)
    minimum: int | None = None
    maximum: int | None = None
    position: int = Field(default=0, ge=0)


class RelationSpec(Renamable):
    """A link from the entity that holds it to `target` (an entity's name)."""

    kind: RelationKind
    name: str = Field(min_length=1, max_length=100)
    target: str = Field(min_length=1, max_length=100)
    required: bool = False
    inverse_name: str | None = None


class EntitySpec(Renamable):
    """A kind of thing the app keeps.

    `owned` rows belong to the signed-in user who made them, who alone sees them; where they are
    `managed` too, staff sees and writes everybody's; where such an entity `follows` one of its
    relations (a required one to one other row), whoever sees that row sees and adds rows, and who
    made one and staff change it. Of the others everybody who signs in reads and
    writes all; `managed` ones everybody reads and staff alone writes; `authored` ones everybody
    reads and adds, and who made one and staff alone change it. What is `public` is read without
    signing in too. Those of an `inbox` anybody sends, signed in or not, and staff alone reads.
    """

    name: str = Field(min_length=1, max_length=100)
    plural: str = Field(min_length=1, max_length=100)
    description: str = ""
    owned: bool = True
    # Said only where it is so: what was built of a design without it stays the same, byte by byte.
    managed: bool = Field(default=False, exclude_if=lambda managed: not managed)
    inbox: bool = Field(default=False, exclude_if=lambda inbox: not inbox)
    authored: bool = Field(default=False, exclude_if=lambda authored: not authored)
    public: bool = Field(default=False, exclude_if=lambda public: not public)
    follows: str | None = Field(default=None, exclude_if=lambda follows: follows is None)
    fields: tuple[FieldSpec, ...] = ()
    relations: tuple[RelationSpec, ...] = ()

    @property
    def overseen(self) -> bool:
        """Tell whether each row belongs to its maker and staff works on everybody's."""
        return self.owned and self.managed

    @property
    def followed(self) -> RelationSpec | None:
        """Return the relation to the row whose readers see a row of this entity, if there is one.

        It is a required one to one other row.
        """
        kinds = (RelationKind.MANY_TO_ONE, RelationKind.ONE_TO_ONE)
        needed = (one for one in self.relations if one.required and one.kind in kinds)
        return next((one for one in needed if one.name == self.follows), None)

    @property
    def proposals(self) -> tuple[FieldSpec | RelationSpec, ...]:
        """Fields and relations that are only proposed."""
        parts: tuple[FieldSpec | RelationSpec, ...] = (*self.fields, *self.relations)
        return tuple(part for part in parts if part.is_unsure)


class RoleSpec(Inferred):
    """A kind of person who uses the app."""

    name: str = Field(min_length=1, max_length=100)


class PageKind(StrEnum):
    """What a page is for."""

    HOME = "home"
    DASHBOARD = "dashboard"
    LIST = "list"
    DETAIL = "detail"
    FORM = "form"
    CONTENT = "content"


class SectionSpec(SpecModel):
    """A part of a content page: a heading, a text and a list, in the user's own words."""

    heading: str
    text: str = ""
    items: tuple[str, ...] = ()


class PageSpec(Inferred):
    """A page of the app; `entity` names what a list, detail or form page shows.

    On a home or content page it names the inbox whose form stands below the words.
    """

    name: str = Field(min_length=1, max_length=100)
    path: str = Field(pattern=r"^/[a-z0-9/:_-]*$")
    kind: PageKind
    entity: str | None = None
    sections: tuple[SectionSpec, ...] = ()


class ThemeSpec(SpecModel):
    """Colours as CSS hex (`#rrggbb`), where the words name any, and the mood they ask for.

    `font` is the kind of letters, and `corners` say how parts are drawn.

    `marks` says of each of these, by its name, which words it was read from and how surely.
    """

    background: str | None = Field(default=None, pattern=r"^#[0-9a-f]{6}$")
    component: str | None = Field(default=None, pattern=r"^#[0-9a-f]{6}$")
    text: str | None = Field(default=None, pattern=r"^#[0-9a-f]{6}$")
    mood: str | None = None
    font: Literal["serif", "sans", "mono"] | None = Field(
        default=None, exclude_if=lambda font: font is None
    )
    corners: Literal["rounded", "sharp"] | None = Field(
        default=None, exclude_if=lambda corners: corners is None
    )
    marks: Annotated[
        dict[ThemePart, Inferred], AfterValidator(partial(_in_order, order=THEME_PARTS))
    ] = Field(default_factory=dict, exclude_if=lambda marks: not marks)

    def painted(self, given: Mapping[ThemePart, str | None], mark: Inferred) -> ThemeSpec:
        """Return the theme with parts of it as given; those that change are read from `mark`."""
        changed: dict[str, str | None] = {
            part: value for part, value in given.items() if value != getattr(self, part)
        }
        marks = {part: known for part, known in self.marks.items() if part not in changed}
        marks |= {part: mark for part, value in given.items() if changed.get(part) is not None}
        return self.model_copy(update={**changed, "marks": _in_order(marks, THEME_PARTS)})


class Priority(StrEnum):
    """How much a feature is wanted."""

    MUST = "must-have"
    SHOULD = "should-have"
    NICE = "nice-to-have"


class Measure(StrEnum):
    """What is said of each group of rows."""

    COUNT = "count"
    TOTAL = "total"
    AVERAGE = "average"


class Period(StrEnum):
    """What dates are grouped by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class BreakdownSpec(Inferred):
    """What is said of an entity's rows, group by group.

    `by` names what groups them: a link to one row, a choice, or a date, which does by its month,
    or another period that `per` says; where it is null, that of when they were made.
    `of` names the number whose total or average is said.
    """

    entity: str = Field(min_length=1, max_length=100)
    by: str | None = Field(min_length=1, max_length=100)
    per: Period = Field(default=Period.MONTH, exclude_if=lambda per: per is Period.MONTH)
    measure: Measure = Measure.COUNT
    of: str | None = None


class FeatureSpec(Inferred):
    """A requested feature in the user's words and what of the plan answers it.

    `operations` names for each thing that is done with rows the entities with which it is done.
    """

    text: str
    state: FeatureState
    entities: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    operations: Annotated[
        dict[Operation, tuple[str, ...]], AfterValidator(partial(_in_order, order=OPERATIONS))
    ] = Field(default_factory=dict, exclude_if=lambda done: not done)
    breakdowns: tuple[BreakdownSpec, ...] = Field(default=(), exclude_if=lambda asked: not asked)
    reason: str | None = None
    priority: Priority | None = None


class AppSpec(SpecModel):
    """Everything the stacks need to know about the app to be made."""

    name: str = Field(min_length=1, max_length=100)
    description: str = ""
    entities: tuple[EntitySpec, ...] = ()
    roles: tuple[RoleSpec, ...] = ()
    pages: tuple[PageSpec, ...] = ()
    theme: ThemeSpec = ThemeSpec()
    features: tuple[FeatureSpec, ...] = ()
    auth: bool = True
    dashboard: bool = False

    @property
    def unplaced(self) -> tuple[FeatureSpec, ...]:
        """Features nobody could place; named in the log, the page and the generated README."""
        return tuple(f for f in self.features if f.state is FeatureState.UNPLACED)
