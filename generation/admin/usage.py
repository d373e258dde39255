"""Admin page of calls to models, with sums over what is listed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from generation.models import AIProviderUsage
from projects.admin.base import COUNTED_AT_MOST, RecordAdmin
from projects.templatetags.pages import usd


@admin.register(AIProviderUsage)
class AIProviderUsageAdmin(RecordAdmin):
    """Calls."""

    change_list_template = "admin/generation/usage_list.html"
    list_display = (
        "created_at",
        "user",
        "project",
        "provider",
        "model",
        "request_type",
        "success",
        "total_tokens",
        "price",
        "latency_ms",
    )
    list_filter = ("provider", "success", "request_type", "created_at")
    search_fields = ("model", "error_message", "user__email", "project__project_name")
    uuid_search_fields = ("pk", "project_id", "job_id", "step_id", "user_id")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    list_select_related = ("project", "user")
    fields = (
        "id",
        "user",
        "project",
        "job",
        "step",
        "provider",
        "model",
        "request_type",
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "price",
        "latency_ms",
        "success",
        "error_message",
        "created_at",
    )
    readonly_fields = ("price",)

    @admin.display(description="cost", ordering="cost")
    def price(self, call: AIProviderUsage) -> str:
        """Show what it cost."""
        return usd(call.cost)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list with the sums over the first of the rows that its filters leave."""
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and response.context_data is not None:
            changes = response.context_data.get("cl")
            if changes is not None:
                response.context_data["totals"] = changes.queryset[:COUNTED_AT_MOST].totals()
                response.context_data["summed_at_most"] = COUNTED_AT_MOST
        return response
