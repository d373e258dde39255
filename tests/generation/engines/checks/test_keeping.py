"""An edit adds: what drops a route, a method or a test of rights is found; what adds passes."""

from __future__ import annotations

import pytest

from generation.engines.checks import check_edit

VIEW = '''"""Notes."""

from django.http import Http404


class Notes:
    """The notes of one person."""

    def rows(self, user):
        return user.notes

    def delete(self, user, note):
        if note.owner_id != user.id:
            raise Http404
        note.delete()


URLS = ["notes"]
'''
ROUTES = """import { A } from "./a";
import { B } from "./b";

export const routes = [
  { path: "/a", element: <A /> },
  { path: "/b/:id", element: <B /> },
  { path: "/c", element: <A key="c" /> },
];
"""
APP = {
    "requirements.txt": "django==6.0\n",
    "src/a.tsx": "export const A = () => null;\n",
    "src/b.tsx": "export const B = () => null;\n",
    "templates/base.html": "<p></p>",
}
PAGE = (
    '{% extends "base.html" %}\n{% csrf_token %}\n<input name="title">\n<p>{{ note.title }}</p>\n'
)
STYLE = ".a { color: red; }\n.b { color: var(--ink); }\n:root { --ink: #000; }\n"


def faults(path: str, before: str, after: str) -> str:
    return " ".join(map(str, check_edit(path, before, after, APP)))


@pytest.mark.parametrize(
    ("path", "before", "cut", "put", "says"),
    [
        (
            "v.py",
            VIEW,
            "    def rows(self, user):\n        return user.notes\n\n",
            "",
            "Notes.rows",
        ),
        ("v.py", VIEW, "note.owner_id != user.id", "not user.id", "owner_id"),
        ("v.py", VIEW, "if note.owner_id !=", "if note.owner_id ==", "a line that guards"),
        ("v.py", VIEW, "            raise Http404\n", "            pass\n", "Http404"),
        ("v.py", VIEW, "return user.notes", "return self.notes", "'user' less often"),
        ("src/r.tsx", ROUTES, '  { path: "/b/:id", element: <B /> },\n', "", "/b/:id"),
        ("src/r.tsx", ROUTES, '"/a"', '"/other"', "/a"),
        ("src/r.tsx", ROUTES, "<B />", "<A />", "a use of B"),
        ("v.py", VIEW, "        note.delete()\n", "", "a use of delete"),
        ("v.py", VIEW, "return user.notes", "user.notes", "'Return'"),
        ("src/r.tsx", ROUTES, ' key="c"', "", "'jsx_attribute'"),
        ("d.yaml", "a: [1, 2, 3]\nb: 1\n", ", 3", "", "a.[]"),
        ("p.html", PAGE, "{% csrf_token %}\n", "", "csrf_token"),
        ("p.html", PAGE, 'name="title"', 'name="titel"', "title"),
        ("p.html", PAGE, "{{ note.title }}", "", "note.title"),
        ("s.css", STYLE, ".a { color: red; }\n", "", ".a"),
        ("s.css", STYLE, "--ink: #000", "--inc: #000", "--ink"),
        ("d.json", '{"a": {"b": 1, "c": 2}}', ', "c": 2', "", "a.c"),
        ("d.yaml", "a:\n  b: 1\n  c: 2\n", "  c: 2\n", "", "a.c"),
        ("d.toml", "[a]\nb = 1\nc = 2\n", "c = 2\n", "", "a.c"),
        ("R.md", "# A\n\nText.\n\n## B\n\nMore.\n", "## B", "B", "## B"),
    ],
)
def test_what_an_edit_takes_away_is_found(path, before, cut, put, says) -> None:
    after = before.replace(cut, put)
    assert after != before
    assert says in faults(path, before, after)


@pytest.mark.parametrize(
    ("path", "before"),
    [("v.py", VIEW), ("src/r.tsx", ROUTES), ("p.html", PAGE), ("n.txt", "One.\nTwo.\nThree.\n")],
)
def test_another_text_in_place_of_a_file_is_refused(path, before) -> None:
    assert faults(path, before, "<p>Sorry, I cannot help.</p>\n")


@pytest.mark.parametrize(
    ("path", "before", "cut", "put"),
    [
        ("v.py", VIEW, 'URLS = ["notes"]', 'URLS = ["notes", "help"]'),
        ("v.py", VIEW, "        note.delete()\n", "        note.delete()\n        print(note)\n"),
        ("v.py", VIEW, '"""Notes."""', '"""The notes, and what is done with them."""'),
        ("src/r.tsx", ROUTES, "];\n", '  { path: "/d", element: <A /> },\n];\n'),
        ("p.html", PAGE, "<p>", '<p class="wide">'),
        ("s.css", STYLE, "color: red", "color: blue"),
    ],
)
def test_what_adds_or_changes_a_little_passes(path, before, cut, put) -> None:
    after = before.replace(cut, put)
    assert after != before
    assert faults(path, before, after) == ""
