"""The site's pages in Chromium: what they weigh, when they can be used, whether they jump.

`measure` needs a running site, a session there, and Chromium.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from generation.bench.machine import table
from generation.verification.browser import browser

ROUNDS = 5
# The sum of all layout shifts that no input explains.
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
LIVE = "#connection[data-state=live]"


@dataclass(frozen=True)
class Session:
    """A site's address and the cookie of somebody who is signed in."""

    url: str
    cookie: str

    def page(self, chromium: Browser, width: int = 1440) -> Page:
        """Open a window with nothing in its cache."""
        context = chromium.new_context(base_url=self.url, viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": self.cookie, "url": self.url}])
        return context.new_page()


def weight_of(page: Page, address: str) -> int:
    """Return the bytes that opening an address takes from the network, headers included."""
    network, sizes = page.context.new_cdp_session(page), []
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    network.detach()
    return int(sum(sizes))


def shifts_while(page: Page, address: str, act: Callable[[Page], None]) -> float:
    """Return the sum of layout shifts from opening an address until something has been done."""
    page.add_init_script(WATCH_SHIFTS)
    page.goto(address)
    act(page)
    found: float = page.evaluate("window.shifts")
    return found


def measure(session: Session, project_id: str, stream: Callable[[], None]) -> dict[str, Any]:
    """Return the weights in bytes, the times in milliseconds and the layout shifts.

    The project is one with many files and lines; `stream` writes more lines to it.
    """
    project = f"/projects/{project_id}/"
    places = ("design", "history", "export", "code")
    addresses = {one: one for one in ("/", "/new/", "/usage/", "/account/")} | {
        "project": project,
        **{place: f"{project}{place}/" for place in places},
    }
    with browser() as chromium:
        return {
            "weights": {
                name: weight_of(session.page(chromium), one) for name, one in addresses.items()
            },
            "usable_ms": _median(_usable(session.page(chromium), project) for _ in range(ROUNDS)),
            "search_ms": _median(
                _search(session.page(chromium), f"{project}code/?q=needle") for _ in range(ROUNDS)
            ),
            "shifts": {
                str(width): shifts_while(
                    session.page(chromium, width), project, lambda page: _watch(page, stream)
                )
                for width in (1440, 390)
            },
        }


def _median(times: Iterable[float]) -> float:
    return round(statistics.median(times), 1)


def _usable(page: Page, address: str) -> float:
    """Return when the page's script works and its socket is open."""
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(LIVE)
    return (time.perf_counter() - begun) * 1000


def _search(page: Page, address: str) -> float:
    """Return when what was found is there."""
    begun = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded")
    return (time.perf_counter() - begun) * 1000


def _watch(page: Page, stream: Callable[[], None]) -> None:
    page.wait_for_selector(LIVE)
    last = page.locator("#log .log-line").last.get_attribute("data-id")
    stream()
    page.wait_for_function(
        "last => document.querySelector('#log .log-line:last-child').dataset.id !== last", arg=last
    )
    page.wait_for_timeout(500)


def report(found: dict[str, Any]) -> str:
    """Return the figures as tables."""
    weights = [[name, f"{size / 1000:.0f}"] for name, size in found["weights"].items()]
    rows = [
        ["project page usable, ms", str(found["usable_ms"])],
        ["search, ms", str(found["search_ms"])],
        *([f"layout shift at {w}", f"{s:.4f}"] for w, s in found["shifts"].items()),
    ]
    return f"{table(['page', 'kB'], weights)}\n\n{table(['measured', ''], rows)}"
