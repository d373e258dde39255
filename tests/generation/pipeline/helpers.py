"""What several tests of the pipeline ask and do."""

from __future__ import annotations

from django.db import connection

from generation.models import GenerationStep
from projects.models import Project


def statuses(project: Project) -> list[str]:
    steps = GenerationStep.objects.filter(project=project).order_by("sequence_order")
    return list(steps.values_list("status", flat=True))


def age_jobs(when) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE agent_jobs DISABLE TRIGGER agent_jobs_times")
        cursor.execute("UPDATE agent_jobs SET updated_at = %s", [when])
        cursor.execute("ALTER TABLE agent_jobs ENABLE TRIGGER agent_jobs_times")
