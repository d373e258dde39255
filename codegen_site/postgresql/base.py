"""Django's PostgreSQL backend with the current identity set in every session it hands out.

Row-level security reads `codegen.user_id` and `codegen.staff`. Each cursor first compares the
identity of the unit of work with the one the session has, so a pooled connection can never answer
under the identity of whoever used it before.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from projects.identity import Identity, current_identity

SET_IDENTITY = (
    "SELECT set_config('codegen.user_id', %s, false), set_config('codegen.staff', %s, false)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose session always carries the identity of the unit of work using it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._applied: Identity | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open or borrow a session; what identity it carries is not known yet."""
        self._applied = None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor in a session that carries the current identity."""
        wanted = current_identity()
        if wanted != self._applied:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(
                    SET_IDENTITY,
                    (str(wanted.user_id or ""), "on" if wanted.staff else "off"),
                )
            self._applied = wanted
        return super().create_cursor(name)

    # The stubs leave out these three, which Django documents for backends.

    def _rollback(self) -> None:
        # A rollback also takes back a setting made inside the transaction.
        self._applied = None
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._applied = None

    def _close(self) -> None:
        self._applied = None
        super()._close()  # type: ignore[misc]
