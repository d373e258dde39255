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

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from codegen_site.embedded.places import ROOT
from generation.engines.builtin.engine import STACKS
from generation.engines.builtin.render import render_spec
from generation.engines.paths import KnownPaths
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS
from tests.generation.engines.designs import designs

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


@pytest.mark.skipif(
    not (shutil.which("node") and ESBUILD.is_dir()), reason="needs Node and the packages of assets/"
)
def test_imports_of_several_lines_stay_whole():
    names = ("Informed betting decision", "Basketball betting recommendation", "Aim")
    entity = {"owned": False, "managed": True, "public": True, "fields": [{"name": "title"}]}
    entities = [{**entity, "name": name, "plural": f"{name}s"} for name in names]
    spec = AppSpec.model_validate({"name": "Bets", "description": "Bets.", "entities": entities})
    app = render_spec(spec, "React + FastAPI + PostgreSQL", STYLINGS[0])
    routes = app["frontend/src/routes.tsx"]
    assert routes.count("import {\n") == 2
    assert faults_of_scripts({"routes.tsx": routes}) == []
