"""Whatever design is accepted becomes files that parse, at paths of their own, with no word obeyed.

The designs are drawn at random but the same every time (derandomized), so a fault stays a fault.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen_site.embedded.places import ROOT
from generation.engines.builtin.engine import STACKS
from generation.engines.builtin.render import render_spec
from generation.engines.paths import KnownPaths
from projects.spec.check import InvalidDesign, load_design
from projects.spec.models import AppSpec, FieldType, PageKind, RelationKind
from projects.spec.request import STYLINGS

EXAMPLES = 20
ESBUILD = ROOT / "assets" / "node_modules" / "esbuild"
PARSE = """
const { transform } = require(process.argv[1]);
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", async () => {
  const faults = [];
  for (const [path, code] of JSON.parse(text)) {
    const loader = path.endsWith(".tsx") ? "tsx" : path.endsWith(".ts") ? "ts" : "js";
    await transform(code, { loader, jsx: "automatic", logLevel: "silent" }).catch((error) =>
      faults.push(`${path}: ${error.message}`));
  }
  console.log(JSON.stringify(faults));
});
"""
AWKWARD = (
    *("id", "class", "import", "type", "Order", "User", "None", "constructor", "__proto__", "self"),
    *("metadata", "owner", "2nd", "été", "設定", "Straße", "naïve œuvre", "a-b", "a.b", "SELECT"),
    *("{{ pwned(1) }}", "{% pwned(1) %}", "<< pwned(1) >>", "<% pwned(1) %>", "${pwned(1)}"),
    *("`pwned(1)`", '"; pwned(1); "', "'; pwned(1); '", "*/ pwned(1) /*", "<script>pwned(1)"),
    *(
        '"""pwned(1)"""',
        "\\",
        "\\N",
        "%s",
        "{x}",
        "# x",
        "-- x",
        "]]>",
        "|",
        "*",
        "_",
        "$",
        "&amp;",
    ),
)
LETTERS = st.characters(categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x1FFFF)
WORDS = st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, min_size=1, max_size=40))
PROSE = st.one_of(WORDS, st.lists(WORDS, max_size=4).map("\n".join))
COLOURS = st.one_of(st.none(), st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
LIMITS = st.one_of(st.none(), st.integers(-50, 50))


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(FieldType))
    low, high = sorted(draw(st.tuples(st.integers(0, 40), st.integers(1, 400))))
    field: dict[str, Any] = {
        "name": draw(WORDS),
        "type": kind.value,
        "required": draw(st.booleans()),
        "unique": draw(st.booleans()),
    }
    if kind is FieldType.ENUM:
        field["choices"] = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    elif kind in (FieldType.INTEGER, FieldType.DECIMAL):
        field |= {"minimum": draw(LIMITS), "maximum": draw(LIMITS)}
    elif kind in (FieldType.STRING, FieldType.TEXT) and draw(st.booleans()):
        field |= {"min_length": low, "max_length": max(high, 1)}
    if draw(st.integers(0, 3)) == 0:
        field["default"] = draw(st.one_of(WORDS, st.sampled_from(("1", "yes", "2030-02-28"))))
    return field


@st.composite
def designs(draw: st.DrawFn) -> AppSpec:
    """Draw a design; what the editor refuses in one is taken out of it, or nothing is drawn."""
    least = draw(st.integers(0, 4))
    names = draw(st.lists(WORDS, min_size=least, max_size=4, unique_by=str.casefold))
    entities = [
        {
            "name": name,
            "plural": draw(st.one_of(st.just(name), WORDS)),
            "description": draw(PROSE),
            "owned": draw(st.booleans()),
            "fields": draw(st.lists(fields(), min_size=draw(st.integers(0, 6)), max_size=6)),
            "relations": draw(st.lists(_relations(names), min_size=least // 2, max_size=3)),
        }
        for name in names
    ]
    pages = [
        {
            "name": draw(WORDS),
            "path": draw(st.from_regex(r"/[a-z0-9/:_-]{0,12}", fullmatch=True)),
            "kind": PageKind.CONTENT.value,
            "sections": [{"heading": draw(PROSE), "text": draw(PROSE), "items": [draw(PROSE)]}],
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    raw: dict[str, Any] = {
        "name": draw(WORDS),
        "description": draw(PROSE),
        "auth": draw(st.booleans()),
        "dashboard": draw(st.booleans()),
        "entities": entities,
        "pages": pages,
        "roles": [{"name": draw(WORDS)}],
        "theme": {name: draw(COLOURS) for name in ("background", "component", "text")},
        "features": [
            {"text": draw(PROSE), "state": draw(st.sampled_from(("planned", "unplaced")))}
        ],
    }
    return _mended(raw)


def _relations(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "kind": st.sampled_from(RelationKind).map(str),
            "name": WORDS,
            "target": st.sampled_from(names or ["nothing"]),
            "required": st.booleans(),
            "inverse_name": st.one_of(st.none(), WORDS),
        }
    )


def _mended(raw: dict[str, Any]) -> AppSpec:
    """Take out of a drawn design each part that the editor refuses, until it accepts the rest."""
    while True:
        try:
            return load_design(raw)
        except InvalidDesign as refused:
            for place in {tuple(fault["field"].split(".")) for fault in refused.errors}:
                _take_out(raw, place)
            _without_holes(raw)


def _take_out(raw: dict[str, Any], place: tuple[str, ...]) -> None:
    """Mark the innermost part of a list that a fault is in; of the app itself, mend its name."""
    part: Any = raw
    holder: tuple[Any, int] | None = None
    for step in place:
        if isinstance(part, list):
            holder, part = (part, int(step)), part[int(step)]
        elif isinstance(part, dict) and isinstance(part.get(step), dict | list):
            part = part[step]
        else:
            break
    if holder is not None:
        holder[0][holder[1]] = None
    elif place[0] == "entities":
        raw["entities"].clear()
    else:
        raw[place[0]] = {} if place[0] == "theme" else "An app"


def _without_holes(value: Any) -> None:
    if isinstance(value, dict):
        for inner in value.values():
            _without_holes(inner)
    elif isinstance(value, list):
        value[:] = [inner for inner in value if inner is not None]
        for inner in value:
            _without_holes(inner)


def rendered(stack: str, styling: str) -> list[dict[str, str]]:
    """Return the apps of the drawn designs; each is looked at as it is drawn."""
    apps: list[dict[str, str]] = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(designs())
    def draw(spec: AppSpec) -> None:
        files = render_spec(spec, stack, styling)
        look_at(files)
        apps.append(files)

    draw()
    return apps


def look_at(files: dict[str, str]) -> None:
    """Parse what Python can parse, and see that no word of a person's is obeyed."""
    known = KnownPaths()
    for path, code in files.items():
        assert known.add(path) == path
        if path.endswith(".py") or path == "run":
            tree = ast.parse(code, path)
            calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
            assert not any(isinstance(c, ast.Name) and c.id == "pwned" for c in calls), path
        elif path.endswith(".json"):
            json.loads(code)
        elif path.endswith(".toml"):
            tomllib.loads(code)
        elif path.endswith(".yml"):
            assert isinstance(yaml.safe_load(code), dict), path
        elif path.endswith(".html"):
            assert "<script>pwned" not in code, path
            if "{% load" in code or "{% extends" in code:
                assert not re.search(r"{[{%]\s*pwned", code), path
    document = json.loads(files["codegen.json"])
    assert len({item["slug"] for item in document["resources"]}) == len(document["resources"])


def faults_of_scripts(scripts: dict[str, str]) -> list[str]:
    """Return what esbuild says of files that are no TypeScript or JavaScript; no empty batch."""
    assert scripts
    done = subprocess.run(
        ["node", "-e", PARSE, str(ESBUILD)],
        input=json.dumps(list(scripts.items())),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_whatever_is_accepted_becomes_files_that_parse(stack, styling):
    apps = rendered(stack, styling)
    assert len(apps) >= EXAMPLES
    assert sum("pwned" in app["codegen.json"] for app in apps) > EXAMPLES // 2
    if not (shutil.which("node") and ESBUILD.is_dir()):
        return
    suffixes = (".ts", ".tsx", ".js")
    scripts = {
        f"{number}/{path}": code
        for number, app in enumerate(apps)
        for path, code in app.items()
        if path.endswith(suffixes) and not Path(path).name.endswith(".min.js")
    }
    assert faults_of_scripts(scripts) == []


def test_the_same_design_gives_the_same_bytes():
    first, again = (rendered(stack, STYLINGS[0]) for stack in [next(iter(STACKS))] * 2)
    assert first == again


@pytest.mark.skipif(
    not (shutil.which("node") and ESBUILD.is_dir()), reason="needs Node and the packages of assets/"
)
def test_a_file_that_is_no_script_is_noticed():
    scripts = {"good.tsx": "export const A = () => <p>{1}</p>;", "bad.ts": "const a: = 1;"}
    assert [fault.split(":")[0] for fault in faults_of_scripts(scripts)] == ["bad.ts"]
