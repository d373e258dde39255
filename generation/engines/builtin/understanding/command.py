"""Print what is understood of a request, a JDL model or user stories."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import read_request
from projects.spec.jdl import jdl_of
from projects.spec.models import (
    THEME_PARTS,
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
)
from projects.spec.patterns import written_as
from projects.spec.request import InvalidRequest


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="codegen understand", description=__doc__)
    parser.add_argument("file", type=Path, help="a JSON request, a JDL model or a text")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--table", action="store_true", help="print it for people")
    shape.add_argument("--jdl", action="store_true", help="print the model as JDL")
    options = parser.parse_args(arguments)
    try:
        spec = BuiltinEngine().understand(read_request(options.file, None, None))
    except InvalidRequest as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{options.file}: {error.strerror}")
    if options.jdl:
        sys.stdout.write(jdl_of(spec))
    elif options.table:
        sys.stdout.write("\n".join(_lines(spec)) + "\n")
    else:
        sys.stdout.write(json.dumps(document_of(spec), indent=2, ensure_ascii=False) + "\n")
    return 0


def document_of(spec: AppSpec) -> dict[str, object]:
    """Return a spec as JSON; what was not placed and what is unsure stand under keys of their own.

    A proposal names its entity, and the field or relation of it that is unsure (null: all of it).
    """
    unplaced = [feature.model_dump(mode="json") for feature in spec.unplaced]
    return {
        **spec.model_dump(mode="json"),
        "unplaced": unplaced,
        "proposals": list(_proposals(spec)),
    }


def _proposals(spec: AppSpec) -> Iterator[dict[str, object]]:
    for entity in spec.entities:
        if entity.is_unsure:
            yield {"entity": entity.name, "part": None, "confidence": entity.confidence}
        for part in entity.proposals:
            yield {"entity": entity.name, "part": part.name, "confidence": part.confidence}


def _lines(spec: AppSpec) -> Iterator[str]:
    yield spec.name
    for entity in spec.entities:
        doubt = ", unsure" if entity.is_unsure else ""
        staff = ", staff alone writes them" if entity.managed else ""
        staff = ", staff sees everybody's" if entity.overseen else staff
        if entity.followed:
            staff = f", seen by whoever sees its {entity.followed.target.lower()}"
        staff = ", anybody sends them and staff alone reads them" if entity.inbox else staff
        staff = ", each changed by who made it and staff" if entity.authored else staff
        staff += ", visitors read them" if entity.public else ""
        yield f"\n{entity.name} ({round(100 * entity.confidence)} %{doubt}{staff})"
        yield from _entity_lines(entity)
    for title, names in (
        ("People", [role.name for role in spec.roles]),
        ("Pages", [f"{page.name} {page.path}" for page in spec.pages]),
        ("Sign-in", ["yes" if spec.auth else "no"]),
        ("Dashboard", ["yes" if spec.dashboard else "no"]),
        ("Look", [f"{part} {said}" for part in THEME_PARTS if (said := getattr(spec.theme, part))]),
    ):
        if names:
            yield f"\n{title}: {', '.join(names)}"
    yield from _feature_lines(spec)


def _feature_lines(spec: AppSpec) -> Iterator[str]:
    """Yield what became of each thing asked for: what is made, what in part, and what is not."""
    planned = [f for f in spec.features if f.state is FeatureState.PLANNED]
    titled = (
        ("Made", [f for f in planned if not f.reason]),
        ("Made in part", [f for f in planned if f.reason]),
        ("Not understood, or not to be had", list(spec.unplaced)),
    )
    for title, features in titled:
        if features:
            yield f"\n{title}:"
            yield from (f"  {_feature_line(feature)}" for feature in features)


def _feature_line(feature: FeatureSpec) -> str:
    held = ", ".join([*feature.entities, *feature.capabilities])
    parts = [" ".join(feature.text.split()), *([f"[{held}]"] if held else [])]
    return " ".join(parts) + (f" - {feature.reason}" if feature.reason else "")


def _entity_lines(entity: EntitySpec) -> Iterator[str]:
    for field in entity.fields:
        notes = [word for word in ("required", "unique") if getattr(field, word)]
        notes += [" | ".join(field.choices)] if field.choices else []
        notes += [f"like {written.example}"] if (written := written_as(field)) else []
        notes += [said for said in (_limits_of(field), _length_of(field)) if said]
        yield f"  {field.name:<24} {field.type:<10} {', '.join(notes)}".rstrip()
    for relation in entity.relations:
        kind = str(relation.kind).replace("_", " ")
        doubt = ", unsure" if relation.is_unsure else ""
        needed = ", required" if relation.required else ""
        yield f"  {relation.name:<24} {kind} {relation.target}{needed}{doubt}"


def _limits_of(field: FieldSpec) -> str:
    return _range_of(field.minimum, field.maximum)


def _length_of(field: FieldSpec) -> str:
    said = _range_of(field.min_length, field.max_length)
    return f"{said} characters" if said else ""


def _range_of(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"{least} to {most}"
    if least is not None:
        return f"at least {least}"
    return f"at most {most}" if most is not None else ""


def _fail(message: str) -> int:
    sys.stderr.write(f"codegen understand: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
