"""Whatever is renamed, in whatever order, is known again in the database of the version before."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.engines.builtin.stacks.django_htmx import renames as django
from generation.engines.builtin.stacks.django_htmx.naming import names_of as django_names
from generation.engines.builtin.stacks.django_htmx.state import state_of
from generation.engines.builtin.stacks.react_fastapi import renames as react
from generation.engines.builtin.stacks.react_fastapi.naming import names_of as react_names
from generation.engines.builtin.stacks.react_fastapi.schema import schema_of
from generation.engines.builtin.stacks.shared.naming import AppNames
from generation.engines.builtin.stacks.shared.renames import renames_of
from projects.spec.edit import put_entity, remove_entity
from projects.spec.identity import with_identities
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, RelationKind, RelationSpec

NAMES = ("Note", "Memo", "Tag", "Jot", "class", "été")
WORDS = ("title", "text", "due date", "id", "Name")
LINKS = ("parent", "friends", "owner", "author")


@given(st.data())
def test_names_are_free_when_something_takes_them(data):
    names = st.sampled_from("abcdeABC")
    old = data.draw(st.lists(names, unique_by=str.lower))
    new = data.draw(st.lists(names, unique_by=str.lower, min_size=len(old)))
    kept = data.draw(st.lists(st.sampled_from(old), unique=True)) if old else []
    same = dict(zip(kept, data.draw(st.permutations(new)), strict=False))
    renames = renames_of(same, old, new)
    tables = {name.lower(): name for name in old}
    for was, now in renames.steps:
        content = tables.pop(was.lower())
        assert now.lower() not in tables
        tables[now.lower()] = content
    assert {content: renames.final[content].lower() for content in old} == {
        content: name for name, content in tables.items()
    }
    assert all(renames.final[was] == now for was, now in same.items())
    fresh = {name.lower() for name in new} - {name.lower() for name in same.values()}
    assert not fresh & tables.keys()


@dataclass
class Story:
    """A design as a person edits it, and which part is which: numbers that no name changes."""

    spec: AppSpec
    entities: dict[str, int] = field(default_factory=dict)
    parts: dict[tuple[int, str], int] = field(default_factory=dict)
    count: int = 0

    def number(self) -> int:
        self.count += 1
        return self.count

    def store(self, after: AppSpec) -> None:
        self.spec = with_identities(self.spec, after)

    def entity(self, name: str) -> EntitySpec:
        return next(one for one in self.spec.entities if one.name == name)

    def call_entity(self, old: str, new: str) -> None:
        """Rename an entity; what has the name already gets the old one."""
        between = {old: "Between", new: old, "Between": new} if new in self.entities else {old: new}
        spec = self.spec
        for was, now in between.items():
            one = next(e for e in spec.entities if e.name == was)
            spec = put_entity(
                spec, one.model_copy(update={"name": now, "plural": now}), replacing=was
            )
        self.store(spec)
        turned = {old: new, new: old}
        self.entities = {turned.get(name, name): n for name, n in self.entities.items()}

    def call_part(self, entity: str, old: str, new: str) -> None:
        """Rename a field or relation; what has the name already gets the old one."""
        turned, one = {old: new, new: old}, self.entity(entity)

        def renamed(part):
            if part.name not in turned:
                return part
            known = {"name": turned[part.name], "identity": part.identity or part.name}
            return part.model_copy(update=known)

        fields = tuple(map(renamed, one.fields))
        relations = tuple(map(renamed, one.relations))
        changed = one.model_copy(update={"fields": fields, "relations": relations})
        self.store(put_entity(self.spec, changed, replacing=entity))
        number = self.entities[entity]
        self.parts = {
            (n, turned.get(name, name) if n == number else name): part
            for (n, name), part in self.parts.items()
        }

    def add_entity(self, name: str) -> None:
        made = EntitySpec(name=name, plural=name, fields=(FieldSpec(name="title"),))
        self.store(put_entity(self.spec, made))
        self.entities[name] = self.number()
        self.parts[self.entities[name], "title"] = self.number()

    def add_part(self, entity: str, part: FieldSpec | RelationSpec) -> None:
        one = self.entity(entity)
        kind = "fields" if isinstance(part, FieldSpec) else "relations"
        changed = one.model_copy(update={kind: (*getattr(one, kind), part)})
        self.store(put_entity(self.spec, changed, replacing=entity))
        self.parts[self.entities[entity], part.name] = self.number()

    def remove_entity(self, name: str) -> None:
        self.store(remove_entity(self.spec, name))
        del self.entities[name]
        there = {(self.entities[e.name], r.name) for e in self.spec.entities for r in e.relations}
        there |= {(self.entities[e.name], f.name) for e in self.spec.entities for f in e.fields}
        self.parts = {key: part for key, part in self.parts.items() if key in there}

    def called(self, names: AppNames) -> dict[object, str]:
        """What each part is called in the code."""
        found: dict[object, str] = {}
        for entity in names.entities:
            number = self.entities[entity.spec.name]
            found[number] = entity.class_name
            parts = {one.spec.name: one.python for one in entity.fields}
            for relation, link in zip(entity.spec.relations, entity.links, strict=True):
                parts[relation.name] = link.attribute
            for name, python in parts.items():
                found[number, self.parts[number, name]] = python
        return found


def edit(data: st.DataObject, story: Story) -> bool:
    """Edit a design at random; return whether a version must be made of it before another edit."""
    free = [name for name in NAMES if name not in story.entities]
    acts = ["add"] if free else []
    acts += ["rename", "part", "call part", "remove"] if story.entities else []
    act = data.draw(st.sampled_from(acts))
    if act == "add":
        story.add_entity(data.draw(st.sampled_from(free)))
        return False
    name = data.draw(st.sampled_from(sorted(story.entities)))
    one = story.entity(name)
    taken = {field.name for field in one.fields} | {link.name for link in one.relations}
    if act == "rename":
        others = [other for other in NAMES if other != name]
        story.call_entity(name, data.draw(st.sampled_from(others)))
    elif act == "remove":
        story.remove_entity(name)
        return True
    elif act == "part" and (words := [w for w in (*WORDS, *LINKS) if w not in taken]):
        word = data.draw(st.sampled_from(words))
        target = data.draw(st.sampled_from(sorted(story.entities)))
        kind = data.draw(st.sampled_from((RelationKind.MANY_TO_ONE, RelationKind.MANY_TO_MANY)))
        link = RelationSpec(kind=kind, name=word, target=target)
        story.add_part(name, link if word in LINKS else FieldSpec(name=word))
    elif act == "call part":
        old = data.draw(st.sampled_from(sorted(taken)))
        fields = {field.name for field in one.fields}
        alike, names = (fields, WORDS) if old in fields else (taken - fields, LINKS)
        words = [word for word in names if word != old and (word not in taken or word in alike)]
        if words:
            story.call_part(name, old, data.draw(st.sampled_from(words)))
    return False


def react_same(before: AppSpec, after: AppSpec) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what of the one database is what of the other, under the names of the code."""
    old, new = schema_of(before), schema_of(after)
    same = react.same_of(old, new)
    found = {}
    for was, now in same.tables.items():
        one, other = old.tables[was], new.tables[now]
        found[one.entity.class_name, ""] = (other.entity.class_name, "")
        for column, known in same.columns[was].items():
            ends = (column.removesuffix("_id"), known.removesuffix("_id"))
            found[one.entity.class_name, ends[0]] = (other.entity.class_name, ends[1])
    for was, now in same.pairs.items():
        link, twin = old.pairs[was], new.pairs[now]
        found[link.entity.class_name, link.name] = (twin.entity.class_name, twin.name)
    return found


def django_same(before: AppSpec, after: AppSpec) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the same for Django."""
    old, new = state_of(before), state_of(after)
    moved = django.moved(old, new)
    classes = {table.entity.spec.name: name for name, table in old.items()}
    found = {}
    for now, table in moved.state.items():
        was = classes[table.entity.spec.name]
        if now in moved.stay:
            found[was, ""] = (now, "")
            fields = ((field.name, name) for name, field in table.fields.items())
            found |= {(was, n): (now, name) for n, name in fields if name in new[now].fields}
    return found


@pytest.mark.parametrize(
    ("names_of", "same"), [(react_names, react_same), (django_names, django_same)]
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_part_is_known_again(names_of, same, data):
    story = Story(AppSpec(name="App"))
    built, called = story.spec, story.called(names_of(story.spec))
    for _ in range(data.draw(st.integers(1, 4))):
        for _ in range(data.draw(st.integers(1, 6))):
            if edit(data, story):
                break
        now = story.called(names_of(story.spec))
        known = same(built, story.spec)
        for part, name in called.items():
            if part not in now:
                continue
            holder = part[0] if isinstance(part, tuple) else part
            was = (called[holder], name if isinstance(part, tuple) else "")
            assert known[was] == (now[holder], now[part] if isinstance(part, tuple) else "")
        fresh = {(now[p[0]], now[p]) for p in now.keys() - called.keys() if isinstance(p, tuple)}
        # What says nothing of itself is the one of its name that was there, if that is gone.
        gone = {called[part] for part in called.keys() - now.keys() if not isinstance(part, tuple)}
        assert not {part for part in fresh if part[0] not in gone} & set(known.values())
        built, called = story.spec, now
