"""Names for entities, fields and links that are safe in Python, TypeScript, SQL and URLs.

What travels as JSON is named the same on both sides (`FieldNames.python` == `FieldNames.ts`):
a field under its own name; a to-one link as `<name>_id` (int or null) when written, and as
`<name>_id` plus `<name>` (`{"id", "label"}` or null) when read; a to-many link as `<name>_ids`
when written, and as `<name>_ids` plus `<name>` (a list of `{"id", "label"}`) when read.
Decimals travel as JSON strings, dates and times as ISO 8601. An optional field may be null;
a boolean never is. A picture or a file (an upload) travels as `{"name", "type", "size", "url"}` or
null when read, and as `{"name", "content"}` (base64) when written. A one-to-many link is turned
round: its target gets the to-one link.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from generation.engines.builtin.stacks.shared.words import (
    NameKeeper,
    Vocabulary,
    class_words,
    field_words,
    in_words,
    module_words,
    plural_words,
)
from projects.spec.access import followed_in
from projects.spec.circles import without_circles
from projects.spec.identity import Identity, identity_of
from projects.spec.models import (
    UPLOADS,
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
)

TEXT_TYPES = (FieldType.STRING, FieldType.TEXT, FieldType.EMAIL, FieldType.URL)
# What staff says of a row that somebody sent, by words of the field's name.
OF_STAFF = frozenset(
    {"status", "state", "stage", "handled", "answered", "processed", "archived", "resolved", "done"}
)
LABEL_TYPES = (FieldType.STRING, FieldType.EMAIL, FieldType.URL)
# What rows without a text are told apart by; the first kinds tell the most.
TOLD_BY = (
    (FieldType.DATE, FieldType.DATETIME),
    (FieldType.ENUM,),
    (FieldType.INTEGER, FieldType.DECIMAL),
)


class FieldNames(NamedTuple):
    """A field's names, beside its spec."""

    spec: FieldSpec
    python: str
    label: str

    @property
    def ts(self) -> str:
        """Return the name in TypeScript, which is the JSON key."""
        return self.python

    @property
    def required(self) -> bool:
        """Tell whether a value must be given when a row is made."""
        return self.spec.required and self.spec.default is None and not self.is_boolean

    @property
    def nullable(self) -> bool:
        """Tell whether the value may be null."""
        return not (self.spec.required or self.spec.default is not None or self.is_boolean)

    @property
    def is_of_staff(self) -> bool:
        """Tell whether the value says what became of a row, and a new row may go without it."""
        chosen = self.is_boolean or self.spec.type is FieldType.ENUM
        return chosen and not self.required and bool(OF_STAFF & set(self.python.split("_")))

    @property
    def is_boolean(self) -> bool:
        """Tell whether the field is a yes or no."""
        return self.spec.type is FieldType.BOOLEAN


class LinkNames(NamedTuple):
    """A link to another entity's rows, in the direction in which it is stored."""

    identity: Identity
    attribute: str
    label: str
    target: str
    required: bool
    unique: bool
    many: bool

    @property
    def column(self) -> str:
        """Return the JSON key it is written under: `<name>_id`, or `<name>_ids` for many."""
        return f"{self.attribute}_ids" if self.many else f"{self.attribute}_id"


@dataclass(frozen=True)
class EntityNames:
    """An entity's names, beside its spec; `links` name their targets by `class_name`.

    Rows of what its `makers_change` are answered with `mine`: whether who asks made them.
    `uploads` are its pictures and files, which are not among its `fields`.
    Rows of what is `owned` are seen and changed by who made them; of what is `overseen` by staff
    too. What `follows` a link is overseen and seen by whoever sees what that leads to. Staff alone
    changes rows of what is `managed`; of these everybody who signs in reads them, save those of an
    `inbox`: anybody sends these, and staff alone reads them. What is `authored` everybody who signs
    in reads and adds, and its author and staff change it. What is `public` is read by anybody,
    signed in or not.
    """

    spec: EntitySpec
    class_name: str
    module: str
    table: str
    plural_slug: str
    label: str
    plural_label: str
    fields: tuple[FieldNames, ...] = ()
    uploads: tuple[FieldNames, ...] = ()
    links: tuple[LinkNames, ...] = ()
    owned: bool = True
    overseen: bool = False
    managed: bool = False
    inbox: bool = False
    authored: bool = False
    public: bool = False
    follows: str = ""

    @property
    def followed(self) -> LinkNames | None:
        """Return the link to the row whose readers see a row, if there is one."""
        return next((link for link in self.links if link.attribute == self.follows), None)

    @property
    def makers_change(self) -> bool:
        """Tell whether others see a row too, and who made it and staff change it."""
        return self.authored or bool(self.follows)

    @property
    def of_staff(self) -> tuple[FieldNames, ...]:
        """Return the fields that staff alone fills in, such as a status: of what others make."""
        return tuple(field for field in self.fields if self._is_of_staff(field))

    def _is_of_staff(self, field: FieldNames) -> bool:
        # A yes or no that its owner switches, such as "done", is theirs.
        made = self.inbox or (self.overseen and not field.is_boolean)
        return made and field.is_of_staff

    @property
    def has_owner(self) -> bool:
        """Tell whether it is kept of each row who made it."""
        return self.owned or self.authored

    @property
    def plural_module(self) -> str:
        """Return the plural as an identifier, for names such as `list_notes`."""
        return self.table

    @property
    def one(self) -> str:
        """Return what one row is called in a sentence, with its article."""
        noun = self.label.lower()
        vowel = noun.startswith(tuple("aeiou")) and not noun.startswith(("eu", "uni", "us", "ut"))
        return f"{'an' if vowel else 'a'} {noun}"

    @property
    def label_field(self) -> FieldNames | None:
        """Return the field a row is called by, where there is one."""
        named = [f for f in self.fields if f.spec.type in LABEL_TYPES]
        return next((f for f in named if f.spec.required), named[0] if named else None)

    @property
    def excerpt_field(self) -> FieldNames | None:
        """Return the long text by whose beginning a row is called, where no short one names it.

        One that may be empty gives way to a date or a choice; these tell rows apart better.
        """
        told = self.told_by
        if self.label_field is not None or (told and told.spec.type not in TOLD_BY[-1]):
            return None
        return self._needed_text or next(iter(self._long_texts), None)

    @property
    def _needed_text(self) -> FieldNames | None:
        return next((f for f in self._long_texts if f.spec.required), None)

    @property
    def _long_texts(self) -> list[FieldNames]:
        return [f for f in self.fields if f.spec.type is FieldType.TEXT]

    @property
    def name_field(self) -> FieldNames | None:
        """Return the field that stands for a row in lists: what it is called by, in full."""
        return self.label_field or self.excerpt_field

    @property
    def told_by(self) -> FieldNames | None:
        """Return what tells a row from others beside its number, where no text names it.

        That is its first date (of a moment its day), else its first choice, else its first number.
        """
        if self.label_field is not None or self._needed_text is not None:
            return None
        kinds = [kind for kind in TOLD_BY if any(f.spec.type in kind for f in self.fields)]
        return next((f for f in self.fields if kinds and f.spec.type in kinds[0]), None)

    @property
    def told_by_day(self) -> bool:
        """Tell whether it is a date, or a moment's day, that tells a row from others."""
        return self.told_by is not None and self.told_by.spec.type in TOLD_BY[0]

    @property
    def facts(self) -> tuple[FieldNames, ...]:
        """Return the fields that tell more of a row than what it is called by."""
        named = (self.name_field, None if self.excerpt_field else self.told_by)
        return tuple(f for f in self.fields if f not in named)

    @property
    def search_fields(self) -> tuple[FieldNames, ...]:
        """Return the fields the search looks through."""
        return tuple(f for f in self.fields if f.spec.type in TEXT_TYPES)


@dataclass(frozen=True)
class AppNames:
    """All entities' names, and a plain-word note for each rename."""

    entities: tuple[EntityNames, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, model_name: str) -> EntityNames:
        """Return the names of an entity by its class name; KeyError when there is none."""
        return self._by_class[model_name]

    def dependents_of(self, entity: EntityNames) -> tuple[EntityNames, ...]:
        """Return what goes with a deleted row: what requires it, and what requires that in turn."""
        gone = [entity.class_name]
        for name in gone:
            gone += [other for other in self._needing.get(name, ()) if other not in gone]
        return tuple(other for other in self.entities if other.class_name in gone[1:])

    @cached_property
    def staffed(self) -> bool:
        """Tell whether staff sees or changes rows that others do not."""
        return any(e.managed or e.overseen or e.authored for e in self.entities)

    @cached_property
    def public(self) -> tuple[EntityNames, ...]:
        """Return what anybody reads, signed in or not."""
        return tuple(entity for entity in self.entities if entity.public)

    @cached_property
    def inboxes(self) -> tuple[EntityNames, ...]:
        """Return what anybody sends and staff alone reads."""
        return tuple(entity for entity in self.entities if entity.inbox)

    @cached_property
    def _needing(self) -> dict[str, list[str]]:
        """The classes of what requires a class, by its name."""
        found: dict[str, list[str]] = {}
        for entity in self.entities:
            for link in entity.links:
                if link.required and not link.many:
                    found.setdefault(link.target, []).append(entity.class_name)
        return found

    @cached_property
    def _by_class(self) -> dict[str, EntityNames]:
        return {entity.class_name: entity for entity in self.entities}


@dataclass
class _Namer:
    spec: AppSpec
    classes: NameKeeper
    modules: NameKeeper
    tables: NameKeeper
    notes: list[str] = field(default_factory=list)

    def entity(self, entity: EntitySpec) -> EntityNames:
        class_name = self.classes.keep(class_words(entity.name))
        if class_name != class_words(entity.name):
            self.notes.append(f"The entity {entity.name} is called {class_name} in the code.")
        table = self.tables.keep(plural_words(entity.plural))
        shared = self.spec.auth and not entity.owned
        return EntityNames(
            spec=entity,
            class_name=class_name,
            module=self.modules.keep(module_words(class_name)),
            table=table,
            plural_slug=table.replace("_", "-"),
            label=in_words(entity.name),
            plural_label=in_words(entity.plural),
            owned=entity.owned and self.spec.auth,
            overseen=entity.overseen and self.spec.auth,
            managed=shared and (entity.managed or entity.inbox),
            inbox=shared and entity.inbox and not entity.managed,
            authored=shared and entity.authored,
            public=shared and entity.public,
        )

    def fields(self, entity: EntitySpec, keeper: NameKeeper) -> tuple[FieldNames, ...]:
        named = []
        # A picture or a file takes a second name, which no other field may have before it.
        ordered = sorted(entity.fields, key=lambda f: (f.type not in UPLOADS, f.position))
        for item in ordered:
            keep = keeper.keep_upload if item.type in UPLOADS else keeper.keep
            python = keep(field_words(item.name))
            if python != field_words(item.name):
                self.notes.append(f"The field {item.name} of {entity.name} is called {python}.")
            named.append(FieldNames(item, python, in_words(item.name)))
        return tuple(named)


def _links(
    spec: AppSpec, classes: dict[str, str], keepers: dict[str, NameKeeper]
) -> dict[str, list[LinkNames]]:
    """Return each entity's stored links, by the entity's name in the spec."""
    found: dict[str, list[LinkNames]] = {entity.name: [] for entity in spec.entities}
    for entity in spec.entities:
        for relation in entity.relations:
            if relation.target not in classes:
                continue
            holder, target, name = entity.name, relation.target, relation.name
            identity = identity_of(relation)
            if relation.kind is RelationKind.ONE_TO_MANY:
                holder, target = relation.target, entity.name
                name = relation.inverse_name or entity.name
                identity = identity.within(identity_of(entity))
            attribute = keepers[holder].keep_link(field_words(name))
            many = relation.kind is RelationKind.MANY_TO_MANY
            link = LinkNames(
                identity=identity,
                attribute=attribute,
                label=in_words(name),
                target=classes[target],
                required=relation.required and not many,
                unique=relation.kind is RelationKind.ONE_TO_ONE,
                many=many,
            )
            found[holder].append(link)
    return found


def name_app(spec: AppSpec, vocabulary: Vocabulary) -> AppNames:
    """Name everything in a spec in a stack's vocabulary."""
    namer = _Namer(
        spec,
        classes=NameKeeper(vocabulary.classes, vocabulary.class_suffix),
        modules=NameKeeper(vocabulary.modules, vocabulary.module_suffix),
        tables=NameKeeper(vocabulary.tables, vocabulary.table_suffix),
    )
    entities = [namer.entity(entity) for entity in spec.entities]
    keepers = {
        entity.name: NameKeeper(
            vocabulary.fields,
            vocabulary.field_suffix,
            {"mine"} if entity.authored or entity.follows else set(),
        )
        for entity in spec.entities
    }
    fields = {e.name: namer.fields(e, keepers[e.name]) for e in spec.entities}
    classes = {e.spec.name: e.class_name for e in entities}
    links = _links(without_circles(spec), classes, keepers)
    whole = tuple(
        replace(
            _whole(e, fields[e.spec.name], links[e.spec.name]),
            follows=_named(followed_in(spec, e.spec), links[e.spec.name]),
        )
        for e in entities
    )
    return AppNames(whole, tuple(namer.notes))


def _whole(
    entity: EntityNames, fields: tuple[FieldNames, ...], links: list[LinkNames]
) -> EntityNames:
    return replace(
        entity,
        fields=tuple(field for field in fields if field.spec.type not in UPLOADS),
        uploads=tuple(field for field in fields if field.spec.type in UPLOADS),
        links=tuple(links),
    )


def _named(relation: RelationSpec | None, links: list[LinkNames]) -> str:
    identity = relation and identity_of(relation)
    return next((link.attribute for link in links if link.identity == identity), "")
