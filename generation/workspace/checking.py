"""The cheap checks of a stored file among the others of its project."""

from __future__ import annotations

from generation.engines.checks import Fault, check_text, is_checked
from generation.workspace.errors import NotThere
from projects.models import Project


def faults_of(project: Project, path: str) -> tuple[Fault, ...]:
    """Return what is wrong with a file. Raises `NotThere`."""
    files = {p: text or "" for p, text in project.files.values_list("path", "content")}
    if path not in files:
        raise NotThere(f"There is no file {path}.")
    if not is_checked(path) or not files[path].strip():
        return ()
    return check_text(path, files[path], files)
