"""The names that Python, TypeScript and the templates of this stack keep for themselves."""

from __future__ import annotations

import keyword

from pydantic import BaseModel

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


CLASS_RESERVED = _words(
    """
    Annotated Any App Array Base Boolean Button Counter Dashboard Date Decimal Depends Dialog
    Error Exception Field Form Fragment Function Generic Home Input Layout Link Literal Login
    Map Modal Mutation NavLink Navigate None Number Object Outlet Page Pagination Partial Patch
    Promise Protocol Query React Record Ref Request Response Route Router Routes
    Session Set Signup String Suspense Symbol True False Type User LoginSession
    AnySender Authored Following Overseen Owned OwnerEmail PossibleUser SentByAnybody
    Day Output Recent Source Summary
    """
)
MODULE_RESERVED = _words(
    """
    app auth breakdowns client common conftest dashboard data db dt errors exports filters find
    health id item items list_params listing main migrations owner page params payload query
    response rest router row rows save schema search select session settings staff statement
    status total user users value visible write
    """
)
TABLE_RESERVED = frozenset(
    {
        "users",
        "login_sessions",
        "account",
        "alembic_version",
        "auth",
        "dashboard",
        "health",
        "docs",
        "docs_files",
    }
)
FIELD_RESERVED = _words(
    """
    arguments await class client created_at dict enum export extends false function id
    implements interface items json label let limit metadata new null offset owner owner_id
    package page password private protected public query registry schema search self sort static
    super searched linked filters not_null switch this throw true typeof updated_at var void
    copy construct constructor case catch const dt default delete do parse_obj parse_raw
    validate fields int list property str
    """
)
PYDANTIC = frozenset(name for name in dir(BaseModel) if not name.startswith("_"))

VOCABULARY = Vocabulary(
    classes=CLASS_RESERVED | PYTHON_CLASSES,
    modules=MODULE_RESERVED | PYTHON_MODULES,
    tables=TABLE_RESERVED,
    fields=FIELD_RESERVED | PYDANTIC | frozenset(keyword.kwlist),
)


@kept_for_same
def names_of(spec: AppSpec) -> AppNames:
    """Name everything in a spec; the same spec always gets the same names."""
    return name_app(spec, VOCABULARY)
