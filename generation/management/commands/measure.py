"""`measure`: one part of `./codegen bench jobs` or `pages`, against the site that it started."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from generation.management.measures.growth import fill, measure_pages
from generation.management.measures.jobs import measure_jobs, server_for
from generation.management.measures.pushes import measure_pushes
from generation.management.measures.workspace import make_workspace, stream_lines

PARTS = ("jobs", "pushes", "fill", "pages", "workspace", "stream")


class Command(BaseCommand):
    """Measure one part and print JSON; it writes made-up rows, so keep it off a real database."""

    help = __doc__
    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which part, and how much of it."""
        parser.add_argument("part", choices=PARTS)
        parser.add_argument("--url", default="")
        parser.add_argument("--counts", type=int, nargs="*", default=[])
        parser.add_argument("--lines", type=int, default=0)
        parser.add_argument("--project", type=UUID)
        parser.add_argument("--process", nargs=2, action="append", default=[])

    def handle(self, **options: Any) -> None:
        """Measure, and print what was found."""
        self.stdout.write(json.dumps(_measure(options)))


def _measure(options: dict[str, Any]) -> Any:
    counts, lines = options["counts"], options["lines"]
    processes = {name: int(pid) for name, pid in options["process"]}
    if options["part"] == "jobs":
        return measure_jobs(server_for(options["url"], processes), counts)
    if options["part"] == "pushes":
        return measure_pushes(options["url"], processes["web"], counts, lines)
    if options["part"] == "workspace":
        return make_workspace(counts[0], lines)
    if options["part"] == "stream":
        return stream_lines(options["project"], lines)
    return fill(counts[0], lines) if options["part"] == "fill" else measure_pages()
