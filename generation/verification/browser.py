"""An app in a browser: a person signs up, and makes, changes, finds and deletes a row of each kind.

Everything is found by its accessible name, so that the walk is the same for every stack.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Request,
    sync_playwright,
)

from generation.verification.app import App
from generation.verification.client import PASSWORD
from generation.verification.groups import SHOWN, breakdowns_of
from generation.verification.values import PNG, in_dependency_order, rules_of, value_for

PATIENCE = 15_000
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_COLOURS = """() => [...document.querySelectorAll("body *")].flatMap((element) => {
  const style = getComputedStyle(element);
  return element.checkVisibility() ? [style.backgroundColor, style.borderTopColor] : [];
})"""
_PAGE_COLOURS = """() => {
  const style = getComputedStyle(document.body);
  return [style.backgroundColor, style.color];
}"""


def chromium() -> str | None:
    """Return the Chromium that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """Run Chromium while the block lasts."""
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield started
        finally:
            started.close()


@dataclass
class Walk:
    """A person's way through an app, and the faults the browser noticed on it."""

    app: App
    url: str
    page: Page
    faults: list[str] = field(default_factory=list)
    page_colours: set[tuple[str, str]] = field(default_factory=set)
    colours: set[str] = field(default_factory=set)
    rows: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", self._on_console)
        self.page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"left the host: {request.url}")

    def go(self, path: str) -> None:
        """Open a page and note its colours."""
        self.page.goto(f"{self.url}{path}")
        self.page.get_by_role("main").wait_for()
        self.look()

    def look(self) -> None:
        """Note the colours on the page."""
        background, text = self.page.evaluate(_PAGE_COLOURS)
        self.page_colours.add((background, text))
        self.colours.update(self.page.evaluate(_COLOURS))

    def sign_up(self, email: str) -> None:
        """Sign up, from the page a stranger is led to."""
        self.go("/")
        way = self.page.get_by_role("link", name="Sign up", exact=True)
        if (self.app.inboxes or self.app.public) and not way.count():
            # Where visitors need no account, the way to one leads over the log-in page.
            self.page.get_by_role("link", name="Log in", exact=True).first.click()
        way.first.click()
        self.page.get_by_role("heading", name="Sign up").wait_for()
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.look()
        self.page.get_by_role("button", name="Sign up").click()
        self.page.get_by_role("button", name="Log out").wait_for()

    def send(self, resource: dict[str, Any]) -> None:
        """Send a row as somebody who is not signed in."""
        self.go(f"/{resource['slug']}/send")
        button = self.page.get_by_role("button", name="Send", exact=True)
        button.wait_for()
        self.look()
        asked = [item for item in resource["fields"] if not item.get("of_staff")]
        self._fill({**resource, "fields": asked}, 3)
        button.click()
        self.page.get_by_text(re.compile("^Thank you, your .* was sent")).first.wait_for()

    def visit(self, resource: dict[str, Any]) -> None:
        """Read a list and one of its rows as somebody who is not signed in, and may not write."""
        self.go(f"/{resource['slug']}")
        main = self.page.get_by_role("main")
        row = main.locator(f'a[href^="/{resource["slug"]}/"]').first
        row.wait_for()
        offers = main.get_by_role("link", name=re.compile("^(New |Edit$)"))
        offered = offers.count()
        row.click()
        main.locator("dl").first.wait_for()
        self.look()
        if offered or offers.count():
            raise AssertionError("Visitors are offered to write.")

    def create(self, resource: dict[str, Any]) -> None:
        """Make a row by its form."""
        self.go(f"/{resource['slug']}")
        main = self.page.get_by_role("main")
        main.get_by_role("link", name=re.compile("^New ")).first.click()
        self.page.get_by_role("button", name="Save").wait_for()
        self.look()
        self._fill(resource, 1)
        self._save()
        for picture in self.page.get_by_role("main").locator("img").all():
            picture.evaluate("image => image.decode()")
        self.rows[resource["slug"]] = self.page.url.removeprefix(self.url)

    def edit(self, resource: dict[str, Any]) -> None:
        """Change what can be changed of the row."""
        self.go(self.rows[resource["slug"]])
        self.page.get_by_role("link", name="Edit", exact=True).click()
        self.page.get_by_role("button", name="Save").wait_for()
        shown = self._fill(resource, 2)
        self._save()
        self.page.reload()
        if shown:
            self.page.get_by_role("main").get_by_text(shown, exact=True).first.wait_for()

    def _save(self) -> None:
        self.page.get_by_role("button", name="Save").click()
        self.page.get_by_role("link", name="Edit", exact=True).or_(
            self.page.get_by_role("alert")
        ).or_(self.page.locator("[aria-invalid=true]")).first.wait_for()
        if not self.page.get_by_role("link", name="Edit", exact=True).count():
            raise AssertionError(f"The form was not saved: {self._complaint()}")
        self.look()

    def _complaint(self) -> str:
        return " ".join(self.page.get_by_role("main").inner_text().split())[:500]

    def _fill(self, resource: dict[str, Any], number: int) -> str | None:
        """Fill the form; return a text that the row must show then."""
        rules = rules_of(self.app.spec, resource["entity"])
        shown = None
        for item in resource.get("uploads", ()):
            file = FilePayload(name="check.png", mimeType="image/png", buffer=PNG)
            self._control(item["label"]).set_input_files(file)
        for item in resource["fields"]:
            rule = rules[item["field"]]
            value = value_for(rule, number)
            self._set(self._control(item["label"]), rule["type"], value)
            if rule["type"] in ("string", "email") and shown is None:
                shown = value
        for link in resource["links"]:
            if link["required"] or link["target"] != resource["entity"]:
                self._choose(self._control(link["label"]), needed=link["required"])
        return shown

    def _control(self, label: str) -> Locator:
        # A required field's star is hidden from names; the text of its label has it.
        pattern = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        return self.page.get_by_role("main").get_by_label(pattern).first

    def _set(self, control: Locator, kind: str, value: str) -> None:
        if kind == "boolean":
            control.set_checked(checked=True)
        elif kind == "enum":
            control.select_option(label=value)
        else:
            control.fill(value)

    def _choose(self, select: Locator, *, needed: bool) -> None:
        options = select.locator("option:not([value=''])")
        if needed:
            options.first.wait_for(state="attached")
        if options.count():
            # The newest: of a one-to-one link, earlier rows may be taken.
            select.select_option(value=options.last.get_attribute("value"))

    def search(self, resource: dict[str, Any]) -> bool:
        """Find the row by its words and not by others; False where there are no words."""
        self.go(f"/{resource['slug']}")
        main = self.page.get_by_role("main")
        self._row_link(resource).wait_for()
        box = main.get_by_role("searchbox")
        if not box.count():
            return False
        box.fill("no such words anywhere")
        self._row_link(resource).wait_for(state="hidden")
        box.fill(self._words(resource))
        self._row_link(resource).wait_for()
        return True

    def _words(self, resource: dict[str, Any]) -> str:
        rules = rules_of(self.app.spec, resource["entity"])
        texts = [rules[f["field"]] for f in resource["fields"]]
        known = [rule for rule in texts if rule["type"] in ("string", "text", "email", "url")]
        return value_for(known[0], 2)

    def _row_link(self, resource: dict[str, Any]) -> Locator:
        address = self.rows[resource["slug"]]
        return self.page.get_by_role("main").locator(f'a[href="{address}"]').first

    def count_groups(self) -> int:
        """See that the dashboard counts groups of rows as they are; return how many it shows."""
        breakdowns = breakdowns_of(self.app)
        if not breakdowns:
            return 0
        self.go("/")
        self.page.get_by_role("link", name="Dashboard", exact=True).first.click()
        self.page.get_by_role("main").locator("li svg").first.wait_for()
        self.look()
        shown = self.page.evaluate(SHOWN)
        for breakdown in breakdowns:
            listed = self.page.request.get(f"{self.url}/api/{breakdown.slug}?limit=100").json()
            meant = breakdown.numbers_of(listed["items"])
            if not breakdown.is_among(shown, meant):
                raise AssertionError(f"{' '.join(breakdown.words)}: {meant} are not in {shown}")
        return len(breakdowns)

    def delete(self, resource: dict[str, Any]) -> None:
        """Delete the row, after the question, and see that it is gone."""
        self.go(self.rows[resource["slug"]])
        self.page.get_by_role("button", name="Delete", exact=True).first.click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("button", name="Delete", exact=True).click()
        self.page.get_by_role("heading", name=resource["plural"], exact=True).wait_for()
        self._row_link(resource).wait_for(state="hidden")

    def whole(self, email: str, signed_up: Callable[[str], None]) -> str:
        """Walk the whole way; return what was done. `signed_up` is told the new account."""
        inboxes = [r for r in self.app.resources if r["entity"] in self.app.inboxes]
        for resource in inboxes:
            with _named(f"send {resource['entity']}"):
                self.send(resource)
        public = [r for r in self.app.resources if r["entity"] in self.app.public]
        for resource in public:
            with _named(f"visit {resource['entity']}"):
                self.visit(resource)
        if self.app.spec["auth"]:
            self.sign_up(email)
            signed_up(email)
        self.go("/")
        resources = in_dependency_order(self.app.resources)
        steps = (self.create, self.edit, self.search)
        searched = 0
        for step in steps:
            for resource in resources:
                with _named(f"{step.__name__} {resource['entity']}"):
                    searched += bool(step(resource))
        with _named("dashboard"):
            groups = self.count_groups()
        for resource in reversed(resources):
            with _named(f"delete {resource['entity']}"):
                self.delete(resource)
        count = len(resources)
        done = f"{count} made, changed and deleted, {searched} searched"
        done += f", {groups} breakdowns as the rows are" if groups else ""
        done += f", {len(inboxes)} sent by a visitor" if inboxes else ""
        return f"{done}, {len(public)} read by a visitor" if public else done


@contextmanager
def _named(what: str) -> Iterator[None]:
    """Name what was done in an error of the browser's."""
    try:
        yield
    except Exception as error:
        error.add_note(what)
        raise


def colour_faults(walk: Walk) -> list[str]:
    """Return where the colours that were asked for are not those of the page."""
    theme = walk.app.spec["theme"]
    faults = []
    for name, place in (("background", 0), ("text", 1)):
        wanted = _rgb(theme[name]) if theme[name] else None
        wrong = sorted(
            {pair[place] for pair in walk.page_colours if wanted not in (None, pair[place])}
        )
        if wrong:
            faults.append(f"{name}: {theme[name]} was asked for, computed {', '.join(wrong)}")
    component = theme["component"]
    if component and _rgb(component) not in walk.colours:
        faults.append(f"component: {component} is nowhere on the pages")
    return faults


def _rgb(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
