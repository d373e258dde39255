"""Every page of words gets an address of its own, and what could not be had is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generation.engines.builtin.engine import STACKS, BuiltinEngine
from generation.engines.builtin.render import render_spec
from generation.engines.builtin.screens import screens_of
from generation.engines.builtin.stacks.shared.addresses import TAKEN, Addresses
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, PageKind, PageSpec

WORDS = st.sampled_from(("about", "team", "posts", "login", "api", "static", "page", "a-page", ":"))
PATHS = st.lists(WORDS, max_size=3).map(lambda words: "/" + "/".join(words))


def app_with(*paths: str) -> AppSpec:
    post = EntitySpec(name="Post", plural="Posts", fields=(FieldSpec(name="title"),))
    return AppSpec(
        name="Blog",
        entities=(post,),
        pages=tuple(PageSpec(name=f"Page {p}", path=p, kind=PageKind.CONTENT) for p in paths),
    )


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (("/about", "/about/team"), ["/about", "/about/team"]),
        (("/about/team", "/about"), ["/about/team", "/about"]),
        (("/posts/archive", "/posts-archive"), ["/posts-archive", "/posts-archive-page"]),
        (("/login/help", "/static/x", "/logout"), ["/login-help", "/static-x", "/logout-page"]),
        (("/api/x", "/", "/a/:id", "/a/id"), ["/page", "/page-page", "/a/id", "/a/id-page"]),
        (("/team/", "/:", "/page/x"), ["/team", "/page", "/page/x"]),
    ],
)
def test_a_page_keeps_its_address_or_gets_a_free_one(wanted, given):
    addresses = Addresses((*TAKEN, "/posts"))
    assert [addresses.keep(path) for path in wanted] == given


@given(st.lists(PATHS, max_size=8))
def test_addresses_are_each_given_once_and_are_nobody_elses(wanted):
    taken = (*TAKEN, "/posts", "/posts-login")
    addresses = Addresses(taken)
    given_out = [addresses.keep(path) for path in wanted]
    assert len({*given_out, *taken}) == len(given_out) + len(taken)
    for path in given_out:
        assert not any(path.startswith(f"{owned}/") for owned in taken if owned != "/")
        assert not path.startswith("/api")


@pytest.mark.parametrize("stack", STACKS)
def test_pages_below_others_are_built_and_the_moved_are_told(stack):
    spec = app_with("/about", "/about/team", "/posts/archive", "/login/help")
    files = render_spec(spec, stack, "Plain CSS")
    pages = files.get("frontend/src/content.ts") or files["core/content.py"]
    assert all(f'"{path}"' in pages for path in ("/about/team", "/posts-archive", "/login-help"))
    moved = [
        "The page Page /posts/archive is at /posts-archive: it cannot be at /posts/archive.",
        "The page Page /login/help is at /login-help: it cannot be at /login/help.",
    ]
    plan = BuiltinEngine().plan(spec, stack=stack, styling="Plain CSS")
    assert list(plan.notes) == moved
    assert all(f"- {note}" in files["README.md"] for note in moved)
    paths = [screen.path for screen in screens_of(spec, stack)]
    assert {"/about/team", "/posts-archive", "/login-help"} < {*paths}
