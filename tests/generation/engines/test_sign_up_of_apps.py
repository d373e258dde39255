"""Whether whoever finds an app may make an account: a setting of every app that has accounts."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import brochure, shop, visited

# Where the setting is read and where it is tested, by stack.
PLACES = {
    "Django + HTMX + PostgreSQL": ("config/settings.py", "tests/test_auth.py"),
    "React + FastAPI + PostgreSQL": ("backend/app/config.py", "backend/tests/test_auth.py"),
}


def files_of(spec: AppSpec, stack: str, styling: str = "Plain CSS") -> dict[str, str]:
    return render_spec(spec, stack, styling)


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("spec", [brochure(auth=True), shop(), visited()], ids=lambda s: s.name)
def test_with_accounts_signing_up_can_be_closed(spec: AppSpec, stack: str) -> None:
    files = files_of(spec, stack)
    settings, tests = PLACES[stack]
    assert "allow_sign_up" in files[settings].lower()
    assert "test_closed_sign_up_leaves_the_first_account_alone_open" in files[tests]
    for path in (".env.example", "README.md"):
        assert "ALLOW_SIGN_UP=false" in files[path]


@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_without_accounts_there_is_nothing_of_it(stack: str, styling: str) -> None:
    files = files_of(brochure(things=True), stack, styling)
    assert not [path for path, text in files.items() if "sign_up" in f"{path} {text}".lower()]


@pytest.mark.parametrize("spec", [brochure(auth=True), shop()], ids=lambda s: s.name)
def test_every_link_to_signing_up_is_left_out_where_it_is_closed(spec: AppSpec) -> None:
    pages = files_of(spec, "Django + HTMX + PostgreSQL")
    for path, text in pages.items():
        if path.startswith("templates/"):
            lines = [line for line in text.splitlines() if '{% url "signup" %}' in line]
            assert all("may_sign_up" in line or "New here?" in line for line in lines), path
    components = files_of(spec, "React + FastAPI + PostgreSQL")
    pages_of = [path for path in components if path.endswith("Page.tsx") or "shell" in path]
    assert "frontend/src/auth/CredentialsPage.tsx" in pages_of
    for path in pages_of:
        if "/signup" in components[path]:
            assert "useMaySignUp()" in components[path], path


def test_who_runs_a_react_app_makes_accounts_by_a_command() -> None:
    files = files_of(shop(), "React + FastAPI + PostgreSQL")
    assert 'python("app.account", email)' in files["run"]
    assert "./run account --email" in files["README.md"]
    assert "def make_account(" in files["backend/app/account.py"]
