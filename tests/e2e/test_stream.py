"""A job's stream in a browser, whose EventSource comes back by itself."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.cable import cable_to
from tests.conftest import QUICKNOTES
from tests.e2e.browser import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
]

# The page's own session and scripts; nothing of the site's helps it.
WATCH = """job => {
  window.told = [];
  window.opened = 0;
  window.source = new EventSource(`/v1/jobs/${job}/stream`);
  source.onopen = () => { opened += 1; };
  for (const name of ['progress', 'waiting', 'complete', 'error', 'cancelled'])
    source.addEventListener(name, event => {
      if (event.data) told.push([Number(event.lastEventId), name, JSON.parse(event.data)]);
    });
}"""
POST = """async ([path, body]) => {
  const answer = await fetch(path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRFToken': document.cookie.match(/csrftoken=([^;]+)/)[1],
    },
    body: JSON.stringify(body),
  });
  return answer.json();
}"""
ENDED = (
    "() => told.length && told.at(-1)[1] === 'complete' && source.readyState === EventSource.CLOSED"
)


def standing_still(page):
    """Begin an app and pause it, anew if it was done too soon; return its project and job."""
    paused, job, project = {}, "", {}
    for _ in range(10):
        project = page.evaluate(POST, ["/api/projects/", {**QUICKNOTES, "start": False}])
        body = {"project_id": project["project_id"]}
        job = page.evaluate(POST, ["/v1/run-pipeline", body])["job_id"]
        paused = page.evaluate(POST, [f"/v1/jobs/{job}/pause", {}])
        if paused == {"status": "paused"}:
            break
    assert paused == {"status": "paused"}
    return project, job


def test_a_browser_that_was_cut_off_hears_every_event_once(context, site):
    near = context.new_page()
    near.goto("/")
    _project, job = standing_still(near)
    with cable_to(urlsplit(site.url).port) as cable:
        page = context.new_page()
        page.goto(cable.url)
        page.evaluate(WATCH, job)
        page.wait_for_function("() => told.length === 1")
        cable.cut()
        near.evaluate(WATCH, job)
        near.wait_for_function("() => told.length === 1")
        near.evaluate(POST, [f"/v1/jobs/{job}/resume", {}])
        near.wait_for_function(ENDED, timeout=120_000)
        assert page.evaluate("told.length") == 1
        cable.mend()
        page.wait_for_function(ENDED, timeout=60_000)
        assert page.evaluate("opened") >= 2
        told = page.evaluate("told")
    numbers = [number for number, _, _ in told]
    assert numbers == sorted(set(numbers))
    assert len(told) > 10
    assert told == near.evaluate("told")
