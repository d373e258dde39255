"""Admin pages of projects and of how they are built."""

from generation.admin.clarification import ClarificationSessionAdmin
from generation.admin.exports import GitHubExportAdmin
from generation.admin.jobs import AgentJobAdmin, GenerationStepAdmin, LogAdmin
from generation.admin.merges import FileMergeAdmin
from generation.admin.projects import ProjectAdmin
from generation.admin.usage import AIProviderUsageAdmin

__all__ = [
    "AIProviderUsageAdmin",
    "AgentJobAdmin",
    "ClarificationSessionAdmin",
    "FileMergeAdmin",
    "GenerationStepAdmin",
    "GitHubExportAdmin",
    "LogAdmin",
    "ProjectAdmin",
]
