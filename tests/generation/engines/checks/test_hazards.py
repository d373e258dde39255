"""Files with secrets, code out of texts, or addresses of others are refused; an edit may not add
them to a file that has some."""

from __future__ import annotations

import pytest

from generation.engines.checks import check_edit, check_file

HAZARDS = [
    ("a.py", 'KEY = "AKIA' + "A" * 16 + '"\n', "secret"),
    ("a.md", "-----BEGIN RSA PRIVATE KEY-----\n", "secret"),
    ("a.ts", 'export const apiKey = "a1b2c3d4e5f6a7b8c9";\n', "secret"),
    ("a.json", '{"password": "hunter2hunter2hunter2"}\n', "secret"),
    ("a.py", "eval(input())\n", "run as code"),
    ("a.py", "import subprocess\n\nsubprocess.run('ls', shell=True)\n", "run as code"),
    ("a.py", "import os\n\nos.system('ls')\n", "run as code"),
    ("a.py", "__import__('os')\n", "run as code"),
    ("a.ts", "export const x = eval('1');\n", "code or markup"),
    ("a.tsx", "export const A = (p) => <p dangerouslySetInnerHTML={p} />;\n", "code or markup"),
    ("a.html", "<p>{{ note.text|safe }}</p>", "escaped"),
    ("a.html", "{% autoescape off %}{{ a }}{% endautoescape %}", "escaped"),
    ("a.html", '<script src="https://cdn.example.org/x.js"></script>', "another server"),
    ("a.html", '<link rel="stylesheet" href="//cdn.example.org/x.css">', "another server"),
    ("a.css", "a { background: url(https://example.org/x.png); }\n", "another server"),
    ("a.ts", "export const x = fetch(`https://example.org/${1}`);\n", "another server"),
    (
        "a.tsx",
        'export const A = () => <img src="//example.org/x.png" />;\n',
        "another server",
    ),
]
HARMLESS = [
    ("a.py", "import re\n\nX = re.compile('a')\n"),
    ("a.py", "class A:\n    password = 'Password, at least twelve characters'\n"),
    ("a.ts", "export const x = fetch('/api/notes');\n"),
    ("a.html", '<p>{{ note.text }} <a href="https://example.org/">Elsewhere</a></p>'),
    ("a.tsx", "export const A = () => <input type=\"password\" name='password' />;\n"),
]


@pytest.mark.parametrize(("path", "text", "says"), HAZARDS)
def test_a_hazard_is_found_in_a_file_and_in_an_edit(path, text, says) -> None:
    assert says in str(check_file(path, text, {})[0])
    assert check_edit(path, text, text, {}) == ()


@pytest.mark.parametrize(("path", "text"), HARMLESS)
def test_what_only_looks_like_one_passes(path, text) -> None:
    assert check_file(path, text, {}) == ()


def test_an_edit_may_not_add_one() -> None:
    before = "<p>{{ note.text }}</p>\n"
    assert check_edit("a.html", before, before + "<p>{{ note.title|safe }}</p>\n", {})
