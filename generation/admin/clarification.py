"""Admin page of what jobs asked, and of the answers."""

from __future__ import annotations

from django.contrib import admin

from generation.models import ClarificationSession
from projects.admin.base import RecordAdmin, json_column


@admin.register(ClarificationSession)
class ClarificationSessionAdmin(RecordAdmin):
    """Questions and answers."""

    list_display = ("created_at", "project", "depth", "total_questions", "is_completed")
    list_filter = ("depth", "is_completed")
    search_fields = ("project__project_name", "project_idea")
    uuid_search_fields = ("pk", "project_id", "job_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    questions_shown = json_column("questions")
    answers_shown = json_column("answers")
    fields = (
        "id",
        "project",
        "job",
        "project_idea",
        "depth",
        "questions_shown",
        "answers_shown",
        "current_question",
        "total_questions",
        "is_completed",
        "ai_provider",
        "created_at",
        "updated_at",
        "completed_at",
    )
    readonly_fields = ("questions_shown", "answers_shown")
