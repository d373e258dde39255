"""Where a model may write: not where an app is set up, guarded, tested, or changes its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from generation.engines.checks import is_checked

# What tools read or write: how an app is installed, built, started and tested.
SET_UP = re.compile(
    r"package(?:-lock)?\.json|codegen\.json|requirements.*\.txt|pyproject\.toml|setup\.py|manage\.py"
    r"|tsconfig.*\.json|.+\.config\.\w+|(?:docker-)?compose.*\.ya?ml|frontend/index\.html"
    r"|conftest\.py|(?:site|user)customize\.py|wsgi\.py|asgi\.py",
    re.IGNORECASE,
)
# Folders, and files by their names without endings, that guard an app: whoever made them, a model
# adds to what is beside them.
GUARDING = frozenset(
    {"accounts", "attempts", "auth", "authentication", "backends", "config", "credentials"}
    | {"credentialspage", "database", "protection", "requireuser", "rows", "security", "session"}
    | {"settings", "test", "tests"}
)
TEST = re.compile(r"test_\w+\.py|.+\.(?:test|spec)\.\w+")
SCRIPTS = (".ts", ".tsx", ".js", ".jsx")


def is_closed(path: str) -> bool:
    """Tell whether no model may write a file, new or not."""
    name = PurePosixPath(path).name
    return (
        is_hidden(path)
        or not is_checked(path)
        or bool(SET_UP.fullmatch(name) or SET_UP.fullmatch(path))
    )


def is_hidden(path: str) -> bool:
    """Tell whether a file, or a folder it is in, is one that tools read and people do not see."""
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(path).parts)


def is_guarding(path: str) -> bool:
    """Tell whether a file keeps an app safe or proves it, so that it stays as it is."""
    place = PurePosixPath(path)
    names = {part.lower() for part in (*place.parent.parts, place.name.split(".")[0])}
    return bool(names & GUARDING or TEST.fullmatch(place.name))


def hidden_by(path: str, files: Iterable[str]) -> str | None:
    """Return the file that would not be found any more if `path` were made beside it."""
    modules = modules_of(files)
    kind, module = _module_of(path)
    if kind is None:
        return None
    same = modules.get((kind, module))
    if same is not None and same != path:
        return same
    above = (modules.get((kind, str(folder))) for folder in PurePosixPath(path).parents)
    packages = ("__init__.py", "index.ts", "index.tsx", "index.js", "index.jsx")
    return next((file for file in above if file and not file.endswith(packages)), None)


def modules_of(files: Iterable[str]) -> Mapping[tuple[str | None, str], str]:
    """Return the files that can be imported, by what they are imported as."""
    return {_module_of(path): path for path in files}


def _module_of(path: str) -> tuple[str | None, str]:
    place = PurePosixPath(path)
    if place.suffix == ".py":
        return "python", str(place.parent if place.name == "__init__.py" else place.with_suffix(""))
    if place.suffix in SCRIPTS:
        return "script", str(place.parent if place.stem == "index" else place.with_suffix(""))
    return None, path
