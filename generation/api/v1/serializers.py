"""Shapes of seed 004's contract, field for field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers

from generation.agents.answers import LONGEST_ANSWER
from generation.agents.questions import MOST_QUESTIONS
from generation.api.model_options import ModelOptionsSerializer
from generation.engines.base import EngineRejected
from generation.engines.registry import HOW_TO_CHOOSE, EngineChoice
from generation.models import AgentJob, AgentType, ClarificationDepth, JobStatus
from projects.spec.characters import DESCRIPTION_BYTES

LARGEST_OFFSET = 2**31 - 1
JOBS_A_PAGE, MOST_JOBS_A_PAGE = 20, 100
AGENT_CHOICES = [kind for kind in AgentType.choices if kind[0] != AgentType.PIPELINE]

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


class ContextSerializer(StrictSerializer):
    """What any run is to know."""

    user_idea = serializers.CharField(
        required=False,
        max_length=DESCRIPTION_BYTES,
        help_text="Takes the place of the project's description.",
    )
    engine = serializers.CharField(
        required=False,
        max_length=200,
        help_text=f"{HOW_TO_CHOOSE} Default: the project's.",
    )
    model = serializers.CharField(
        required=False,
        max_length=200,
        help_text="The engine's or the planner's model, if not named with it.",
    )

    def validate(self, values: dict[str, Any]) -> dict[str, Any]:
        """Put engine and model together; refuse an engine that there is not."""
        model = values.pop("model", None)
        if model is not None and "engine" not in values:
            raise serializers.ValidationError({"model": ["Name its engine too."]})
        if "engine" in values:
            text = f"{values['engine']}:{model}" if model else values["engine"]
            try:
                values["engine"] = str(EngineChoice.parse(text))
            except EngineRejected as error:
                raise serializers.ValidationError({"engine": [str(error)]}) from error
        return values


class PipelineContextSerializer(ContextSerializer, ModelOptionsSerializer):
    """What a whole generation is to know; what is left out is as the project has it."""

    clarify = serializers.ChoiceField(
        choices=ClarificationDepth.choices,
        required=False,
        allow_null=True,
        help_text="Ask before planning, at most 3, 7 or 15 questions; null asks nothing. "
        "Default: the project's.",
    )

    approve = serializers.BooleanField(
        required=False, help_text="Let the plan wait until it is approved. Default: the project's."
    )


class AgentContextSerializer(ContextSerializer):
    """What an agent is to know."""

    file_path = serializers.CharField(
        required=False, max_length=500, help_text="The file that the code agent is to write."
    )
    instructions = serializers.CharField(
        required=False,
        max_length=DESCRIPTION_BYTES,
        help_text="What the code agent is to do with it.",
    )


class RunAgentSerializer(StrictSerializer):
    """A run of one agent."""

    project_id = serializers.UUIDField()
    agent_type = serializers.ChoiceField(choices=AGENT_CHOICES)
    input_context = AgentContextSerializer(required=False)


class RunPipelineSerializer(StrictSerializer):
    """A whole generation."""

    project_id = serializers.UUIDField()
    input_context = PipelineContextSerializer(required=False)


class ResponseSerializer(StrictSerializer):
    """An answer to a question: one of its options, or words of one's own where it takes them."""

    question_id = serializers.CharField(max_length=200)
    answer = serializers.CharField(max_length=LONGEST_ANSWER)


class RespondSerializer(StrictSerializer):
    """Answers; a question without one keeps its default, the first of its options."""

    responses = ResponseSerializer(  # type: ignore[call-arg] # the list takes a length
        many=True, max_length=max(MOST_QUESTIONS.values())
    )


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
    result = serializers.DictField(read_only=True, allow_null=True)

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


class AnsweredSerializer(StatusSerializer):
    """A job that goes on with its answers."""

    message = serializers.CharField(read_only=True)


class ClarificationQuestionSerializer(serializers.Serializer[Any]):
    """A question; the first of its options is the default."""

    id = serializers.CharField(read_only=True)
    question = serializers.CharField(read_only=True)
    options = serializers.ListField(child=serializers.CharField(), read_only=True, allow_null=True)


class ClarificationSerializer(serializers.Serializer[Any]):
    """What a job waits for, and the answers kept so far, by the ids of the questions."""

    depth = serializers.ChoiceField(choices=ClarificationDepth.choices, read_only=True)
    questions = ClarificationQuestionSerializer(many=True, read_only=True)
    answers = serializers.DictField(child=serializers.CharField(), read_only=True)
