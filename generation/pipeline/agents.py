"""Agents over projects: what one works from, and where its answer is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from pydantic import BaseModel

from generation.agents import AgentRequest, research, run_agent, wireframe
from generation.agents.schemas import RequirementsDoc, WireframeSpec
from generation.engines.base import Engine
from generation.models import AgentJob, AgentType, JobStatus
from projects.design import design_of, store_proposed, store_understood
from projects.models import Project
from projects.spec.confirmed import merge_understood
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest, load_request

# The column of a project that an agent's answer is kept in.
KEPT = {AgentType.RESEARCH: "requirements_spec", AgentType.WIREFRAME: "architecture_spec"}


def request_for(project: Project, context: Mapping[str, Any], engine: Engine) -> AgentRequest:
    """Return what an agent works from.

    Of `context`, `user_idea` takes the place of the project's description, and the code agent
    looks at `file_path` and `instructions`. Raises `InvalidRequest` for an idea that cannot be
    read, and `EngineError` when the words cannot be understood.
    """
    words = words_for(project, context)
    return AgentRequest(
        words=words,
        spec=_understood(project, words, engine, anew=bool(context.get("user_idea"))),
        files={path: text or "" for path, text in project.files.values_list("path", "content")},
        file_path=context.get("file_path"),
        instructions=context.get("instructions") or "",
    )


def words_for(project: Project, context: Mapping[str, Any]) -> AppRequest:
    """Return the words that a run works from. Raises `InvalidRequest` for those that are none."""
    idea = context.get("user_idea")
    words = _words_of(project) | ({"description": idea} if idea else {})
    return load_request(words, any_stack=True)


def _words_of(project: Project) -> dict[str, Any]:
    return {
        "project_name": project.project_name,
        "description": project.description or "",
        "features": project.features,
        "tech_stack": project.tech_stack,
        "styling": project.styling,
    }


def _understood(project: Project, words: AppRequest, engine: Engine, *, anew: bool) -> AppSpec:
    design = design_of(project)
    if design is None:
        return engine.understand(words)
    if not anew:
        return design.spec
    return merge_understood(engine.understand(words), design.spec, design.confirmed)


def keep_answer(
    project: Project, request: AgentRequest, answer: BaseModel, *, by: str | None
) -> None:
    """Keep an answer on its project, and what it proposes in the design; `by` names the model.

    Requirements go into `requirements_spec`, a wireframe into `architecture_spec`; the other
    answers stay with their job alone.
    """
    if isinstance(answer, RequirementsDoc):
        kept, proposals = KEPT[AgentType.RESEARCH], research.proposals_in(answer, request, by)
    elif isinstance(answer, WireframeSpec):
        kept, proposals = KEPT[AgentType.WIREFRAME], wireframe.proposals_in(answer, request, by)
    else:
        return
    with transaction.atomic():
        Project.objects.filter(pk=project.pk).update(**{kept: answer.model_dump(mode="json")})
        if design_of(project) is None:
            store_understood(project, request.spec)
        store_proposed(project, proposals)


def keep_planned(project: Project, words: AppRequest, spec: AppSpec) -> None:
    """Write a planned design down as requirements and a wireframe, by rules.

    The answer of an agent that was run over the project stays.
    """
    runs = AgentJob.objects.filter(
        project=project, agent_type__in=KEPT, status=JobStatus.COMPLETED
    ).order_by()
    ran = set(runs.values_list("agent_type", flat=True))
    request = AgentRequest(words, spec)
    written = {
        column: run_agent(kind, request).model_dump(mode="json")
        for kind, column in KEPT.items()
        if kind not in ran
    }
    if written:
        Project.objects.filter(pk=project.pk).update(**written)
