"""GET and PUT /api/projects/{id}/design/: the whole design, its versions, its faults."""

from __future__ import annotations

import pytest

from generation.api import examples
from projects.design import design_of
from projects.spec.identity import with_all_identities

pytestmark = pytest.mark.django_db


def put(api, url, body, version=None):
    headers = {"If-Match": version} if version else {}
    return api.put(url, body, format="json", headers=headers)


@pytest.fixture
def url(project, address):
    return address(project, "design/")


def test_a_draft_has_the_design_that_was_understood(api, url, project):
    answer = api.get(url)
    assert answer.status_code == 200
    design = with_all_identities(design_of(project).spec)
    assert answer.json() == design.model_dump(mode="json")
    assert answer.json()["name"] == "QuickNotes"
    assert answer.headers["ETag"].strip('"') == design_of(project).version


def test_a_started_project_that_waits_is_understood_when_it_is_asked_for(api, running, address):
    assert design_of(running) is None
    assert api.get(address(running, "design/")).status_code == 200
    assert design_of(running) is not None


def test_the_example_of_the_document_is_stored_as_it_is(api, url):
    answer = put(api, url, examples.DESIGN)
    assert answer.status_code == 200
    assert api.get(url).json() == examples.DESIGN
    assert api.get(url).headers["ETag"] == answer.headers["ETag"]


def test_what_is_sent_back_under_another_name_is_still_the_same(api, url, project):
    body = api.get(url).json()
    entity = body["entities"][0]
    entity["name"], entity["fields"][0]["name"] = "Job", "subject"
    assert put(api, url, body).status_code == 200
    job = design_of(project).spec.entities[0]
    assert (job.name, job.identity) == ("Job", "Note")
    assert (job.fields[0].name, job.fields[0].identity) == ("subject", "title")
    assert job.fields[1].identity is None


def test_two_entities_may_change_their_names_in_one_edit(api, url, project):
    put(api, url, examples.DESIGN)
    body = api.get(url).json()
    first, second = (entity["name"] for entity in body["entities"])
    before = design_of(project).entity_ids
    body["entities"][0]["name"], body["entities"][1]["name"] = second, first
    for entity in body["entities"]:
        for relation in entity["relations"]:
            relation["target"] = {first: second, second: first}[relation["target"]]
    body["pages"] = body["features"] = []
    assert put(api, url, body).status_code == 200
    after = design_of(project)
    assert after.entity_ids == {second: before[first], first: before[second]}
    assert [entity.identity for entity in after.spec.entities] == [first, second]


def test_the_later_of_two_editors_is_refused(api, url):
    version = api.get(url).headers["ETag"]
    assert put(api, url, examples.DESIGN, version).status_code == 200
    late = put(api, url, {**examples.DESIGN, "dashboard": True}, version)
    assert (late.status_code, late.json()["code"]) == (412, "design_changed")
    assert not api.get(url).json()["dashboard"]


@pytest.mark.parametrize("version", ["*", None])
def test_without_a_version_it_is_stored_over_whatever_is_there(api, url, version):
    assert put(api, url, {**examples.DESIGN, "dashboard": True}, version).status_code == 200
    assert api.get(url).json()["dashboard"]


def test_every_fault_is_told_with_its_place_and_nothing_is_stored(api, url):
    before = api.get(url).json()
    bad = {
        "name": "Shop",
        "entities": [
            {"name": "A", "plural": "As", "fields": [{"name": "x", "type": "enum"}]},
            {"name": "a", "plural": "as", "relations": [
                {"kind": "many_to_one", "name": "b", "target": "B"}]},
        ],
    }  # fmt: skip
    answer = put(api, url, bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_design")
    told = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert set(told) == {
        "entities.0.fields.0.choices",
        "entities.1.name",
        "entities.1.plural",
        "entities.1.relations.0.target",
    }
    assert told["entities.1.relations.0.target"].startswith("There is no entity “B”.")
    assert api.get(url).json() == before


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ([], "spec", "JSON object"),
        ({"name": ""}, "name", "cannot be empty"),
        ({"name": "x" * 101}, "name", "at most 100"),
        ({"name": "A", "entities": [{"name": ""}]}, "entities.0.name", "cannot be empty"),
        ({"name": "A", "colour": 1}, "colour", "not a known key"),
        ({"name": "A", "theme": {"text": "red"}}, "theme.text", "#1e40af"),
        ({"name": "A", "auth": "perhaps"}, "auth", "true or false"),
    ],
)
def test_no_message_is_raw(api, url, body, field, words):
    answer = put(api, url, body)
    assert answer.status_code == 422
    told = {error["field"]: error["message"] for error in answer.json()["errors"]}
    assert words in told[field]
    assert not any("should" in message for message in told.values())


def test_a_design_may_have_three_hundred_entities_and_no_more(api, url):
    entities = [
        {"name": f"Thing {number}", "plural": f"Things {number}", "fields": [{"name": "name"}]}
        for number in range(301)
    ]
    assert put(api, url, {"name": "Big", "entities": entities[:300]}).status_code == 200
    answer = put(api, url, {"name": "Big", "entities": entities})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["message"] == "Use at most 300 entities; take some out."


def test_an_edited_design_is_what_is_built(api, url, project, address):
    put(api, url, examples.DESIGN)
    assert api.post(address(project, "start/")).status_code == 202
    assert design_of(project).spec.entities[1].name == "Folder"


@pytest.mark.parametrize("method", ["get", "put"])
def test_others_do_not_find_it(api_as, stranger, staff, url, method):
    assert getattr(api_as(stranger), method)(url, {}, format="json").status_code == 404
    assert getattr(api_as(None), method)(url, {}, format="json").status_code == 401
    assert api_as(staff).get(url).status_code == 200


def test_other_methods_are_not_allowed(api, url):
    assert api.post(url, {}, format="json").status_code == 405
    assert api.delete(url).status_code == 405
