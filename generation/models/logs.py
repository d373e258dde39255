"""Logs: plain lines about what happens, append-only."""

from __future__ import annotations

from django.db import models

from generation.models.steps import GenerationStep
from projects.db import DbNow
from projects.models import Project


class LogLevel(models.TextChoices):
    """How much a line matters."""

    DEBUG = "DEBUG", "Debug"
    INFO = "INFO", "Info"
    WARNING = "WARNING", "Warning"
    ERROR = "ERROR", "Error"


class LogSource(models.TextChoices):
    """Who says it."""

    SYSTEM = "SYSTEM", "System"
    BUILTIN = "BUILTIN", "Built-in engine"
    OLLAMA = "OLLAMA", "Ollama"
    AINATIVE = "AINATIVE", "AINative"
    OPENAI = "OPENAI", "OpenAI"
    ANTHROPIC = "ANTHROPIC", "Anthropic"
    GEMINI = "GEMINI", "Gemini"
    FILE_WRITE = "FILE_WRITE", "File"
    VERIFY = "VERIFY", "Verification"
    USER = "USER", "User"


class Log(models.Model):
    """One line, in the order written."""

    log_id = models.AutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="logs")
    log_text = models.TextField()
    log_level = models.TextField(
        choices=LogLevel.choices, default=LogLevel.INFO, db_default=LogLevel.INFO
    )
    source = models.TextField(
        choices=LogSource.choices, default=LogSource.SYSTEM, db_default=LogSource.SYSTEM
    )
    step = models.ForeignKey(
        GenerationStep, on_delete=models.SET_NULL, null=True, related_name="logs"
    )
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "logs"
        ordering = ("log_id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(log_level__in=LogLevel.values), name="logs_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=LogSource.values), name="logs_source_known"
            ),
        )

    def __str__(self) -> str:
        return self.log_text
