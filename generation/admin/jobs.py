"""Admin pages of jobs, steps and logs."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from generation import control
from generation.admin.operators import OperatedAdmin, operator, run
from generation.engines.registry import ENGINE_NAMES
from generation.models import AgentJob, GenerationStep, Log, ToolName
from projects.admin.base import (
    KnownFilter,
    ProjectRecordAdmin,
    as_uuid,
    json_column,
    link_to_rows,
    preformatted,
    text_column,
)

SEARCHED = 10_000


@admin.register(AgentJob)
class AgentJobAdmin(OperatedAdmin):
    """Runs."""

    list_display = (
        "id",
        "project",
        "agent_type",
        "status",
        "progress",
        "user",
        "created_at",
        "completed_at",
    )
    list_filter = ("status", "agent_type")
    search_fields = ("project__project_name", "user__email", "error")
    uuid_search_fields = ("pk", "project_id", "user_id")
    date_hierarchy = "created_at"
    list_select_related = ("project", "user")
    raw_id_fields = ("project", "user")
    actions = ("retry", "pause", "resume", "cancel")
    input_shown = json_column("input_context")
    config_shown = json_column("config")
    result_shown = json_column("result")
    error_shown = text_column("error")
    readonly_fields = ("input_shown", "config_shown", "result_shown", "error_shown", "steps")
    fieldsets = (
        (None, {"fields": ("id", "project", "user", "agent_type", "status", "progress", "steps")}),
        ("Came out", {"fields": ("error_shown", "result_shown")}),
        ("Went in", {"fields": ("input_shown", "config_shown")}),
        (
            "Model",
            {
                "classes": ("collapse",),
                "fields": (
                    "primary_model",
                    "agent_role",
                    "strategy",
                    "temperature",
                    "max_tokens",
                    "cost_estimate",
                    "actual_cost",
                ),
            },
        ),
        (
            "When",
            {
                "fields": (
                    "celery_task_id",
                    "created_at",
                    "started_at",
                    "completed_at",
                    "updated_at",
                )
            },
        ),
    )

    @admin.display(description="steps")
    def steps(self, job: AgentJob) -> SafeString:
        """Link to the job's steps."""
        return link_to_rows(GenerationStep, "all steps", job=job.pk)

    @admin.action(description="Retry failed steps", permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[AgentJob]) -> None:
        """Go on from where the project's newest job failed."""
        by = operator(request)
        run(
            self,
            request,
            queryset,
            lambda job: control.retry_job(job=job, by=by),
            done="retried",
        )

    @admin.action(description="Pause", permissions=["operate"])
    def pause(self, request: HttpRequest, queryset: QuerySet[AgentJob]) -> None:
        """Start no more steps of the jobs' projects."""
        by = operator(request)
        run(
            self,
            request,
            queryset,
            lambda job: control.pause_job(job=job, by=by),
            done="paused",
        )

    @admin.action(description="Resume", permissions=["operate"])
    def resume(self, request: HttpRequest, queryset: QuerySet[AgentJob]) -> None:
        """Go on with what is paused."""
        by = operator(request)
        run(
            self,
            request,
            queryset,
            lambda job: control.resume_job(job=job, by=by),
            done="resumed",
        )

    @admin.action(description="Cancel", permissions=["operate"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[AgentJob]) -> None:
        """Stop what runs of the jobs' projects."""
        by = operator(request)
        run(
            self,
            request,
            queryset,
            lambda job: control.cancel_job(job=job, by=by),
            done="cancelled",
        )


class EngineFilter(KnownFilter):
    """Which engine really made a step's output."""

    title = "engine"
    parameter_name = "engine"
    known = tuple(ENGINE_NAMES)


class ToolFilter(KnownFilter):
    """What a step does."""

    title = "tool name"
    parameter_name = "tool_name"
    known = tuple(ToolName.values)


@admin.register(GenerationStep)
class GenerationStepAdmin(OperatedAdmin, ProjectRecordAdmin):
    """Tool invocations."""

    list_display = (
        "sequence_order",
        "project",
        "tool_name",
        "file_path",
        "status",
        "attempt",
        "engine",
        "duration",
        "created_at",
    )
    list_display_links = ("sequence_order", "tool_name")
    list_filter = ("status", ToolFilter, EngineFilter)
    search_fields = ("project__project_name", "error", "input_payload__file_path")
    uuid_search_fields = ("pk", "project_id", "job_id")
    ordering = ("-created_at", "sequence_order")
    raw_id_fields = ("project", "job")
    actions = ("retry",)
    input_shown = json_column("input_payload")
    output_shown = json_column("output_payload")
    error_shown = text_column("error")
    readonly_fields = ("input_shown", "output_shown", "error_shown", "code", "duration")
    fieldsets = (
        (
            None,
            {"fields": ("step_id", "project", "job", "sequence_order", "tool_name", "status")},
        ),
        ("Came out", {"fields": ("error_shown", "code")}),
        ("Came out as JSON", {"classes": ("collapse",), "fields": ("output_shown",)}),
        ("Went in", {"fields": ("depends_on", "input_shown")}),
        (
            "Run",
            {
                "fields": (
                    "engine",
                    "attempt",
                    "lease_expires_at",
                    "started_at",
                    "finished_at",
                    "duration",
                    "created_at",
                    "updated_at",
                )
            },
        ),
    )

    @admin.display(description="code")
    def code(self, step: GenerationStep) -> str:
        """Show the code that the step wrote, line by line."""
        return preformatted((step.output_payload or {}).get("code"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[GenerationStep]:
        """Leave the outputs out until one is looked at."""
        return super().get_queryset(request).defer("output_payload")

    @admin.action(description="Retry", permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[GenerationStep]) -> None:
        """Go on from failed steps."""
        by = operator(request)
        run(
            self,
            request,
            queryset.select_related("job", "project"),
            lambda step: control.retry_step(step=step, by=by),
            done="retried",
        )


@admin.register(Log)
class LogAdmin(ProjectRecordAdmin):
    """Lines about what happened."""

    list_display = ("log_id", "created_at", "log_level", "source", "project", "log_text")
    list_filter = ("log_level", "source")
    search_fields = ("log_text",)
    uuid_search_fields = ("project_id", "step_id")
    ordering = ("-log_id",)
    raw_id_fields = ("project", "step")
    text_shown = text_column("log_text")
    readonly_fields = ("text_shown",)
    fields = ("log_id", "project", "step", "log_level", "source", "text_shown", "created_at")
    search_help_text = f"The newest {SEARCHED:,} lines are searched, or all lines of a project."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Log], search_term: str
    ) -> tuple[QuerySet[Log], bool]:
        """Search the newest lines, or a project's; no index helps to find words in all."""
        is_bounded = "project__exact" in request.GET or as_uuid(search_term) is not None
        if search_term and not is_bounded:
            newest = Log.objects.order_by("-log_id").values_list("log_id", flat=True).first() or 0
            queryset = queryset.filter(log_id__gt=newest - SEARCHED)
        return super().get_search_results(request, queryset, search_term)
