"""Tables of what is being built: people, projects, their design, files, events."""

from projects.models.design import DesignSystem, Feature, InferredEntity, Page
from projects.models.events import ProjectEvent
from projects.models.files import Blob, ProjectEdit, ProjectFile, ProjectFileVersion
from projects.models.keys import KeyProvider, ProviderKey
from projects.models.projects import Project, ProjectStatus
from projects.models.tokens import ApiToken
from projects.models.users import Role, User

__all__ = [
    "ApiToken",
    "Blob",
    "DesignSystem",
    "Feature",
    "InferredEntity",
    "KeyProvider",
    "Page",
    "Project",
    "ProjectEdit",
    "ProjectEvent",
    "ProjectFile",
    "ProjectFileVersion",
    "ProjectStatus",
    "ProviderKey",
    "Role",
    "User",
]
