"""People who ask for apps over HTTP and try again when the site does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

from tests.chaos.model import FEATURE
from tests.live import Visitor

PATIENCE = 180.0
DJANGO, REACT = "Django + HTMX + PostgreSQL", "React + FastAPI + PostgreSQL"


def _app(name: str, about: str, stack: str = DJANGO, **more: Any) -> dict[str, Any]:
    words = {"project_name": name, "description": f"A landing page for a {about}."}
    return {**words, "features": [], "tech_stack": stack, "styling": "Plain CSS", **more}


# Small apps, so that many fit into a short round; the last two have a model at work.
APPS = (
    _app("Bakery", "bakery"),
    _app("Barber", "barber", styling="Bootstrap"),
    _app("Florist", "florist", REACT),
    _app("Imprint", "bakery", features=[FEATURE], engine="ollama:coder:7b"),
    _app("Colophon", "print shop", features=[FEATURE], engine="ollama:coder:7b"),
)


class NoAnswer(Exception):
    """The site did not answer for as long as anybody would try."""


def insist(ask: Callable[[], requests.Response]) -> requests.Response:
    """Ask until there is an answer that is no passing trouble of the site.

    Raises `NoAnswer` after three minutes.
    """
    end, last = time.monotonic() + PATIENCE, "nothing"
    while time.monotonic() < end:
        try:
            answer = ask()
        except requests.RequestException as error:
            last = type(error).__name__
        else:
            if answer.ok:
                return answer
            last = f"{answer.status_code}: {answer.text[:300]}"
        time.sleep(0.5)
    raise NoAnswer(last)


@dataclass
class Person:
    """Asks for apps and takes them home; `projects` maps their ids to which of `APPS` they are."""

    visitor: Visitor
    projects: dict[str, int] = field(default_factory=dict)

    def submit(self, which: int) -> str:
        """Ask for an app, once however often it has to be said; return the project's id."""
        key = str(uuid4())

        def ask() -> requests.Response:
            headers = {"Idempotency-Key": key}
            return self.visitor.api("POST", "projects/", json=APPS[which], headers=headers)

        project: str = insist(ask).json()["project_id"]
        self.projects[project] = which
        return project

    def retry(self, project: str) -> None:
        """Ask for a job that has failed to go on."""
        self.visitor.api("POST", f"projects/{project}/retry/")

    def zip_of(self, project: str) -> bytes:
        """Download an app."""
        return insist(lambda: self.visitor.api("GET", f"projects/{project}/zip/")).content


def sign_up(url: str, number: int) -> Person:
    """Make an account."""
    visitor = Visitor(url, f"person{number}@example.org")
    visitor.sign_up()
    return Person(visitor)
