"""Which files and tests answer each feature, and what is kept, for the README."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from generation.engines.builtin.drafts import Draft
from generation.engines.builtin.stack import TEMPLATES
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from projects.spec.models import AppSpec, FeatureSpec, FeatureState

MOST_FILES = 12
VERSION = 1  # of the form of `codegen.json`
STACKS = Path(__file__).resolve().parents[1]


class FeatureRow(NamedTuple):
    """A line of the README's table; `files` and `tests` are Markdown."""

    text: str
    how: str
    files: str
    tests: str


class Guide(NamedTuple):
    """Where a stack's files answer a capability.

    `words` are parts of their paths, `says` tells how it is done; paths with a part of `tests` in
    them are tests, those with a part of `apart` (migrations) are not named.
    """

    words: Mapping[str, Sequence[str]]
    says: Mapping[str, str]
    tests: Sequence[str]
    apart: Sequence[str]
    # Capabilities of every list: the tests of the entities hold them.
    of_rows: frozenset[str] = frozenset()

    def is_test(self, path: str) -> bool:
        """Tell whether a file is a test."""
        return any(part in path for part in self.tests)

    def is_named(self, path: str) -> bool:
        """Tell whether a file is named among those that answer a feature."""
        return not self.is_test(path) and not any(part in path for part in self.apart)


def feature_rows(
    spec: AppSpec, names: AppNames, drafts: Sequence[Draft], guide: Guide
) -> list[FeatureRow]:
    """Return what became of each planned feature."""
    planned = [f for f in spec.features if f.state is FeatureState.PLANNED]
    return [_row(feature, names, drafts, guide) for feature in planned]


def _row(
    feature: FeatureSpec, names: AppNames, drafts: Sequence[Draft], guide: Guide
) -> FeatureRow:
    by_name = {entity.spec.name: entity for entity in names.entities}
    chosen = [by_name[name] for name in feature.entities if name in by_name]
    says = [f"{entity.plural_label}: make, list, read, change, delete" for entity in chosen]
    says += [guide.says[name] for name in feature.capabilities if name in guide.says]
    classes = {entity.class_name for entity in chosen}
    words = [word for name in feature.capabilities for word in guide.words.get(name, ())]
    paths = [draft.input["file_path"] for draft in drafts if _answers(draft, classes, words)]
    files = dict.fromkeys(path for path in paths if guide.is_named(path))
    if not chosen and guide.of_rows.intersection(feature.capabilities):
        paths += [draft.input["file_path"] for draft in drafts if _is_of_entity(draft, guide)]
    tests = dict.fromkeys(path for path in paths if guide.is_test(path))
    return FeatureRow(feature.text, "; ".join(says), _listed(files), _listed(tests))


def _is_of_entity(draft: Draft, guide: Guide) -> bool:
    path = str(draft.input["file_path"])
    return "model_name" in draft.input["variables"] and guide.is_test(path)


def _answers(draft: Draft, classes: set[str], words: Sequence[str]) -> bool:
    if draft.tool != "codegen_create":
        return False
    if draft.input["variables"].get("model_name") in classes:
        return True
    path = str(draft.input["file_path"]).lower()
    return any(word in path for word in words)


def _listed(paths: Iterable[str]) -> str:
    """Return files by name, or where these are many, by the folders that hold them."""
    every = list(paths)
    if len(every) <= MOST_FILES:
        return ", ".join(f"`{path}`" for path in every)
    held: dict[str, list[str]] = {}
    for path in every:
        held.setdefault(path.rpartition("/")[0], []).append(path)
    return ", ".join(
        f"`{folder}/` ({len(files)} files)" if folder and len(files) > 1 else f"`{files[0]}`"
        for folder, files in held.items()
    )


def thing_of(entity: EntityNames, names: AppNames) -> dict[str, Any]:
    """Return what the README says about an entity; who writes it, where that differs."""
    labels = [field.label for field in (*entity.fields, *entity.uploads)]
    labels += [link.label for link in entity.links]
    fields = ", ".join(label.lower() for label in labels) or "nothing but when it was made"
    differs = names.staffed or names.public
    who = "everybody who signs in reads and writes them" if differs else ""
    if entity.overseen:
        who = "everybody sees only their own, staff sees and changes all"
        if entity.followed:
            seen = names.of(entity.followed.target).one
            who = f"whoever sees {seen} sees and adds them, who made one changes it, staff all"
        said = " and ".join(field.label.lower() for field in entity.of_staff)
        who += f" and alone says the {said}" if said else ""
    elif entity.owned:
        who = "everybody sees only their own"
    elif entity.inbox:
        who = "anybody sends them, staff alone reads them"
    elif entity.managed:
        who = "everybody who signs in reads them, staff alone writes them"
    elif entity.authored:
        who = "everybody who signs in reads and adds them, their author and staff change them"
    if entity.public:
        who = f"anybody reads them, signed in or not; {_writers_of(entity)}"
    return {
        "name": entity.plural_label,
        "fields": fields,
        "who": who,
        "overseen": entity.overseen and not entity.follows,
        "follows": bool(entity.follows),
        "managed": entity.managed and not entity.inbox,
        "inbox": entity.inbox,
        "authored": entity.authored,
        "public": entity.public,
    }


def _writers_of(entity: EntityNames) -> str:
    """Return who writes what anybody reads."""
    if entity.managed:
        return "staff alone writes them"
    if entity.authored:
        return "everybody who signs in adds them, their author and staff change them"
    return "everybody who signs in writes them"


@cache
def templates_digest() -> str:
    """Return what tells the templates and the code that fills them from those of any other time."""
    digest = hashlib.sha256()
    for folder, pattern in ((TEMPLATES, "*.jinja"), (STACKS, "*.py")):
        for path in sorted(folder.rglob(pattern)):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def document_of(spec: AppSpec, stack: str, styling: str, names: AppNames) -> str:
    """Return `codegen.json`: what the app was made from, and what its things are called.

    The pages of a resource are at `/<slug>`, its rows at `/api/<slug>`. `version` is that of this
    form, `templates` changes with whatever writes the files.
    """
    document = {
        "generator": {
            "name": "codegen",
            "engine": "builtin",
            "version": VERSION,
            "templates": templates_digest(),
        },
        "stack": stack,
        "styling": styling,
        "spec": spec.model_dump(mode="json"),
        "resources": [_resource(entity, names) for entity in names.entities],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _resource(entity: EntityNames, names: AppNames) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [
        {"field": f.spec.name, "key": f.python, "label": f.label}
        | ({"of_staff": True} if f in entity.of_staff else {})
        for f in entity.fields
    ]
    links = [
        {
            "key": link.column,
            "label": link.label,
            "target": names.of(link.target).spec.name,
            "required": link.required,
            "many": link.many,
        }
        for link in entity.links
    ]
    uploads = [{"field": f.spec.name, "key": f.python, "label": f.label} for f in entity.uploads]
    return {
        "entity": entity.spec.name,
        "slug": entity.plural_slug,
        "label": entity.label,
        "plural": entity.plural_label,
        "fields": fields,
        **({"uploads": uploads} if uploads else {}),
        "links": links,
    }
