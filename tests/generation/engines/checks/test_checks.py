"""Cheap checks find what cannot work, and let what stands in a whole app pass."""

from __future__ import annotations

import pytest

from generation.engines.checks import check_edit, check_file, is_checked
from tests.generation.engines.specs import torture
from tests.stacks.versions import made

APP = {
    "backend/requirements.txt": "fastapi==0.1\nargon2-cffi==1.0\n",
    "backend/app/__init__.py": "",
    "backend/app/models.py": "class Note:\n    pass\n\n\nLIMIT = 3\n",
    "backend/alembic/env.py": "",
    "frontend/package.json": '{"dependencies": {"react": "19", "@scope/kit": "1"}}',
    "frontend/src/routes.tsx": "export const routes = [];\nexport default routes;\n",
    "frontend/src/index.css": "a { color: red; }\n",
    "core/templates/base.html": "<p>{% block a %}{% endblock %}</p>",
}

GOOD = [
    ("backend/app/a.py", "from app.models import LIMIT, Note\n\nprint(Note, LIMIT)\n"),
    ("backend/app/a.py", "from .models import Note\n\nx = Note()\n"),
    ("backend/app/a.py", "import argon2\nimport json\nfrom fastapi import APIRouter\n\nx = 1\n"),
    ("backend/app/a.py", '"""The rest is in models."""\n\nx = [*range(3), ...]\n'),
    (
        "frontend/src/A.tsx",
        'import { routes } from "./routes";\nexport const A = () => <p>{routes.length}</p>;\n',
    ),
    (
        "frontend/src/A.tsx",
        'import "./index.css";\nimport kit from "@scope/kit/deep";\nexport default kit;\n',
    ),
    ("frontend/src/a.ts", "const x = <string>(1 as unknown);\nexport { x as y };\n"),
    ("core/templates/a.html", '{% extends "base.html" %}{% block a %}{{ b }}{% endblock %}'),
    ("a.css", "@media (min-width: 3px) { a::before { content: '…'; } }"),
    ("b.css", '@import "tailwindcss" source(none);\n@source "../x";\n@custom-variant a (&:b);\n'),
    ("c.css", ".a { b: var(--c, ) var(--d); }\n"),
    ("d.css", "@media (width >= 40rem) { a { b: c; } }\n"),
    ("a.yaml", "a: 1\n---\nb: 2\n"),
    ("a.md", "```sh\nrun\n```\n"),
]

BAD = [
    ("a.py", "  \n", "empty"),
    ("a.py", "def f(:\n", "not Python"),
    ("a.py", "x = 1\0\n", "a character that no text has"),
    ("a.md", "Notes\x1b[2J\n", "a character that no text has"),
    ("a.py", "x = " + "+".join("1" * 500) + "\n", "nested too deeply"),
    ("a.py", "x = " + "+".join("1" * 5000) + "\n", "not Python"),
    ("a.py", "x = " + "(" * 5000, "not Python"),
    ("backend/logging.py", "x = 1\n", "before the package of that name"),
    ("backend/fastapi/__init__.py", "x = 1\n", "before the package of that name"),
    ("a.md", "<the whole text of the file>\n", "a placeholder"),
    ("a.py", "def f():\n    pass\n\n# Your code here\n# existing code\n", "left out"),
    ("a.py", "print(unknown)\n", "undefined name"),
    ("a.py", "import numpy\n", "not among the app's packages"),
    ("backend/app/a.py", "from app.models import Task\n", "has no 'Task'"),
    ("backend/app/a.py", "from app.views import x\n", "no module 'app.views'"),
    ("backend/app/a.py", "from ...x import y\n", "leaves the app"),
    ("a.py", "x = 1\n# ... rest of the code unchanged ...\n", "left out"),
    ("a.ts", "// ... existing code ...\nexport const a = 1;\n", "left out"),
    ("a.py", "```python\nx = 1\n```\n", "fence"),
    ("a.ts", "export const a = 1 2;\n", "unexpected"),
    ("a.tsx", "export const A = () => <Missing />;\n", "<Missing> is not imported"),
    ("frontend/src/A.tsx", 'import { gone } from "./routes";\n', "no export 'gone'"),
    ("frontend/src/A.tsx", 'import x from "./nowhere";\n', "no file './nowhere'"),
    ("frontend/src/A.tsx", 'import axios from "axios";\n', "not among the app's packages"),
    ("a.css", "a { color: red;\n", "missing"),
    ("b.css", '@import "tailwindcss";\n@custom-variant a (&:b)\na { color: red; }\n', "line 2"),
    ("a.json", '{"a": 1,}', "not JSON"),
    ("a.yaml", "a: [1\n", "not YAML"),
    ("a.toml", "a = \n", "not TOML"),
    ("a.json", "1" * 5000, "not JSON"),
    ("a.toml", "a = " + "1" * 5000, "not TOML"),
    ("a.toml", "a = " + "[" * 5000, "not TOML"),
    ("a.html", "Sorry, I cannot help with that.", "no markup"),
    ("a.html", "{% if a %}", "not closed"),
    ("a.html", "{% endif %}", "closes nothing"),
    ("a.html", "{{ a ", "do not match"),
    ("a.html", '{% include "gone.html" %}', "no template 'gone.html'"),
]


@pytest.mark.parametrize(("path", "text"), GOOD)
def test_what_works_passes(path, text) -> None:
    assert check_file(path, text, APP) == ()


@pytest.mark.parametrize(("path", "text", "says"), BAD)
def test_what_cannot_work_is_found(path, text, says) -> None:
    assert says in " ".join(map(str, check_file(path, text, APP)))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.py", "def keep():\n    pass\n", "def kept():\n    pass\n"),
        ("a.tsx", "export const keep = 1;\n", "const keep = 1;\nexport const other = keep;\n"),
        ("a.tsx", "export default function A() {}\n", "export function A() {}\n"),
    ],
)
def test_an_edit_may_not_lose_what_a_file_offers(path, before, after) -> None:
    assert "lost" in str(check_edit(path, before, after, APP)[0])
    assert check_edit(path, before, before + "\n", APP) == ()


def test_names_with_no_check_are_told_apart() -> None:
    assert is_checked("a/b.tsx")
    assert not is_checked("logo.png")
    assert not is_checked("Dockerfile")


@pytest.mark.parametrize("stack", ["React + FastAPI + PostgreSQL", "Django + HTMX + PostgreSQL"])
def test_a_whole_app_has_no_fault(stack) -> None:
    files = made(stack, torture()).files
    faults = {
        path: check_edit(path, text, text, files)
        for path, text in files.items()
        if is_checked(path) and text and not path.endswith((".min.css", ".min.js"))
    }
    assert {path: found for path, found in faults.items() if found} == {}
