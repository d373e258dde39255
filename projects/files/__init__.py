"""Files of a project as rows: what they are now, and every version before."""

from projects.files.store import (
    OWN,
    Author,
    NewText,
    Origin,
    keep_out_editors,
    keep_out_everybody,
    newest_version,
    newest_versions,
    put_file,
    put_files,
    remove_file,
)

__all__ = [
    "OWN",
    "Author",
    "NewText",
    "Origin",
    "keep_out_editors",
    "keep_out_everybody",
    "newest_version",
    "newest_versions",
    "put_file",
    "put_files",
    "remove_file",
]
