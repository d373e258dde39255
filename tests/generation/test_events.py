"""Events are numbered in the order of commits, so that a reader who asks "after n" misses none."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from generation.events import EventBatch, event_batch
from projects.models import ProjectEvent

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def texts(project) -> list[tuple[int, str]]:
    rows = ProjectEvent.objects.filter(project=project).order_by("seq")
    return [(row.seq, row.payload["text"]) for row in rows]


def test_transactions_of_a_project_follow_one_another(project):
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with event_batch(project.project_id) as events:
            events.log("began first")
            began.set()
            assert may_end.wait(10)

    def quick() -> None:
        with event_batch(project.project_id) as events:
            events.log("began second")

    first = in_thread(slow)
    assert began.wait(10)
    second = in_thread(quick)
    second.join(0.3)
    assert second.is_alive()
    may_end.set()
    first.join()
    second.join()
    assert texts(project) == [(1, "began first"), (2, "began second")]


def test_a_second_transaction_waits_for_the_number_of_the_first(project):
    numbered, order = threading.Event(), []

    def first() -> None:
        with transaction.atomic():
            batch = EventBatch(project.project_id)
            batch.log("first")
            batch.write()
            numbered.set()
            time.sleep(0.2)
            order.append("first commits")

    thread = in_thread(first)
    assert numbered.wait(10)
    with event_batch(project.project_id) as events:
        events.log("second")
    order.append("second committed")
    thread.join()
    assert order == ["first commits", "second committed"]
    assert texts(project) == [(1, "first"), (2, "second")]


def test_a_reader_that_polls_sees_every_event_once_and_in_order(project):
    writers, each = 4, 25
    done = threading.Event()
    seen: list[int] = []

    def write(number: int) -> None:
        try:
            for turn in range(each):
                with event_batch(project.project_id) as events:
                    events.log(f"{number}.{turn}")
                    time.sleep(0.001 * (number % 3))
        finally:
            connection.close()

    def read() -> None:
        last = 0
        while True:
            finished = done.is_set()
            rows = ProjectEvent.objects.filter(project=project, seq__gt=last).order_by("seq")
            for number in rows.values_list("seq", flat=True):
                seen.append(number)
                last = number
            if finished:
                return

    reader = in_thread(read)
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    done.set()
    reader.join()
    assert seen == list(range(1, writers * each + 1))


def test_a_rolled_back_transaction_leaves_no_gap(project):
    def fail() -> None:
        with event_batch(project.project_id) as events:
            events.log("lost")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with event_batch(project.project_id) as events:
        events.log("kept")
    assert texts(project) == [(1, "kept")]
