"""What can be done with a project at each status of its newest job: the one table of it."""

from __future__ import annotations

from generation.errors import InvalidTransition
from generation.models import AgentJob, JobStatus
from projects.models import Project

DRAFT = "draft"
ALLOWED: dict[str, tuple[str, ...]] = {
    DRAFT: ("start",),
    JobStatus.QUEUED: ("pause", "cancel"),
    JobStatus.RUNNING: ("pause", "cancel"),
    JobStatus.WAITING_FOR_INPUT: ("cancel",),
    JobStatus.PAUSED: ("resume", "cancel"),
    JobStatus.COMPLETED: ("again",),
    JobStatus.FAILED: ("retry", "again"),
    JobStatus.CANCELLED: ("retry", "again"),
}
DONE_WITH = {
    "start": "started",
    "pause": "paused",
    "resume": "resumed",
    "cancel": "cancelled",
    "retry": "retried",
    "again": "generated again",
}


def statuses_for(action: str) -> list[str]:
    """Return the statuses that allow an action."""
    return [status for status, actions in ALLOWED.items() if action in actions]


def refusal(project: Project, action: str) -> InvalidTransition:
    """Return the error that says why an action is not possible now, and what is."""
    newest = AgentJob.objects.filter(project=project).order_by("-created_at", "-id").first()
    status = str(newest.status) if newest else DRAFT
    possible = " or ".join(DONE_WITH[name] for name in ALLOWED[status])
    shown = JobStatus(status).label.lower() if newest else DRAFT
    return InvalidTransition(
        f"An app that is {shown} cannot be {DONE_WITH[action]}; it can be {possible}. "
        "Reload to see where it stands."
    )
