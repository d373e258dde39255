"""A project's files as a tree of folders; of many files only the open folders are shown at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from generation.engines.paths import LONGEST_PATH
from projects.models import ProjectFile

MOST_FILES = 200  # of which a page holds what is in closed folders, too


@dataclass
class Folder:
    """A folder of the tree; `path` from the project's root, without a slash at the end.

    What is in one that is not `whole` is fetched when a person opens it.
    """

    name: str
    path: str
    folders: dict[str, Folder] = field(default_factory=dict)
    files: list[ProjectFile] = field(default_factory=list)
    open: bool = False
    whole: bool = True

    @property
    def sorted_folders(self) -> list[Folder]:
        """Its folders by name."""
        return [self.folders[name] for name in sorted(self.folders)]

    def inner(self, path: str) -> Folder | None:
        """Return the folder at `path` below this one, None where there is none."""
        found: Folder | None = self
        for name in path.split("/"):
            found = found.folders.get(name) if found else None
        return found


def tree_of(files: Iterable[ProjectFile], shown: str = "", opened: Iterable[str] = ()) -> Folder:
    """Return files as a tree; open are the folders `opened` and the ways to them and to `shown`."""
    files = list(files)
    ways = [*(path for path in opened if len(path) <= LONGEST_PATH), shown.rpartition("/")[0]]
    is_open = {way for path in ways for way in _ways(path)}
    root = Folder("", "", open=True)
    for file in files:
        folder = root
        for way in _ways(file.path)[:-1]:
            name = way.rpartition("/")[2]
            if name not in folder.folders:
                opens = way in is_open
                folder.folders[name] = Folder(
                    name, way, open=opens, whole=opens or len(files) <= MOST_FILES
                )
            folder = folder.folders[name]
        folder.files.append(file)
    return root


def _ways(path: str) -> list[str]:
    """Return a path and all folders on the way to it, such as a, a/b, a/b/c."""
    return list(accumulate(path.split("/"), "{}/{}".format))
