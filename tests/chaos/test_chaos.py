"""The chaos round itself: its faults are of every kind, and what it looks for it finds."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from generation.engines.llm.write import FileAnswer
from generation.engines.providers.base import ChatRequest, EngineUnavailable, Message
from generation.engines.providers.ollama import OllamaProvider
from generation.models import AgentJob, GenerationStep, Log
from projects.models import Project, ProjectEvent
from tests.chaos.faults import HARMLESS, IN_SIXTY, KINDS, planned_faults
from tests.chaos.inspection import Findings, inspect, recoveries
from tests.chaos.model import ChaosModel
from tests.chaos.round import Report

pytestmark = pytest.mark.django_db(transaction=True)


def test_sixty_faults_are_of_every_kind_in_an_order_of_the_seed_alone():
    faults = planned_faults(60, seed=1)
    assert Counter(faults) == Counter(IN_SIXTY)
    assert set(faults) == set(KINDS) > set(HARMLESS)
    assert planned_faults(60, seed=1) == faults
    assert planned_faults(60, seed=2) != faults
    assert len(planned_faults(1000, seed=1)) == 1000


def test_a_model_that_hung_up_answers_the_next_time():
    model = ChaosModel()
    with model.running(), ThreadPoolExecutor(1) as pool:
        provider = OllamaProvider(model.url)
        request = ChatRequest(
            "coder:7b", (Message("user", "Write."),), FileAnswer.model_json_schema()
        )
        call = pool.submit(provider.chat, request)
        assert _dropped(model) == 1
        with pytest.raises(EngineUnavailable):
            call.result(20)
        call = pool.submit(provider.chat, request)
        while not call.done():
            assert model.drop() == 0
        assert "Who runs this site" in call.result().text


def _dropped(model: ChaosModel) -> int:
    end, dropped = time.monotonic() + 20, 0
    while not dropped and time.monotonic() < end:
        dropped = model.drop()
    return dropped


@pytest.fixture
def done(submitted, queue) -> Project:
    queue.run()
    return submitted


def look(project: Project) -> Findings:
    return inspect(connection.connection, [str(project.pk)])


def test_a_job_that_nothing_happened_to_has_no_findings(done):
    assert look(done).are_none


def test_a_line_that_is_missing_is_found(done):
    Log.objects.filter(log_text__contains="Generated b.txt").delete()
    assert str(done.pk) in look(done).lost


def test_a_line_that_is_there_twice_is_found(done):
    line = Log.objects.get(log_text__contains="Generated b.txt")
    line.pk = None
    line.save(force_insert=True)
    assert str(done.pk) in look(done).doubled


def test_an_end_that_was_told_twice_is_found(done):
    told = ProjectEvent.objects.filter(kind="step", payload__status="SUCCESS").first()
    told.pk, told.seq = None, done.event_seq + 100
    told.save(force_insert=True)
    assert str(done.pk) in look(done).doubled
    assert str(done.pk) in look(done).lost, "and the gap in the numbers too"


def test_lines_out_of_order_are_found(done):
    told = ProjectEvent.objects.filter(kind="log").order_by("seq")
    first, second = told[0], told[1]
    first.payload, second.payload = second.payload, first.payload
    ProjectEvent.objects.bulk_update([first, second], ["payload"])
    assert str(done.pk) in look(done).lost


@pytest.mark.parametrize("status", ["RUNNING", "PENDING"])
def test_a_step_that_was_forgotten_is_found(done, status):
    GenerationStep.objects.filter(sequence_order=2).update(status=status)
    assert look(done).stuck == {str(done.pk): [f"step 2 {status}"]}


def test_a_job_that_did_not_end_well_is_found(done):
    AgentJob.objects.update(status="failed", error="no luck")
    assert look(done).lost == {str(done.pk): ["job failed: no luck"]}


def test_how_long_a_lost_step_waited_is_counted_from_the_fault(done):
    began, back = ProjectEvent.objects.filter(kind="step").exclude(payload__status="PENDING")[:2]
    back.payload = {**began.payload, "status": "PENDING"}
    back.save()
    since, until = began.created_at.timestamp(), back.created_at.timestamp()
    fault = (since + until) / 2
    assert recoveries(connection.connection, [since - 9, fault]) == [pytest.approx(until - fault)]
    assert recoveries(connection.connection, []) == [pytest.approx(until - since)]


def test_the_last_line_of_a_report_is_for_programs():
    found = Findings(lost={"a": ["x"]})
    report = Report(Counter({"kill": 60}), 45, 100.0, found, [1.0, 4.0, 2.0], left=["valkey"])
    assert report.text().splitlines()[-1] == (
        "faults=60 jobs=45 lost=1 doubled=0 stuck=1 recovery_median=2.0s"
    )
    assert not report.is_good
