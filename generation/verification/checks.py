"""The checks of a generated app, in the order in which they need each other."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Error as BrowserError

from generation.verification.app import App
from generation.verification.browser import Walk, browser, chromium, colour_faults
from generation.verification.client import Client, Refused
from generation.verification.packages import cache_folder, install_with_cache
from generation.verification.processes import (
    Done,
    clean_environment,
    free_port,
    read_log,
    run,
    serving,
    tail,
)

INSTALL_SECONDS = 900.0
TASK_SECONDS = 1200.0
BOOT_SECONDS = 60.0
# A stack may have nothing to build or to migrate; every other task must be there.
OPTIONAL_TASKS = ("build", "migrate")
_COUNT = re.compile(r"(\d+) passed")
_FILES = re.compile(r"^\s*Test Files .*$", re.MULTILINE)
_LEFT_OUT = re.compile(r"[1-9]\d* (?:skipped|todo|xfailed|deselected)")
_COVERAGE = re.compile(r"^TOTAL\s.*?(\d+)%", re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """How one check went; `detail` says what was seen, or why it failed."""

    name: str
    ok: bool
    seconds: float
    detail: str


class Failed(Exception):
    """A check does not hold; the message says why."""


@dataclass
class Result:
    """All checks of an app."""

    stack: str
    styling: str
    checks: list[Check] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether there were checks and all of them hold."""
        return bool(self.checks) and all(check.ok for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return it as `{"ok", "stack", "styling", "checks": [...]}`."""
        checks = [asdict(check) | {"seconds": round(check.seconds, 2)} for check in self.checks]
        return {"ok": self.ok, "stack": self.stack, "styling": self.styling, "checks": checks}


class Verifier:
    """Runs the checks of one app in its work folder; `said` is told each as it ends."""

    def __init__(
        self, app: App, previous: App | None = None, said: Callable[[Check], None] | None = None
    ) -> None:
        self.app, self.previous = app, previous
        self.said = said or _silent
        self.result = Result(app.stack, app.styling)
        self.cache = cache_folder() / "packages"
        self.database = app.folder.parent / "verify.db"
        self.tasks: set[str] = set()

    def run(self) -> Result:
        """Run every check; those that need one that failed are not run and not ok."""
        installed = self._check("install", self.install)
        for task in ("lint", "format", "types"):
            self._check(task, lambda task=task: self._task(task), needed=installed)  # type: ignore[misc]
        migrated = self._check("migrate", self._migrate, needed=installed)
        if self.previous is not None:
            self._check("upgrade", self.upgrade, needed=migrated)
        self._check("tests", self._tests, needed=installed)
        built = self._check("build", lambda: self._task("build"), needed=installed)
        self._served(ready=migrated and built)
        return self.result

    def _check(self, name: str, check: Callable[[], str], *, needed: bool = True) -> bool:
        began = time.monotonic()
        try:
            ok, detail = (True, check()) if needed else (False, "not run: an earlier check failed")
        except (Failed, Refused, AssertionError) as error:
            ok, detail = False, _said(error)
        except (requests.RequestException, BrowserError, OSError) as error:
            ok, detail = False, f"{type(error).__name__}: {_said(error)}"
        done = Check(name, ok, time.monotonic() - began, detail)
        self.result.checks.append(done)
        self.said(done)
        return ok

    def _command(self, app: App, *arguments: str, database: Path | None = None) -> Done:
        address = {"DATABASE_URL": f"sqlite:///{database}"} if database else {}
        environment = clean_environment(CI="true", **address)
        seconds = INSTALL_SECONDS if arguments[0] == "install" else TASK_SECONDS
        return run(["./run", *arguments], app.folder, seconds=seconds, environment=environment)

    def _succeed(self, app: App, *arguments: str, database: Path | None = None) -> str:
        done = self._command(app, *arguments, database=database)
        if done.code is None:
            raise Failed(f"./run {arguments[0]} took too long.\n{tail(done.output)}")
        if done.code != 0:
            raise Failed(tail(done.output))
        return done.output

    def install(self) -> str:
        """Install what the app and its checks need."""
        self._install(self.app)
        self.tasks = tasks_in(self._command(self.app, "--help").output)
        return "installed"

    def _install(self, app: App) -> None:
        outputs: list[str] = []

        def install() -> bool:
            done = self._command(app, "install")
            outputs.append(tail(done.output))
            return done.code == 0

        if not install_with_cache(app.folder, self.cache, install):
            raise Failed(outputs[-1])

    def _task(self, task: str, database: Path | None = None) -> str:
        if task in OPTIONAL_TASKS and task not in self.tasks:
            return "this app has nothing to do here"
        self._succeed(self.app, task, database=database)
        return "no finding" if task in ("lint", "format", "types") else "done"

    def _migrate(self) -> str:
        detail = self._task("migrate", self.database)
        return f"{detail}, on an empty database"

    def upgrade(self) -> str:
        """Fill the previous version's database, migrate it and see that the rows are there.

        The app itself is installed. Raises `Failed` when a row of what is still there is lost.
        """
        previous = self.previous
        if previous is None:
            raise Failed("There is no previous version.")
        self._install(previous)
        database = self.app.folder.parent / "upgrade.db"
        with self._serving(previous, database) as url:
            person = Client(previous, url)
            person.sign_in("earlier@example.org", new=True)
            before, made = person.fill(), person.rows
        self._succeed(self.app, "migrate", database=database)
        kept = {resource["slug"] for resource in self.app.resources}
        with self._serving(self.app, database) as url:
            person = Client(self.app, url)
            person.sign_in("earlier@example.org", new=False)
            for slug, count in before.items():
                if slug in kept and person.total(slug) != count:
                    raise Failed(f"{count - person.total(slug)} rows of {slug} are lost.")
            written = {*self.app.managed, *self.app.inboxes, *self.app.authored}
            for resource in self.app.resources:
                if resource["entity"] in written and resource["entity"] in made:
                    # The first person is staff, so that somebody may still change these rows.
                    row = made[resource["entity"]][0]
                    person.ask("PATCH", f"/api/{resource['slug']}/{row}", 200, {})
        return f"{sum(before.values())} rows before, none of what is still there lost"

    def _tests(self) -> str:
        output = self._succeed(self.app, "tests")
        return read_counts(output)

    @contextmanager
    def _serving(self, app: App, database: Path) -> Iterator[str]:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        environment = clean_environment(DATABASE_URL=f"sqlite:///{database}")
        command = ["./run", "serve", "--port", str(port)]
        with serving(command, app.folder, environment) as process:
            end = time.monotonic() + BOOT_SECONDS
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > end:
                    raise Failed(tail(read_log(app.folder / ".serve.log")))
                time.sleep(0.1)
            yield url

    def _served(self, *, ready: bool) -> None:
        """Boot the app and check what can be seen of it while it runs."""
        walked: list[Walk] = []
        url = ""

        def boot() -> str:
            nonlocal url
            url = served.__enter__()
            return url

        served = self._serving(self.app, self.database)
        up = self._check("boot", boot, needed=ready)
        try:
            self._check("pages", lambda: self._pages(url), needed=up)
            self._check("api", lambda: self._api(url), needed=up)
            self._check("browser", lambda: self._browser(url, walked), needed=up)
            self._check("console", lambda: _console(walked[0]), needed=bool(walked))
            self._check("colours", lambda: _colours(walked[0]), needed=bool(walked))
        finally:
            if up:
                served.__exit__(None, None, None)

    def _pages(self, url: str) -> str:
        answer = requests.get(url, timeout=15)
        if answer.status_code != 200 or "<html" not in answer.text.lower():
            raise Failed(f"GET /: {answer.status_code} {answer.text[:300]}")
        return "GET / is a page"

    def _api(self, url: str) -> str:
        person = Client(self.app, url)
        person.ask("GET", "/api/health", 200)
        person.sign_in("api@example.org", new=True)
        person.fill(numbers=(6, 7))
        for resource in self.app.resources:
            person.check_totals(resource)
        if not self.app.spec["auth"]:
            return f"two rows of each of {len(self.app.resources)} made and listed"
        stranger, nobody = Client(self.app, url), Client(self.app, url, rows=person.rows)
        stranger.sign_in("stranger@example.org", new=True)
        self._files(person, stranger, nobody)
        for resource in self.app.resources:
            number = person.rows[resource["entity"]][0]
            self._as_nobody(nobody, resource, number)
            self._as_stranger(stranger, resource, number)
        if self.app.overseen or self.app.authored:
            self._as_staff(person, stranger)
        return self._said_of_api()

    def _as_nobody(self, nobody: Client, resource: dict[str, Any], number: int) -> None:
        """See that who is not signed in reads what is public, and writes nothing but letters."""
        rows = f"/api/{resource['slug']}"
        row = f"{rows}/{number}"
        for path in (rows, row):
            nobody.ask("GET", path, 200 if resource["entity"] in self.app.public else 401)
        for method in ("PUT", "PATCH", "DELETE"):
            nobody.ask(method, row, 401, None if method == "DELETE" else {})
        if resource["entity"] in self.app.inboxes:
            nobody.send(resource)
        else:
            nobody.ask("POST", rows, 401, {})

    def _as_stranger(self, stranger: Client, resource: dict[str, Any], number: int) -> None:
        """See that somebody else does no more with a row than its kind allows."""
        rows, name = f"/api/{resource['slug']}", resource["entity"]
        row = f"{rows}/{number}"
        if name in self._owned:
            for method in ("GET", "PATCH", "DELETE"):
                stranger.ask(method, row, 404, {} if method == "PATCH" else None)
            stranger.check_totals(resource)
        elif name in self.app.managed:
            stranger.ask("GET", row, 200)
            stranger.ask("POST", rows, 403, {})
            for method in ("PUT", "PATCH", "DELETE"):
                stranger.ask(method, row, 403, None if method == "DELETE" else {})
        elif name in self.app.authored:
            stranger.ask("GET", row, 200)
            for method in ("PATCH", "DELETE"):
                stranger.ask(method, row, 403, {} if method == "PATCH" else None)
        elif name in self.app.inboxes:
            for path in (row, rows):
                stranger.ask("GET", path, 403)

    @property
    def _owned(self) -> list[str]:
        return [entity["name"] for entity in self.app.spec["entities"] if entity["owned"]]

    def _said_of_api(self) -> str:
        alone = len(self._owned) - len(self.app.overseen)
        said = f"two rows of each of {len(self.app.resources)}; {alone} their owner's alone"
        counts = {
            "their owner's and staff's": len(self.app.overseen) - len(self.app.following),
            "seen with what they belong to": len(self.app.following),
            "written by staff alone": len(self.app.managed),
            "sent by anybody and read by staff alone": len(self.app.inboxes),
            "changed by their authors and staff": len(self.app.authored),
            "read by visitors": len(self.app.public),
        }
        return ", ".join([said, *(f"{count} {what}" for what, count in counts.items() if count)])

    def _files(self, person: Client, stranger: Client, nobody: Client) -> None:
        """See that pictures and files are for whoever sees the row, and for nobody else."""
        for resource in self.app.resources:
            for item in resource.get("uploads", ()):
                number = person.rows[resource["entity"]][0]
                file = f"/api/{resource['slug']}/{number}/files/{item['key']}"
                person.ask("GET", file, 200)
                nobody.ask("GET", file, 200 if resource["entity"] in self.app.public else 401)
                if resource["entity"] in self._owned:
                    stranger.ask("GET", file, 404)

    def _as_staff(self, person: Client, stranger: Client) -> None:
        """See that a stranger who has become staff changes what stays somebody else's."""
        self._make_staff("stranger@example.org")
        for resource in self.app.resources:
            row = f"/api/{resource['slug']}/{person.rows[resource['entity']][0]}"
            if resource["entity"] in self.app.authored:
                stranger.ask("PATCH", row, 200, {})
            if resource["entity"] in self.app.overseen:
                owner = person.ask("GET", row, 200)["owner"]
                changed = stranger.ask("PATCH", row, 200, {})
                if changed["owner"] != owner:
                    raise Failed(f"PATCH {row}: it was {owner}'s and is {changed['owner']}'s")
        if self.app.following:
            stranger.fill(numbers=(9,))
            self._make_staff("stranger@example.org", "--remove")
            person.show_own(stranger)

    def _browser(self, url: str, walked: list[Walk]) -> str:
        if chromium() is None:
            raise Failed("no Chromium")
        with browser() as started:
            page = started.new_page(color_scheme="light", viewport={"width": 1280, "height": 900})
            walk = Walk(self.app, url, page)
            walked.append(walk)
            return walk.whole("browser@example.org", self._make_staff)

    def _make_staff(self, email: str, *options: str) -> None:
        """Let an account do what staff alone does; the first account may, this is a later."""
        app = self.app
        if app.managed or app.inboxes or app.overseen or app.authored:
            self._succeed(self.app, "staff", "--email", email, *options, database=self.database)


def tasks_in(usage: str) -> set[str]:
    """Return the tasks that a `run` script offers, from the choices in its usage."""
    offered = re.search(r"\{([\w,]+)\}", usage)
    return set(offered[1].split(",")) if offered else set()


def read_counts(output: str) -> str:
    """Return how many tests passed and the coverage; raise `Failed` if none ran or some did not."""
    counts = [int(count) for count in _COUNT.findall(_FILES.sub("", output))]
    if not counts or 0 in counts:
        raise Failed("No test ran.")
    left_out = _LEFT_OUT.search(output)
    if left_out:
        raise Failed(f"Not every test ran: {left_out[0]}.")
    covered = _COVERAGE.search(output)
    if covered is None:
        raise Failed("The tests say nothing of coverage.")
    return f"{' + '.join(str(count) for count in counts)} passed, coverage {covered[1]} %"


def _silent(_check: Check) -> None:
    """Tell nobody."""


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/api/health", timeout=2).ok
    except requests.RequestException:
        return False


def _console(walk: Walk) -> str:
    if walk.faults:
        raise Failed("\n".join(dict.fromkeys(walk.faults)))
    return "no error"


def _colours(walk: Walk) -> str:
    faults = colour_faults(walk)
    if faults:
        raise Failed("; ".join(faults))
    theme = walk.app.spec["theme"]
    named = [f"{name} {theme[name]}" for name in ("background", "component", "text") if theme[name]]
    return ", ".join(named) or "none asked for"


def _said(error: BaseException) -> str:
    notes = getattr(error, "__notes__", [])
    return "\n".join([*notes, tail(str(error))])
