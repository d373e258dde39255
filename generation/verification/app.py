"""A generated app to prove: a folder or a ZIP, and what its `codegen.json` says of it."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generation.engines.archive import is_program
from generation.engines.paths import KnownPaths, UnsafePath

DOCUMENT = "codegen.json"
MOST_FILES = 20_000
MOST_BYTES = 200_000_000
# What an app leaves in its folder when it is run, and what only its owner should read.
LEFT_OUT = (
    *(".git", ".venv", "node_modules", "dist", "__pycache__", ".env", "*.db", "*.db-*"),
    *(".coverage", ".mypy_cache", ".pytest_cache", ".ruff_cache", "staticfiles"),
)


class BadApp(ValueError):
    """What was given is no generated app; the message says why."""


@dataclass(frozen=True)
class App:
    """A generated app in a folder of its own, with its `codegen.json`."""

    folder: Path
    document: dict[str, Any]

    @property
    def stack(self) -> str:
        """Return the stack it is written in."""
        return str(self.document["stack"])

    @property
    def styling(self) -> str:
        """Return how it is styled."""
        return str(self.document["styling"])

    @property
    def spec(self) -> dict[str, Any]:
        """Return the AppSpec it was made from."""
        spec: dict[str, Any] = self.document["spec"]
        return spec

    @property
    def resources(self) -> list[dict[str, Any]]:
        """Return what it keeps: slug, label, fields and links of each entity."""
        resources: list[dict[str, Any]] = self.document["resources"]
        return resources

    @property
    def managed(self) -> list[str]:
        """Return the entities whose rows staff alone writes, which needs people who sign in."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("managed") and not one["owned"]]

    @property
    def overseen(self) -> list[str]:
        """Return the entities whose rows belong to their makers and are all seen by staff."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("managed") and one["owned"]]

    @property
    def following(self) -> list[str]:
        """Return the entities whose rows are seen by whoever sees what they belong to."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("follows")]

    @property
    def public(self) -> list[str]:
        """Return the entities whose rows anybody reads, signed in or not."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("public")]

    @property
    def authored(self) -> list[str]:
        """Return the entities whose rows all read, and their authors and staff alone change."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("authored")]

    @property
    def inboxes(self) -> list[str]:
        """Return the entities whose rows anybody sends and staff alone reads."""
        entities = self.spec["entities"] if self.spec["auth"] else ()
        return [one["name"] for one in entities if one.get("inbox")]


def open_app(source: Path, folder: Path) -> App:
    """Copy or unpack an app into `folder`; raise `BadApp` where there is none."""
    if source.is_dir():
        ignored = shutil.ignore_patterns(*LEFT_OUT)
        shutil.copytree(source, folder, symlinks=True, ignore=ignored)
    elif source.is_file():
        unpack(source, folder)
    else:
        raise BadApp(f"{source} does not exist.")
    return read_app(folder)


def read_app(folder: Path) -> App:
    """Read the app in a folder; raise `BadApp` where there is none."""
    try:
        document = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadApp(f"There is no {DOCUMENT}: this is no generated app.") from error
    except ValueError as error:
        raise BadApp(f"{DOCUMENT} is not JSON: {error}.") from error
    needed = {"stack", "styling", "spec", "resources"}
    if not isinstance(document, dict) or not needed <= document.keys():
        raise BadApp(f"{DOCUMENT} must hold {', '.join(sorted(needed))}.")
    return App(folder, document)


def unpack(source: Path, folder: Path) -> None:
    """Unpack a ZIP whose entries lie in one folder; refuse whatever could be written elsewhere."""
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_size(entries)
            known = KnownPaths()
            for entry in entries:
                target = folder / _path_of(entry, known)
                target.parent.mkdir(parents=True, exist_ok=True)
                content = archive.read(entry)
                target.write_bytes(content)
                target.chmod(0o755 if is_program(content[:2].decode("latin-1")) else 0o644)
    except zipfile.BadZipFile as error:
        raise BadApp(f"{source} is no ZIP file: {error}.") from error
    except UnsafePath as error:
        raise BadApp(str(error)) from error


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadApp(f"The ZIP holds more than {MOST_FILES} files or {MOST_BYTES} bytes.")


def _path_of(entry: zipfile.ZipInfo, known: KnownPaths) -> str:
    """Return an entry's path below the one folder that all lie in."""
    mode = entry.external_attr >> 16
    if mode and not stat.S_ISREG(mode):
        raise BadApp(f"{entry.filename!r} is no plain file.")
    _, slash, path = known.add(entry.filename).partition("/")
    if not slash:
        raise BadApp("The files of a generated ZIP lie in one folder.")
    return path


def digest_of(folder: Path) -> str:
    """Return a digest of every path and byte below a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(folder)}\0{content}\0".encode())
    return whole.hexdigest()
