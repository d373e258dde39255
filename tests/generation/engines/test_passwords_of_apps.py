"""Whoever has an account in an app changes its password there."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, PageKind, PageSpec
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import brochure, shop

# What each stack writes for it, and nothing else.
FILES = {
    TECH_STACKS[0]: {
        "backend/tests/password_test.py",
        "frontend/src/auth/AccountPage.tsx",
        "frontend/src/auth/account.test.tsx",
    },
    TECH_STACKS[1]: {"templates/accounts/account.html", "tests/password_test.py"},
}


@pytest.mark.parametrize("styling", STYLINGS)
@pytest.mark.parametrize("stack", TECH_STACKS)
@pytest.mark.parametrize("spec", [brochure(auth=True), shop()], ids=lambda s: s.name)
def test_with_accounts_there_is_a_page_and_a_route(spec: AppSpec, stack: str, styling: str) -> None:
    files = render_spec(spec, stack, styling)
    assert files.keys() >= FILES[stack]
    code = "".join(text for path, text in files.items() if "test" not in path)
    assert 'to="/account"' in code or '{% url "account" %}' in code
    assert '@router.post("/password"' in code or 'path("api/auth/password"' in code
    assert "forgot" in files["README.md"]


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_without_accounts_there_is_neither(stack: str) -> None:
    files = render_spec(brochure(auth=False), stack, STYLINGS[0])
    assert not files.keys() & FILES[stack]
    assert not [path for path, text in files.items() if "/account" in text]


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_no_list_and_no_page_of_words_stands_there(stack: str) -> None:
    accounts = EntitySpec(name="Account", plural="Account", fields=(FieldSpec(name="name"),))
    page = PageSpec(name="Account", path="/account", kind=PageKind.CONTENT)
    spec = AppSpec(name="Bank", auth=True, entities=(accounts,), pages=(page,))
    readme = render_spec(spec, stack, STYLINGS[0])["README.md"]
    assert readme.count("/account-") + readme.count("/account_") > 0
