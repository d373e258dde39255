"""A real site for tests: web server, worker and scheduler over a database of their own."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from codegen_site.embedded.places import free_port
from codegen_site.embedded.processes import Child, start
from codegen_site.embedded.supervisor import manage, site_programs

PASSWORD = "correct horse battery staple"
READY_SECONDS = 60.0


@dataclass
class LiveSite:
    """Where the site answers, and its processes by name."""

    url: str
    children: dict[str, Child]
    environment: dict[str, str]
    people: int = 0

    def sign_up(self) -> Visitor:
        """Sign a new person up over HTTP, as a browser does."""
        self.people += 1
        visitor = Visitor(self.url, f"person{self.people}-{os.getpid()}@example.org")
        visitor.sign_up()
        return visitor


class Visitor:
    """A signed-in person with a session."""

    def __init__(self, url: str, email: str) -> None:
        self.url, self.email, self.session = url, email, requests.Session()

    def form(self, path: str, **values: str) -> requests.Response:
        """Send the form at `path`."""
        page = self.session.get(self.url + path, timeout=10)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, f"no form at {path}"
        values["csrfmiddlewaretoken"] = token[1]
        return self.session.post(
            self.url + path, data=values, headers={"Referer": self.url + path}, timeout=30
        )

    def sign_up(self) -> None:
        """Make an account."""
        answer = self.form("/sign-up/", email=self.email, password1=PASSWORD, password2=PASSWORD)
        assert answer.ok, answer.text
        assert "sessionid" in self.session.cookies

    def api(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        """Call the REST API in the session."""
        headers = kwargs.pop("headers", {})
        headers |= {"X-CSRFToken": self.session.cookies.get("csrftoken", ""), "Referer": self.url}
        return self.session.request(
            method, f"{self.url}/api/{path}", headers=headers, timeout=30, **kwargs
        )

    def wait_until_ended(self, project_id: str, seconds: float = 120.0) -> dict[str, Any]:
        """Return the project once nothing runs any more."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            project: dict[str, Any] = self.api("GET", f"projects/{project_id}/").json()
            if project["status"] not in {"IN_PROGRESS", "DRAFT"}:
                return project
            time.sleep(0.1)
        raise AssertionError(f"project {project_id} did not end in {seconds} s")


@contextmanager
def live_site(log_folder: Path, **settings: str) -> Iterator[LiveSite]:
    """Run a site with these settings until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "CODEGEN_VAR_DIR": str(log_folder), "SITE_URL": url}
    environment |= settings
    environment["STREAM_HEARTBEAT_SECONDS"] = "1"
    environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
    (log_folder / "run").mkdir(exist_ok=True)
    manage(environment, "migrate", "--no-input", "--skip-checks", "-v", "0")
    programs = site_programs(environment, "127.0.0.1", port)
    children = {program.name: start(program, log_folder) for program in programs}
    try:
        _wait(url)
        yield LiveSite(url, children, environment)
    finally:
        for child in reversed(children.values()):
            child.stop()


def _wait(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while True:
        try:
            if requests.get(f"{url}/readyz", timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        assert time.monotonic() < end, f"{url} is not ready"
        time.sleep(0.1)
