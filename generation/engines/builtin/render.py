"""Write an app from a spec file: the built-in engine alone, no site, database or queue."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from generation.engines.archive import is_program, zip_name
from generation.engines.base import Engine, EngineError, Plan, PlannedStep, StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.merge import merge_files
from generation.engines.paths import KnownPaths, UnsafePath
from projects.spec.files import read_raw
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest, InvalidRequest, load_request


def render_app(request: AppRequest, engine: Engine | None = None) -> dict[str, str]:
    """Return every file of an app by its path, as the steps of the plan leave them."""
    engine = engine or BuiltinEngine()
    spec = engine.understand(request)
    return render_spec(spec, request.tech_stack, request.styling, engine)


def render_spec(
    spec: AppSpec, stack: str, styling: str, engine: Engine | None = None
) -> dict[str, str]:
    """Return every file of the app that a spec describes, by its path."""
    engine = engine or BuiltinEngine()
    plan = engine.plan(spec, stack=stack, styling=styling)
    return carry_out_plan(engine, plan, StepContext(spec, stack, styling))


def carry_out_plan(engine: Engine, plan: Plan, context: StepContext) -> dict[str, str]:
    """Return the files that the steps of a plan leave, by path."""
    files: dict[str, str] = {}
    known = KnownPaths()
    for step in plan.steps:
        if step.tool != "memory_store":
            path = known.add(str(step.input["file_path"]))
            _carry_out(engine, step, context, files, path)
    return files


def _carry_out(
    engine: Engine, step: PlannedStep, context: StepContext, files: dict[str, str], path: str
) -> None:
    existing = files.get(path)
    if step.tool == "codegen_refactor":
        files[path] = engine.refactor(step.input, existing or "", context).code
        return
    code = engine.create(step.input, context).code
    files[path] = code if existing is None else merge_files(path, existing, code)


def write_app(files: dict[str, str], folder: Path) -> None:
    """Write files below a folder; programs can be run as they are."""
    for path, code in sorted(files.items()):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(code, encoding="utf-8", newline="\n")
        target.chmod(0o755 if is_program(code) else 0o644)


def read_request(
    path: Path, stack: str | None, styling: str | None, *, any_stack: bool = False
) -> AppRequest:
    """Read what a file asks for; options on the command line win.

    Raises `OSError` and `InvalidRequest`.
    """
    raw = read_raw(path)
    raw |= {"tech_stack": stack} if stack else {}
    raw |= {"styling": styling} if styling else {}
    return load_request(raw, any_stack=any_stack)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when the app is written, 2 when the spec is wrong."""
    parser = argparse.ArgumentParser(prog="codegen render", description=__doc__)
    parser.add_argument("spec", type=Path, help="a JSON request, a JDL model or a text")
    parser.add_argument("-o", "--output", type=Path, required=True, help="where to write")
    parser.add_argument("--stack", help="use another stack than the spec's")
    parser.add_argument("--styling", help="use another styling than the spec's")
    options = parser.parse_args(arguments)
    try:
        request = read_request(options.spec, options.stack, options.styling)
        files = render_app(request)
        folder = options.output / zip_name(request.project_name)
        write_app(files, folder)
    except (InvalidRequest, EngineError, UnsafePath) as error:
        return _fail(" ".join(str(error).split()))
    except OSError as error:
        return _fail(f"{error.filename or options.spec}: {error.strerror}")
    sys.stdout.write(f"{folder}\n")
    return 0


def _fail(message: str) -> int:
    sys.stderr.write(f"codegen render: {message}\n")
    return 2


if __name__ == "__main__":
    status = main()
    gc.freeze()  # else Python looks through all there is as it ends, for a tenth of the whole time
    sys.exit(status)
