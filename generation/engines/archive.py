"""The ZIP of a project: the same files give the same bytes."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
UNIX = 3
REGULAR = 0o100644
EXECUTABLE = 0o100755
LONGEST = 80


def zip_name(project_name: str) -> str:
    """Return the project's name as a file name: letters and digits of any script, `-` and `_`."""
    text = unicodedata.normalize("NFC", project_name)
    name = re.sub(r"[^\w-]+", "-", text).strip("-_")[:LONGEST].strip("-_")
    return name or "app"


def build_zip(project_name: str, files: Mapping[str, str]) -> bytes:
    """Return a ZIP with `files` (path to text) under one folder; scripts are executable."""
    folder = zip_name(project_name)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(files):
            info = zipfile.ZipInfo(f"{folder}/{path}", date_time=EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = UNIX
            mode = EXECUTABLE if files[path].startswith("#!") else REGULAR
            info.external_attr = mode << 16
            archive.writestr(info, files[path].encode())
    return buffer.getvalue()
