"""What people do with the pages of generated apps besides filling them in."""

from __future__ import annotations

import re

import pytest

from generation.engines.builtin.render import render_spec
from generation.engines.builtin.renderer import md
from projects.spec.models import AppSpec, EntitySpec, FieldSpec
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import shop

REACT, DJANGO = TECH_STACKS


def test_every_heading_of_a_page_is_its_title_too() -> None:
    files = render_spec(shop(), REACT, STYLINGS[0])
    titled = [path for path, text in files.items() if "<h1 className={ui.title}>" in text]
    assert titled == ["frontend/src/components/title.tsx"]
    for view in ("ListView", "DetailView", "FormView"):
        assert "<Title>" in files[f"frontend/src/components/{view}.tsx"]


def test_a_new_page_is_shown_from_its_start() -> None:
    shell = render_spec(shop(), REACT, STYLINGS[0])["frontend/src/components/shell.tsx"]
    assert "<ScrollRestoration />" in shell
    assert "main.current?.focus(" in shell


def test_each_page_of_a_list_is_one_of_the_history() -> None:
    text = render_spec(shop(), REACT, STYLINGS[0])["frontend/src/components/ListView.tsx"]
    assert '{ replace: name !== "page" }' in text


def test_react_does_not_replace_unasked_what_somebody_else_has_changed() -> None:
    files = render_spec(shop(), REACT, STYLINGS[0])
    for path, text in files.items():
        if re.fullmatch(r"backend/app/api/\w+\.py", path) and '@router.put("/{row_id}")' in text:
            replaced = text.partition('@router.put("/{row_id}")')[2].partition("@router")[0]
            assert "check_unchanged(" in replaced, path
    assert '"If-Match"' in files["frontend/src/api/resource.ts"]
    assert "setSeen(undefined)" in files["frontend/src/components/FormView.tsx"]


def test_django_does_not_replace_unasked_what_somebody_else_has_changed() -> None:
    files = render_spec(shop(), DJANGO, STYLINGS[0])
    assert 'name="seen-at" value="{{ seen }}"' in files["templates/core/form.html"]
    assert "form.add_error(None, CHANGED_SINCE)" in files["core/views/base.py"]


def test_every_control_says_that_it_is_needed() -> None:
    inputs = render_spec(shop(), REACT, STYLINGS[0])["frontend/src/components/inputs.tsx"]
    for start in re.findall(r"<(?:textarea|select)\s[^/]*?aria-invalid", inputs):
        assert "required={field.required}" in start
        assert "name={field.name}" in start


def test_a_form_is_sent_once() -> None:
    script = render_spec(shop(), DJANGO, STYLINGS[0])["static/app.js"]
    assert "if (sent.has(form)) event.preventDefault();" in script
    # A field called "method" stands in the place of the form's own property.
    assert "form.method" not in script


def test_what_a_row_is_called_in_docstrings_is_its_own_name() -> None:
    owner = EntitySpec(name="Owner", plural="Owners", fields=(FieldSpec(name="name"),))
    card = EntitySpec(name="Membership card", plural="Cards", fields=(FieldSpec(name="name"),))
    spec = AppSpec(name="Vet", auth=True, entities=(owner, card))
    code = "".join(render_spec(spec, DJANGO, STYLINGS[0]).values())
    assert '"""An owner."""' in code
    assert '"""A membership card."""' in code
    assert "owner item" not in code.lower()


def test_the_page_of_what_is_refused_is_written_once() -> None:
    files = render_spec(shop(), DJANGO, STYLINGS[0])
    assert files["templates/403_csrf.html"] == '{% extends "403.html" %}\n'


def test_the_dashboard_has_rows_counted_by_the_database() -> None:
    text = render_spec(shop(dashboard=True), DJANGO, STYLINGS[0])["core/views/dashboard.py"]
    assert '.annotate(Count("pk"))' in text
    assert "flat=True" not in text


def test_the_first_value_that_is_wrong_has_the_keyboard() -> None:
    script = render_spec(shop(), DJANGO, STYLINGS[0])["static/app.js"]
    assert 'document.querySelector("[aria-invalid]")?.focus();' in script


def test_another_page_of_a_list_is_shown_from_its_start_and_keeps_the_keyboard() -> None:
    files = render_spec(shop(), DJANGO, STYLINGS[0])
    assert "show:window:top" in files["templates/core/list.html"]
    rows = files["templates/core/parts/rows.html"]
    # htmx gives the keyboard back to what has a name.
    assert re.findall(r"<button (?!id=)", rows) == []
    # What is switched in a row stays where it is.
    assert 'hx-swap="innerHTML" hx-vals' in rows


@pytest.mark.parametrize("styling", STYLINGS)
@pytest.mark.parametrize("stack", TECH_STACKS)
def test_a_word_without_end_is_broken(stack: str, styling: str) -> None:
    files = render_spec(shop(), stack, styling)
    name = "static/app.css" if stack == DJANGO else "frontend/src/styles/index.css"
    style = files[name]
    assert re.search(r"h3,\s+p,\s+li,\s+dd \{\s+[^}]*(overflow-wrap: |wrap-)anywhere", style)
    assert re.search(r"\btd \{[^}]*(max-width: |max-w-)", style)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("tools (hand, power): 10 + 5 #1!", "tools (hand, power): 10 + 5 #1!"),
        ("[a](b) ![c](d)", r"\[a\](b) !\[c\](d)"),
        ("# one", r"\# one"),
        ("> two", r"\> two"),
        ("+ three", r"\+ three"),
        ("- five", r"\- five"),
        ("6. six", r"6\. six"),
        (
            "<b> a | b ~c~ $d$ *e* _f_ `g` \\",
            r"\<b> a \| b \~c\~ \$d\$ \*e\* \_f\_ \`g\` " + "\\\\",
        ),
    ],
)
def test_markdown_is_escaped_where_it_would_mean_something(text: str, written: str) -> None:
    assert md(text) == written
