"""One round: apps are asked for, everything is hurt, and afterwards it is looked at."""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

import psycopg

from tests.chaos.faults import HARMLESS, Tormentor, planned_faults
from tests.chaos.inspection import Findings, inspect, recoveries
from tests.chaos.people import APPS, Person, sign_up
from tests.chaos.site import ChaosSite

POISON = "lost its worker 3 times"
STATUSES = """
SELECT j.project_id::text, j.status, coalesce(j.error, '') FROM agent_jobs j
"""
PLANNED = "SELECT NOT EXISTS (SELECT FROM agent_jobs WHERE status = 'queued')"
ENDED = ("completed", "failed", "cancelled")


@dataclass(frozen=True)
class Plan:
    """How much is done in a round; times in seconds."""

    faults: int
    seed: int
    projects: int = 40
    at_least: int = 8  # so many are under way as long as faults are made
    people: int = 8
    between: tuple[float, float] = (0.4, 1.6)
    longest: float = 1800.0


@dataclass
class Report:
    """What came of a round."""

    faults: Counter[str]
    jobs: int
    seconds: float
    findings: Findings
    waits: list[float]
    retried: int = 0
    left: list[str] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost, doubled or left."""
        return self.findings.are_none and not self.left

    def text(self) -> str:
        """Return it for a terminal; the last line is for programs."""
        lines = [f"{times:6d}  {kind}" for kind, times in self.faults.most_common()]
        lines += [
            f"{self.jobs} jobs in {self.seconds:.0f} s; {self.retried} lost three workers in one",
            "step, failed with that reason, and were retried.",
        ]
        if self.waits:
            lines.append(
                f"{len(self.waits)} attempts were lost; their steps were queued again after "
                f"{median(self.waits):.1f} s at the median, {max(self.waits):.1f} s at the worst."
            )
        if self.starts:
            lines.append(f"The whole site was up again after {max(self.starts):.1f} s at most.")
        for name in ("lost", "doubled", "stuck"):
            for project, texts in getattr(self.findings, name).items():
                lines += [f"{name}: {project}: {text}" for text in texts[:5]]
        lines += [f"left: {process}" for process in self.left]
        found = self.findings
        recovery = f"{median(self.waits):.1f}" if self.waits else "0.0"
        lines.append(
            f"faults={self.faults.total()} jobs={self.jobs} lost={len(found.lost)} "
            f"doubled={len(found.doubled)} stuck={len(found.stuck) + len(self.left)} "
            f"recovery_median={recovery}s"
        )
        return "\n".join(lines)


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


class Round:
    """Carries a plan out over a site."""

    def __init__(self, plan: Plan, site: ChaosSite, by: Tormentor) -> None:
        self.plan, self.site, self.by = plan, site, by
        self.chance = random.Random(plan.seed)  # noqa: S311 - not for secrets
        self.began = time.monotonic()
        self.retried: set[str] = set()
        self.people = [sign_up(site.url, n) for n in range(plan.people)]

    def run(self) -> Report:
        """Do it all; what is left of processes is seen later, when the site is stopped."""
        first = [self.people[0].submit(which) for which in range(len(APPS))]
        self._wait()
        wanted = [self.people[0].zip_of(project) for project in first]
        say(f"{len(APPS)} apps were made undisturbed in {self._passed():.0f} s.")
        half = self.plan.projects // 2
        for number in range(half):
            self._submit(number)
        self._wait_for(PLANNED)  # so that plans and steps are hurt alike
        for number in range(half, self.plan.projects):
            self._submit(number)
        say(f"{self.plan.projects} apps are asked for, after {self._passed():.0f} s.")
        self._torment()
        say(f"{len(self.by.made)} faults were made, after {self._passed():.0f} s.")
        self.by.settle()
        self._wait()
        say(f"No job goes on, after {self._passed():.0f} s.")
        findings = self._inspect()
        self._compare(wanted, findings)
        with self.site.database() as database:
            hurtful = [fault.at for fault in self.by.made if fault.kind not in HARMLESS]
            waits = recoveries(database, hurtful)
        kinds = Counter(fault.kind for fault in self.by.made)
        return Report(
            kinds,
            len(self._projects()),
            self._passed(),
            findings,
            waits,
            retried=len(self.retried),
            starts=self.by.starts,
        )

    def _passed(self) -> float:
        return time.monotonic() - self.began

    def _late(self) -> bool:
        return self._passed() > self.plan.longest

    def _projects(self) -> dict[str, tuple[Person, int]]:
        return {p: (one, app) for one in self.people for p, app in one.projects.items()}

    def _submit(self, number: int) -> None:
        self.people[number % len(self.people)].submit(number % len(APPS))

    def _torment(self) -> None:
        waiting = deque(planned_faults(self.plan.faults, self.plan.seed))
        while waiting and not self._late():
            kind = waiting.popleft()
            if not self.by.make(kind):  # nothing to hurt just now: another time
                waiting.append(kind)
            elif len(self.by.made) % 20 == 0:
                say(f"{len(self.by.made)} faults, after {self._passed():.0f} s.")
            time.sleep(self.chance.uniform(*self.plan.between))
            self._keep_busy()

    def _keep_busy(self) -> None:
        active = self._look()
        if active is not None and active < self.plan.at_least:
            self._submit(len(self._projects()))

    def _look(self) -> int | None:
        """Return how many jobs go on; retry those that lost three workers to this round."""
        self.site.check_alive()
        try:
            with self.site.database() as database:
                jobs = database.execute(STATUSES).fetchall()
        except (psycopg.Error, KeyError):
            return None
        known = self._projects()
        for project, status, error in jobs:
            if status == "failed" and POISON in error and project in known:
                self.retried.add(project)
                with suppress(OSError):
                    known[project][0].retry(project)
        return sum(s not in ENDED or (s == "failed" and POISON in e) for _, s, e in jobs)

    def _wait(self) -> None:
        while not self._late() and self._look() != 0:
            time.sleep(0.3)

    def _wait_for(self, query: str) -> None:
        with self.site.database() as database:
            while not self._late() and database.execute(query).fetchone() != (True,):
                time.sleep(0.3)

    def _inspect(self) -> Findings:
        while True:
            try:
                with self.site.database() as database:
                    return inspect(database, self._projects())
            except (psycopg.OperationalError, KeyError):
                if self._late():
                    raise
                time.sleep(0.5)

    def _compare(self, wanted: list[bytes], findings: Findings) -> None:
        for project, (person, which) in self._projects().items():
            if project in findings.lost and self._late():
                continue
            got = person.zip_of(project)
            if got != wanted[which]:
                findings.lost.setdefault(project, []).append(
                    f"{APPS[which]['project_name']}.zip differs in {_differing(got, wanted[which])}"
                )


def _differing(one: bytes, other: bytes) -> str:
    texts = []
    for content in (one, other):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts.append({name: archive.read(name) for name in archive.namelist()})
    names = [n for n in texts[0].keys() | texts[1].keys() if texts[0].get(n) != texts[1].get(n)]
    return ", ".join(sorted(names)[:5]) or "its order alone"
