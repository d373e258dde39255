"""The names that Python, Django and the modules of this stack keep for themselves."""

from __future__ import annotations

import keyword

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.stacks.shared.naming import AppNames, name_app
from generation.engines.builtin.stacks.shared.words import (
    PYTHON_CLASSES,
    PYTHON_MODULES,
    Vocabulary,
)
from projects.spec.models import AppSpec


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CLASSES = _words(
    """
    Admin Any Avg Body Case Cell Choice Client Conflict Content Dashboard Decimal Error Exception F
    False Form HttpRequest HttpResponse Meta Model ModelAdmin None OverseenRow OwnedRow Page Pages
    Paginator Path Q Query Reference Request Response Row RowAdmin RowForm RowKey RowQuerySet
    RowSerializer RowViews Serializer Settings Sum Test Total True User Value View When
    AnybodySends ByChoice ByDay ByLink ByMonth ByWeek ByYear FollowingRow Sparingly StaffWrites
    AuthorWrites AuthoredRow BasePermission IsAuthenticated IsAuthenticatedOrReadOnly
    """
)
_MODULES = _words(
    """
    accounts admin api app apps auth base cells client conftest content context core create
    dashboard docs errors exports fields filters forms health home lists login models newest number
    pages parameters protection pytest registry related row rows sample samples settings
    signed_in stranger strict tests url urls user users views anonymous owner
    """
)
_TABLES = _words(
    """
    users login_sessions account auth dashboard health docs admin api static login logout signup
    media favicon home
    """
)
_FIELDS = _words(
    """
    adelete arefresh_from_db asave check clean clean_fields created_at date_error_message delete
    from_db full_clean get_constraints get_deferred_fields id int label limit meta models objects
    offset owner owner_id page pk prepare_database_save property refresh_from_db save save_base
    search self serializable_value settings sort str super unique_error_message updated_at
    validate_constraints validate_unique validators format csrfmiddlewaretoken bool dt
    """
)

VOCABULARY = Vocabulary(
    classes=_CLASSES | PYTHON_CLASSES,
    modules=_MODULES | PYTHON_MODULES,
    tables=_TABLES,
    fields=_FIELDS | frozenset(keyword.kwlist),
    field_suffix="_value",
)


@kept_for_same
def names_of(spec: AppSpec) -> AppNames:
    """Name everything in a spec; the same spec always gets the same names."""
    return name_app(spec, VOCABULARY)
