"""How models are to be asked: what is left out is as the project has it, else as the site has."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from generation.engines.base import EngineRejected
from generation.engines.llm.strategy import STRATEGY_LABELS
from generation.engines.registry import HOW_TO_CHOOSE, EngineChoice
from generation.pipeline.config import LEAST_TOKENS, MOST_TOKENS

MOST_BUDGET = 2**31 - 1
MODEL_OPTIONS = ("temperature", "strategy", "max_tokens", "budget_tokens", "budget_usd")


class ModelOptionsSerializer(serializers.Serializer[Any]):
    """How models are asked, and what that may take."""

    temperature = serializers.FloatField(
        required=False, min_value=0, max_value=2, help_text="0.2 where nothing else is said."
    )
    strategy = serializers.ChoiceField(
        choices=STRATEGY_LABELS,
        required=False,
        help_text="How much a model is asked; `balanced` where nothing else is said.",
    )
    max_tokens = serializers.IntegerField(
        required=False,
        min_value=LEAST_TOKENS,
        max_value=MOST_TOKENS,
        help_text="The room for one answer of a model; 8192 where nothing else is said.",
    )
    budget_tokens = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=MOST_BUDGET,
        help_text="The most tokens for the run; then no further call is made.",
    )
    budget_usd = serializers.FloatField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=MOST_BUDGET,
        help_text="The most US dollars for the run.",
    )


class EngineField(serializers.CharField):
    """The name of an engine; whether its model is there is seen later."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, help_text=HOW_TO_CHOOSE, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Refuse an engine that there is not."""
        try:
            return str(EngineChoice.parse(super().to_internal_value(data)))
        except EngineRejected as error:
            raise serializers.ValidationError(str(error)) from error


class EstimateQuerySerializer(serializers.Serializer[Any]):
    """The run that an estimate is wanted for."""

    engine = EngineField(required=False)
    strategy = serializers.ChoiceField(choices=STRATEGY_LABELS, required=False)
