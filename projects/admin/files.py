"""Admin pages of files, their edits, versions and contents, and of events."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from projects.admin.base import (
    BigRecordAdmin,
    KnownFilter,
    ProjectRecordAdmin,
    RecordAdmin,
    json_column,
    text_column,
)
from projects.languages import LANGUAGES, NAMES
from projects.models import Blob, ProjectEdit, ProjectEvent, ProjectFile, ProjectFileVersion


class LanguageFilter(KnownFilter):
    """What a file is written in."""

    title = "language"
    parameter_name = "language"
    known = tuple(sorted({*LANGUAGES.values(), *NAMES.values()}))


@admin.register(ProjectFile)
class ProjectFileAdmin(ProjectRecordAdmin):
    """Files as they are now."""

    list_display = ("path", "project", "language", "lines", "size", "version", "updated_at")
    list_filter = (LanguageFilter, ("ai_provider", admin.EmptyFieldListFilter))
    search_fields = ("path", "project__project_name")
    uuid_search_fields = ("pk", "project_id")
    ordering = ("project_id", "path")
    raw_id_fields = ("project",)
    content_shown = text_column("content")
    readonly_fields = ("content_shown",)
    fields = (
        "id",
        "project",
        "path",
        "language",
        "file_type",
        "size",
        "lines",
        "version",
        "ai_provider",
        "generated_at",
        "created_at",
        "updated_at",
        "content_shown",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProjectFile]:
        """Leave the contents out until one is looked at."""
        return super().get_queryset(request).defer("content")


@admin.register(ProjectFileVersion)
class ProjectFileVersionAdmin(ProjectRecordAdmin):
    """States that files had."""

    list_display = ("path", "version", "project", "author_kind", "deleted", "created_at")
    list_filter = ("author_kind", "deleted")
    search_fields = ("path", "project__project_name")
    uuid_search_fields = ("pk", "project_id", "job_id", "step_id")
    ordering = ("project_id", "path", "-version")
    raw_id_fields = ("project", "file", "blob", "edit", "parent")


@admin.register(ProjectEdit)
class ProjectEditAdmin(RecordAdmin):
    """What people did to files."""

    list_display = ("summary", "action", "project", "user", "created_at")
    list_filter = ("action",)
    search_fields = ("summary", "project__project_name")
    uuid_search_fields = ("pk", "project_id", "user_id")
    date_hierarchy = "created_at"
    list_select_related = ("project", "user")
    raw_id_fields = ("project", "user", "undoes")


@admin.register(Blob)
class BlobAdmin(BigRecordAdmin):
    """Contents, stored once."""

    list_display = ("sha256", "size", "created_at")
    search_fields = ("sha256__startswith",)
    content_shown = text_column("content")
    readonly_fields = ("content_shown",)
    fields = ("sha256", "size", "created_at", "content_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Blob]:
        """Leave the contents out until one is looked at."""
        return super().get_queryset(request).defer("content")


@admin.register(ProjectEvent)
class ProjectEventAdmin(ProjectRecordAdmin):
    """What watchers of a project were told, in order."""

    list_display = ("seq", "project", "kind", "created_at")
    list_filter = ("kind",)
    search_fields = ("project__project_name",)
    uuid_search_fields = ("project_id",)
    ordering = ("-id",)
    raw_id_fields = ("project",)
    payload_shown = json_column("payload")
    readonly_fields = ("payload_shown",)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Follow the numbers of one project, which have an index, where one is chosen."""
        return ("-seq",) if "project__exact" in request.GET else self.ordering

    fields = ("id", "project", "seq", "kind", "payload_shown", "created_at")
