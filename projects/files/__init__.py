"""Files of a project as rows: what they are now, and every version before."""

from projects.files.store import (
    OWN,
    Author,
    Origin,
    keep_out_editors,
    keep_out_everybody,
    newest_version,
    put_file,
    remove_file,
)

__all__ = [
    "OWN",
    "Author",
    "Origin",
    "keep_out_editors",
    "keep_out_everybody",
    "newest_version",
    "put_file",
    "remove_file",
]
