"""Shapes of plans in the REST API."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from generation.models import GenerationStep, JobStatus, StepStatus


class StepChangeSerializer(serializers.Serializer[Any]):
    """What is wanted of a step; of its `input` only instructions and variables can be changed."""

    step_id = serializers.UUIDField()
    enabled = serializers.BooleanField(default=True)
    input = serializers.DictField(required=False)


class PlanChangeSerializer(serializers.Serializer[Any]):
    """Every step of a plan, in the order wanted."""

    steps = StepChangeSerializer(many=True, allow_empty=False)


class PlannedStepSerializer(serializers.ModelSerializer[GenerationStep]):
    """A step of a plan; `depends_on` holds numbers of steps that it comes after."""

    enabled = serializers.SerializerMethodField()
    input = serializers.DictField(source="input_payload", read_only=True)
    depends_on = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    file_path = serializers.CharField(read_only=True)

    class Meta:
        model = GenerationStep
        fields: ClassVar[list[str]] = [
            "step_id",
            "sequence_order",
            "tool_name",
            "file_path",
            "enabled",
            "depends_on",
            "input",
        ]
        read_only_fields = fields

    def get_enabled(self, step: GenerationStep) -> bool:
        """Whether the step is not switched off."""
        return step.status != StepStatus.SKIPPED


class CostSerializer(serializers.Serializer[Any]):
    """What its calls to a model will probably take; `measured` by calls made before."""

    calls = serializers.IntegerField(read_only=True)
    tokens = serializers.IntegerField(read_only=True)
    cost = serializers.FloatField(
        read_only=True, allow_null=True, help_text="In US dollars; null where no price is known."
    )
    measured = serializers.BooleanField(read_only=True)


class PlanSerializer(serializers.Serializer[Any]):
    """A plan: steps, files, engine, cost."""

    job_id = serializers.UUIDField(read_only=True)
    status = serializers.ChoiceField(choices=JobStatus.choices, read_only=True)
    engine = serializers.CharField(read_only=True)
    steps = PlannedStepSerializer(many=True, read_only=True)
    files = serializers.ListField(child=serializers.CharField(), read_only=True)
    cost = CostSerializer(read_only=True)
    estimated_time = serializers.CharField(read_only=True)
