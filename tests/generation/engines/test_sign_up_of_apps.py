"""Whether whoever finds an app may make an account: a setting of every app that has accounts."""

from __future__ import annotations

import ast
import re

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import brochure, shop, visited

DJANGO, REACT = "Django + HTMX + PostgreSQL", "React + FastAPI + PostgreSQL"
# Where the setting is read and how, where it is asked, by which functions, and where it is tested.
PLACES = {
    DJANGO: {
        "setting": ("config/settings.py", 'env.bool("ALLOW_SIGN_UP", default=True)'),
        "asked": ("accounts/forms.py", "settings.ALLOW_SIGN_UP or "),
        "guarded": (("accounts/views.py", "sign_up"), ("accounts/api.py", "post")),
        "tests": ("tests/test_auth.py", "tests/conftest.py"),
    },
    REACT: {
        "setting": ("backend/app/config.py", "    allow_sign_up: bool = True\n"),
        "asked": ("backend/app/api/auth.py", "settings.allow_sign_up or "),
        "guarded": (("backend/app/api/auth.py", "signup"),),
        "tests": ("backend/tests/test_auth.py", "backend/tests/conftest.py"),
    },
}


def files_of(spec: AppSpec, stack: str, styling: str = "Plain CSS") -> dict[str, str]:
    return render_spec(spec, stack, styling)


def refuses(source: str, name: str) -> bool:
    """Tell whether a function raises before it saves where nobody may sign up."""
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    body = next(function for function in functions if function.name == name).body
    guards = [
        place
        for place, node in enumerate(body)
        if isinstance(node, ast.If)
        and ast.unparse(node.test).startswith("not may_sign_up(")
        and isinstance(node.body[0], ast.Raise)
    ]
    return any("save(" not in ast.unparse(ast.Module(body[:place], [])) for place in guards)


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("spec", [brochure(auth=True), shop(), visited()], ids=lambda s: s.name)
def test_with_accounts_signing_up_can_be_closed(spec: AppSpec, stack: str) -> None:
    files = files_of(spec, stack)
    for key in ("setting", "asked"):
        path, text = PLACES[stack][key]
        assert text in files[path]
    tests, conftest = PLACES[stack]["tests"]
    assert "test_closed_sign_up_leaves_the_first_account_alone_open" in files[tests]
    assert "allow_sign_up=true" in files[conftest].lower(), "tests depend on the installation"
    for path, name in PLACES[stack]["guarded"]:
        assert refuses(files[path], name), f"{path}: {name}"
    for path in (".env.example", "README.md"):
        assert "ALLOW_SIGN_UP=false" in files[path]


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_without_accounts_there_is_nothing_of_it(stack: str, styling: str) -> None:
    files = files_of(brochure(things=True), stack, styling)
    assert not [path for path, text in files.items() if "sign_up" in f"{path} {text}".lower()]


def guards_in_page(text: str) -> list[bool]:
    """Tell of each link to signing up in a Django page whether the guard holds it."""
    conditions: list[str] = []
    found = []
    for word, rest in re.findall(r"{% (if|elif|else|endif|url) ?(.*?) ?%}", text):
        if word in ("elif", "else", "endif"):
            conditions.pop()
        if word in ("if", "elif", "else"):
            conditions.append(rest)
        if word == "url" and rest == '"signup"':
            found.append("may_sign_up" in conditions)
    return found


def guards_in_component(text: str) -> list[bool]:
    """Tell of each link to signing up in a React component whether the guard holds it."""
    before: list[str] = []  # what stands before each bracket that is open
    found = []
    for mark in re.finditer(r'[()]|"/signup"', text):
        if mark[0] == "(":
            before.append(text[: mark.start()].rpartition("\n")[2])
        elif mark[0] == ")":
            before.pop()
        else:
            found.append(any(re.search(r"\bmaySignUp\)? && $", line) for line in before))
    return found


@pytest.mark.parametrize("spec", [brochure(auth=True), shop()], ids=lambda s: s.name)
def test_every_link_to_signing_up_is_left_out_where_it_is_closed(spec: AppSpec) -> None:
    pages = {
        path: guards_in_page(text)
        for path, text in files_of(spec, DJANGO).items()
        if path.startswith("templates/")
    }
    components = {
        path: guards_in_component(text)
        for path, text in files_of(spec, REACT).items()
        if path.endswith(".tsx") and ".test." not in path and not path.endswith("/routes.tsx")
    }
    assert pages["templates/accounts/credentials.html"] == [True]
    assert components["frontend/src/auth/CredentialsPage.tsx"] == [True]
    for found in (pages, components):
        assert len([path for path, guards in found.items() if guards]) > 1
        assert [path for path, guards in found.items() if not all(guards)] == []


@pytest.mark.parametrize("spec", [brochure(auth=True), shop()], ids=lambda s: s.name)
def test_a_link_whose_guard_is_taken_away_is_found(spec: AppSpec) -> None:
    pages = files_of(spec, DJANGO)
    text = pages["templates/accounts/credentials.html"]
    assert guards_in_page(text.replace("{% elif may_sign_up %}", "{% else %}")) == [False]
    text = files_of(spec, REACT)["frontend/src/auth/CredentialsPage.tsx"]
    assert guards_in_component(text.replace("{(isNew || maySignUp) && (", "{(")) == [False]


def test_who_runs_a_react_app_makes_accounts_by_a_command() -> None:
    files = files_of(shop(), "React + FastAPI + PostgreSQL")
    assert 'python("app.account", email, *options)' in files["run"]
    assert "./run account --email" in files["README.md"]
    assert "def make_account(" in files["backend/app/account.py"]
