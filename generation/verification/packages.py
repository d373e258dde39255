"""What apps install, kept once for each lock file and put in place by hard links."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# The folder that packages are installed into, beside the lists that say which.
KINDS = {
    ".venv": ("requirements.txt", "requirements-dev.txt"),
    "node_modules": ("package.json", "package-lock.json"),
}
MADE_BY_INSTALLING = "package-lock.json"


@dataclass(frozen=True)
class Place:
    """A folder of an app with lists of packages, and where what they name goes."""

    folder: Path
    kind: str

    @property
    def installed(self) -> Path:
        """Return where the packages go."""
        return self.folder / self.kind

    @property
    def key(self) -> str:
        """Return a digest of the lists and of what else decides what is installed."""
        parts = [self.kind, platform.machine(), sys.platform, platform.python_version()]
        for name in KINDS[self.kind]:
            path = self.folder / name
            if path.is_file():
                parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def cache_folder() -> Path:
    """Return where packages and results are kept: `CODEGEN_CACHE`, or the user's cache."""
    chosen = os.environ.get("CODEGEN_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "codegen"


def places_of(app: Path) -> list[Place]:
    """Return where an app installs packages: at its top and one folder below."""
    folders = [app, *sorted(path for path in app.iterdir() if path.is_dir())]
    return [
        Place(folder, kind)
        for folder in folders
        for kind, lists in KINDS.items()
        if (folder / lists[0]).is_file()
    ]


def install_with_cache(app: Path, cache: Path, install: Callable[[], bool]) -> bool:
    """Put packages in place that are kept, install the rest, keep those; False when it failed.

    The lists' locks are held meanwhile, so that of two runs with the same lists one installs.
    """
    places = places_of(app)
    keys = {place: place.key for place in places}
    with contextlib.ExitStack() as locks:
        for key in sorted(set(keys.values())):
            locks.enter_context(_locked(cache / f"{key}.lock"))
        missing = [place for place in places if not _put(cache / keys[place], place)]
        if not install():
            return False
        for place in missing:
            _keep(place, cache / keys[place])
    return True


def _put(kept: Path, place: Place) -> bool:
    if not kept.is_dir():
        return False
    _link_tree(kept / place.kind, place.installed)
    lock = kept / MADE_BY_INSTALLING
    if lock.is_file() and not (place.folder / MADE_BY_INSTALLING).exists():
        shutil.copy2(lock, place.folder / MADE_BY_INSTALLING)
    return True


def _keep(place: Place, kept: Path) -> None:
    if not place.installed.is_dir():
        return
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        _link_tree(place.installed, made / place.kind)
        lock = place.folder / MADE_BY_INSTALLING
        if place.kind == "node_modules" and lock.is_file():
            shutil.copy2(lock, made / MADE_BY_INSTALLING)
        made.rename(kept)


def _link_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, copy_function=_link)


def _link(source: str, target: str) -> None:
    """Link a file where both are on one disk, else copy it."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
