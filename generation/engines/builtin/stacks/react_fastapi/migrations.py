"""Migrations: one for the users, one for each entity, one for what links them afterwards."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.pyfit import call
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.columns import columns_of
from generation.engines.builtin.stacks.react_fastapi.links import Link, links_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.shared.links import in_table_order
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.uploads import uploads_of
from projects.spec.models import AppSpec


@dataclass(frozen=True)
class Migration:
    """One migration: what it makes, and its place in the chain."""

    slug: str
    title: str
    up: tuple[str, ...]
    down: tuple[str, ...]
    number: int = 0
    revision: str = ""
    parent: str | None = None
    entity: str | None = None
    refuses_duplicates: bool = False

    @property
    def file_path(self) -> str:
        """Return where it is written."""
        return f"backend/alembic/versions/{self.number:04}_{self.slug}.py"


@kept_for_same
def migrations_of(spec: AppSpec) -> tuple[Migration, ...]:
    """Return all migrations, chained; a revision is named by what it holds."""
    names = names_of(spec)
    drafts = [_users(staffed=names.staffed)] if spec.auth else []
    drafts += [_entity(e, links_of(e, names)) for e in in_table_order(names)]
    links = [link for e in names.entities for link in links_of(e, names)]
    if any(link.many or link.late for link in links):
        drafts.append(_links(links))
    chained: list[Migration] = []
    parent: str | None = None
    for number, draft in enumerate(drafts, start=1):
        content = "\n".join([parent or "", draft.slug, *draft.up, *draft.down])
        revision = hashlib.sha256(content.encode()).hexdigest()[:12]
        fields = {**draft.__dict__, "number": number, "revision": revision, "parent": parent}
        chained.append(Migration(**fields))
        parent = revision
    return tuple(chained)


def _users(*, staffed: bool) -> Migration:
    down = ('    op.drop_table("login_sessions")', '    op.drop_table("users")')
    return Migration("users", "Users and their sessions.", users_tables(staffed=staffed), down)


def users_tables(*, staffed: bool) -> tuple[str, str]:
    """Return what makes the tables of users and of their sessions."""
    staff = ['        sa.Column("is_staff", sa.Boolean(), nullable=False),'] if staffed else []
    users = _table(
        "users",
        [
            '        sa.Column("email", sa.String(254), nullable=False, unique=True),',
            '        sa.Column("password_hash", sa.String(200), nullable=False),',
            *staff,
            *_stamps(),
        ],
    )
    sessions = _table(
        "login_sessions",
        [
            '        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),',
            _owner_line("user_id"),
            '        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),',
            *_stamps(),
        ],
    )
    return users, sessions


def _entity(entity: EntityNames, links: tuple[Link, ...]) -> Migration:
    down = (f"    op.drop_table({py_str(entity.table)})",)
    title = f"The table {entity.table}."
    up = (table_of(entity, links),)
    return Migration(entity.table, title, up, down, entity=entity.class_name)


def table_of(entity: EntityNames, links: tuple[Link, ...]) -> str:
    """Return what makes an entity's table; its late keys and its pairs are made afterwards."""
    columns = columns_of(entity)
    lines = [_owner_line("owner_id")] if entity.owned else []
    lines += [_owner_line("owner_id", nullable=True)] if entity.authored else []
    lines += [column.migration_line for column in columns]
    for upload in uploads_of(entity):
        pair = ((upload.name, "sa.JSON()"), (upload.content, "sa.LargeBinary()"))
        lines += [f"        sa.Column({py_str(n)}, {kind}, nullable=True)," for n, kind in pair]
    lines += [link.migration_line for link in links if not link.many]
    lines += _stamps()
    if entity.owned:
        pairs = [f'"owner_id", {py_str(c.name)}' for c in columns if c.unique]
        lines += [f"        sa.UniqueConstraint({pair})," for pair in pairs]
    return _table(entity.table, lines)


def _links(links: list[Link]) -> Migration:
    up, down = [], []
    for link in links:
        if link.late:
            up.append(late_key(link))
            down.append(drop_late_key(link))
        elif link.many:
            up.append(pairs_table(link))
            down.append(f"    op.drop_table({py_str(link.pairs)})")
    return Migration("links", "What links the tables.", tuple(up), tuple(reversed(down)))


def pairs_table(link: Link) -> str:
    """Return what makes a link's table of pairs."""
    pairs = [link.pair_line("source", "sa."), link.pair_line("target", "sa.")]
    return "\n".join([_head(link.pairs), *pairs, "    )"])


def _batch(link: Link) -> str:
    return f"    with op.batch_alter_table({py_str(link.entity.table)}) as batch:"


def _key_name(link: Link) -> str:
    return f"fk_{link.entity.table}_{link.column}_{link.target.table}"[:60]


def late_key(link: Link) -> str:
    """Return what adds the key of a link that goes round."""
    arguments = [
        f"batch.f({py_str(_key_name(link))})",
        py_str(link.target.table),
        f"[{py_str(link.column)}]",
        '["id"]',
        f'ondelete="{link.on_delete}"',
    ]
    return f"{_batch(link)}\n{call('batch.create_foreign_key', arguments, indent=8)}"


def drop_late_key(link: Link) -> str:
    """Return what takes that key away."""
    arguments = [f"batch.f({py_str(_key_name(link))})", 'type_="foreignkey"']
    return f"{_batch(link)}\n{call('batch.drop_constraint', arguments, indent=8)}"


def _table(name: str, lines: list[str]) -> str:
    key = '        sa.Column("id", sa.Integer(), primary_key=True),'
    return "\n".join([_head(name), key, *lines, "    )"])


def _head(name: str) -> str:
    return f"    op.create_table(\n        {py_str(name)},"


def _owner_line(column: str, *, nullable: bool = False) -> str:
    # What may be without its owner outlives them.
    on_delete = "SET NULL" if nullable else "CASCADE"
    arguments = [
        py_str(column),
        "sa.Integer()",
        f'sa.ForeignKey("users.id", ondelete="{on_delete}")',
        f"nullable={nullable}",
        "index=True",
    ]
    return call("sa.Column", arguments, ",", indent=8)


def _stamps() -> list[str]:
    return [
        f'        sa.Column("{name}", sa.DateTime(timezone=True), nullable=False),'
        for name in ("created_at", "updated_at")
    ]
