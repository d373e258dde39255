"""Languages of files by their names."""

from __future__ import annotations

from pathlib import PurePosixPath

LANGUAGES = {
    ".css": "css",
    ".html": "html",
    ".ini": "ini",
    ".js": "javascript",
    ".json": "json",
    ".mako": "mako",
    ".md": "markdown",
    ".py": "python",
    ".sh": "bash",
    ".svg": "xml",
    ".toml": "toml",
    ".ts": "typescript",
    ".tsx": "tsx",
    ".txt": "text",
    ".yaml": "yaml",
    ".yml": "yaml",
}
NAMES = {"Dockerfile": "docker"}


def language_of(path: str) -> str:
    """Return the language of a file by its name, `text` when there is none."""
    name = PurePosixPath(path)
    return NAMES.get(name.name) or LANGUAGES.get(name.suffix, "text")
