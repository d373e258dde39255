"""Python: it parses, its names are defined, its imports are in the app or among its packages."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generation.engines.checks.fault import Fault, Files

ROOTS = frozenset({"pyproject.toml", "manage.py", "requirements.txt", "setup.py"})
REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
ALWAYS = frozenset(sys.stdlib_module_names) | {"__future__"}


def check(path: str, text: str, files: Files) -> Iterable[Fault]:
    """Parse a module, then look its names and imports up."""
    try:
        tree = _parsed(text)
    except SyntaxError as error:
        yield Fault(error.lineno or 1, f"not Python: {error.msg}")
        return
    except (ValueError, RecursionError, MemoryError) as error:
        yield Fault(1, f"not Python: {error}")
        return
    try:
        yield from _undefined(tree, path)
    except RecursionError:
        yield Fault(1, "not Python: nested too deeply")
        return
    imports = _Imports(path, files)
    yield from imports.hidden_packages()
    yield from imports.faults_of(tree)


def parts_of(text: str) -> Counter[str]:
    """Count what a module defines, uses and is made of; nothing when it does not parse."""
    try:
        tree = _parsed(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Counter()
    return Counter([*_defined(tree.body), *(part for n in ast.walk(tree) for part in _parts(n))])


def _parts(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Pass):  # it stands where nothing is, and goes when something comes
        yield type(node).__name__
    if isinstance(node, ast.ClassDef):
        yield from (f"{node.name}.{name}" for name in _defined(node.body))
    elif isinstance(node, ast.Name):
        yield f"a use of {node.id}"
    elif isinstance(node, ast.Attribute):
        yield f"a use of {node.attr}"


def _parsed(text: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        return ast.parse(text)


def _undefined(tree: ast.Module, path: str) -> Iterator[Fault]:
    from pyflakes import checker, messages  # noqa: PLC0415 - only where a model is used

    wrong = (messages.UndefinedName, messages.UndefinedLocal, messages.UndefinedExport)
    found = checker.Checker(tree, filename=path).messages
    for message in sorted(found, key=lambda message: message.lineno):
        if isinstance(message, wrong):
            yield Fault(message.lineno, message.message % message.message_args)


class _Imports:
    """The modules that a file can import."""

    def __init__(self, path: str, files: Files) -> None:
        self.path, self.files = PurePosixPath(path), files
        self.root = _root_of(self.path, files)
        self.modules = frozenset(_modules_below(self.root, files))
        self.packages = _packages_of(self.root, files) | _imported_elsewhere(path, files)

    def hidden_packages(self) -> Iterator[Fault]:
        """Find a module of the app that is imported in place of a package of the same name."""
        top = self.path.relative_to(self.root).parts[0].removesuffix(".py")
        is_module = self.path.parent == self.root or self.path.name == "__init__.py"
        if is_module and (top in ALWAYS or top.lower() in _packages_of(self.root, self.files)):
            yield Fault(1, f"a module {top!r} would stand before the package of that name")

    def faults_of(self, tree: ast.Module) -> Iterator[Fault]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield from self._module(alias.name, node.lineno)
            elif isinstance(node, ast.ImportFrom):
                yield from self._names(node)

    def _module(self, name: str, line: int) -> Iterator[Fault]:
        top = name.partition(".")[0]
        if self._is_own(top):
            if name not in self.modules:
                yield Fault(line, f"there is no module {name!r} in the app")
        elif top not in ALWAYS and top.lower() not in self.packages:
            yield Fault(line, f"{top!r} is not among the app's packages")

    def _is_own(self, top: str) -> bool:
        """Tell whether a name is the app's; a folder of a package's name hides no package."""
        folder = self.root / top
        is_folder = f"{folder}.py" not in self.files and f"{folder}/__init__.py" not in self.files
        return top in self.modules and not (is_folder and top.lower() in self.packages)

    def _names(self, node: ast.ImportFrom) -> Iterator[Fault]:
        module = self._absolute(node)
        if module is None:
            yield Fault(node.lineno, "the relative import leaves the app")
            return
        faults = list(self._module(module, node.lineno)) if module else []
        yield from faults
        if faults or not self._is_own(module.partition(".")[0]):
            return
        offered = self._offered_by(module)
        for alias in node.names:
            known = offered is None or alias.name in offered
            if alias.name != "*" and not known and f"{module}.{alias.name}" not in self.modules:
                yield Fault(node.lineno, f"{module!r} has no {alias.name!r}")

    def _absolute(self, node: ast.ImportFrom) -> str | None:
        if not node.level:
            return node.module or ""
        package = list(self.path.relative_to(self.root).parent.parts)
        if node.level - 1 > len(package):
            return None
        kept = package[: len(package) - (node.level - 1)]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _offered_by(self, module: str) -> frozenset[str] | None:
        """Return the names of a module of the app; None where they cannot be told."""
        place = self.root / PurePosixPath(*module.split("."))
        text = self.files.get(f"{place}.py", self.files.get(f"{place}/__init__.py"))
        if text is None:  # a folder without __init__.py
            return frozenset()
        try:
            tree = _parsed(text)
        except (SyntaxError, ValueError):
            return None
        defined = frozenset(_defined(tree.body))
        return None if defined & {"*", "__getattr__"} else defined


def _root_of(path: PurePosixPath, files: Files) -> PurePosixPath:
    """Return the folder that a file's imports start from: the nearest that looks like one."""
    for folder in path.parents:
        if any(str(folder / name) in files for name in ROOTS):
            return folder
    return PurePosixPath()


def _modules_below(root: PurePosixPath, files: Files) -> Iterator[str]:
    for name in files:
        path = PurePosixPath(name)
        if path.suffix != ".py" or not path.is_relative_to(root):
            continue
        parts = path.relative_to(root).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        for length in range(1, len(parts) + 1):
            yield ".".join(parts[:length])


def _packages_of(root: PurePosixPath, files: Files) -> frozenset[str]:
    found = {
        name.lower()
        for path, text in files.items()
        if PurePosixPath(path).match("requirements*") and PurePosixPath(path).parent == root
        for name in REQUIREMENT.findall(text)
    }
    parts = [re.split(r"[-._]+", name) for name in found]
    # The module of `django-environ` is `environ`, that of `argon2-cffi` is `argon2`.
    return frozenset[str]().union(*parts, map("_".join, parts))


def _imported_elsewhere(path: str, files: Files) -> frozenset[str]:
    """Return what other modules import: a package's name need not be that of its module."""
    found = set()
    for name, text in files.items():
        if name.endswith(".py") and name != path:
            found |= {match.lower() for match in _IMPORTED.findall(text)}
    return frozenset(found)


_IMPORTED = re.compile(r"^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)


BLOCKS = (ast.If, ast.Try, ast.With, ast.For, ast.While)


def _defined(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements of a module define, also within its blocks."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, BLOCKS):
            within = [child for child in ast.walk(node) if isinstance(child, ast.stmt)]
            yield from _defined(child for child in within if not isinstance(child, BLOCKS))
        else:
            yield from _bound(node)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that an assignment, or a type's definition, binds."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
