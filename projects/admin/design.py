"""Admin pages of the design: entities, pages, features, the look."""

from __future__ import annotations

from django.contrib import admin

from projects.admin.base import RecordAdmin, json_column
from projects.models import DesignSystem, Feature, InferredEntity, Page


@admin.register(InferredEntity)
class InferredEntityAdmin(RecordAdmin):
    """Kinds of things that apps keep."""

    list_display = ("entity_name", "project", "confidence_score", "user_confirmed", "updated_at")
    list_filter = ("user_confirmed",)
    search_fields = ("entity_name", "description", "project__project_name")
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project",)
    fields_shown = json_column("fields")
    relationships_shown = json_column("relationships")
    crud_shown = json_column("crud_locations")
    validation_shown = json_column("validation_rules")
    business_shown = json_column("business_rules")
    metadata_shown = json_column("metadata")
    readonly_fields = (
        "fields_shown",
        "relationships_shown",
        "crud_shown",
        "validation_shown",
        "business_shown",
        "metadata_shown",
    )
    fieldsets = (
        (None, {"fields": ("id", "project", "entity_name", "plural_name", "description")}),
        ("Holds", {"fields": ("fields_shown", "relationships_shown")}),
        (
            "Known",
            {"fields": ("confidence_score", "user_confirmed", "crud_shown", "metadata_shown")},
        ),
        ("Rules", {"classes": ("collapse",), "fields": ("validation_shown", "business_shown")}),
        ("When", {"fields": ("created_at", "updated_at")}),
    )


@admin.register(Page)
class PageAdmin(RecordAdmin):
    """Screens of apps."""

    list_display = ("name", "path", "project", "type", "status", "updated_at")
    list_filter = ("status", "type", "primary_device")
    search_fields = ("name", "path", "purpose", "project__project_name")
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project", "parent")
    elements_shown = json_column("key_elements")
    patterns_shown = json_column("related_patterns")
    contexts_shown = json_column("usage_contexts")
    metadata_shown = json_column("metadata")
    readonly_fields = ("elements_shown", "patterns_shown", "contexts_shown", "metadata_shown")
    fieldsets = (
        (None, {"fields": ("id", "project", "parent", "name", "slug", "path", "type", "status")}),
        ("What for", {"fields": ("purpose", "primary_device", "elements_shown", "metadata_shown")}),
        ("Patterns", {"classes": ("collapse",), "fields": ("patterns_shown", "contexts_shown")}),
        ("When", {"fields": ("created_at", "updated_at")}),
    )


@admin.register(Feature)
class FeatureAdmin(RecordAdmin):
    """What apps are to do."""

    list_display = ("name", "project", "category", "status", "priority", "updated_at")
    list_filter = ("status", "category", "priority")
    search_fields = ("name", "user_description", "project__project_name")
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project",)
    operations_shown = json_column("data_operations")
    technical_shown = json_column("technical_requirements")
    metadata_shown = json_column("metadata")
    readonly_fields = ("operations_shown", "technical_shown", "metadata_shown")
    fieldsets = (
        (None, {"fields": ("id", "project", "name", "user_description", "category")}),
        ("State", {"fields": ("status", "priority", "metadata_shown")}),
        ("Answered by", {"fields": ("operations_shown", "technical_shown", "affected_pages")}),
        ("When", {"fields": ("created_at", "updated_at")}),
    )


@admin.register(DesignSystem)
class DesignSystemAdmin(RecordAdmin):
    """Looks of apps."""

    list_display = ("project", "generation_method", "updated_at")
    list_filter = ("generation_method",)
    search_fields = ("project__project_name",)
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    raw_id_fields = ("project",)
    tokens_shown = json_column("tokens")
    patterns_shown = json_column("component_patterns")
    confidence_shown = json_column("confidence_scores")
    confirmations_shown = json_column("user_confirmations")
    readonly_fields = (
        "tokens_shown",
        "patterns_shown",
        "confidence_shown",
        "confirmations_shown",
    )
    fieldsets = (
        (None, {"fields": ("id", "project", "generation_method", "tokens_shown")}),
        ("Known", {"fields": ("confidence_shown", "confirmations_shown", "patterns_shown")}),
        ("When", {"fields": ("created_at", "updated_at")}),
    )
