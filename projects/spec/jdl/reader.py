"""JDL to AppSpec."""

from __future__ import annotations

import re
from itertools import accumulate

import inflection

from projects.spec.access import access_faults, links
from projects.spec.circles import circles_in, without_circles
from projects.spec.entity_check import entities_faults
from projects.spec.faults import bounded, same
from projects.spec.jdl.fields import LABEL, field_of, made
from projects.spec.jdl.names import small_words, words
from projects.spec.jdl.options import ABLE, features_of, unused_enums
from projects.spec.jdl.parser import Parser
from projects.spec.jdl.tree import Annotations, JdlDocument, JdlEntity, JdlRelationship
from projects.spec.jdl_start import InvalidJdl
from projects.spec.limits import ENTITY_LIMIT
from projects.spec.models import AppSpec, EntitySpec, RelationKind, RelationSpec, Source

USER = "User"
KINDS = {
    "OneToMany": RelationKind.ONE_TO_MANY,
    "ManyToOne": RelationKind.MANY_TO_ONE,
    "OneToOne": RelationKind.ONE_TO_ONE,
    "ManyToMany": RelationKind.MANY_TO_MANY,
}
# JDL leaves annotations to whoever reads them. Before an entity these say who writes and reads it,
ACCESS = ("managed", "inbox", "authored", "public")
# this, with the name of a relationship in brackets, whose readers see the rows too,
FOLLOWS = "follows"
# and these what it is called and what it is.
PLURAL, DESCRIPTION = "plural", "description"
_PLACE = re.compile(r"entities\.(\d+)(?:\.(fields|relations)\.(\d+))?")


def spec_from_jdl(name: str, text: str) -> AppSpec:
    """Read JDL as the spec of the app `name`; raise `InvalidJdl` with the line of a fault."""
    document = Parser(text).parse()
    if not document.entities:
        raise InvalidJdl(1, "No entity is declared.")
    for fault in bounded("entities", len(document.entities), ENTITY_LIMIT, "entities"):
        raise InvalidJdl(document.entities[ENTITY_LIMIT].line, fault["message"])
    return _Reader(name, text, document).spec()


class _Reader:
    """Makes a spec of a document; every fault is raised with its line."""

    def __init__(self, name: str, text: str, document: JdlDocument) -> None:
        self.name = name
        self.document = document
        self.sources = _sources(text)
        self.labels = self._labels()
        self._check_ends()
        self.of: dict[str, list[JdlRelationship]] = {one: [] for one in self.labels}
        for relationship in document.relationships:
            if relationship.source.entity in self.of:
                self.of[relationship.source.entity].append(relationship)
        self.plurals: set[str] = set()

    def spec(self) -> AppSpec:
        document = self.document
        spec = AppSpec(
            name=self.name, entities=tuple(map(self._entity, document.entities)), auth=True
        )
        said = {self.labels[e.name] for e in document.entities if _access(e.annotations)}
        spec = _with_makers(spec, said)
        for circle in circles_in(spec):
            entity = document.entities[circle.entity].name
            link = self._kept(entity)[circle.relation]
            side = link.target if link.kind == "OneToMany" else link.source
            name = f"{side.entity}{{{side.name}}}" if side.name else side.entity
            what = f"required of {name}. {circle.words} It is optional."
            document.ignore(link.line, what)
        spec = without_circles(spec)
        for faults in (entities_faults(spec), access_faults(spec)):
            for fault in faults:
                raise InvalidJdl(self._line(fault["field"]), fault["message"])
        self._note_ignored()
        features = tuple(features_of(document, self.labels, self.sources))
        return spec.model_copy(update={"features": features})

    def _labels(self) -> dict[str, str]:
        """Return the name of each entity by its identifier."""
        seen: dict[str, int] = {}
        labels: dict[str, str] = {}
        for entity in self.document.entities:
            if entity.name in seen:
                raise InvalidJdl(
                    entity.line,
                    f"The entity {entity.name} is declared twice; first in line "
                    f"{seen[entity.name]}.",
                )
            seen[entity.name] = entity.line
            labels[entity.name] = _said(entity.annotations, LABEL) or words(entity.name)
        return labels

    def _check_ends(self) -> None:
        for relationship in self.document.relationships:
            for side in (relationship.source, relationship.target):
                known = side.entity in self.labels or side.entity == USER
                if not known and not relationship.builtin:
                    raise InvalidJdl(relationship.line, f"There is no entity {side.entity}.")

    def _kept(self, entity: str) -> list[JdlRelationship]:
        return [one for one in self.of[entity] if one.target.entity in self.labels]

    def _entity(self, entity: JdlEntity) -> EntitySpec:
        label, marks = self.labels[entity.name], entity.annotations
        access = _access(marks)
        own = any(r.target.entity == USER for r in self.of[entity.name]) and USER not in self.labels
        kept = self._kept(entity.name)
        relations = tuple(map(self._relation, kept))
        described = _said(marks, DESCRIPTION) or (entity.doc.text if entity.doc else "")
        return made(
            EntitySpec,
            entity.line,
            name=label,
            plural=_said(marks, PLURAL) or self._free_plural(label),
            description=described,
            owned=own,
            managed="managed" in access,
            inbox="inbox" in access and not own,
            authored="authored" in access and not own,
            public="public" in access and not own,
            follows=self._follows(entity, kept, relations),
            fields=tuple(
                field_of(field, position, self.document, self.sources[field.line - 1])
                for position, field in enumerate(entity.fields)
            ),
            relations=relations,
            inferred_from=(self.sources[entity.line - 1],),
        )

    def _free_plural(self, label: str) -> str:
        """Return the plural of a name; a second one that is the same has a number."""
        plural, number = inflection.pluralize(label), 2
        free = plural
        while same(free) in self.plurals:
            free, number = f"{plural} {number}", number + 1
        self.plurals.add(same(free))
        return free

    def _follows(
        self, entity: JdlEntity, kept: list[JdlRelationship], relations: tuple[RelationSpec, ...]
    ) -> str | None:
        for one in entity.annotations:
            if one.name == FOLLOWS and one.value is not None:
                if not one.value:
                    raise InvalidJdl(
                        one.line, f"@{FOLLOWS}() does not say which relationship rows follow."
                    )
                names = {r.source.name: s.name for r, s in zip(kept, relations, strict=True)}
                return names.get(one.value, small_words(one.value))
        return None

    def _relation(self, relationship: JdlRelationship) -> RelationSpec:
        source, target = relationship.source, relationship.target
        kind = KINDS[relationship.kind]
        many = kind in (RelationKind.ONE_TO_MANY, RelationKind.MANY_TO_MANY)
        name = small_words(source.name or target.entity)
        name = inflection.pluralize(name) if many and not source.name else name
        inverse = small_words(target.name) if target.name else None
        holder = target if kind is RelationKind.ONE_TO_MANY else source
        return made(
            RelationSpec,
            relationship.line,
            kind=kind,
            name=_said(source.annotations, LABEL) or name,
            target=self.labels[target.entity],
            required=holder.required,
            inverse_name=_said(target.annotations, LABEL) or inverse,
            inferred_from=(self.sources[relationship.line - 1],),
        )

    def _line(self, place: str) -> int:
        """Return the line of what a fault's place names."""
        found = _PLACE.match(place)
        if found is None:
            return 1
        entity = self.document.entities[int(found[1])]
        if found[2] == "fields":
            return entity.fields[int(found[3])].line
        if found[2] == "relations":
            return self._kept(entity.name)[int(found[3])].line
        return entity.line

    def _note_ignored(self) -> None:
        """Note what entities and relationships say that cannot be kept."""
        known = {*ACCESS, FOLLOWS, LABEL, PLURAL, DESCRIPTION, *ABLE}
        people = {r.source.entity for r in self.document.relationships if r.target.entity == USER}
        for entity in self.document.entities:
            theirs = entity.name in people and USER not in self.labels
            for one in entity.annotations:
                if one.name in ACCESS and one.name != "managed" and theirs and one.holds:
                    what = f"{one}, as {entity.name} belongs to a user"
                    self.document.ignore(entity.line, what)
                elif one.name not in known or (one.name == FOLLOWS and one.value is None):
                    self.document.ignore(one.line, str(one))
        owned: set[str] = set()
        for relationship in self.document.relationships:
            self._note_relationship(relationship, owned)
        unused_enums(self.document)

    def _note_relationship(self, relationship: JdlRelationship, owned: set[str]) -> None:
        """Note what one relationship says beyond what is kept; `owned` have been made so before."""
        line, ignore = relationship.line, self.document.ignore
        source, target = relationship.source, relationship.target
        ends = (source.entity, target.entity)
        if strange := [end for end in ends if end not in self.labels and end != USER]:
            other = ends[0] if strange[0] == ends[1] else ends[1]
            ignore(line, f"the relationship of {other} with {strange[0]}, which JHipster has")
        elif USER in ends and USER not in self.labels:
            plain = relationship.kind in ("ManyToOne", "OneToOne") and source.entity not in owned
            if target.entity != USER or not plain:
                ignore(line, f"the relationship of {ends[0]} with {ends[1]}, an account")
            elif source.name not in (None, "user", "owner"):
                said = f"the name {source.name}: {ends[0]} belongs to whoever makes it"
                ignore(line, said)
            owned.add(source.entity)
            return
        far = source if relationship.kind == "OneToMany" else target
        if far.required:
            ignore(line, f"required at the end of {far.entity}")
        for side in (source, target):
            for one in side.annotations:
                if one.name != LABEL:
                    ignore(one.line, f"{one} of {side.entity}")


def _said(annotations: Annotations, name: str) -> str | None:
    """Return what the last annotation of a name says; None where there is none or it is empty."""
    return next((one.value for one in reversed(annotations) if one.name == name), None) or None


def _access(annotations: Annotations) -> set[str]:
    """Return which annotations of access hold; of several of a name the last one counts."""
    said = {one.name: one.holds for one in annotations if one.name in ACCESS}
    return {name for name, holds in said.items() if holds}


def _with_makers(spec: AppSpec, said: set[str]) -> AppSpec:
    """Let what links to a maker's own belong to its maker too, where no annotation says whose."""
    while True:
        owned = {entity.name for entity in spec.entities if entity.owned}
        held = {holder for holder, target in links(spec) if target in owned} - owned - said
        if not held:
            return spec
        entities = (
            entity.model_copy(update={"owned": True}) if entity.name in held else entity
            for entity in spec.entities
        )
        spec = spec.model_copy(update={"entities": tuple(entities)})


def _sources(text: str) -> list[Source]:
    """Return each line of the text as where something may come from."""
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [
        Source(part="jdl", index=number, start=start, text=line.strip()[:300])
        for number, (start, line) in enumerate(zip(starts, lines, strict=False), 1)
    ]
