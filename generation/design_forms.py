"""Forms of the design's page: rows of text that become parts of an AppSpec.

Each fault stands beside what caused it.

A form is read from what was typed, may gain and lose rows before it is stored, and is shown again
as it was typed when something is to be mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from pydantic import ValidationError

from generation.design_rows import (
    Row,
    change_rows,
    read_choices,
    read_rows,
    shown_choices,
    shown_limits,
    typed,
    typed_limits,
)
from projects.spec.access import HOLDS_ONE
from projects.spec.check import InvalidDesign, check_edit, design_faults_in
from projects.spec.edit import put_entity
from projects.spec.messages import Fault
from projects.spec.models import (
    THEME_PARTS,
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    Inferred,
    PageKind,
    PageSpec,
    RelationKind,
    RelationSpec,
    Source,
    ThemePart,
    ThemeSpec,
)

NAME_OF_ENTITY = re.compile(r"entities\.\d+\.(name|plural)")
# Who writes what does not belong to one person: values of `WRITERS`.
SHARED_BY = ("everybody", "author", "staff", "anybody")


@dataclass
class EntityForm:
    """An entity as it is edited: its names, its fields, its relations."""

    values: dict[str, str]
    fields: list[Row]
    relations: list[Row]
    errors: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, entity: EntitySpec | None) -> Self:
        """Return the form for a stored entity, or an empty one with a row to begin with."""
        if entity is None:
            return cls({"writers": "maker"}, [Row({"name": "name", "required": "on"})], [])
        values = {"name": entity.name, "plural": entity.plural, "description": entity.description}
        values["writers"] = writers_of(entity)
        values |= {"public": "on"} if entity.public else {}
        rows = [_field_row(one) for one in _in_order(entity)]
        return cls(values, rows, [_relation_row(r) for r in entity.relations])

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Return the form as it was sent."""
        names = ("name", "plural", "description", "writers", "public")
        values = {name: data[name] for name in names if name in data}
        return cls(values, read_rows(data, "field"), read_rows(data, "relation"))

    def change(self, act: str) -> bool:
        """Add or remove a row as the pressed button says; return whether it was that."""
        return change_rows(self.fields, "field", act) or change_rows(
            self.relations, "relation", act
        )

    def put_into(self, spec: AppSpec, entity: EntitySpec | None) -> AppSpec:
        """Return the design with this entity, new or in the place of `entity`.

        Raises `InvalidDesign` after noting each fault beside what caused it.
        """
        self.fields = [row for row in self.fields if not row.is_blank]
        self.relations = [row for row in self.relations if not row.is_blank]
        try:
            made = EntitySpec.model_validate(self._raw(spec, entity))
        except ValidationError as error:
            self._note(design_faults_in(error), "")
            raise InvalidDesign(design_faults_in(error)) from error
        edited = put_entity(spec, made, replacing=entity.name if entity else None)
        try:
            check_edit(spec, edited)
        except InvalidDesign as error:
            number = spec.entities.index(entity) if entity else len(spec.entities)
            self._note(error.errors, f"entities.{number}.")
            raise
        return edited

    def _raw(self, spec: AppSpec, entity: EntitySpec | None) -> dict[str, Any]:
        base = entity.model_dump() if entity else _by_user(self.values.get("name", ""))
        name = self.values.get("name", "").strip()
        fields = {one.name: one for one in entity.fields} if entity else {}
        relations = {one.name: one for one in entity.relations} if entity else {}
        return {
            **base,
            "name": name,
            "plural": self.values.get("plural", "").strip() or name,
            "description": typed(self.values, "description", entity.description if entity else None)
            or "",
            "owned": self.values.get("writers") not in SHARED_BY,
            "managed": self.values.get("writers") in ("overseen", "followers", "staff"),
            "inbox": self.values.get("writers") == "anybody",
            "authored": self.values.get("writers") == "author",
            "public": "public" in self.values,
            "follows": self._followed(spec, entity),
            "fields": [
                _raw_field(row, fields.get(row.was), position)
                for position, row in zip(self._positions(entity), self.fields, strict=True)
            ],
            "relations": [_raw_relation(row, relations.get(row.was)) for row in self.relations],
        }

    def _positions(self, entity: EntitySpec | None) -> list[int]:
        """Return where each field stands: as before, while they are those from before in order.

        The rows are put in the order in which the entity has its fields, if that is another.
        """
        shown = _in_order(entity)
        if [row.was for row in self.fields] != [one.name for one in shown] or entity is None:
            return list(range(len(self.fields)))
        rows = {row.was: row for row in self.fields}
        self.fields = [rows[one.name] for one in entity.fields]
        return [one.position for one in entity.fields]

    def _followed(self, spec: AppSpec, entity: EntitySpec | None) -> str | None:
        """Return the relation whose rows are followed: that from before, or the first that may be.

        It is empty where none may be.
        """
        if self.values.get("writers") != "followers":
            return None
        may_be = {one.name for one in spec.entities if one.overseen and one.follows is None}
        found = [row for row in self.relations if _is_needed(row) and row.text("target") in may_be]
        before = [row for row in found if entity and row.was == entity.follows]
        return next((_relation_name(row) for row in (*before, *found)), "")

    def _note(self, faults: Iterable[Fault], prefix: str) -> None:
        """Put each fault beside what caused it; those of other entities stand above the form."""
        for fault in faults:
            place, message = fault["field"], fault["message"]
            if not place.startswith(prefix):
                # Of two that share a name the later one is at fault, which may be the other.
                clash = NAME_OF_ENTITY.fullmatch(place)
                notes = self.errors.setdefault(clash[1], []) if clash else self.general
                notes.append(message)
                continue
            part, _, rest = place.removeprefix(prefix).partition(".")
            number = rest.partition(".")[0]
            rows = {"fields": self.fields, "relations": self.relations}.get(part, [])
            if number.isdigit() and int(number) < len(rows):
                rows[int(number)].errors.append(message)
            elif part in ("managed", "inbox", "authored", "follows"):
                self.errors.setdefault("writers", []).append(message)
            elif part in ("name", "plural", "description", "public"):
                self.errors.setdefault(part, []).append(message)
            else:
                self.general.append(message)


def writers_of(entity: EntitySpec) -> str:
    """Return the value of `WRITERS` that says who may write an entity's rows."""
    if entity.follows is not None:
        return "followers"
    if entity.owned:
        return "overseen" if entity.managed else "maker"
    if entity.inbox:
        return "anybody"
    if entity.authored:
        return "author"
    return "staff" if entity.managed else "everybody"


def _in_order(entity: EntitySpec | None) -> list[FieldSpec]:
    """Return an entity's fields as they are shown."""
    return sorted(entity.fields, key=lambda one: one.position) if entity else []


def _by_user(name: str) -> dict[str, Any]:
    return {"inferred_from": [Source(part="user", text=name.strip()).model_dump()]}


def _identity(before: FieldSpec | RelationSpec | None, name: str) -> dict[str, str]:
    """Return what says of a part with another name that it is the one from before."""
    if before is None or before.name == name:
        return {}
    return {"identity": before.identity or before.name}


def _flags(row: Row) -> dict[str, bool]:
    return {"required": "required" in row.values}


def _field_row(one: FieldSpec) -> Row:
    values = {"was": one.name, "name": one.name, "type": one.type.value}
    values |= {"choices": shown_choices(one.choices), "default": one.default or ""}
    values |= {"pattern": one.pattern or "", **shown_limits(one)}
    values |= {flag: "on" for flag in ("required", "unique") if getattr(one, flag)}
    return Row(values)


def _raw_field(row: Row, before: FieldSpec | None, position: int) -> dict[str, Any]:
    raw: dict[str, Any] = before.model_dump() if before else _by_user(row.text("name"))
    kind = row.values.get("type", FieldType.STRING.value)
    return {
        **raw,
        **_flags(row),
        **_identity(before, row.text("name")),
        **typed_limits(row, before, kind),
        "name": row.text("name"),
        "type": kind,
        "unique": "unique" in row.values,
        "choices": read_choices(row.values.get("choices", "")),
        "default": typed(row.values, "default", before.default if before else None),
        "pattern": typed(row.values, "pattern", before.pattern if before else None),
        "position": position,
    }


def _relation_row(one: RelationSpec) -> Row:
    values = {"was": one.name, "name": one.name, "kind": one.kind.value, "target": one.target}
    values |= {"inverse": one.inverse_name or ""}
    return Row(values | ({"required": "on"} if one.required else {}))


def _is_needed(row: Row) -> bool:
    kind = row.values.get("kind", RelationKind.MANY_TO_ONE.value)
    return "required" in row.values and kind in HOLDS_ONE


def _relation_name(row: Row) -> str:
    return row.text("name") or row.text("target").lower()


def _raw_relation(row: Row, before: RelationSpec | None) -> dict[str, Any]:
    raw: dict[str, Any] = before.model_dump() if before else _by_user(row.text("name"))
    return {
        **raw,
        **_flags(row),
        **_identity(before, _relation_name(row)),
        "name": _relation_name(row),
        "kind": row.values.get("kind", RelationKind.MANY_TO_ONE.value),
        "target": row.values.get("target", ""),
        **({"inverse_name": row.text("inverse") or None} if "inverse" in row.values else {}),
    }


@dataclass
class PagesForm:
    """The pages as they are edited, all at once."""

    pages: list[Row]
    general: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, pages: Iterable[PageSpec]) -> Self:
        """Return the form for stored pages."""
        return cls([_page_row(page) for page in pages])

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Return the form as it was sent."""
        return cls(read_rows(data, "page"))

    def change(self, act: str) -> bool:
        """Add or remove a row as the pressed button says; return whether it was that."""
        return change_rows(self.pages, "page", act)

    def put_into(self, spec: AppSpec) -> AppSpec:
        """Return the design with these pages.

        Raises `InvalidDesign` after noting each fault beside what caused it.
        """
        self.pages = [row for row in self.pages if not row.is_blank]
        before = {page.path: page for page in spec.pages}
        raw = [_raw_page(row, before.get(row.was)) for row in self.pages]
        try:
            edited = AppSpec.model_validate({**spec.model_dump(), "pages": raw})
            check_edit(spec, edited)
        except ValidationError as error:
            self._note(design_faults_in(error))
            raise InvalidDesign(design_faults_in(error)) from error
        except InvalidDesign as error:
            self._note(error.errors)
            raise
        return edited

    def _note(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            part, _, rest = fault["field"].partition(".")
            number = rest.partition(".")[0]
            if part == "pages" and number.isdigit() and int(number) < len(self.pages):
                self.pages[int(number)].errors.append(fault["message"])
            else:
                self.general.append(fault["message"])


def _page_row(page: PageSpec) -> Row:
    values = {"was": page.path, "name": page.name, "path": page.path}
    return Row({**values, "kind": page.kind.value, "entity": page.entity or ""})


def _raw_page(row: Row, before: PageSpec | None) -> dict[str, Any]:
    raw: dict[str, Any] = before.model_dump() if before else _by_user(row.text("name"))
    name = row.text("name")
    return {
        **raw,
        "name": name,
        "path": row.text("path") or f"/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}",
        "kind": row.values.get("kind", PageKind.CONTENT.value),
        "entity": row.values.get("entity") or None,
    }


COLOURS: tuple[ThemePart, ...] = ("background", "component", "text")


@dataclass
class LookForm:
    """Parts of the look, each chosen or left to the styling, and what concerns the whole app."""

    chosen: dict[str, str]
    values: dict[str, str]
    general: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, spec: AppSpec) -> Self:
        """Return the form for a stored look."""
        named: dict[str, str | None] = {name: getattr(spec.theme, name) for name in THEME_PARTS}
        switches = {name: "on" for name in ("auth", "dashboard") if getattr(spec, name)}
        return cls({name: value for name, value in named.items() if value}, switches)

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Return the form as it was sent."""
        chosen = {str(c): data.get(c, "").lower() for c in COLOURS if f"use-{c}" in data}
        chosen |= {str(p): data[p] for p in THEME_PARTS if p not in COLOURS and data.get(p)}
        return cls(chosen, {name: "on" for name in ("auth", "dashboard") if name in data})

    @property
    def theme(self) -> ThemeSpec:
        """What is chosen, as far as it is a look."""
        try:
            return ThemeSpec.model_validate(self.chosen)
        except ValidationError:
            return ThemeSpec()

    def put_into(self, spec: AppSpec) -> AppSpec:
        """Return the design with this look. Raises `InvalidDesign` after noting each fault."""
        given = {name: self.chosen.get(name) for name in THEME_PARTS}
        by_user = Inferred(inferred_from=(Source(part="user", text="the look"),))
        theme = spec.theme.painted(given, by_user).model_dump()
        switches = {name: name in self.values for name in ("auth", "dashboard")}
        try:
            edited = AppSpec.model_validate({**spec.model_dump(), "theme": theme, **switches})
            check_edit(spec, edited)
        except ValidationError as error:
            self.general += [fault["message"] for fault in design_faults_in(error)]
            raise InvalidDesign(design_faults_in(error)) from error
        except InvalidDesign as error:
            self.general += [fault["message"] for fault in error.errors]
            raise
        return edited
