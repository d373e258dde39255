"""Words that languages and libraries keep for themselves are names of a design, but of no code."""

from __future__ import annotations

import ast
import builtins
import keyword
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from pydantic import BaseModel

from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import render_spec
from generation.engines.builtin.stacks.django_htmx import naming as django_htmx
from generation.engines.builtin.stacks.react_fastapi import naming as react_fastapi
from projects.spec.models import (
    AppSpec,
    BreakdownSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    Period,
    RelationKind,
    RelationSpec,
)
from projects.spec.request import TECH_STACKS
from tests.generation.engines.desk import REPLY, TICKET
from tests.generation.engines.specs import asks_for_all


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())


SCRIPT = words_of(
    """
    abstract arguments await boolean break byte case catch char class const constructor
    continue debugger default delete do double else enum eval export extends false final
    finally float for function goto if implements import in instanceof int interface let
    long native new null package private protected prototype public return short static
    super switch synchronized this throw throws transient true try typeof undefined var void
    volatile while with yield
    """
)
TABLES = words_of("all and check column from group index join key limit order select table where")
# What the generated lists can be asked for, and what their classes keep beside the filters.
LISTS = words_of("limit offset search sort filters searched linked not_null")
WORDS = sorted(
    {
        *keyword.kwlist,
        *keyword.softkwlist,
        *(name for name in dir(builtins) if not name.startswith("_")),
        *(name for name in dir(models.Model) if not name.startswith("_")),
        *(name for name in dir(BaseModel) if not name.startswith("_")),
        *SCRIPT,
        *TABLES,
        *LISTS,
    }
)
STACKS = {"django": (django_htmx, models.Model), "react": (react_fastapi, BaseModel)}


def design() -> AppSpec:
    """Return a design with every word as an entity, and as a field of each kind of entity."""
    fields = tuple(FieldSpec(name=word) for word in WORDS)
    several = [EntitySpec(name=word, plural=word) for word in WORDS]
    return AppSpec(
        name="Words", entities=(EntitySpec(name="Word", plural="Words", fields=fields), *several)
    )


@pytest.mark.parametrize("stack", STACKS)
def test_no_field_takes_a_name_that_is_kept(stack: str) -> None:
    naming, base = STACKS[stack]
    entity = naming.names_of(design()).entities[0]
    assert len(entity.fields) == len(WORDS)
    names = {field.python for field in entity.fields}
    assert len(names) == len(WORDS)
    kept = {name for name in dir(base) if not name.startswith("_")}
    assert names.isdisjoint({*keyword.kwlist, *kept, *LISTS[:4]})


def test_no_field_takes_the_place_of_what_a_list_keeps() -> None:
    entity = react_fastapi.names_of(design()).entities[0]
    assert {field.python for field in entity.fields}.isdisjoint(LISTS)


@pytest.mark.parametrize("stack", STACKS)
def test_no_entity_takes_a_name_that_is_kept(stack: str) -> None:
    naming, _ = STACKS[stack]
    entities = naming.names_of(design()).entities
    assert len({entity.class_name for entity in entities}) == len(WORDS) + 1
    for entity in entities:
        assert not keyword.iskeyword(entity.class_name)
        assert not hasattr(builtins, entity.class_name)
        assert not keyword.iskeyword(entity.module)
        assert not hasattr(builtins, entity.module)


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_no_entity_takes_a_file_of_the_app(stack: str) -> None:
    whole = with_breakdowns(asks_for_all(), "Thing", "date", "size", "shelf")
    stems = {Path(path).stem for path in written(whole, stack) if path.endswith(".py")}
    names = sorted({stem.removeprefix("test_") for stem in stems} - {"__init__"})
    assert {"errors", "exports", "groups"} < set(names)
    more = tuple(EntitySpec(name=name, plural=name) for name in names)
    paths = written(whole.model_copy(update={"entities": (*whole.entities, *more)}), stack)
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("name", ["By choice", "By link", "By month", "By year"])
def test_no_entity_takes_a_class_that_groups_rows(stack: str, name: str) -> None:
    fields = (
        FieldSpec(name="day", type=FieldType.DATE),
        FieldSpec(name="kind", type=FieldType.ENUM, choices=("first", "later")),
    )
    link = RelationSpec(kind=RelationKind.MANY_TO_ONE, name="place", target="Place")
    entities = (
        EntitySpec(name=name, plural=f"{name}s", fields=fields, relations=(link,)),
        EntitySpec(name="Place", plural="Places"),
    )
    spec = AppSpec(name="Names", entities=entities)
    assert bound_twice(with_breakdowns(spec, name, "day", "kind", "place"), stack) == []


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("name", ["Following", "Following row"])
def test_no_entity_takes_the_class_of_what_follows(stack: str, name: str) -> None:
    reply = REPLY.model_copy(update={"name": name})
    assert bound_twice(AppSpec(name="Desk", entities=(reply, TICKET)), stack) == []


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_no_field_or_link_hides_what_its_class_needs(stack: str, tmp_path: Path) -> None:
    names = [name for name in dir(builtins) if not name.startswith("_")]
    one = RelationKind.MANY_TO_ONE
    links = tuple(RelationSpec(kind=one, name=name, target="Thing") for name in names)
    fields = tuple(FieldSpec(name=name) for name in names)
    entities = (
        EntitySpec(name="Thing", plural="Things", owned=False, fields=fields),
        EntitySpec(name="Part", plural="Parts", fields=(FieldSpec(name="name"),), relations=links),
    )
    for path, code in render_spec(
        AppSpec(name="Names", entities=entities), stack, "Plain CSS"
    ).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "A003"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_entity_takes_a_class_of_the_dashboard() -> None:
    names = ("Day", "Output", "Recent", "Source", "Summary")
    entities = tuple(EntitySpec(name=name, plural=f"{name}s", owned=False) for name in names)
    spec = AppSpec(name="Trips", dashboard=True, entities=entities)
    code = render_spec(spec, TECH_STACKS[0], "Plain CSS")["backend/app/api/dashboard.py"]
    defined = [node.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)]
    imported = {e.class_name for e in react_fastapi.names_of(spec).entities}
    assert len(defined) > 1
    assert imported.isdisjoint({*defined, "Output"})


def written(spec: AppSpec, stack: str) -> list[str]:
    """Return the path of every step that writes a file."""
    plan = BuiltinEngine().plan(spec, stack=stack, styling="Plain CSS")
    return [str(step.input["file_path"]) for step in plan.steps if step.tool == "codegen_create"]


def with_breakdowns(spec: AppSpec, entity: str, *by: str) -> AppSpec:
    """Return a spec that asks for the rows of an entity group by group."""
    asked = [BreakdownSpec(entity=entity, by=name) for name in by]
    asked += [BreakdownSpec(entity=entity, by=None, per=per) for per in Period]
    feature = FeatureSpec(
        text="Numbers",
        state=FeatureState.PLANNED,
        entities=(entity,),
        capabilities=("breakdown",),
        breakdowns=tuple(asked),
    )
    return spec.model_copy(update={"features": (*spec.features, feature)})


def bound_twice(spec: AppSpec, stack: str) -> list[tuple[str, str]]:
    """Return what a module imports or defines under a name that it has already, by its path."""
    found = []
    for path, code in render_spec(spec, stack, "Plain CSS").items():
        names: list[str] = []
        for node in ast.parse(code).body if path.endswith(".py") else []:
            if isinstance(node, ast.ImportFrom):
                names += [alias.asname or alias.name for alias in node.names]
            elif isinstance(node, ast.ClassDef):
                names.append(node.name)
        found += [(path, name) for name in set(names) if names.count(name) > 1]
    return found
