"""A model that is wrong in ways drawn from a seed: what it says, and how it is sent.

By hand: `python -m tests.stubs.bad_model --port 11434 --seed 7`. The same seed and the same
questions give the same answers.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.stubs.ollama import OllamaStub
from tests.stubs.server import serve_by_hand
from tests.stubs.wordings import WORDINGS

WELL = 0.6  # how often an answer is sent as it should be; else it is one of these, or well too
SENDINGS = (
    *("good", *WORDINGS),
    *("echo", "length", "cuts-prompt", "no-done", "error-midstream", "garbage-line", "odd-line"),
    *("out-of-memory", "starting", "reset", "reset-midstream", "silent-midstream", "endless"),
    *("endless-line", "late", "unauthorized", "web-page", "not-pulled"),
)
GUIDES = re.compile(r"(?:Write|Change) the file (\"(?:\\.|[^\"\\])*\")")
WORDS = ("note", "invoice", "imprint", "help", "export", "stats", "about", "tag", "legal", "map")
GOOD = {
    "py": (
        '"""More."""\n\nWORDS = ["one", "two"]\n\n\ndef more() -> int:\n'
        '    """Count."""\n    return len(WORDS)\n'
    ),
    "ts": "export const more: number = 2;\n",
    "tsx": "export function More() {\n  return <p>More</p>;\n}\n",
    "html": '{% extends "base.html" %}\n{% block content %}<p>More</p>{% endblock %}\n',
    "css": ".more {\n  margin: 0;\n}\n",
    "json": '{"more": [1, 2]}\n',
    "md": "# More\n\nWords.\n",
    "txt": "Words.\n",
}
BAD = (
    "",
    " \n",
    "Sorry, I cannot help with that.",
    "当然可以。这是您要的内容。",
    "def broken(:\n",
    "from nowhere import nothing\n",
    "import { gone } from './gone';\nexport default gone;\n",
    "import os\n\nos.system('rm -rf /')\n",
    'KEY = "AKIAABCDEFGHIJKLMNOP"\n',
    "export const A = () => <p dangerouslySetInnerHTML={x} />;\n",
    "{% if a %}<p>{{ b|safe }}</p>",
    "{{ settings.SECRET_KEY }}",
    "<the whole text of the file>",
    "// ... existing code ...\n",
    "x = 1\n# the rest of the file is unchanged\n",
    "\0\ud83d\x1b[2J",
    "a { color: red;",
    '{"a": 1,}',
    "x = " + "(" * 3000,
    "\n" * 5000 + "x",
    "word " * 20_000,
)
PATHS = (
    *("../../etc/passwd.py", "/etc/cron.d/x.py", "C:\\x.py", "a/../../b.py", "~/.ssh/x.txt"),
    *("frontend/package.json", "package.json", "backend/pyproject.toml", "docker-compose.yml"),
    *(".github/workflows/x.yml", "backend/app/security.py", "backend/app/api/auth.py"),
    *("accounts/views.py", "config/settings.py", "manage.py", "tests/test_auth.py", "run"),
    *("backend/tests/test_auth.py", "backend/app/models.py", "random.py", "backend/logging.py"),
    *("frontend/src/routes.ts", "core/urls/__init__.py", "core/urls.py", "core/views/base.py"),
    *("frontend/src/routes.tsx", "frontend/src/navigation.ts", "backend/app/main.py", "README.md"),
    *("backend/app/api/note.py", "core/api/base.py", "templates/base.html", "static/app.css"),
    *("frontend/src/pages/DashboardPage.tsx", "frontend/src/styles/index.css", "a\0b.py", ""),
)
NAMES = (
    "Tag",
    "class",
    "__class__",
    "'; DROP TABLE users; --",
    "User",
    "x" * 60,
    "Ünïcode",
    "None",
)


class BadModel:
    """Answers like a model that means well now and then; `said` counts what it did."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same each time is what is wanted
        self.said: dict[str, int] = {}

    def __call__(self, body: Mapping[str, Any]) -> tuple[str, str]:
        """Return how a question is answered, and the words."""
        sending = "good" if self.random.random() < WELL else self.random.choice(SENDINGS)
        self.said[sending] = self.said.get(sending, 0) + 1
        prompt = str(body["messages"][1]["content"])
        asked = frozenset((body.get("format") or {}).get("properties", ()))
        answers: dict[frozenset[str], Callable[[str], Any]] = {
            frozenset({"entities"}): self._entities,
            frozenset({"steps"}): self._steps,
            frozenset({"file_path", "code"}): self._file,
            frozenset({"edits", "code"}): self._edit,
        }
        answer = answers[asked](prompt)
        return sending, answer if isinstance(answer, str) else json.dumps(answer)

    def _entities(self, _prompt: str) -> object:
        return {"entities": [self._entity() for _ in range(self.random.choice((0, 0, 0, 1, 2)))]}

    def _entity(self) -> dict[str, Any]:
        name = self.random.choice((*NAMES, "Note", "Customer", "Tag"))
        kinds = ("string", "enum", "money", "blob", "")
        return {
            "name": name,
            "plural": self.random.choice((name, f"{name}s", "")),
            "fields": [
                {"name": self.random.choice((*NAMES, "id", "title")), "type": self._one_of(kinds)}
                for _ in range(self.random.randint(0, 3))
            ],
            "relations": [
                {"kind": "many_to_one", "name": "of", "target": self._one_of((*NAMES, "Note"))}
                for _ in range(self.random.randint(0, 1))
            ],
        }

    def _steps(self, prompt: str) -> object:
        steps = [self._step(prompt) for _ in range(self.random.randint(1, 6))]
        return self._one_of(({"steps": steps},) * 6 + (steps, {"plan": steps}))

    def _step(self, prompt: str) -> object:
        tool = self._one_of(
            ("codegen_create",) * 4 + ("codegen_refactor",) * 4 + ("memory_store", "x")
        )
        planned = re.findall(r'^ "([\w/.-]+)": "[\w-]+",?$', prompt, re.MULTILINE)
        if tool == "codegen_refactor":
            path = self._one_of((*PATHS, *planned, *planned))
        else:
            folders = (
                "backend/app",
                "frontend/src/pages",
                "core",
                "core/views",
                "docs",
                "templates",
            )
            ending = self._one_of(tuple(GOOD))
            made = f"{self._one_of(folders)}/{self._one_of(WORDS)}.{ending}"
            path = self._one_of((made, made, made, self._one_of(PATHS)))
        step = {
            "tool": tool,
            "feature": self._one_of((None, "Dashboard view", "Note CRUD", "Pay by card", 7)),
            "input": {
                "template": self._one_of(
                    ("custom",) * 5 + ("sqlalchemy-model", "django-view", "gone")
                ),
                "file_path": path,
                "instructions": self._one_of(("More of it.",) * 5 + ("", "{{ 7*7 }} {0} %s \0")),
                "files": self._one_of(([], ["README.md", "../x"], planned[:3])),
                "variables": self._one_of(
                    ({}, {}, {"entity": "Note"}, {"entity": [None]}, {"a": 1e999})
                ),
            },
        }
        return self._one_of((step,) * 9 + ("a step in words",))

    def _file(self, prompt: str) -> object:
        path = _path_in(prompt)
        good = GOOD.get(path.rpartition(".")[2], "Words.\n")
        code = self._one_of((good,) * 6 + (self._one_of(BAD),) * 4 + (good + self._one_of(BAD),))
        return self._one_of(({"file_path": path, "code": code},) * 5 + ({"code": 7}, code))

    def _edit(self, prompt: str) -> object:
        before = _existing_in(prompt)
        lines = before.split("\n")
        place = self.random.randrange(len(lines))
        line = lines[place]
        more = GOOD.get(_path_in(prompt).rpartition(".")[2], "Words.\n")
        without = "\n".join(lines[:place] + lines[place + 1 :])
        changes: tuple[object, ...] = (
            {"code": before + "\n" + more},
            {"code": before + "\n" + more},
            {"edits": [{"search": lines[-2] if len(lines) > 1 else line, "replace": "gone"}]},
            {"edits": [{"search": line or "\n", "replace": ""}]},
            {"edits": [{"search": "nowhere at all", "replace": "x"}]},
            {"code": without},
            {"code": without},
            {"code": "\n".join(lines[: len(lines) // 2])},
            {"code": "\n".join(lines[: len(lines) // 2]) + "\n// ... the rest is unchanged\n"},
            {"code": re.sub(r"==|!=|not |&&|!", "", before, count=1)},
            {"code": self._one_of(BAD)},
            {"code": before + "\n" + self._one_of(BAD)},
            {"code": before},
            {},
        )
        return self._one_of(changes)

    def _one_of(self, choices: Any) -> Any:
        return self.random.choice(choices)


def _path_in(prompt: str) -> str:
    found = GUIDES.search(prompt)
    return str(json.loads(found[1])) if found else ""


def _existing_in(prompt: str) -> str:
    start = prompt.index("DATA: the file as it is\n") + len("DATA: the file as it is\n")
    return str(json.JSONDecoder().raw_decode(prompt[start:])[0])


def main() -> None:
    """Run a bad model until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.stubs.bad_model", description=__doc__)
    parser.add_argument("--port", type=int, default=11434)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    serve_by_hand(OllamaStub(port=chosen.port, speaker=BadModel(chosen.seed)))


if __name__ == "__main__":
    main()
