"""The ZIP of a project: the same files give the same bytes."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME = 60
_RESERVED = re.compile(r"^(con|prn|aux|nul|com[1-9]|lpt[1-9])$", re.IGNORECASE)


def zip_name(project_name: str) -> str:
    """Return a project's name as a safe file name: letters and digits of any script, - and _."""
    kept = "".join(
        c if c.isalnum() or c in "-_" else " " if c.isspace() or c in ".,;:" else ""
        for c in unicodedata.normalize("NFC", project_name)
    )
    name = "-".join(kept.split()).strip("-_")
    while len(name.encode()) > LONGEST_NAME * 3 or len(name) > LONGEST_NAME:
        name = name[:-1]
    name = name.strip("-_")
    if not name:
        return "app"
    return f"{name}-app" if _RESERVED.match(name) else name


def is_program(text: str) -> bool:
    """Tell whether a file is meant to be run as it is."""
    return text.startswith("#!")


def build_zip(project_name: str, files: Mapping[str, str]) -> bytes:
    """Pack files under `<ProjectName>/`, sorted, with fixed times and modes."""
    return b"".join(stream_zip(project_name, ((path, files[path]) for path in sorted(files))))


def stream_zip(project_name: str, files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield the bytes of `build_zip` file by file, of files that come sorted by path."""
    folder, sink = zip_name(project_name), _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path, text in files:
            info = zipfile.ZipInfo(f"{folder}/{path}", FIXED_TIME)
            info.create_system = 3
            mode = 0o755 if is_program(text) else 0o644
            info.external_attr = (stat.S_IFREG | mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, text.encode())
            yield sink.take()
    yield sink.take()


class _Sink(io.BytesIO):
    """A file whose beginning is taken away; sizes are still written in front of an entry."""

    taken = 0

    def take(self) -> bytes:
        """Return what was written since the last time, and forget it."""
        part = self.getvalue()
        self.taken += len(part)
        super().seek(0)
        self.truncate()
        return part

    def tell(self) -> int:
        """Return the place in the whole file."""
        return self.taken + super().tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the whole file, of what is still here."""
        if whence == io.SEEK_SET:
            offset -= self.taken
        return self.taken + super().seek(offset, whence)
