"""Cheap checks of one file among the others of its app: milliseconds, nothing installed or run.

They tell whether a text can be what its name says: that it parses, that the names it uses are
there, and that what it imports is in the app or among its packages.
"""

from generation.engines.checks.check import check_edit, check_file, check_text, is_checked
from generation.engines.checks.fault import Fault

__all__ = ["Fault", "check_edit", "check_file", "check_text", "is_checked"]
