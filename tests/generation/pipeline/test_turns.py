"""Steps that are carried out together: their transactions are shared, their fates are not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation import tasks
from generation.models import AgentJob, GenerationStep, Log, StepStatus
from generation.pipeline import execution
from generation.services import submit_project
from projects.models import ProjectFile, ProjectFileVersion
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.conftest import SCRIPTED
from tests.generation.pipeline.helpers import statuses
from tests.generation.scripted import create, memory

pytestmark = pytest.mark.django_db(transaction=True)

TOGETHER = tasks.MOST_TOGETHER
WIDE = TOGETHER + 2  # more than share a message


@pytest.fixture
def planned(engine, submitted, queue):
    """A project with steps that are ready, two more than share a message, and one after them."""
    numbers = range(1, WIDE + 1)
    engine.steps = (*(create(f"{n}.txt") for n in numbers), memory(*numbers))
    queue.run(limit=1)
    return submitted


def ids(*numbers: int) -> list:
    steps = GenerationStep.objects.filter(sequence_order__in=numbers).order_by("sequence_order")
    return list(steps.values_list("pk", flat=True))


def test_steps_that_are_ready_share_messages_and_each_succeeds_once(planned, queue, engine):
    assert [len(rows) for _task, rows in queue.messages] == [TOGETHER, 2]
    queue.run()
    assert statuses(planned) == ["SUCCESS"] * (WIDE + 1)
    assert sorted(engine.calls) == sorted(f"{n}.txt" for n in range(1, WIDE + 1))
    assert set(GenerationStep.objects.values_list("attempt", flat=True)) == {1}
    assert set(ProjectFileVersion.objects.values_list("version", flat=True)) == {1}
    lines = Log.objects.filter(step__isnull=False).order_by("log_id")
    assert list(lines.values_list("step__sequence_order", flat=True)) == list(range(1, WIDE + 2))
    job = AgentJob.objects.get()
    assert (job.status, job.result["files"]) == ("completed", WIDE)


def test_steps_of_two_projects_share_no_message(engine, submitted, queue, owner):
    """A turn is of one project: the others of its message would wait to be found lost."""
    other = submit_project(owner=owner, request=load_request(QUICKNOTES), options=SCRIPTED)
    engine.steps = (create("1.txt"), create("2.txt"))
    queue.run(limit=2)
    queue.messages.clear()
    mixed = ids(1, 2)
    assert len(mixed) == 4
    tasks.enqueue_steps(mixed)
    assert [len(rows) for _task, rows in queue.messages] == [2, 2]
    queue.run()
    assert set(statuses(submitted)) == set(statuses(other)) == {"SUCCESS"}


def test_a_turn_asks_little_more_than_a_step_does(planned):
    with CaptureQueriesContext(connection) as alone:
        tasks.execute_steps(*map(str, ids(1)))
    with CaptureQueriesContext(connection) as together:
        tasks.execute_steps(*map(str, ids(2, 3, 4, 5, 6, 7, 8, 9)))
    assert len(together) - len(alone) <= 7, "one for the status of each further step"


def test_what_has_cost_a_worker_is_carried_out_alone(planned, queue):
    GenerationStep.objects.filter(pk__in=ids(1, 3)).update(lost_workers=1)
    alone = execution.claim(*ids(1, 2, 3, 4))
    assert alone is not None
    assert ([step.pk for step in alone.steps], alone.left) == (ids(1), ids(2, 3, 4))
    others = execution.claim(*alone.left)
    assert others is not None
    assert ([step.pk for step in others.steps], others.left) == (ids(2, 4), ids(3))


def test_what_is_left_is_queued_each_by_itself(planned, queue):
    GenerationStep.objects.filter(pk__in=ids(1)).update(lost_workers=1)
    queue.messages.clear()
    tasks.execute_steps(*map(str, ids(1, 2, 3)))
    assert [rows for _task, rows in queue.messages] == [ids(2), ids(3)]


def test_two_steps_of_one_file_are_not_carried_out_together(submitted, queue, engine):
    engine.steps = (create("a.txt"), create("a.txt"))
    queue.run(limit=1)
    turn = execution.claim(*ids(1, 2))
    assert turn is not None
    assert ([step.pk for step in turn.steps], turn.left) == (ids(1), ids(2))


def test_one_that_fails_fails_alone_and_the_others_are_kept(planned, queue, engine):
    engine.failing = {"3.txt": 1}
    queue.run(limit=1)
    done = ["SUCCESS"] * 2 + ["FAILED"] + ["SUCCESS"] * (TOGETHER - 3)
    assert statuses(planned) == [*done, *["SKIPPED"] * 3]
    assert AgentJob.objects.get().error == "Step 3 (codegen_create) failed: no 3.txt today"
    assert ProjectFile.objects.count() == TOGETHER - 1


def test_a_mistake_in_the_code_is_blamed_on_its_step_alone(planned, queue, engine):
    engine.crashing = {"3.txt"}
    queue.run()
    failed = GenerationStep.objects.get(status=StepStatus.FAILED)
    assert failed.sequence_order == 3
    assert failed.error == "Unexpected error: ZeroDivisionError: a mistake in the code"
    assert GenerationStep.objects.filter(pk__in=ids(1, 2), status=StepStatus.SUCCESS).count() == 2


def test_what_was_taken_over_meanwhile_is_not_written(planned, engine, monkeypatch):
    turn = execution.claim(*ids(1, 2))
    assert turn is not None
    GenerationStep.objects.filter(pk__in=ids(2)).update(attempt=9)
    execution.carry_out(turn)
    assert list(ProjectFile.objects.values_list("path", flat=True)) == ["1.txt"]
    assert statuses(planned)[:2] == ["SUCCESS", "RUNNING"]
