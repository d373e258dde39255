"""Admin page of memory records."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from memory.models import GENERATION_COMPLETE, SPEC_SUBMITTED, MemoryRecord
from projects.admin.base import RecordAdmin, json_column, text_column


class StepFilter(admin.SimpleListFilter):
    """When in a project's life a memory was kept."""

    title = "step"
    parameter_name = "step"

    def lookups(
        self, _request: HttpRequest, _model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        """Return the steps that are remembered."""
        return [
            (SPEC_SUBMITTED, "Spec submitted"),
            (GENERATION_COMPLETE, "Generation complete"),
        ]

    def queryset(
        self, _request: HttpRequest, queryset: QuerySet[MemoryRecord]
    ) -> QuerySet[MemoryRecord]:
        """Keep the memories of the chosen step."""
        step = self.value()
        return queryset.filter(metadata__step=step) if step else queryset


@admin.register(MemoryRecord)
class MemoryRecordAdmin(RecordAdmin):
    """What was asked and what was made."""

    list_display = ("memory_id", "project", "step", "created_at")
    list_filter = (StepFilter,)
    search_fields = ("memory_id", "content", "project__project_name")
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project",)
    content_shown = text_column("content")
    metadata_shown = json_column("metadata")
    readonly_fields = ("content_shown", "metadata_shown")
    fields = (
        "memory_record_id",
        "memory_id",
        "project",
        "content_shown",
        "metadata_shown",
        "created_at",
    )

    @admin.display(description="step")
    def step(self, record: MemoryRecord) -> str:
        """Show when in the project's life this was kept."""
        return str((record.metadata or {}).get("step", "-"))
