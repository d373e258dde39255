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
    ".sql": "sql",
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


def file_type_of(path: str) -> str:
    """Return a file's ending without its dot, or its whole name."""
    name = PurePosixPath(path)
    return (name.suffix.lstrip(".") or name.name)[:50]
