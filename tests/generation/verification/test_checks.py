"""What counts as proof, and what does not."""

from __future__ import annotations

import json

import pytest

from generation.verification.app import App
from generation.verification.browser import Walk, colour_faults
from generation.verification.checks import Check, Failed, Result, Verifier, read_counts
from generation.verification.values import (
    in_dependency_order,
    json_for,
    value_for,
    wrong_totals,
)

COVERED = "TOTAL   10   0   4   1   97%\n"


def test_tests_of_each_runner_are_counted_with_the_coverage():
    output = (
        f"===== 12 passed in 2s =====\n{COVERED} Test Files  3 passed (3)\n Tests  5 passed (5)\n"
    )
    assert read_counts(output) == "12 + 5 passed, coverage 97 %"


@pytest.mark.parametrize(
    ("output", "says"),
    [
        (f"no tests ran\n{COVERED}", "No test ran"),
        (f"0 passed\n{COVERED}", "No test ran"),
        (f"3 passed, 1 skipped\n{COVERED}", "1 skipped"),
        (f"3 passed\n Tests 2 passed | 1 todo (3)\n{COVERED}", "1 todo"),
        ("3 passed\n", "nothing of coverage"),
    ],
)
def test_a_suite_that_is_empty_or_not_whole_is_no_proof(output, says):
    with pytest.raises(Failed, match=says):
        read_counts(output)


def test_no_check_at_all_is_no_proof():
    assert not Result("stack", "styling").ok
    good, bad = Check("a", True, 1.234, "fine"), Check("b", False, 0, "not fine")  # noqa: FBT003
    assert Result("stack", "styling", [good]).ok
    result = Result("stack", "styling", [good, bad])
    assert json.loads(json.dumps(result.as_json())) == {
        "ok": False,
        "stack": "stack",
        "styling": "styling",
        "checks": [
            {"name": "a", "ok": True, "seconds": 1.23, "detail": "fine"},
            {"name": "b", "ok": False, "seconds": 0, "detail": "not fine"},
        ],
    }


def app_with_run(folder, script: str) -> App:
    folder.mkdir()
    (folder / "run").write_text(f"#!/bin/sh\n{script}")
    (folder / "run").chmod(0o755)
    spec = {"auth": False, "entities": [], "theme": {}}
    return App(folder, {"stack": "a", "styling": "b", "spec": spec, "resources": []})


def test_what_needs_a_failed_check_is_not_run_and_not_ok(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEGEN_CACHE", str(tmp_path / "cache"))
    app = app_with_run(tmp_path / "app", "echo no network; exit 1")
    result = Verifier(app).run()
    assert not any(check.ok for check in result.checks)
    details = {check.name: check.detail for check in result.checks}
    assert details["install"] == "no network"
    assert details["tests"] == details["browser"] == "not run: an earlier check failed"


def test_each_task_is_the_run_scripts_own(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEGEN_CACHE", str(tmp_path / "cache"))
    script = "case $1 in types) echo wrong type; exit 1;; serve) echo no server; exit 1;; esac"
    app = app_with_run(tmp_path / "app", script)
    result = Verifier(app).run()
    seen = {check.name: (check.ok, check.detail) for check in result.checks}
    assert seen["lint"] == (True, "no finding")
    assert seen["types"] == (False, "wrong type")
    assert seen["tests"] == (False, "No test ran.")
    assert seen["build"] == (True, "this app has nothing to do here")
    assert seen["boot"] == (False, "no server")
    assert not result.ok


def test_what_a_stack_has_no_task_for_is_nothing_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("CODEGEN_CACHE", str(tmp_path / "cache"))
    usage = 'echo "usage: run [{serve,install,migrate}]: install, build and migrate"'
    script = f"case $1 in --help) {usage};; build|migrate) exit 1;; serve) exit 1;; esac"
    result = Verifier(app_with_run(tmp_path / "app", script)).run()
    seen = {check.name: (check.ok, check.detail) for check in result.checks}
    assert seen["build"] == (True, "this app has nothing to do here")
    assert seen["migrate"] == (False, "")


class PageDouble:
    """As much of a page as a walk needs before it begins."""

    def set_default_timeout(self, _milliseconds: int) -> None: ...

    def on(self, _event: str, _told: object) -> None: ...


def test_colours_are_compared_as_they_are_computed():
    theme = {"background": "#ffffff", "text": None, "component": "#000080"}
    app = App(None, {"spec": {"theme": theme}})  # type: ignore[arg-type]
    walk = Walk(app, "http://x", PageDouble())  # type: ignore[arg-type]
    walk.page_colours = {("rgb(255, 255, 255)", "rgb(1, 2, 3)")}
    walk.colours = {"rgb(0, 0, 128)"}
    assert colour_faults(walk) == []
    walk.page_colours.add(("rgb(0, 0, 0)", "rgb(1, 2, 3)"))
    walk.colours = set()
    assert len(colour_faults(walk)) == 2


@pytest.mark.parametrize(
    "rules",
    [
        {"type": "string", "min_length": 20, "max_length": 25},
        {"type": "text", "max_length": 3},
        {"type": "string", "min_length": 1, "max_length": 1},
        {"type": "string", "pattern": "[A-Z]{3}", "min_length": 3, "max_length": 3},
    ],
)
def test_texts_keep_to_their_limits_and_differ(rules):
    values = [value_for(rules, number) for number in (1, 2)]
    assert all(
        (rules.get("min_length") or 0) <= len(value) <= rules["max_length"] for value in values
    )
    assert values[0] != values[1]


@pytest.mark.parametrize(
    ("least", "most"), [(None, None), (5, None), (None, -3), (1, 5), (-10, -10)]
)
def test_numbers_keep_to_their_limits(least, most):
    for kind in ("integer", "decimal"):
        value = int(value_for({"type": kind, "minimum": least, "maximum": most}, 2))
        assert least is None or value >= least
        assert most is None or value <= most
    assert json_for({"type": "decimal", "minimum": 0}, 2) == "2"


@pytest.mark.parametrize(
    ("totals", "wrong"),
    [
        ({"total_paid": "5.75", "average_stars": "3.3"}, []),
        ({"total_paid": 5.75, "average_stars": "3.5"}, ["average_stars"]),
        ({"total_paid": "1.25", "average_stars": None}, ["total_paid", "average_stars"]),
        ({"average_stars": "3.3"}, ["total_paid"]),
        (None, ["total_paid", "average_stars"]),
    ],
)
def test_totals_are_held_against_the_rows(totals, wrong):
    rows = [("1.25", 5), ("4.50", 1), (None, 4)]
    items = [{"paid": paid, "stars": stars} for paid, stars in rows]
    listed = {"items": items} | ({} if totals is None else {"totals": totals})
    assert wrong_totals(listed, ["total_paid", "average_stars"]) == wrong


def test_of_no_rows_there_is_no_total():
    names = ["total_paid"]
    assert wrong_totals({"items": [], "totals": {"total_paid": None}}, names) == []
    assert wrong_totals({"items": [], "totals": {"total_paid": "0.00"}}, names) == names
    assert wrong_totals({"items": []}, []) == []


def test_what_is_needed_is_made_first_also_where_it_goes_round():
    def resource(name: str, *targets: str) -> dict:
        links = [{"target": target, "required": True} for target in targets]
        return {"entity": name, "links": links}

    names = [
        item["entity"]
        for item in in_dependency_order([resource("line", "order"), resource("order", "order")])
    ]
    assert names == ["order", "line"]
    round_ = in_dependency_order([resource("a", "b"), resource("b", "a")])
    assert len(round_) == 2
