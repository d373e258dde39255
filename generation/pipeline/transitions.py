"""What can be done with a project or a job at each status: the one table of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from generation.errors import InvalidTransition
from generation.models import AgentJob, AgentType, GenerationStep, JobStatus
from projects.models import Project

# States of their own: a project without a job, and a job that waits with its plan.
DRAFT, APPROVAL = "draft", "waiting for your approval"
ALLOWED: dict[str, tuple[str, ...]] = {
    DRAFT: ("start",),
    JobStatus.QUEUED: ("pause", "cancel"),
    JobStatus.RUNNING: ("pause", "cancel"),
    JobStatus.WAITING_FOR_INPUT: ("respond", "cancel"),
    APPROVAL: ("approve", "cancel"),
    JobStatus.PAUSED: ("resume", "cancel"),
    JobStatus.COMPLETED: ("again", "retry-step"),
    JobStatus.FAILED: ("retry", "again", "retry-step"),
    JobStatus.CANCELLED: ("retry", "again", "retry-step"),
}
ALLOWED_FOR_AGENTS: dict[str, tuple[str, ...]] = {
    JobStatus.QUEUED: ("cancel",),
    JobStatus.RUNNING: ("cancel",),
    JobStatus.WAITING_FOR_INPUT: ("cancel",),
    JobStatus.FAILED: ("retry",),
    JobStatus.CANCELLED: ("retry",),
}
DONE_WITH = {
    "start": "started",
    "pause": "paused",
    "resume": "resumed",
    "respond": "answered",
    "approve": "approved",
    "cancel": "cancelled",
    "retry": "retried",
    "again": "generated again",
    "retry-step": "retried from one of its steps",
}


def statuses_for(job: AgentJob, action: str) -> list[str]:
    """Return the statuses at which a job allows an action."""
    found = {status for status, actions in _table_of(job).items() if action in actions}
    if APPROVAL in found:
        found = found - {APPROVAL} | {JobStatus.WAITING_FOR_INPUT}
    return sorted(found)


def waits_for_approval(job: AgentJob) -> bool:
    """Tell whether a job waits with its plan, and not with questions."""
    return job.status == JobStatus.WAITING_FOR_INPUT and is_planned(job)


def is_planned(job: AgentJob) -> bool:
    """Tell whether a job has its steps."""
    return GenerationStep.objects.filter(job=job).exists()


def to_be_planned() -> Q:
    """Return what holds of a job that is to be planned, or is being planned.

    It is queued, or it goes on after its questions.
    """
    planned = Exists(GenerationStep.objects.filter(job=OuterRef("pk")))
    going_on = Q(~planned, status=JobStatus.RUNNING)
    return Q(Q(status=JobStatus.QUEUED) | going_on, agent_type=AgentType.PIPELINE)


def _table_of(job: AgentJob) -> dict[str, tuple[str, ...]]:
    return ALLOWED if job.agent_type == AgentType.PIPELINE else ALLOWED_FOR_AGENTS


def newest_run(project: Project) -> AgentJob | None:
    """Return the project's newest run of the whole pipeline."""
    jobs = AgentJob.objects.filter(project=project, agent_type=AgentType.PIPELINE)
    return jobs.order_by("-created_at", "-id").first()


def is_superseded(job: AgentJob) -> bool:
    """Whether a run of the whole pipeline has had a newer one since."""
    return job.agent_type == AgentType.PIPELINE and (
        AgentJob.objects.filter(
            project_id=job.project_id, agent_type=AgentType.PIPELINE, created_at__gt=job.created_at
        )
        .exclude(pk=job.pk)
        .exists()
    )


def refusal(project: Project, action: str) -> InvalidTransition:
    """Return the error that says why an action is not possible now, and what is."""
    newest = newest_run(project)
    if newest is not None:
        return refusal_of(newest, action)
    return _refused(DRAFT, action, ALLOWED[DRAFT])


def refusal_of(job: AgentJob, action: str) -> InvalidTransition:
    """Return the error that says why an action on a job is not possible now, and what is."""
    if is_superseded(job):
        return InvalidTransition("A newer run has taken this job's place; nothing changes it now.")
    now = AgentJob.objects.get(pk=job.pk)
    what = "An app" if job.agent_type == AgentType.PIPELINE else "An agent's run"
    state = APPROVAL if waits_for_approval(now) else now.status
    shown = APPROVAL if state == APPROVAL else now.get_status_display().lower()
    return _refused(shown, action, _table_of(job).get(state, ()), what)


def _refused(
    shown: str, action: str, allowed: tuple[str, ...], what: str = "An app"
) -> InvalidTransition:
    refused = f"{what} that is {shown} cannot be {DONE_WITH[action]}"
    if not allowed:
        return InvalidTransition(f"{refused}, nor anything else.")
    possible = " or ".join(DONE_WITH[name] for name in allowed)
    words = f"{refused}; it can be {possible}. Reload to see where it stands."
    return InvalidTransition(words, allowed=allowed)
