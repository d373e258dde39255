"""Filters, search and order of the project list; bounded pages."""

from __future__ import annotations

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet
from rest_framework.pagination import LimitOffsetPagination

from projects.models import Project, ProjectStatus

DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


class Pages(LimitOffsetPagination):
    """`limit` (1 to 100) and `offset`."""

    default_limit = DEFAULT_LIMIT
    max_limit = LARGEST_LIMIT


class LongPages(LimitOffsetPagination):
    """Pages of steps and files, which come in hundreds."""

    default_limit = 500
    max_limit = 1000


class ProjectFilter(django_filters.FilterSet):
    """Filters over projects."""

    status = django_filters.MultipleChoiceFilter(choices=ProjectStatus.choices)
    tech_stack = django_filters.CharFilter()
    styling = django_filters.CharFilter()
    created_after = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="gte")
    created_before = django_filters.IsoDateTimeFilter(field_name="created_at", lookup_expr="lt")
    search = django_filters.CharFilter(method="in_name_or_description")
    ordering = django_filters.OrderingFilter(
        fields=("created_at", "updated_at", "project_name", "status")
    )

    class Meta:
        model = Project
        fields: ClassVar[list[str]] = ["status", "tech_stack", "styling"]

    def in_name_or_description(
        self, queryset: QuerySet[Project], _name: str, value: str
    ) -> QuerySet[Project]:
        """Keep what has the words in its name or description."""
        return queryset.filter(Q(project_name__icontains=value) | Q(description__icontains=value))
