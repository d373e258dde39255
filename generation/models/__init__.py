"""Tables of how an app is built: jobs, steps, logs, calls to models."""

from generation.models.clarification import ClarificationDepth, ClarificationSession
from generation.models.exports import GitHubExport
from generation.models.jobs import AgentJob, AgentType, JobStatus
from generation.models.logs import Log, LogLevel, LogSource
from generation.models.merges import FileMerge, MergeKind, MergeState
from generation.models.steps import GenerationStep, StepStatus, ToolName
from generation.models.usage import AIProviderUsage, ProviderName, Totals

__all__ = [
    "AIProviderUsage",
    "AgentJob",
    "AgentType",
    "ClarificationDepth",
    "ClarificationSession",
    "FileMerge",
    "GenerationStep",
    "GitHubExport",
    "JobStatus",
    "Log",
    "LogLevel",
    "LogSource",
    "MergeKind",
    "MergeState",
    "ProviderName",
    "StepStatus",
    "ToolName",
    "Totals",
]
