"""Change requests in words: read into edits of the design, shown with their files, then built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from generation import services
from generation.engines.base import EngineError, StepContext, Version
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from generation.engines.changing import EXAMPLES, Draft, read_wishes
from generation.engines.registry import EngineChoice
from generation.errors import DesignConflict, GenerationError, WishNotUnderstood
from generation.models import AgentJob, AgentType, JobStatus
from generation.pipeline.config import config_of, options_of, request_of
from generation.workspace.diff import unified
from projects.design import Design, DesignChanged
from projects.models import Project, User
from projects.spec.models import NOT_UNDERSTOOD, AppSpec, FeatureSpec, FeatureState

MOST_FILES = 300
LONGEST_DIFF = 50_000  # characters


@dataclass(frozen=True)
class FileChange:
    """A file that a change touches: `added`, `removed` or `changed`, with git's format of it."""

    path: str
    change: str
    diff: str


@dataclass(frozen=True)
class Wishes:
    """What was made of words: `edits` of the design, what a model is left, what nobody reads."""

    draft: Draft
    version: str
    by_model: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[str, ...]:
        """The edits in words."""
        return self.draft.edits

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The wishes that nothing is done about."""
        return self.draft.unknown

    @property
    def examples(self) -> tuple[str, ...]:
        """What is understood, where something was not."""
        return EXAMPLES if self.not_understood else ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be done."""
        return not self.edits and not self.by_model


def read_change(project: Project, words: str) -> Wishes:
    """Read words against a project's design; nothing is stored.

    What the rules do not understand is left to the model of the project's engine, if it has one.
    """
    return _read(project, services.design_for(project), words)


def _read(project: Project, design: Design, words: str) -> Wishes:
    draft = read_wishes(words, design.spec, project.styling)
    if not draft.unknown or EngineChoice.parse(options_of(project).engine).thinker is None:
        return Wishes(draft, design.version)
    wanted = tuple(
        FeatureSpec(text=text, state=FeatureState.UNPLACED, reason=NOT_UNDERSTOOD)
        for text in draft.unknown
    )
    spec = draft.spec.model_copy(update={"features": (*draft.spec.features, *wanted)})
    return Wishes(replace(draft, spec=spec, unknown=()), design.version, by_model=draft.unknown)


def preview_files(project: Project, wishes: Wishes) -> list[FileChange]:
    """Return what the files are as generated now and with the wishes; nothing is stored.

    Raises `GenerationError` for what the built-in engine cannot write.
    """
    spec, styling = _built(project)
    stack = project.tech_stack
    try:
        before = _rendered(spec, stack, styling, None)
        after = _rendered(wishes.draft.spec, stack, wishes.draft.styling, Version(spec, before))
    except EngineError as error:
        raise GenerationError(f"The files cannot be shown: {error}", status=422) from error
    return _compared(before, after)


def _built(project: Project) -> tuple[AppSpec, str]:
    """Return what the files there are were made from, or else the design itself."""
    jobs = AgentJob.objects.filter(
        project=project, agent_type=AgentType.PIPELINE, status=JobStatus.COMPLETED
    )
    last = jobs.order_by("-completed_at").first()
    spec = config_of(last).spec if last else None
    if last is None or spec is None:
        return services.design_for(project).spec, project.styling
    return spec, request_of(last).styling


def _rendered(spec: AppSpec, stack: str, styling: str, previous: Version | None) -> dict[str, str]:
    engine = BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling=styling, previous=previous)
    files = carry_out_plan(engine, plan, StepContext(spec, stack, styling))
    return files | ({path: previous.files[path] for path in plan.kept} if previous else {})


def _compared(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    changes: list[FileChange] = []
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        kind = "added" if old is None else "removed" if new is None else "changed"
        names = {"old_name": f"a/{path}", "new_name": f"b/{path}"}
        diff = unified(old or "", new or "", **names) if len(changes) < MOST_FILES else ""
        changes.append(FileChange(path, kind, diff[:LONGEST_DIFF]))
    return changes


def apply_change(
    *, project: Project, words: str, by: User, expected: str | None = None
) -> tuple[Wishes, AgentJob]:
    """Store what words change of the design and build it; `expected` is the version looked at.

    Raises `WishNotUnderstood`, `DesignConflict` when the design was changed meanwhile,
    `InvalidDesign`, and `InvalidTransition` while the project is being built.
    """
    with transaction.atomic():
        wishes = _read(project, services.design_for(project), words)
        if expected is not None and expected != wishes.version:
            raise DesignConflict
        if wishes.is_empty:
            raise WishNotUnderstood(EXAMPLES)
        try:
            services.edit_design(project=project, spec=wishes.draft.spec, expected=wishes.version)
        except DesignChanged as error:
            raise DesignConflict from error
        if wishes.draft.styling != project.styling:
            project.styling = wishes.draft.styling
            project.save(update_fields=["styling"])
        return wishes, services.build_design(project=project, by=by)
