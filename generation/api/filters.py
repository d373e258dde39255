"""Filters, search and order of the project list; bounded pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from rest_framework import serializers
from rest_framework.pagination import LimitOffsetPagination

from generation.usage_report import LONGEST_PERIOD, USUAL_PERIOD
from projects.models import Project, ProjectStatus
from projects.spec.request import STYLINGS, TECH_STACKS

LARGEST_LOG_ID = 2**31 - 1
LOG_PAGE = 1000
LARGEST_UTC_OFFSET = timedelta(hours=16)


def has_a_usual_offset(time: datetime) -> None:
    """Refuse an offset from UTC that no place has, and PostgreSQL cannot read."""
    if abs(time.utcoffset() or timedelta()) >= LARGEST_UTC_OFFSET:
        raise ValidationError("Give an offset from UTC of less than 16 hours.")


# PostgreSQL cannot read every time that Python can write.
WITHIN = (
    has_a_usual_offset,
    MinValueValidator(datetime(1970, 1, 1, tzinfo=UTC)),
    MaxValueValidator(datetime(9000, 1, 1, tzinfo=UTC)),
)


class Pages(LimitOffsetPagination):
    """`limit` (1 to 100) and `offset`."""

    default_limit = 20
    max_limit = 100

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page as OpenAPI 3.1 says that a value may be null."""
        page = super().get_paginated_response_schema(schema)
        for link in (page["properties"]["next"], page["properties"]["previous"]):
            del link["nullable"]
            link["type"] = [link["type"], "null"]
        return page


class LongPages(Pages):
    """Pages of steps and files, which come in hundreds; `limit` up to 1,000."""

    default_limit = 500
    max_limit = 1000


class StableOrdering(django_filters.OrderingFilter):
    """An order in which ties are settled, so that pages neither repeat nor miss a row."""

    def filter(self, qs: QuerySet[Project], value: Sequence[str] | None) -> QuerySet[Project]:
        """Order by what was asked for, then by id."""
        if not value:
            return qs
        return qs.order_by(*[self.get_ordering_value(name) for name in value], "project_id")


class ProjectFilter(django_filters.FilterSet):
    """Filters over projects."""

    status = django_filters.MultipleChoiceFilter(choices=ProjectStatus.choices)
    tech_stack = django_filters.ChoiceFilter(choices=[(name, name) for name in TECH_STACKS])
    styling = django_filters.ChoiceFilter(choices=[(name, name) for name in STYLINGS])
    created_after = django_filters.IsoDateTimeFilter(
        field_name="created_at",
        lookup_expr="gte",
        label="Made at this time or later",
        validators=WITHIN,
    )
    created_before = django_filters.IsoDateTimeFilter(
        field_name="created_at",
        lookup_expr="lt",
        label="Made before this time",
        validators=WITHIN,
    )
    search = django_filters.CharFilter(
        method="in_name_or_description", label="Words in the name or the description"
    )
    ordering = StableOrdering(fields=("created_at", "updated_at", "project_name", "status"))

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = []

    def in_name_or_description(
        self, queryset: QuerySet[Project], _name: str, value: str
    ) -> QuerySet[Project]:
        """Keep what has the words in its name or description."""
        return queryset.filter(Q(project_name__icontains=value) | Q(description__icontains=value))


class LogQuerySerializer(serializers.Serializer[Any]):
    """Which part of a log is wanted."""

    after = serializers.IntegerField(min_value=0, max_value=LARGEST_LOG_ID, default=0)
    limit = serializers.IntegerField(min_value=1, max_value=LOG_PAGE, default=LOG_PAGE)


class UsageQuerySerializer(serializers.Serializer[Any]):
    """How many days are wanted, today included."""

    days = serializers.IntegerField(min_value=1, max_value=LONGEST_PERIOD, default=USUAL_PERIOD)
