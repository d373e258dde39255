"""Generate an app from the command line, through the same database, queue and workers."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from pydantic import ValidationError

from generation.downloads import project_zip
from generation.engines.archive import zip_name
from generation.engines.builtin.render import read_request
from generation.engines.llm.strategy import STRATEGIES
from generation.engines.registry import ENGINE_NAMES
from generation.errors import GenerationError
from generation.events import message_of
from generation.models import AgentJob, ClarificationDepth
from generation.pipeline.config import RunOptions, options_of
from generation.pipeline.transitions import newest_run
from generation.run_estimates import estimate_run
from generation.services import submit_project
from generation.terminal import Interview
from projects.models import Project, ProjectEvent, Role, User
from projects.models.events import EventKind
from projects.spec.request import InvalidRequest

LOCAL_ADMIN = "admin@localhost"
POLL_SECONDS = 0.05
BAR = 30


class Command(BaseCommand):
    """Submit a spec, show its log, write its ZIP."""

    help = __doc__
    requires_system_checks: tuple[str, ...] = ()  # the site has run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("spec", help="a JSON request, a JDL model or a text")
        parser.add_argument("-o", "--output", default=".", help="the folder for the ZIP")
        parser.add_argument(
            "--engine",
            default="builtin",
            metavar="ENGINE[:MODEL]",
            help=f"one of {', '.join(ENGINE_NAMES)}, or ainative+ollama[:MODEL], where a model "
            "plans; without a model, Ollama's first, or the one in the settings",
        )
        parser.add_argument(
            "--no-fallback",
            action="store_true",
            help="fail where the model does, in place of the built-in engine's part alone",
        )
        parser.add_argument(
            "--strategy",
            choices=list(STRATEGIES),
            default="balanced",
            help="how much a model is asked",
        )
        parser.add_argument("--budget-tokens", type=int, metavar="N", help="the most tokens")
        parser.add_argument("--budget-usd", type=float, metavar="N", help="the most US dollars")
        parser.add_argument(
            "--clarify",
            choices=ClarificationDepth.values,
            help="ask in this terminal before planning, at most 3, 7 or 15 questions; "
            "where there is no terminal, nothing is asked",
        )
        parser.add_argument(
            "--stack", help="instead of the spec's tech_stack; with a model it may be any"
        )
        parser.add_argument("--styling", help="instead of the spec's styling")

    def handle(self, **options: Any) -> None:
        """Run the job to its end."""
        path = Path(options["spec"])
        try:
            request = read_request(path, options["stack"], options["styling"], any_stack=True)
        except InvalidRequest as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        target = Path(options["output"])
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}", returncode=2) from error
        asks = sys.stdin.isatty() and sys.stderr.isatty()
        run = _run_options(options, asks=asks)
        try:
            project = submit_project(owner=local_admin(), request=request, options=run)
        except GenerationError as error:
            raise CommandError(error.message, returncode=2) from error
        told = estimate_run(options_of(project), local_admin())
        if told:
            self.stderr.write(told.words)
        self._follow(project)
        project.refresh_from_db()
        try:
            parts = project_zip(project)
        except GenerationError as error:
            job = newest_run(project)
            raise CommandError((job and job.error) or error.message) from error
        path = target / f"{zip_name(project.project_name)}.zip"
        with path.open("wb") as file:
            file.writelines(parts)
        self.stdout.write(str(path))

    def _follow(self, project: Project) -> None:
        """Show events until the project has ended."""
        show = LiveLines(sys.stderr) if sys.stderr.isatty() else PlainLines(sys.stderr)
        seq = 0
        while True:
            running = Project.objects.get(pk=project.pk).is_running
            events = ProjectEvent.objects.filter(project=project, seq__gt=seq).order_by("seq")
            for event in events:
                seq = event.seq
                show.event(message_of(event))
                if event.payload.get("questions"):
                    show.end()
                    job = AgentJob.objects.get(pk=event.payload["job_id"])
                    Interview(job, sys.stdin, sys.stderr).run(by=job.user)
            if not running:
                show.end()
                return
            time.sleep(POLL_SECONDS)


def _run_options(options: dict[str, Any], *, asks: bool) -> RunOptions:
    try:
        return RunOptions(
            engine=options["engine"],
            fallback=not options["no_fallback"],
            strategy=options["strategy"],
            budget_tokens=options["budget_tokens"],
            budget_usd=options["budget_usd"],
            clarify=options["clarify"] if asks else None,
        )
    except ValidationError as error:
        raise CommandError("A budget is a number that is not below 0.", returncode=2) from error


class PlainLines:
    """One line for each log line."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def event(self, event: dict[str, Any]) -> None:
        """Show one event."""
        if event["kind"] == EventKind.LOG:
            self.line(event["payload"]["text"])

    def line(self, text: str) -> None:
        """Write a line."""
        self.stream.write(f"{text}\n")
        self.stream.flush()

    def end(self) -> None:
        """Nothing is left to show."""


class LiveLines(PlainLines):
    """Log lines above a progress bar that stays at the bottom."""

    bar = ""

    def event(self, event: dict[str, Any]) -> None:
        """Show one event."""
        super().event(event)
        if event["kind"] == EventKind.JOB:
            done, total = event["payload"]["done"], event["payload"]["total"]
            filled = BAR * done // total if total else 0
            self.bar = f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total} steps"
            self.stream.write(f"\r\x1b[2K{self.bar}")
            self.stream.flush()

    def line(self, text: str) -> None:
        """Write a line above the bar."""
        super().line(f"\r\x1b[2K{text}")
        self.stream.write(self.bar)

    def end(self) -> None:
        """Leave the bar's line."""
        self.stream.write("\n")


def local_admin() -> User:
    """Return the administrator that the command line submits as."""
    admin = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("created_at").first()
    return admin or User.objects.create_superuser(LOCAL_ADMIN)
