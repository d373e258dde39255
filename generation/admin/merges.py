"""Admin page of what was merged with people's changes, and of conflicts."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from generation.models import FileMerge
from projects.admin.base import RecordAdmin, text_column


@admin.register(FileMerge)
class FileMergeAdmin(RecordAdmin):
    """Merges of files."""

    list_display = ("path", "state", "kind", "project", "created_at")
    list_filter = ("state", "kind")
    search_fields = ("path", "place", "project__project_name")
    uuid_search_fields = ("pk", "project_id", "job_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project", "job", "edit")
    base_shown = text_column("base")
    theirs_shown = text_column("theirs")
    readonly_fields = ("base_shown", "theirs_shown")
    fields = (
        "id",
        "project",
        "job",
        "path",
        "place",
        "kind",
        "state",
        "version",
        "edit",
        "base_shown",
        "theirs_shown",
        "created_at",
        "updated_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[FileMerge]:
        """Leave the texts out until one is looked at."""
        return super().get_queryset(request).defer("base", "theirs")
