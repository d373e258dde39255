"""Shapes of seed 004's contract, field for field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from generation.engines.registry import ENGINE_NAMES
from generation.models import AgentJob, JobStatus
from projects.spec.request import DESCRIPTION_BYTES

LARGEST_OFFSET = 2**31 - 1
JOBS_A_PAGE, MOST_JOBS_A_PAGE = 20, 100

# --- In ---------------------------------------------------------------------------------------


class StrictSerializer(serializers.Serializer[Any]):
    """A body whose every key is known."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the values; a key that is not known is an error of its own."""
        values = super().to_internal_value(data)
        if isinstance(data, Mapping):
            unknown = [str(name) for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError({name: ["Unknown field."] for name in unknown})
        return values


class PipelineContextSerializer(StrictSerializer):
    """What a run is to know."""

    user_idea = serializers.CharField(
        required=False,
        max_length=DESCRIPTION_BYTES,
        help_text="Takes the place of the project's description.",
    )
    engine = serializers.ChoiceField(
        choices=ENGINE_NAMES, required=False, help_text="Default: the project's."
    )


class RunPipelineSerializer(StrictSerializer):
    """A whole generation."""

    project_id = serializers.UUIDField()
    input_context = PipelineContextSerializer(required=False)


class PageSerializer(serializers.Serializer[Any]):
    """Which part of a list is wanted."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MOST_JOBS_A_PAGE, default=JOBS_A_PAGE, help_text="How many jobs."
    )
    offset = serializers.IntegerField(
        min_value=0, max_value=LARGEST_OFFSET, default=0, help_text="How many to pass over."
    )


# --- Out --------------------------------------------------------------------------------------


class BegunSerializer(serializers.Serializer[Any]):
    """A job that was just queued."""

    job_id = serializers.UUIDField(source="id", read_only=True)
    status = serializers.ChoiceField(choices=JobStatus.choices, read_only=True)
    estimated_time = serializers.CharField(
        read_only=True, help_text="How long jobs like it took, such as `30s` or `5m`."
    )


class JobStatusSerializer(serializers.ModelSerializer[AgentJob]):
    """Where a job stands; `progress` in percent."""

    job_id = serializers.UUIDField(source="id", read_only=True)
    project_id = serializers.UUIDField(read_only=True)

    class Meta:
        model = AgentJob
        fields: ClassVar[list[str]] = [
            "job_id",
            "status",
            "agent_type",
            "project_id",
            "progress",
            "result",
            "error",
            "created_at",
            "completed_at",
        ]
        read_only_fields = fields


class JobPageSerializer(serializers.Serializer[Any]):
    """A part of a project's jobs, the newest first."""

    items = JobStatusSerializer(many=True, read_only=True)
    total = serializers.IntegerField(read_only=True)
    has_more = serializers.BooleanField(read_only=True)


class StatusSerializer(serializers.Serializer[Any]):
    """The status that a job has now."""

    status = serializers.ChoiceField(choices=JobStatus.choices, read_only=True)
