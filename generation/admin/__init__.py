"""Admin pages of projects and of how they are built."""

from generation.admin.jobs import AgentJobAdmin, GenerationStepAdmin, LogAdmin
from generation.admin.projects import ProjectAdmin

__all__ = ["AgentJobAdmin", "GenerationStepAdmin", "LogAdmin", "ProjectAdmin"]
