"""Streams of a real site, read with clients that were not written here."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager

import httpx
import psutil
import pytest
from httpx_sse import connect_sse

from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.flow
OPEN = 40


@pytest.fixture(scope="module")
def visitor(site):
    return site.sign_up()


@pytest.fixture(scope="module")
def client(site, visitor):
    cookies = dict(visitor.session.cookies)
    with httpx.Client(base_url=site.url, cookies=cookies, timeout=30) as made:
        yield made


def draft(visitor):
    answer = visitor.api("POST", "projects/", json={**QUICKNOTES, "start": False})
    return answer.json()["project_id"]


def run(site, visitor, project_id):
    answer = visitor.session.post(
        f"{site.url}/v1/run-pipeline",
        json={"project_id": project_id},
        headers={"X-CSRFToken": visitor.session.cookies["csrftoken"], "Referer": site.url},
        timeout=30,
    )
    assert answer.status_code == 202, answer.text
    return answer.json()["job_id"]


def act(site, visitor, job_id, name):
    headers = {"X-CSRFToken": visitor.session.cookies["csrftoken"], "Referer": site.url}
    return visitor.session.post(f"{site.url}/v1/jobs/{job_id}/{name}", headers=headers, timeout=30)


@contextmanager
def events(client, job_id, last=None):
    headers = {} if last is None else {"Last-Event-ID": str(last)}
    with connect_sse(client, "GET", f"/v1/jobs/{job_id}/stream", headers=headers) as source:
        source.response.raise_for_status()
        yield source.iter_sse()


@pytest.fixture(scope="module")
def followed(site, visitor, client):
    """A job and all that its stream said while it ran."""
    job_id = run(site, visitor, draft(visitor))
    with events(client, job_id) as told:
        return job_id, list(told)


def test_a_job_is_followed_to_its_end(client, followed):
    job_id, told = followed
    numbers = [int(event.id) for event in told]
    assert numbers == sorted(set(numbers))
    assert {event.event for event in told[:-1]} == {"progress"}
    progress = [event.json()["progress"] for event in told[:-1]]
    assert progress == sorted(progress)
    assert progress[-1] > 50
    job = client.get(f"/v1/jobs/{job_id}").json()
    assert told[-1].event == "complete"
    assert told[-1].json() == {"result": job["result"], "status": "completed"}


def test_a_job_that_ended_tells_its_end_at_once_and_then_nothing(client, followed):
    job_id, told = followed
    with events(client, job_id) as again:
        assert [(event.id, event.event) for event in again] == [(told[-1].id, "complete")]
    answer = client.get(f"/v1/jobs/{job_id}/stream", headers={"Last-Event-ID": told[-1].id})
    assert (answer.status_code, answer.content) == (204, b"")


def test_who_was_away_hears_every_event_once(site, visitor, client):
    job_id = run(site, visitor, draft(visitor))
    with events(client, job_id, last=0) as told:
        first = [next(told).id for _ in range(3)]
    visitor_waits_for(client, job_id)
    with events(client, job_id, last=first[-1]) as told:
        rest = [event.id for event in told]
    with events(client, job_id, last=0) as told:
        assert first + rest == [event.id for event in told]


def visitor_waits_for(client, job_id) -> None:
    end = time.monotonic() + 60
    while client.get(f"/v1/jobs/{job_id}").json()["status"] in {"queued", "running"}:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def paused(site, visitor, client):
    """A job that stands still until the test is over; one that was done too soon is made anew."""
    status = 0
    for _ in range(10):
        job_id = run(site, visitor, draft(visitor))
        status = act(site, visitor, job_id, "pause").status_code
        if status == 200:
            break
    assert status == 200
    yield job_id
    act(site, visitor, job_id, "cancel")


def test_a_job_that_is_cancelled_says_so(site, visitor, client, paused):
    with events(client, paused) as told:
        assert next(told).json()["status"] == "paused"
        assert act(site, visitor, paused, "cancel").json() == {"status": "cancelled"}
        last = list(told)[-1]
    assert (last.event, last.json()) == ("cancelled", {"status": "cancelled"})


def test_silence_is_broken_by_a_comment(client, paused):
    with client.stream("GET", f"/v1/jobs/{paused}/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        assert "content-security-policy" in answer.headers
        assert any(line == ": still there" for line in answer.iter_lines())


def test_open_streams_cost_no_threads_and_no_connections(site, client, paused):
    web = psutil.Process(site.children["web"].process.pid)
    client.get(f"/v1/jobs/{paused}")
    before, connections = web.num_threads(), len(web.net_connections())
    with ExitStack() as stack:
        limits = httpx.Limits(max_connections=OPEN)
        many = stack.enter_context(
            httpx.Client(base_url=site.url, cookies=client.cookies, timeout=30, limits=limits)
        )
        for _ in range(OPEN):
            next(stack.enter_context(events(many, paused)))
        assert web.num_threads() < before + OPEN / 4
        assert len(web.net_connections()) < connections + OPEN + OPEN / 4


def test_strangers_and_nobody_are_answered_as_everywhere(site, client, paused):
    path = f"/v1/jobs/{paused}/stream"
    stranger = httpx.Client(base_url=site.url, cookies=dict(site.sign_up().session.cookies))
    with stranger, httpx.Client(base_url=site.url) as nobody:
        for who, status, code in (
            (stranger, 404, "not_found"),
            (nobody, 401, "not_authenticated"),
        ):
            answer = who.get(path, headers={"Accept": "text/event-stream"})
            assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("last", ["nonsense", "-1", "", "9" * 40])
def test_a_number_that_is_none_counts_as_none(client, followed, last):
    with events(client, followed[0], last=last) as told:
        assert [event.event for event in told] == ["complete"]


def test_a_head_request_ends(client, paused):
    answer = client.head(f"/v1/jobs/{paused}/stream")
    assert (answer.status_code, answer.content) == (200, b"")
