"""What a run will take, asked before it is started."""

from __future__ import annotations

import pytest

from generation.models import AgentJob, AIProviderUsage, JobStatus
from generation.pipeline.config import RunOptions
from generation.run_estimates import estimate_run

pytestmark = pytest.mark.django_db

ANY = "/api/estimate/"
MODEL = "openai:gpt-4o-mini"


def made_before(project, engine: str, tokens: tuple[int, int]) -> None:
    job = AgentJob.objects.create(
        project=project,
        user=project.user,
        agent_type="pipeline",
        status=JobStatus.COMPLETED,
        config={"engine": engine},
        strategy="balanced",
    )
    provider, _, model = engine.partition(":")
    prompt, completion = tokens
    AIProviderUsage.objects.create(
        project=project,
        user=project.user,
        job=job,
        provider=provider,
        model=model,
        request_type="write",
        prompt_tokens=prompt,
        completion_tokens=completion,
        total_tokens=prompt + completion,
    )


def test_the_built_in_engine_takes_nothing(api, project, address):
    for where in (ANY, address(project, "estimate/")):
        told = api.get(where).json()
        assert told.pop("words") == "No model is asked; it costs nothing."
        assert told == {"engine": "builtin", "calls": 0, "tokens": 0, "cost": 0.0, "runs": 0}


def test_a_model_is_estimated_by_runs_like_it(api, project, address):
    guess = api.get(ANY, {"engine": MODEL}).json()
    assert guess["runs"] == 0
    assert guess["calls"] > 1
    assert guess["cost"] > 0
    made_before(project, MODEL, (1_000_000, 0))
    told = api.get(address(project, "estimate/"), {"engine": MODEL}).json()
    assert (told["calls"], told["tokens"], told["runs"]) == (1, 1_000_000, 1)
    assert told["cost"] == pytest.approx(0.15)
    assert told["words"].startswith("About 1 call, 1,000,000 tokens, $0.15.")


def test_it_says_what_the_form_says(api, as_owner, owner):
    told = api.get(ANY, {"engine": "ollama:coder:7b", "strategy": "thorough"}).json()
    options = RunOptions(engine="ollama:coder:7b", strategy="thorough")
    page = as_owner.get("/new/estimate/", {"engine": options.engine, "strategy": options.strategy})
    assert told["words"] == estimate_run(options, owner).words == page.content.decode()
    assert told["cost"] == 0.0


def test_nobody_can_tell_it_of_ainative_alone(api):
    told = api.get(ANY, {"engine": "ainative"}).json()
    assert (told["calls"], told["tokens"], told["cost"]) == (None, None, None)
    assert "neither tokens nor prices" in told["words"]


def test_what_is_left_out_is_as_the_project_has_it(api, project, address):
    project.settings = {"engine": MODEL, "strategy": "economical"}
    project.save(update_fields=["settings"])
    as_it_is = api.get(address(project, "estimate/")).json()
    assert as_it_is == api.get(ANY, {"engine": MODEL, "strategy": "economical"}).json()
    other = api.get(address(project, "estimate/"), {"engine": "builtin"}).json()
    assert (other["engine"], other["calls"]) == ("builtin", 0)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"engine": "magic"}, "engine"),
        ({"engine": "builtin:x"}, "engine"),
        ({"engine": "x" * 300}, "engine"),
        ({"engine": "ollama", "strategy": "reckless"}, "strategy"),
    ],
)
def test_what_cannot_be_chosen_is_refused(api, project, address, query, field):
    for where in (ANY, address(project, "estimate/")):
        answer = api.get(where, query)
        assert answer.status_code == 400
        assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_stranger_learns_nothing(api_as, stranger, project, address):
    made_before(project, MODEL, (1_000_000, 0))
    answer = api_as(stranger).get(address(project, "estimate/"), {"engine": MODEL})
    assert answer.status_code == 404
    assert api_as(stranger).get(ANY, {"engine": MODEL}).json()["runs"] == 0
    assert api_as(None).get(ANY).status_code == 401


def test_nothing_is_started(api, project, address):
    api.get(address(project, "estimate/"), {"engine": MODEL})
    project.refresh_from_db()
    assert project.status == "DRAFT"
    assert not AgentJob.objects.exists()
    assert api.post(address(project, "estimate/")).status_code == 405
