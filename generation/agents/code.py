"""Code: one file of the app, whole."""

from __future__ import annotations

from generation.agents.agent import Agent, AgentRequest, Watch
from generation.agents.schemas import AgentType, CodeGenerationResult
from generation.agents.wording import listed, sentence
from generation.engines.base import EngineRejected, Plan, PlannedStep, StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan
from generation.engines.checks import check_edit, check_file
from generation.engines.paths import UnsafePath, check_path
from projects.languages import language_of
from projects.spec.models import FeatureState

SHOWN_PATHS = 12
SHOWN_FAULTS = 5


def by_rules(request: AgentRequest, watch: Watch) -> CodeGenerationResult:
    """Write a file of the built-in plan; the first that is about the app's things by default.

    Raises `EngineRejected` when the plan has no file of that path.
    """
    plan = _plan(request)
    path = request.file_path or _first(plan)
    steps = tuple(step for step in plan.steps if step.input.get("file_path") == path)
    if not steps:
        raise EngineRejected(_unknown(path, plan))
    watch.at(50.0)
    files = carry_out_plan(BuiltinEngine(), Plan(steps), _context(request))
    return CodeGenerationResult(
        file_path=path,
        code=files[path] or "\n",
        language=language_of(path),
        explanation=_explained(steps, request),
    )


def _context(request: AgentRequest) -> StepContext:
    words = request.words
    return StepContext(request.spec, words.tech_stack, words.styling, lambda: request.files)


def _plan(request: AgentRequest) -> Plan:
    words = request.words
    return BuiltinEngine().plan(request.spec, stack=words.tech_stack, styling=words.styling)


def _first(plan: Plan) -> str:
    """Return the first file about one of the app's things, or the first file of all."""
    files = [step for step in plan.steps if "file_path" in step.input]
    about = [step for step in files if "model_name" in step.input.get("variables", {})]
    return str((about or files)[0].input["file_path"])


def _unknown(path: str, plan: Plan) -> str:
    paths = sorted(
        {str(step.input["file_path"]) for step in plan.steps if step.input.get("file_path")}
    )
    return (
        f"The built-in engine has no file {path!r} in its plan of {len(paths)} files. "
        f"Ask for one of them, such as {listed(paths[:SHOWN_PATHS])}, or choose a model."
    )


def _explained(steps: tuple[PlannedStep, ...], request: AgentRequest) -> str:
    """Say how the file came about, which features it is for, and what was not followed."""
    about = {str(step.input.get("variables", {}).get("model_name", "")) for step in steps}
    served = [
        feature.text
        for feature in request.spec.features
        if feature.state is FeatureState.PLANNED
        and about & {name.title().replace(" ", "") for name in feature.entities}
    ]
    said = [_deed(step) for step in steps]
    if served:
        said.append(f"It serves: {listed(served)}.")
    if request.instructions:
        said.append("Rules cannot follow instructions; these were not: " + request.instructions)
    return " ".join(map(sentence, said))


def _deed(step: PlannedStep) -> str:
    if step.tool == "codegen_refactor":
        return str(step.input["instructions"])
    return f"Filled the template {step.input['template']}."


def _values(request: AgentRequest) -> dict[str, object]:
    path = request.file_path or _first(_plan(request))
    words = request.words
    return {
        "path": path,
        "stack": words.tech_stack,
        "styling": words.styling,
        "instructions": request.instructions or "Write this file of the app.",
        "existing": request.files.get(path, ""),
        "spec": request.spec.model_dump(mode="json", exclude_defaults=True),
        "files": sorted(request.files),
    }


def _faults(answer: CodeGenerationResult, request: AgentRequest) -> str | None:
    """Say why a file cannot be what its name says, or stand beside the others."""
    path = answer.file_path
    if request.file_path and path != request.file_path:
        return f"file_path: it must be {request.file_path!r}"
    others = {name: text for name, text in request.files.items() if name != path}
    try:
        check_path(path, existing=others)
    except UnsafePath as error:
        return str(error)
    before = request.files.get(path)
    faults = (
        check_file(path, answer.code, others)
        if before is None
        else check_edit(path, before, answer.code, others)
    )
    return "; ".join(map(str, faults[:SHOWN_FAULTS])) or None


def _settled(
    answer: CodeGenerationResult, _request: AgentRequest, _watch: Watch
) -> CodeGenerationResult:
    """Name the language by the file's name, whatever the model calls it."""
    return answer.model_copy(update={"language": language_of(answer.file_path)})


CODE = Agent(AgentType.CODE, CodeGenerationResult, by_rules, _values, _faults, _settled)
