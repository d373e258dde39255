"""The page of a plan that waits: switch steps off, edit them, put them in order, approve."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from generation import plans
from generation.errors import GenerationError, InvalidTransition
from generation.models import AgentJob, GenerationStep, StepStatus
from generation.pipeline.transitions import newest_run, waits_for_approval
from generation.presentation import usual_duration
from generation.views import own_project
from projects.models import Project
from projects.views import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Show the plan of the newest run; a POST changes it, and carries it out when it is told to."""
    project = own_project(request, project_id)
    job = newest_run(project)
    if job is None or not waits_for_approval(job):
        if request.method == "POST":
            messages.error(request, "The plan does not wait any more; somebody was faster.")
        return redirect(project)
    if request.method == "POST":
        return _change(request, project, job)
    return _page(request, project, job)


def _page(request: HttpRequest, project: Project, job: AgentJob, **more: Any) -> HttpResponse:
    plan = plans.plan_of(job)
    context = {
        "project": project,
        "plan": plan,
        "rows": [_row(step, request.POST.get("edit", "")) for step in plan.steps],
        "usual": usual_duration(signed_in(request)),
        **more,
    }
    return render(request, "generation/plan.html", context)


def _row(step: GenerationStep, edited: str) -> dict[str, Any]:
    data = step.input_payload or {}
    editable = {name: data[name] for name in plans.EDITABLE if name in data}
    if "variables" in editable:
        editable["variables"] = json.dumps(editable["variables"], indent=1, ensure_ascii=False)
    return {
        "step": step,
        "is_on": step.status != StepStatus.SKIPPED,
        "template": data.get("template", ""),
        "editable": editable if step.file_path else {},
        "is_edited": bool(step.file_path and editable) and edited == str(step.step_id),
    }


def _change(request: HttpRequest, project: Project, job: AgentJob) -> HttpResponse:
    """Store the form; approve when that was pressed and the plan is as it was shown."""
    sent, by = request.POST, signed_in(request)
    approves = "approve" in sent
    try:
        before = plans.plan_of(job)
        changes = _changes(before, sent)
        plan = before
        if changes != _as_it_is(before):
            plan = plans.change_plan(
                job=job, changes=changes, expected=sent.get("version", ""), by=by
            )
        wanted = {change.step_id for change in changes if not change.enabled}
        went_along = [
            step
            for step in plan.steps
            if step.status == StepStatus.SKIPPED and step.step_id not in wanted
        ]
        if approves and not went_along:
            expected = plan.version if plan is not before else sent.get("version", "")
            plans.approve_plan(job=job, expected=expected, by=by)
            return redirect(project)
    except InvalidTransition as error:
        messages.error(request, error.message)
        return redirect(project)
    except GenerationError as error:
        return _page(request, project, job, refused=error.message)
    return _page(request, project, job, went_along=went_along, is_saved=True)


def _as_it_is(plan: plans.ShownPlan) -> list[plans.StepChange]:
    return [
        plans.StepChange(step.step_id, step.status != StepStatus.SKIPPED) for step in plan.steps
    ]


def _changes(plan: plans.ShownPlan, sent: QueryDict) -> list[plans.StepChange]:
    """Read the form: boxes that are ticked, places, and what was edited."""
    placed = sorted(plan.steps, key=lambda step: _place(sent, step))
    return [
        plans.StepChange(
            step.step_id, enabled=f"on-{step.step_id}" in sent, input=_edited(sent, step)
        )
        for step in placed
    ]


def _place(sent: QueryDict, step: GenerationStep) -> tuple[int, int]:
    """Return where a step is wanted; who is moved to another's place comes before it."""
    text = sent.get(f"place-{step.step_id}", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len("100000") else 0
    place = number or step.sequence_order
    moved_down = place > step.sequence_order
    return place, (1 if moved_down else -1 if place < step.sequence_order else 0)


def _edited(sent: QueryDict, step: GenerationStep) -> dict[str, Any] | None:
    data = step.input_payload or {}
    edited: dict[str, Any] = {}
    said = sent.get(f"instructions-{step.step_id}")
    if said is not None and said.replace("\r\n", "\n") != data.get("instructions"):
        edited["instructions"] = said.replace("\r\n", "\n")
    text = sent.get(f"variables-{step.step_id}")
    if text is not None:
        try:
            variables = json.loads(text)
        except (ValueError, RecursionError) as error:
            label = f"Step {step.sequence_order}"
            raise plans.InvalidPlan(f"{label}: variables are a JSON object.") from error
        if variables != data.get("variables"):
            edited["variables"] = variables
    return edited or None
