"""What all admin pages share: records that nobody edits, readable JSON, bounded counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.models import Project

COUNTED_AT_MOST = 10_000
PAGE = 50
NOTHING = "-"
PRE_STYLE = "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;max-width:70rem"

Column = Callable[[Any, Any], str]


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages over the first 10,000 rows: a big table is never counted to its end."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, or 10,000 where there are more."""
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return int(rows.order_by()[:COUNTED_AT_MOST].count())
        return len(rows)


def preformatted(text: str | None) -> SafeString | str:
    """Show a text as it is, escaped, with its line breaks."""
    if not text:
        return NOTHING
    return format_html('<pre style="{}">{}</pre>', PRE_STYLE, text)


def json_column(field: str) -> Column:
    """Return a method of an admin page that shows a JSON field indented and escaped."""

    def show(_model_admin: Any, row: Any) -> str:
        value = getattr(row, field)
        if value is None:
            return NOTHING
        return preformatted(json.dumps(value, indent=2, ensure_ascii=False))

    return _named(show, field)


def text_column(field: str) -> Column:
    """Return a method of an admin page that shows a long text with its line breaks."""

    def show(_model_admin: Any, row: Any) -> str:
        return preformatted(getattr(row, field))

    return _named(show, field)


def _named(show: Column, field: str) -> Column:
    show.__name__ = f"{field}_shown"
    return admin.display(description=field.replace("_", " "))(show)


def link_to_rows(model: type[Model], label: str, **filters: Any) -> SafeString:
    """Return a link to the admin's list of a model's rows under exact filters."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # noqa: SLF001 - Django's public name
    query = "&".join(f"{name}__exact={value}" for name, value in filters.items())
    return format_html('<a href="{}?{}">{}</a>', address, query, label)


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that record what happened: to be read and searched, never added, edited or deleted."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    list_per_page = PAGE
    uuid_search_fields: ClassVar[tuple[str, ...]] = ()

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Rows are made by the site itself."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Forbid it: what happened is not edited."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Forbid it: what happened stays."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find an id by its indexes, and anything else in the search fields."""
        found = as_uuid(search_term)
        if found is None or not self.uuid_search_fields:
            return super().get_search_results(request, queryset, search_term)
        condition = Q()
        for field in self.uuid_search_fields:
            condition |= Q(**{field: found})
        return queryset.filter(condition), False


class BigRecordAdmin(RecordAdmin):
    """Records of tables that grow without end, where a list of all their days takes too long."""

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Filter by the time a row was made."""
        return [*super().get_list_filter(request), "created_at"]


class ProjectRecordAdmin(BigRecordAdmin):
    """Such records of projects.

    Joined to its project, a list is read by way of all projects, and each row brings a whole one.
    """

    list_select_related = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Bring the names of the rows' projects, each once."""
        named = Prefetch("project", Project.objects.only("project_name"))
        return super().get_queryset(request).prefetch_related(named)


class KnownFilter(admin.SimpleListFilter):
    """A column with values that are known, so that not all rows are looked through for them."""

    known: tuple[str, ...] = ()

    def lookups(
        self, _request: HttpRequest, _model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        """Return the values that there are."""
        return [(name, name) for name in self.known]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows with the chosen value."""
        name = self.value()
        return queryset.filter(**{str(self.parameter_name): name}) if name else queryset


def as_uuid(text: str) -> UUID | None:
    """Return the id that a text is; None for what is none."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None
