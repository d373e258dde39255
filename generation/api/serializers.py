"""Shapes of the REST API: what comes in and what goes out."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from generation.api.model_options import EngineField, ModelOptionsSerializer
from generation.engines.llm.alone import warning_of
from generation.models import AgentJob, ClarificationDepth, GenerationStep, Log
from generation.pipeline.config import is_model_only
from generation.pipeline.line import place_of
from generation.pipeline.transitions import newest_run
from projects.models import Project, ProjectFile, User
from projects.spec.request import (
    FEATURE_LENGTH,
    FEATURE_LIMIT,
    NAME_LIMIT,
    STYLINGS,
    TECH_STACKS,
)

# --- In ---------------------------------------------------------------------------------------


class SpecSerializer(serializers.Serializer[Any]):
    """An app in words; only the name, and a description or features, are needed."""

    project_name = serializers.CharField(max_length=NAME_LIMIT)
    description = serializers.CharField(required=False, allow_blank=True)
    features = serializers.ListField(
        child=serializers.CharField(max_length=FEATURE_LENGTH),
        required=False,
        max_length=FEATURE_LIMIT,
    )
    tech_stack = serializers.CharField(
        max_length=NAME_LIMIT,
        required=False,
        help_text=f"One of {', '.join(TECH_STACKS)}; any other where a model is the engine, which "
        "then writes the app alone.",
    )
    styling = serializers.ChoiceField(choices=STYLINGS, required=False)


class SubmissionOptionsSerializer(ModelOptionsSerializer):
    """What may come beside a spec; the spec itself is checked by `load_request`."""

    engine = EngineField(default="builtin")
    fallback = serializers.BooleanField(
        default=True,
        help_text="Leave what a model cannot do to the built-in engine, or leave it out.",
    )
    start = serializers.BooleanField(default=True)
    clarify = serializers.ChoiceField(
        choices=ClarificationDepth.choices,
        default=None,
        allow_null=True,
        help_text="Ask before planning, at most 3, 7 or 15 questions. The job then waits, and is "
        "answered at `/v1/jobs/{job_id}/respond`.",
    )
    approve = serializers.BooleanField(
        default=False,
        help_text="Let the plan wait until it is approved at `/api/projects/{project_id}/plan/`.",
    )


class SubmissionSerializer(SpecSerializer, SubmissionOptionsSerializer):
    """A spec, the engine that is to build it, and whether to start at once."""

    jdl = serializers.CharField(required=False, help_text="A JDL model, in place of a description.")


# --- Out --------------------------------------------------------------------------------------


class JobSerializer(serializers.ModelSerializer[AgentJob]):
    """A run; `progress` in percent, costs of models in US dollars, the estimate from before it."""

    job_id = serializers.UUIDField(source="id", read_only=True)
    result = serializers.DictField(read_only=True, allow_null=True)
    queue_place = serializers.SerializerMethodField(
        help_text="Its place among the person's jobs that wait for their turn; else null."
    )

    class Meta:
        model = AgentJob
        fields: ClassVar[list[str]] = [
            "job_id",
            "agent_type",
            "status",
            "queue_place",
            "progress",
            "result",
            "error",
            "primary_model",
            "strategy",
            "temperature",
            "max_tokens",
            "cost_estimate",
            "actual_cost",
            "created_at",
            "started_at",
            "completed_at",
        ]
        read_only_fields = fields

    def get_queue_place(self, job: AgentJob) -> int | None:
        """Return its place in line."""
        return place_of(job)


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project; `progress` is its newest run's, in percent."""

    engine = serializers.CharField(source="settings.engine", default="builtin", read_only=True)
    progress = serializers.FloatField(read_only=True, allow_null=True)
    features = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = [
            "project_id",
            "project_name",
            "slug",
            "description",
            "features",
            "tech_stack",
            "styling",
            "engine",
            "agent_id",
            "status",
            "progress",
            "download_url",
            "initial_memory_id",
            "final_memory_id",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class ProjectDetailSerializer(ProjectSerializer):
    """A project with its newest run of the whole pipeline, or null for a draft."""

    warnings = serializers.SerializerMethodField(
        help_text="What to know before it is built: of a stack without templates."
    )
    job = serializers.SerializerMethodField()

    class Meta(ProjectSerializer.Meta):
        fields: ClassVar[list[str]] = [*ProjectSerializer.Meta.fields, "warnings", "job"]
        read_only_fields = fields

    def get_warnings(self, project: Project) -> list[str]:
        """Return what people should know of the project's stack."""
        stack = project.tech_stack
        return [warning_of(stack)] if is_model_only(stack) else []

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, project: Project) -> dict[str, Any] | None:
        """Return the newest job, or nothing for a draft."""
        job = newest_run(project)
        return dict(JobSerializer(job).data) if job else None


class StepSerializer(serializers.ModelSerializer[GenerationStep]):
    """A step with what went in and what came out."""

    job_id = serializers.UUIDField(read_only=True, allow_null=True)
    input_payload = serializers.DictField(read_only=True, allow_null=True)
    output_payload = serializers.DictField(read_only=True, allow_null=True)
    depends_on = serializers.ListField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = GenerationStep
        fields: ClassVar[list[str]] = [
            "step_id",
            "job_id",
            "sequence_order",
            "tool_name",
            "input_payload",
            "output_payload",
            "status",
            "depends_on",
            "attempt",
            "engine",
            "error",
            "started_at",
            "finished_at",
        ]
        read_only_fields = fields


class LogSerializer(serializers.ModelSerializer[Log]):
    """A line of the log."""

    step_id = serializers.UUIDField(read_only=True, allow_null=True)

    class Meta:
        model = Log
        fields: ClassVar[list[str]] = [
            "log_id",
            "log_text",
            "log_level",
            "source",
            "step_id",
            "created_at",
        ]
        read_only_fields = fields


class LogPageSerializer(serializers.Serializer[Any]):
    """Lines in order, and what to send as `after` for those that follow."""

    results = LogSerializer(many=True, read_only=True)
    after = serializers.IntegerField(read_only=True)


class FileSerializer(serializers.ModelSerializer[ProjectFile]):
    """A file without its content; `size` in bytes."""

    class Meta:
        model = ProjectFile
        fields: ClassVar[list[str]] = [
            "path",
            "language",
            "size",
            "lines",
            "version",
            "ai_provider",
            "updated_at",
        ]
        read_only_fields = fields


class EstimateSerializer(serializers.Serializer[Any]):
    """What a run will probably ask of models.

    `cost` in US dollars. Null is what cannot be told: the price of a model without one, and all of
    AINative. `runs` is how many finished runs like it the calls come from, and 0 a first guess.
    """

    engine = serializers.CharField(read_only=True)
    calls = serializers.IntegerField(read_only=True, allow_null=True)
    tokens = serializers.IntegerField(read_only=True, allow_null=True)
    cost = serializers.FloatField(read_only=True, allow_null=True)
    runs = serializers.IntegerField(read_only=True)
    words = serializers.CharField(read_only=True, help_text="The same for people.")


class UsageSumsSerializer(serializers.Serializer[Any]):
    """Sums over calls to models; `cost` in US dollars, null where no price is known."""

    calls = serializers.IntegerField(read_only=True)
    failed = serializers.IntegerField(read_only=True)
    success_rate = serializers.FloatField(
        read_only=True, allow_null=True, help_text="In percent; null without calls."
    )
    average_latency_ms = serializers.FloatField(read_only=True, allow_null=True)
    prompt_tokens = serializers.IntegerField(read_only=True)
    completion_tokens = serializers.IntegerField(read_only=True)
    tokens = serializers.IntegerField(read_only=True)
    cost = serializers.FloatField(read_only=True, allow_null=True)


class ProviderUsageSerializer(UsageSumsSerializer):
    """Sums of one provider."""

    provider = serializers.CharField(read_only=True)


class ModelUsageSerializer(ProviderUsageSerializer):
    """Sums of one model."""

    model = serializers.CharField(read_only=True)


class ProjectUsageSerializer(UsageSumsSerializer):
    """Sums of one project; those of deleted ones together, without id and name."""

    project_id = serializers.UUIDField(read_only=True, allow_null=True)
    project_name = serializers.CharField(read_only=True, allow_null=True)


class DayUsageSerializer(UsageSumsSerializer):
    """Sums of one day in the site's time zone."""

    day = serializers.DateField(read_only=True)


class UsageSerializer(serializers.Serializer[Any]):
    """What was used from `since` to `until`: groups by tokens, days in order and without gaps."""

    since = serializers.DateField(read_only=True)
    until = serializers.DateField(read_only=True)
    total = UsageSumsSerializer(read_only=True)
    by_provider = ProviderUsageSerializer(many=True, read_only=True)
    by_model = ModelUsageSerializer(many=True, read_only=True)
    by_project = ProjectUsageSerializer(many=True, read_only=True)
    by_day = DayUsageSerializer(many=True, read_only=True)


class MeSerializer(serializers.ModelSerializer[User]):
    """Who asks."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "id",
            "email",
            "username",
            "full_name",
            "role",
            "is_verified",
            "created_at",
        ]
        read_only_fields = fields


class FieldErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error: a stable code, a message that says what to do, and the fields at fault."""

    code = serializers.CharField(read_only=True)
    message = serializers.CharField(read_only=True)
    errors = FieldErrorSerializer(many=True, read_only=True)  # type: ignore[assignment]
