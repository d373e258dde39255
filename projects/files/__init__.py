"""Files of a project as rows: what they are now, and every version before."""

from projects.files.store import (
    Author,
    keep_out_editors,
    keep_out_everybody,
    put_file,
    remove_file,
)

__all__ = [
    "Author",
    "keep_out_editors",
    "keep_out_everybody",
    "put_file",
    "remove_file",
]
