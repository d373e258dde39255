"""From an HTTP request to a ZIP, with a real web server, worker and scheduler."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.conftest import QUICKNOTES

pytestmark = pytest.mark.flow


@pytest.fixture(scope="module")
def visitor(site):
    return site.sign_up()


@pytest.fixture(scope="module")
def done(visitor):
    answer = visitor.api("POST", "projects/", json=QUICKNOTES)
    assert answer.status_code == 201, answer.text
    return visitor.wait_until_ended(answer.json()["project_id"])


def socket_of(site, visitor, project_id, after=0, origin=None):
    cookies = "; ".join(f"{c.name}={c.value}" for c in visitor.session.cookies)
    return connect(
        f"{site.url.replace('http', 'ws')}/ws/projects/{project_id}/?after={after}",
        additional_headers={"Cookie": cookies},
        origin=origin or site.url,
    )


def test_it_ends_with_a_zip_that_holds_the_app(visitor, done, site):
    assert done["status"] == "SUCCESS", done
    zip_answer = visitor.session.get(site.url + done["download_url"], timeout=30)
    assert zip_answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(zip_answer.content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert "QuickNotes/README.md" in names
    assert all(name.startswith("QuickNotes/") for name in names)
    assert visitor.api("GET", f"projects/{done['project_id']}/zip/").content == zip_answer.content


def test_every_step_ran_once_and_the_last_stored_the_memory(visitor, done):
    answer = visitor.api("GET", f"projects/{done['project_id']}/steps/?limit=1000").json()
    steps = answer["results"]
    assert {step["status"] for step in steps} == {"SUCCESS"}
    assert {step["attempt"] for step in steps} == {1}
    assert steps[-1]["tool_name"] == "memory_store"
    assert {step["tool_name"] for step in steps} == {
        "codegen_create",
        "codegen_refactor",
        "memory_store",
    }


def test_a_socket_replays_everything_in_order_and_once(visitor, done, site):
    with socket_of(site, visitor, done["project_id"]) as socket:
        numbers = []
        while True:
            event = json.loads(socket.recv(timeout=10))
            numbers.append(event["seq"])
            if event["kind"] == "project" and event["payload"]["status"] == "SUCCESS":
                break
    assert numbers == list(range(1, len(numbers) + 1))
    with socket_of(site, visitor, done["project_id"], after=numbers[-3]) as socket:
        assert json.loads(socket.recv(timeout=10))["seq"] == numbers[-2]


def test_a_socket_pushes_while_the_job_runs(visitor, site):
    draft = visitor.api("POST", "projects/", json={**QUICKNOTES, "start": False}).json()
    with socket_of(site, visitor, draft["project_id"]) as socket:
        assert visitor.api("POST", f"projects/{draft['project_id']}/start/").status_code == 202
        seen, last = [], 0
        while not seen or seen[-1] != ("project", "SUCCESS"):
            event = json.loads(socket.recv(timeout=60))
            assert event["seq"] == last + 1
            last = event["seq"]
            seen.append((event["kind"], event["payload"].get("status")))
    assert ("step", "RUNNING") in seen


def test_a_stranger_and_nobody_are_shut_out_everywhere(site, done):
    stranger = site.sign_up()
    project = done["project_id"]
    for path in ("", "steps/", "logs/", "files/", "files/README.md/", "zip/"):
        assert stranger.api("GET", f"projects/{project}/{path}").status_code == 404
    assert stranger.session.get(f"{site.url}/projects/{project}/", timeout=10).status_code == 404
    assert stranger.session.get(site.url + done["download_url"], timeout=10).status_code == 404
    with socket_of(site, stranger, project) as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)
    assert closed.value.rcvd.code == 4404
    assert requests.get(f"{site.url}/api/projects/{project}/", timeout=10).status_code == 401


def test_a_page_of_another_site_cannot_open_the_socket(site, visitor, done):
    with pytest.raises(Exception, match="403"):
        socket_of(site, visitor, done["project_id"], origin="http://evil.example")


def test_answers_to_many_people_at_once_never_mix(site):
    people = [site.sign_up() for _ in range(4)]
    for number, one in enumerate(people):
        name = f"App of person {number}"
        body = {**QUICKNOTES, "project_name": name, "start": False}
        assert one.api("POST", "projects/", json=body).status_code == 201

    def names(job):
        number, one = job
        found = requests.get(
            f"{site.url}/api/projects/", cookies=one.session.cookies.get_dict(), timeout=30
        ).json()["results"]
        return number, [project["project_name"] for project in found]

    jobs = [(number, one) for _ in range(25) for number, one in enumerate(people)]
    with ThreadPoolExecutor(12) as pool:
        for number, found in pool.map(names, jobs):
            assert found == [f"App of person {number}"]
