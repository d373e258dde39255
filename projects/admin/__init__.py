"""Admin pages of people and of what projects hold."""

from projects.admin.files import (
    BlobAdmin,
    ProjectEventAdmin,
    ProjectFileAdmin,
    ProjectFileVersionAdmin,
)
from projects.admin.users import ApiTokenAdmin, PersonAdmin

__all__ = [
    "ApiTokenAdmin",
    "BlobAdmin",
    "PersonAdmin",
    "ProjectEventAdmin",
    "ProjectFileAdmin",
    "ProjectFileVersionAdmin",
]
