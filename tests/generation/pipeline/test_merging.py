"""Generating again over a person's changes: merged, left, followed, or in conflict; never lost."""

from __future__ import annotations

import pytest

from generation import tasks
from generation.control import retry_step
from generation.models import AgentJob, FileMerge, GenerationStep, Log
from generation.services import generate_again
from generation.workspace.edits import create_file, delete_file, rename_file, save_file
from generation.workspace.restore import restore_file, restore_project
from projects.models import ProjectFile, ProjectFileVersion
from tests.generation.scripted import create, edit, memory

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "one\ntwo\nthree\nfour\nfive\n"


class App:
    """A finished app of one file after another, and the person who works on it."""

    def __init__(self, project, queue, engine, owner):
        self.project, self.queue, self.engine, self.owner = project, queue, engine, owner

    def again(self, **texts):
        """Generate again; a file whose text is None is made no longer."""
        self.engine.texts |= {self.named(name): text for name, text in texts.items() if text}
        gone = {self.named(name) for name, text in texts.items() if text is None}
        paths = [path for path in self.engine.texts if path not in gone]
        self.engine.steps = (*(create(path) for path in paths), memory())
        self.project.refresh_from_db()
        generate_again(project=self.project, by=self.owner)
        self.queue.run()
        self.project.refresh_from_db()
        assert self.project.status == "SUCCESS"
        return AgentJob.objects.order_by("-created_at")[0].result

    @staticmethod
    def named(name):
        return f"{name}.txt"

    def save(self, path, text):
        return save_file(project=self.project, path=path, text=text, expected=None, by=self.owner)

    def text(self, path):
        return ProjectFile.objects.filter(path=path).values_list("content", flat=True).first()


@pytest.fixture
def app(submitted, queue, engine, owner) -> App:
    engine.texts = {"a.txt": TEXT}
    engine.steps = (create("a.txt"), memory(1))
    queue.run()
    return App(submitted, queue, engine, owner)


def test_what_a_person_changed_is_merged_and_said(app):
    app.save("a.txt", TEXT.replace("one", "1"))
    result = app.again(a=TEXT.replace("five", "5"))
    assert app.text("a.txt") == "1\ntwo\nthree\nfour\n5\n"
    assert (result["merged"], result["conflicts"]) == (["a.txt"], [])
    version = ProjectFileVersion.objects.filter(path="a.txt").latest("version")
    assert (version.author_kind, version.version) == ("merge", 3)
    assert Log.objects.filter(log_text="Merged a.txt with your changes").exists()
    assert FileMerge.objects.get().state == "merged"


def test_a_merge_starts_at_what_was_generated_last(app):
    app.save("a.txt", TEXT.replace("one", "1"))
    app.again(a=TEXT.replace("five", "5"))
    result = app.again(a=TEXT.replace("five", "6"))
    assert app.text("a.txt") == "1\ntwo\nthree\nfour\n6\n"
    assert result["conflicts"] == []


def test_what_is_generated_as_before_makes_no_version(app):
    app.save("a.txt", TEXT.replace("one", "1"))
    app.again()
    assert ProjectFile.objects.get(path="a.txt").version == 2
    row = FileMerge.objects.get()
    assert (row.state, row.version) == ("taken", None)


def test_a_conflict_leaves_the_persons_text_until_a_newer_job_merges(app):
    app.save("a.txt", TEXT.replace("two", "2"))
    result = app.again(a=TEXT.replace("two", "II"))
    assert result["conflicts"] == ["a.txt"]
    assert app.text("a.txt") == TEXT.replace("two", "2")
    row = FileMerge.objects.get()
    assert (row.state, row.base, row.theirs) == ("conflict", TEXT, TEXT.replace("two", "II"))
    result = app.again(a=TEXT.replace("five", "5"))
    assert result["conflicts"] == []
    assert app.text("a.txt") == "one\n2\nthree\nfour\n5\n"
    row.refresh_from_db()
    assert row.state == "superseded"


def test_what_a_person_deleted_stays_deleted(app):
    delete_file(project=app.project, path="a.txt", expected=None, by=app.owner)
    result = app.again(a=TEXT.replace("two", "II"))
    assert app.text("a.txt") is None
    assert result["left_deleted"] == ["a.txt"]


def test_a_renamed_file_gets_what_is_generated_under_its_old_name(app):
    app.save("a.txt", TEXT.replace("one", "1"))
    for old, new in (("a.txt", "b.txt"), ("b.txt", "docs/c.txt")):
        rename_file(project=app.project, path=old, to=new, expected=None, by=app.owner)
    result = app.again(a=TEXT.replace("five", "5"))
    assert result["merged"] == ["a.txt"]
    assert app.text("docs/c.txt") == "1\ntwo\nthree\nfour\n5\n"
    assert app.text("a.txt") is None


def test_a_file_made_again_elsewhere_with_its_text_is_followed_too(app):
    delete_file(project=app.project, path="a.txt", expected=None, by=app.owner)
    create_file(project=app.project, path="b.txt", text=TEXT, by=app.owner)
    app.save("b.txt", TEXT.replace("one", "1"))
    app.again(a=TEXT.replace("five", "5"))
    assert app.text("b.txt") == "1\ntwo\nthree\nfour\n5\n"


def test_a_new_name_that_is_generated_too_is_a_file_of_its_own(app):
    rename_file(project=app.project, path="a.txt", to="b.txt", expected=None, by=app.owner)
    app.again(a=TEXT.replace("five", "5"), b="new\n")
    assert app.text("a.txt") == TEXT.replace("five", "5")
    assert app.text("b.txt") == "new\n"


def test_a_changed_file_that_is_no_longer_generated_is_a_conflict(app):
    app.again(b="b\n")
    app.save("b.txt", "b\nmine\n")
    assert app.again(b=None)["conflicts"] == ["b.txt"]
    assert app.text("b.txt") == "b\nmine\n"
    assert FileMerge.objects.get().kind == "removed"


def test_a_file_that_became_a_folder(app, engine):
    app.again(b="b\n")
    engine.texts = {"a.txt": TEXT, "b.txt/c.txt": "c\n"}
    app.again()
    assert app.text("b.txt") is None
    assert app.text("b.txt/c.txt") == "c\n"


def test_a_persons_file_in_the_way_stays_and_is_a_conflict(app, engine):
    create_file(project=app.project, path="docs", text="mine\n", by=app.owner)
    engine.texts["docs/new.txt"] = "new\n"
    assert app.again()["conflicts"] == ["docs/new.txt"]
    assert app.text("docs") == "mine\n"
    assert FileMerge.objects.get().kind == "blocked"


def test_a_persons_own_file_of_a_name_that_is_now_generated_conflicts(app):
    create_file(project=app.project, path="b.txt", text="mine\n", by=app.owner)
    assert app.again(b="new\n")["conflicts"] == ["b.txt"]
    assert app.text("b.txt") == "mine\n"


def test_only_the_last_of_several_steps_on_a_file_is_merged(app, engine):
    app.save("a.txt", TEXT.replace("one", "1"))
    engine.steps = (create("a.txt"), edit("a.txt", 1), memory(2))
    app.project.refresh_from_db()
    generate_again(project=app.project, by=app.owner)
    app.queue.run()
    assert app.text("a.txt") == TEXT.replace("one", "1") + "edited\n"
    assert ProjectFile.objects.get(path="a.txt").version == 3


def test_changes_between_a_failure_and_its_retry_are_merged(app, engine):
    engine.texts["a.txt"] = TEXT.replace("five", "5")
    engine.steps = (create("a.txt"), edit("a.txt", 1), memory(2))
    engine.failing = {"edit a.txt": 1}
    app.project.refresh_from_db()
    generate_again(project=app.project, by=app.owner)
    app.queue.run()
    app.save("a.txt", app.text("a.txt").replace("one", "1"))
    step = GenerationStep.objects.filter(status="FAILED").latest("started_at")
    retry_step(step=step, by=app.owner)
    app.queue.run()
    for step_id in GenerationStep.objects.values_list("pk", flat=True):
        tasks.execute_steps(str(step_id))  # delivered twice: no effect
    assert app.text("a.txt") == "1\ntwo\nthree\nfour\n5\nedited\n"
    assert ProjectFile.objects.get(path="a.txt").version == 4


def test_a_restored_project_is_brought_up_to_date_again(app):
    first = AgentJob.objects.get()
    app.again(a=TEXT.replace("five", "5"), b="b\n")
    restore_project(project=app.project, moment_id=first.pk, by=app.owner)
    assert app.text("b.txt") is None
    result = app.again()
    assert app.text("a.txt") == TEXT.replace("five", "5")
    assert app.text("b.txt") == "b\n"
    assert result["conflicts"] == []


def test_a_removed_file_that_a_person_took_back_is_theirs(app):
    app.again(b="b\n")
    app.again(b=None)
    restore_file(project=app.project, path="b.txt", version=1, by=app.owner)
    assert app.again(b=None)["conflicts"] == []
    assert app.text("b.txt") == "b\n"


def test_a_step_of_a_finished_job_is_carried_out_again_over_what_was_merged(app, engine):
    app.again(b="b\n", c="c\n", d="d\n")
    for path in ("b.txt", "c.txt", "d.txt"):
        app.save(path, f"{path[0]}\nmine\n")
    app.save("a.txt", TEXT.replace("one", "1"))
    rename_file(project=app.project, path="a.txt", to="e.txt", expected=None, by=app.owner)
    result = app.again(a=TEXT.replace("five", "5"), b="B\n", c="c\n", d=None)
    assert (result["merged"], result["conflicts"]) == (["a.txt"], ["b.txt", "d.txt"])
    before = dict(ProjectFile.objects.values_list("path", "content"))
    job = AgentJob.objects.latest("created_at")
    for step in GenerationStep.objects.filter(job=job, tool_name="codegen_create"):
        retry_step(step=step, by=app.owner)
        app.queue.run()
        job.refresh_from_db()
        assert job.status == "completed"
        assert job.result["conflicts"] == ["b.txt", "d.txt"]
    assert dict(ProjectFile.objects.values_list("path", "content")) == before
