"""The API of a running app, as a signed-in person uses it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import requests

from generation.verification.app import App
from generation.verification.values import (
    PNG,
    in_dependency_order,
    json_for,
    rules_of,
    totals_of,
    wrong_totals,
)

SECONDS = 15
PASSWORD = "correct horse battery staple"  # noqa: S105 - of a person made up for the check


class Refused(Exception):
    """The API answered otherwise than it should; the message says what."""


class Client:
    """A person at an app's API; `rows` are the numbers of those there are, by entity."""

    def __init__(self, app: App, url: str, rows: dict[str, list[int]] | None = None) -> None:
        self.app, self.url = app, url
        self.session = requests.Session()
        self.session.headers["Origin"] = url
        self.rows = {} if rows is None else rows

    def ask(self, method: str, path: str, expected: int, body: object = None) -> Any:
        """Return what the API answers; raise `Refused` unless with the expected status."""
        answer = self.session.request(method, f"{self.url}{path}", json=body, timeout=SECONDS)
        if answer.status_code != expected:
            raise Refused(
                f"{method} {path}: {answer.status_code} instead of {expected}: {answer.text[:300]}"
            )
        is_json = answer.content and "json" in answer.headers.get("Content-Type", "")
        return answer.json() if is_json else answer.text

    def sign_in(self, email: str, *, new: bool) -> None:
        """Sign in, where the app has accounts; a new person signs up first."""
        if not self.app.spec["auth"]:
            return
        person = {"email": email, "password": PASSWORD}
        if new:
            self.ask("POST", "/api/auth/signup", 201, person)
        answer = self.session.post(f"{self.url}/api/auth/login", json=person, timeout=SECONDS)
        if not answer.ok:
            raise Refused(f"The log-in was refused: {answer.status_code} {answer.text[:300]}")
        token = self.session.cookies.get("csrftoken")
        if token:
            self.session.headers["X-CSRFToken"] = token

    def total(self, slug: str) -> int:
        """Return how many rows of a resource there are."""
        listed = self.ask("GET", f"/api/{slug}", 200)
        return int(listed["total"])

    def check_totals(self, resource: dict[str, Any]) -> None:
        """Hold what a list says, and must say, of all its rows against the rows."""
        path = f"/api/{resource['slug']}?limit=100"
        wrong = wrong_totals(self.ask("GET", path, 200), totals_of(self.app.spec, resource))
        if wrong:
            raise Refused(f"GET {path}: {', '.join(wrong)} are not those of the rows")

    def fill(self, numbers: tuple[int, ...] = (1, 2)) -> dict[str, int]:
        """Make a row of every resource for each number; return how many there are, by slug."""
        for resource in in_dependency_order(self.app.resources):
            for place, number in enumerate(numbers):
                body = self._body(resource, place, number)
                row = self.ask("POST", f"/api/{resource['slug']}", 201, body)
                self.rows.setdefault(resource["entity"], []).append(int(row["id"]))
        return {item["slug"]: self.total(item["slug"]) for item in self.app.resources}

    def show_own(self, other: Client) -> None:
        """See that rows moved to what is another's are seen by the other, and not changed."""
        for resource in self.app.resources:
            name = resource["entity"]
            if name not in self.app.following:
                continue
            row = f"/api/{resource['slug']}/{self.rows[name][0]}"
            link = next(link for link in resource["links"] if link["target"] in self.app.overseen)
            # There may be only one of them.
            other.ask("DELETE", f"/api/{resource['slug']}/{other.rows[name][0]}", 204)
            self.ask("PATCH", row, 200, {link["key"]: other.rows[link["target"]][0]})
            other.ask("GET", row, 200)
            other.ask("PATCH", row, 403, {})
            other.ask("DELETE", row, 403)

    def send(self, resource: dict[str, Any]) -> None:
        """Send a row of what anybody may send."""
        self.ask("POST", f"/api/{resource['slug']}", 201, self._body(resource, 0, 8))

    def _body(self, resource: dict[str, Any], place: int, number: int) -> dict[str, object]:
        """Return a row's fields and required links; each row links to others of the same place."""
        rules = rules_of(self.app.spec, resource["entity"])
        body = {
            field["key"]: json_for(rules[field["field"]], number) for field in resource["fields"]
        }
        required = [link for link in resource["links"] if link["required"]]
        picture = {"name": "check.png", "content": b64encode(PNG).decode()}
        body |= {upload["key"]: picture for upload in resource.get("uploads", ())}
        return body | {link["key"]: self.rows[link["target"]][place] for link in required}
