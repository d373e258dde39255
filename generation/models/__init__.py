"""Tables of how an app is built: jobs, steps, logs."""

from generation.models.jobs import AgentJob, AgentType, JobStatus
from generation.models.logs import Log, LogLevel, LogSource
from generation.models.steps import GenerationStep, StepStatus, ToolName

__all__ = [
    "AgentJob",
    "AgentType",
    "GenerationStep",
    "JobStatus",
    "Log",
    "LogLevel",
    "LogSource",
    "StepStatus",
    "ToolName",
]
