"""Admin pages of people and of what projects hold."""

from projects.admin.design import (
    DesignSystemAdmin,
    FeatureAdmin,
    InferredEntityAdmin,
    PageAdmin,
)
from projects.admin.files import (
    BlobAdmin,
    ProjectEventAdmin,
    ProjectFileAdmin,
    ProjectFileVersionAdmin,
)
from projects.admin.users import ApiTokenAdmin, PersonAdmin, ProviderKeyAdmin

__all__ = [
    "ApiTokenAdmin",
    "BlobAdmin",
    "DesignSystemAdmin",
    "FeatureAdmin",
    "InferredEntityAdmin",
    "PageAdmin",
    "PersonAdmin",
    "ProjectEventAdmin",
    "ProjectFileAdmin",
    "ProjectFileVersionAdmin",
    "ProviderKeyAdmin",
]
