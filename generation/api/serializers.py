"""Shapes of the REST API: what comes in and what goes out."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from generation.engines.registry import ENGINE_NAMES
from generation.models import AgentJob, GenerationStep, Log
from projects.models import Project, ProjectFile
from projects.spec.request import STYLINGS, TECH_STACKS


class SpecSerializer(serializers.Serializer[Any]):
    """The five values of a spec."""

    project_name = serializers.CharField()
    description = serializers.CharField(required=False, allow_blank=True)
    features = serializers.ListField(child=serializers.CharField(), required=False)
    tech_stack = serializers.ChoiceField(choices=TECH_STACKS, required=False)
    styling = serializers.ChoiceField(choices=STYLINGS, required=False)


class SubmissionSerializer(SpecSerializer):
    """A spec, the engine that is to build it, and whether to start at once."""

    engine = serializers.ChoiceField(choices=ENGINE_NAMES, default="builtin")
    start = serializers.BooleanField(default=True)


class SubmissionOptionsSerializer(serializers.Serializer[Any]):
    """What comes beside a spec; the spec itself is checked by `load_request`."""

    engine = serializers.ChoiceField(choices=ENGINE_NAMES, default="builtin")
    start = serializers.BooleanField(default=True)


class JobSerializer(serializers.ModelSerializer[AgentJob]):
    """A run; `progress` in percent."""

    job_id = serializers.UUIDField(source="id", read_only=True)

    class Meta:
        model = AgentJob
        fields: ClassVar[list[str]] = [
            "job_id",
            "agent_type",
            "status",
            "progress",
            "result",
            "error",
            "created_at",
            "started_at",
            "completed_at",
        ]


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project."""

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
            "agent_id",
            "status",
            "download_url",
            "initial_memory_id",
            "final_memory_id",
            "created_at",
            "updated_at",
        ]


class ProjectDetailSerializer(ProjectSerializer):
    """A project with its newest job."""

    job = serializers.SerializerMethodField()

    class Meta(ProjectSerializer.Meta):
        fields: ClassVar[list[str]] = [*ProjectSerializer.Meta.fields, "job"]

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_job(self, project: Project) -> dict[str, Any] | None:
        """Return the newest job, or nothing for a draft."""
        job = AgentJob.objects.filter(project=project).order_by("-created_at", "-id").first()
        return JobSerializer(job).data if job else None


class StepSerializer(serializers.ModelSerializer[GenerationStep]):
    """A step with what went in and what came out."""

    job_id = serializers.UUIDField(read_only=True)

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


class LogSerializer(serializers.ModelSerializer[Log]):
    """A line of the log."""

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


class FieldErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one field."""

    field = serializers.CharField()
    message = serializers.CharField()


class ErrorSerializer(serializers.Serializer[Any]):
    """Every error."""

    code = serializers.CharField()
    message = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]
