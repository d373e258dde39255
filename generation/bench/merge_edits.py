"""What a person does to the files of an app, scripted: lines of their own at a chosen place."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import PurePosixPath

MARK = "kept by hand"
COMMENTS = {".py": f"# {MARK}", ".ts": f"// {MARK}", ".tsx": f"// {MARK}", ".css": f"/* {MARK} */"}
_TOP = re.compile(r"(export|const|function|import|interface|type|[.:a-z#@][^{}]*\{$)")
LEAST_LINES = 10
Files = Mapping[str, str]


@dataclass
class Work:
    """The app as a person has it: its files, and where they have moved generated ones."""

    files: dict[str, str]
    moved: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    def move(self, path: str, to: str) -> None:
        """Rename a file."""
        self.files[to] = self.files.pop(path)
        self.moved[path] = to

    def delete(self, path: str) -> None:
        """Delete a file."""
        del self.files[path]
        self.deleted.add(path)


Edit = Callable[[Work, Files], None]


def elsewhere(work: Work, after: Files) -> None:
    """Write into a file that does not change, and a file of one's own."""
    path = next(
        path
        for path in _sources(work.files)
        if work.files[path] == after.get(path) and _place(path, work.files[path], ()) is not None
    )
    _write(work, path, ())
    work.files["docs/notes.md"] = f"# Notes\n\n{MARK}\n"


def same_file(work: Work, after: Files) -> None:
    """Write into a file that changes, as far from its changes as it goes."""
    path = _changed(work.files, after)
    _write(work, path, _changes(work.files[path], after.get(path, "")))


def same_place(work: Work, after: Files) -> None:
    """Write right where a file changes, and into a file that goes."""
    path = _changed(work.files, after)
    lines = work.files[path].splitlines(keepends=True)
    at = min(_changes(work.files[path], after.get(path, ""))[0], len(lines) - 1)
    work.files[path] = "".join([*lines[:at], _comment(path, lines[at]), *lines[at:]])
    for gone in [path for path in _sources(work.files) if path not in after][:1]:
        work.files[gone] += _comment(gone, "")


def renamed(work: Work, after: Files) -> None:
    """Rename a file that changes, after writing into it."""
    path = "README.md"
    work.files[path] += f"\n{MARK}\n"
    work.move(path, "docs/about this app.md")
    same_file(work, after)


def mixed(work: Work, after: Files) -> None:
    """Change line ends, take the last newline away, add a package, delete a file."""
    path = _changed(work.files, after)
    _write(work, path, _changes(work.files[path], after.get(path, "")))
    work.files[path] = work.files[path].replace("\n", "\r\n").removesuffix("\r\n")
    work.delete(".env.example")
    for name in sorted(work.files):
        if PurePosixPath(name).name == "package.json":
            package = json.loads(work.files[name])
            package.setdefault("dependencies", {})["kept-by-hand"] = "1.0.0"
            work.files[name] = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        if PurePosixPath(name).name == "requirements.txt":
            work.files[name] += "kept-by-hand==1.0.0\n"


EDITS: dict[str, Edit] = {
    "elsewhere": elsewhere,
    "same file": same_file,
    "same place": same_place,
    "renamed": renamed,
    "mixed": mixed,
}


def _sources(files: Files) -> list[str]:
    return [
        path
        for path in sorted(files)
        if PurePosixPath(path).suffix in COMMENTS and files[path].count("\n") >= LEAST_LINES
    ]


def _changed(before: Files, after: Files) -> str:
    """Return the source that changes most of those that a line can be written into."""
    changed = [
        path
        for path in _sources(before)
        if path in after
        and before[path] != after[path]
        and _place(path, before[path], _changes(before[path], after[path])) is not None
    ]
    return max(changed, key=lambda path: (len(_changes(before[path], after[path])), path))


def _changes(before: str, after: str) -> tuple[int, ...]:
    """Return the numbers of the lines that change, from 0."""
    old, new = before.splitlines(), after.splitlines()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        line
        for kind, start, end, _, _ in codes
        if kind != "equal"
        for line in range(start, max(end, start + 1))
    )


def _write(work: Work, path: str, changes: tuple[int, ...]) -> None:
    lines = work.files[path].splitlines(keepends=True)
    at = _place(path, work.files[path], changes)
    if at is None:
        raise LookupError(path)
    work.files[path] = "".join([*lines[:at], _comment(path, lines[at]), *lines[at:]])


def _place(path: str, text: str, changes: tuple[int, ...]) -> int | None:
    """Return the line before which a comment changes nothing, far from the changes."""
    lines = text.splitlines(keepends=True)
    numbers = sorted(
        range(1, len(lines)), key=lambda n: (-min((abs(n - c) for c in changes), default=0), n)
    )
    return next((n for n in numbers if _is_free(path, lines, n)), None)


def _is_free(path: str, lines: list[str], at: int) -> bool:
    line = lines[at]
    if not line.strip():
        return False
    if not path.endswith(".py"):
        return _TOP.match(line) is not None
    if line.lstrip().startswith((")", "]", "}", "#", "import", "from")):
        return False
    with_comment = "".join([*lines[:at], _comment(path, line), *lines[at:]])
    return ast.dump(ast.parse("".join(lines))) == ast.dump(ast.parse(with_comment))


def _comment(path: str, line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}{COMMENTS[PurePosixPath(path).suffix]}\n"
