"""The pages that a built app has, before any of its files is written."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

from generation.engines.builtin.engine import STACKS
from generation.engines.builtin.stacks.shared.content import Content, ContentPage, content_of
from generation.engines.builtin.stacks.shared.naming import AppNames, EntityNames
from projects.spec.models import AppSpec, PageKind


class Screen(NamedTuple):
    """A page: `entity` is the name of what a list, a row's page or a form is of.

    `sections` are the headings of a page of words.
    """

    name: str
    path: str
    kind: PageKind
    entity: str | None = None
    sections: tuple[str, ...] = ()


def screens_of(spec: AppSpec, stack: str) -> tuple[Screen, ...]:
    """Return the pages of an app in a stack; one that is not known here names as the first does."""
    package = STACKS.get(stack) or next(iter(STACKS.values()))
    naming = import_module(f"generation.engines.builtin.stacks.{package}.naming")
    names: AppNames = naming.names_of(spec)
    content = content_of(spec, names)
    rows = [screen for entity in names.entities for screen in _of_rows(entity)]
    return (*_first(content), *(_of_words(page) for page in content.pages), *_people(spec), *rows)


def _first(content: Content) -> Iterator[Screen]:
    if content.home is not None:
        yield _of_words(content.home)
    if content.dashboard_path is not None:
        yield Screen("Dashboard", content.dashboard_path, PageKind.DASHBOARD)


def _of_words(page: ContentPage) -> Screen:
    kind = PageKind.HOME if page.is_home else PageKind.CONTENT
    headings = tuple(section.heading for section in page.sections if section.heading)
    return Screen(page.name, page.path, kind, sections=headings)


def _people(spec: AppSpec) -> Iterator[Screen]:
    if spec.auth:
        yield Screen("Sign in", "/login", PageKind.FORM)
        yield Screen("Sign up", "/signup", PageKind.FORM)
        yield Screen("Account", "/account", PageKind.FORM)


def _of_rows(entity: EntityNames) -> Iterator[Screen]:
    path, name, one = f"/{entity.plural_slug}", entity.spec.name, entity.label.lower()
    yield Screen(entity.plural_label, path, PageKind.LIST, name)
    yield Screen(f"New {one}", f"{path}/new", PageKind.FORM, name)
    yield Screen(entity.label, f"{path}/:id", PageKind.DETAIL, name)
    yield Screen(f"Change {one}", f"{path}/:id/edit", PageKind.FORM, name)
