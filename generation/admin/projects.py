"""Admin page of projects, with their steps and files inside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from generation import services
from generation.admin.operators import OperatedAdmin, operator, run
from generation.models import AgentJob, GenerationStep, Log
from memory.models import MemoryRecord
from projects.admin.base import json_column, link_to_rows, text_column
from projects.models import (
    DesignSystem,
    Feature,
    InferredEntity,
    Page,
    Project,
    ProjectEvent,
    ProjectFile,
)


class RecordInline(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of a project, shown only."""

    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True
    classes = ("collapse",)
    left_out: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Rows are made by the site itself."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Forbid it: what happened is not edited."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave big columns out."""
        return super().get_queryset(request).defer(*self.left_out)


class StepInline(RecordInline):
    """Steps of a project."""

    model: type[Model] = GenerationStep
    left_out = ("output_payload",)
    ordering = ("job__created_at", "sequence_order")
    readonly_fields = ("file_path", "duration")
    fields = (
        "sequence_order",
        "tool_name",
        "file_path",
        "status",
        "attempt",
        "engine",
        "duration",
        "error",
    )


class FileInline(RecordInline):
    """Files of a project."""

    model: type[Model] = ProjectFile
    left_out = ("content",)
    ordering = ("path",)
    fields = ("path", "language", "lines", "size", "version", "updated_at")
    readonly_fields = fields


class EntityInline(RecordInline):
    """Entities of a project's design."""

    model: type[Model] = InferredEntity
    left_out = ("fields", "relationships")
    fields = ("entity_name", "plural_name", "confidence_score", "user_confirmed", "updated_at")
    readonly_fields = fields


class PageInline(RecordInline):
    """Pages of a project's design."""

    model: type[Model] = Page
    fields = ("name", "path", "type", "status", "updated_at")
    readonly_fields = fields


class FeatureInline(RecordInline):
    """Features of a project's design."""

    model: type[Model] = Feature
    fields = ("name", "category", "status", "priority", "updated_at")
    readonly_fields = fields


class DesignSystemInline(RecordInline):
    """The look of a project's design."""

    model: type[Model] = DesignSystem
    fields = ("generation_method", "updated_at")
    readonly_fields = fields


@admin.register(Project)
class ProjectAdmin(OperatedAdmin):
    """Projects: submitted in the site or by the API, worked on here by the same services."""

    list_display = (
        "project_name",
        "user",
        "status",
        "tech_stack",
        "styling",
        "created_at",
        "deleted_at",
    )
    list_filter = (
        "status",
        "tech_stack",
        "styling",
        ("deleted_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("project_name", "description", "agent_id", "user__email")
    uuid_search_fields = ("pk", "user_id")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "project_id")
    list_select_related = ("user",)
    raw_id_fields = ("user",)
    inlines = (
        EntityInline,
        PageInline,
        FeatureInline,
        DesignSystemInline,
        StepInline,
        FileInline,
    )
    actions = ("start", "retry", "cancel", "generate_again", "put_away")
    description_shown = text_column("description")
    features_shown = json_column("features")
    settings_shown = json_column("settings")
    metadata_shown = json_column("metadata")
    readonly_fields = (
        "description_shown",
        "features_shown",
        "settings_shown",
        "metadata_shown",
        "rows",
    )
    fieldsets = (
        (None, {"fields": ("project_id", "project_name", "user", "status", "rows")}),
        (
            "Asked for",
            {"fields": ("description_shown", "features_shown", "tech_stack", "styling")},
        ),
        (
            "Made",
            {
                "fields": (
                    "agent_id",
                    "initial_memory_id",
                    "final_memory_id",
                    "download_url",
                    "settings_shown",
                    "metadata_shown",
                )
            },
        ),
        ("When", {"fields": ("created_at", "updated_at", "deleted_at")}),
    )

    @admin.display(description="more")
    def rows(self, project: Project) -> SafeString:
        """Link to what belongs to the project and is too much to be shown inside it."""
        models = (AgentJob, Log, ProjectEvent, MemoryRecord)
        links = [
            link_to_rows(model, str(model._meta.verbose_name_plural), project=project.pk)  # noqa: SLF001 - Django's public name
            for model in models
        ]
        return SafeString(", ".join(links))

    @admin.action(description="Start", permissions=["operate"])
    def start(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        """Start drafts."""
        by = operator(request)
        run(
            self,
            request,
            queryset.filter(deleted_at=None),
            lambda project: services.start_project(project=project, by=by),
            done="started",
        )

    @admin.action(description="Retry failed steps", permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        """Go on from where the newest jobs failed."""
        by = operator(request)
        run(
            self,
            request,
            queryset.filter(deleted_at=None),
            lambda project: services.retry_project(project=project, by=by),
            done="retried",
        )

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        """Stop what runs."""
        by = operator(request)
        run(
            self,
            request,
            queryset,
            lambda project: services.cancel_project(project=project, by=by),
            done="cancelled",
        )

    @admin.action(description="Generate again", permissions=["operate"])
    def generate_again(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        """Start new jobs over projects that have ended."""
        by = operator(request)
        run(
            self,
            request,
            queryset.filter(deleted_at=None),
            lambda project: services.generate_again(project=project, by=by),
            done="started again",
        )

    @admin.action(description="Delete (kept as deleted)", permissions=["operate"])
    def put_away(self, request: HttpRequest, queryset: QuerySet[Project]) -> None:
        """Delete projects as their owners do."""
        by = operator(request)
        run(
            self,
            request,
            queryset.filter(deleted_at=None),
            lambda project: services.delete_project(project=project, by=by),
            done="deleted",
        )
