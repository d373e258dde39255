"""People, projects and clients that most tests need."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from generation.events import event_batch
from generation.models import (
    AgentJob,
    AIProviderUsage,
    ClarificationSession,
    FileMerge,
    GenerationStep,
    JobStatus,
    StepStatus,
)
from generation.services import submit_project
from generation.workspace.edits import save_file
from projects.files import Author, put_file
from projects.models import (
    Blob,
    Page,
    Project,
    ProjectFile,
    ProjectFileVersion,
    ProjectStatus,
    User,
)
from projects.models.files import AuthorKind
from projects.spec.request import load_request
from tests.live import LiveSite, live_site
from tests.network import network_guard
from tests.stubs.github import GitHubStub

__all__ = ["network_guard"]

QUICKNOTES = {
    "project_name": "QuickNotes",
    "description": "A simple notes app with user auth and note CRUD.",
    "features": ["User login/signup", "Task CRUD", "Dashboard view"],
    "tech_stack": "React + FastAPI + PostgreSQL",
    "styling": "Bootstrap",
}
PASSWORD = "correct horse battery"

# Asks a real model, so it is not even collected, and not skipped, where there is none.
LIVE = "generation/pipeline/test_live_ollama.py"
collect_ignore = [] if os.environ.get("CODEGEN_LIVE_OLLAMA") else [LIVE]


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """Hash passwords cheaply; how they are hashed is Django's business."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def github() -> Iterator[GitHubStub]:
    """The GitHub that the real site knows."""
    stub = GitHubStub()
    with stub.running():
        yield stub


@pytest.fixture(scope="session")
def site(tmp_path_factory, github) -> Iterator[LiveSite]:
    """A real site with its worker and scheduler."""
    with live_site(tmp_path_factory.mktemp("site"), GITHUB_API_URL=github.url) as running:
        yield running


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the run of bad models be longer than the test command's."""
    parser.addoption("--bad-models", type=int, default=3, help="how many bad models build an app")


def pytest_terminal_summary(terminalreporter) -> None:
    """Name what was skipped, so that nobody takes it for tested."""
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CODEGEN_NO_SKIPS"):
        terminalreporter.section("skipped tests are not allowed here", red=True)


def pytest_sessionfinish(session, exitstatus) -> None:
    """Fail a run in which something was skipped where nothing may be."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CODEGEN_NO_SKIPS") and reporter.stats.get("skipped") and not exitstatus:
        session.exitstatus = 1


@pytest.fixture
def owner(db) -> User:
    return User.objects.create_user("owner@example.org", PASSWORD, full_name="Olive Owner")


@pytest.fixture
def stranger(db) -> User:
    return User.objects.create_user("stranger@example.org", PASSWORD)


@pytest.fixture
def staff(db) -> User:
    return User.objects.create_user("staff@example.org", PASSWORD, role="staff")


@pytest.fixture
def admin(db) -> User:
    return User.objects.create_superuser("admin@example.org", PASSWORD)


@pytest.fixture
def project(owner) -> Project:
    """A draft of the owner's."""
    return submit_project(owner=owner, request=load_request(QUICKNOTES), start=False)


def _made_in_a_step(project: Project, job: AgentJob, number: int, path: str) -> GenerationStep:
    """Store a file and the step that made it."""
    text = f"# {path} <b>&</b>\n"
    step = GenerationStep.objects.create(
        project=project,
        job=job,
        sequence_order=number,
        tool_name="codegen_create",
        input_payload={"template": "custom", "file_path": path, "variables": {}},
        output_payload={"file_path": path, "code": text},
        status=StepStatus.SUCCESS,
    )
    blob = Blob.objects.create(
        sha256=hashlib.sha256(text.encode()).hexdigest(), content=text, size=len(text)
    )
    file = ProjectFile.objects.create(
        project=project,
        path=path,
        content=text,
        language="markdown" if path.endswith(".md") else "python",
        size=len(text),
        lines=1,
    )
    ProjectFileVersion.objects.create(
        project=project,
        file=file,
        path=path,
        version=1,
        blob=blob,
        generated=blob,
        author_kind="step",
        job_id=job.pk,
        step_id=step.pk,
    )
    return step


@pytest.fixture
def finished(owner) -> Project:
    """A done project of the owner's with two files, steps and log lines, and a call to a model."""
    project = submit_project(owner=owner, request=load_request(QUICKNOTES), start=False)
    Page.objects.create(project=project, name="About", slug="about", path="/about")
    job = AgentJob.objects.create(
        project=project, user=owner, agent_type="pipeline", status=JobStatus.RUNNING
    )
    with event_batch(project.project_id) as events:
        for number, path in enumerate(("README.md", "backend/app/main.py"), start=1):
            step = _made_in_a_step(project, job, number, path)
            events.log(f"Step {number} (codegen_create): Generated {path}", step_id=step.pk)
    AIProviderUsage.objects.create(
        user=owner, project=project, job=job, step=step, provider="ollama", model="qwen", cost=0.0
    )
    ClarificationSession.objects.create(
        project=project,
        job=job,
        project_idea="Notes",
        depth="minimal",
        questions=[],
        total_questions=0,
        is_completed=True,
        completed_at=timezone.now(),
    )
    FileMerge.objects.create(
        project=project, job=job, path="README.md", place="README.md", state="merged", theirs=""
    )
    AgentJob.objects.filter(pk=job.pk).update(status=JobStatus.COMPLETED, progress=100)
    project.status = ProjectStatus.SUCCESS
    project.download_url = f"/downloads/{project.project_id}/QuickNotes.zip"
    project.save(update_fields=["status", "download_url"])
    return project


CONFLICT = {
    "base": "a = 1\nb = 1\nc = 1\nd = 1\ne = 1\n",
    "ours": "a = 1\nb = 2\nc = 1\nd = 2\ne = 2\n",
    "theirs": "a = 3\nb = 3\nc = 1\nd = 3\ne = 1\n",
}


@pytest.fixture
def conflict(finished) -> FileMerge:
    """A conflict in two parts of app.py, which its owner has at version 2."""
    job = AgentJob.objects.filter(project=finished).latest("created_at")
    author = Author(AuthorKind.STEP, job_id=job.pk)
    put_file(finished.pk, "app.py", CONFLICT["base"], author)
    save_file(project=finished, path="app.py", text=CONFLICT["ours"], expected=1, by=finished.user)
    return FileMerge.objects.create(
        project=finished,
        job=job,
        path="app.py",
        place="app.py",
        state="conflict",
        base=CONFLICT["base"],
        theirs=CONFLICT["theirs"],
    )


@pytest.fixture
def api_as() -> Callable[[User | None], APIClient]:
    """A client of the REST API signed in as somebody, or as nobody."""

    def make(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def api(api_as, owner) -> APIClient:
    return api_as(owner)


@pytest.fixture
def browser_as() -> Callable[[User | None], Client]:
    """A client of the pages signed in as somebody, or as nobody."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make


@pytest.fixture
def as_owner(browser_as, owner) -> Client:
    return browser_as(owner)
