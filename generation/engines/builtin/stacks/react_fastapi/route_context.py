"""What the API of an entity is filled with: who reads, who writes, what is checked."""

from __future__ import annotations

from typing import Any

from generation.engines.builtin.pyfit import call, import_line, import_lines
from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.react_fastapi.columns import Column
from generation.engines.builtin.stacks.react_fastapi.links import Link
from generation.engines.builtin.stacks.shared.capabilities import totalled
from generation.engines.builtin.stacks.shared.naming import EntityNames
from projects.spec.models import AppSpec


def chosen(wanted: dict[str, bool]) -> list[str]:
    """Return the names of what is needed."""
    return [name for name, needed in wanted.items() if needed]


def route_parts(
    spec: AppSpec, entity: EntityNames, columns: tuple[Column, ...], links: tuple[Link, ...]
) -> dict[str, Any]:
    """Return what an entity's API is filled with."""
    has_totals = bool(totalled(spec, columns))
    class_name, module = entity.class_name, entity.module
    user = ["user"] if spec.auth else []
    shapes = [class_name + kind for kind in ("Create", "Filters", "Read", "Update")]
    shapes += [class_name + kind for kind in ("ListPage", "Totals") if has_totals]
    shapes += ["UPLOADS"] if entity.uploads else []
    checks = _checks(spec, entity, columns, links)
    checked = bool(checks) and not (entity.inbox or entity.public)
    checker = user if checked or entity.authored else []
    writer = "StaffUser" if entity.managed else "CurrentUser"
    readers = _readers(entity)
    of_staff = [py_str(field.python) for field in entity.of_staff]
    # What a row links to is what its owner sees, also where staff changes it.
    owner = f"{module}.owner" if entity.overseen and not entity.follows else "user"
    left = ["exclude=left_to_staff(user)"] if of_staff and entity.overseen else []
    return {
        **_reads(spec, entity, links),
        "page": _page(spec, entity, has_totals=has_totals),
        **_writes(entity, [*checker, module], [*([owner] if checker else []), module], left),
        "orm": import_line("sqlalchemy.orm", ["Session", *(["selectinload"] if links else [])]),
        "models": _route_models(spec, entity, links),
        "schemas": import_line(f"app.schemas.{module}", shapes),
        "writer": writer,
        "reader": readers[0] if readers and spec.auth else "",
        "checked": checked,
        "user": "_user" if entity.public else "user",
        "of_staff": f"OF_STAFF = {{{', '.join(of_staff)}}}" if of_staff else "",
        "security": import_line("app.security", sorted({*readers, writer})),
        "rows": import_line("app.rows", chosen(_row_functions(entity, columns, links))),
        "checks": checks,
        "checker": bool(checker),
        "owner": owner,
    }


def _reads(spec: AppSpec, entity: EntityNames, links: tuple[Link, ...]) -> dict[str, str]:
    """Return how rows are selected, listed, found and answered."""
    class_name, module, rows_of = entity.class_name, entity.module, _rows_of(spec, entity)
    loads = [f"selectinload({class_name}.{link.name})" for link in links]
    seen = f"return {_rows_seen(entity, spec)}"
    shape = f"{class_name}Read"
    answer = [module, *(["context=user"] if entity.makers_change else [])]
    found = f"chosen({rows_of}, {class_name}, params)"
    return {
        "rows_of": call(
            "def rows_of",
            ["user: User"] if _seer(spec, entity) else [],
            f" -> Select[{class_name}]:",
        ),
        "statement": call(f"{seen}.options", loads, indent=4) if loads else f"    {seen}",
        "chosen": call("rows = db.scalars", [found], indent=4),
        "answered": call(f"return {shape}.model_validate", answer, indent=4),
        "found": call(f"{module} = find", ["db", class_name, rows_of, "row_id"], indent=4),
    }


def _seer(spec: AppSpec, entity: EntityNames) -> list[str]:
    """Return who rows are selected for; what visitors read is the same for everybody."""
    return ["user"] if spec.auth and not entity.public else []


def _rows_of(spec: AppSpec, entity: EntityNames) -> str:
    return f"rows_of({', '.join(_seer(spec, entity))})"


def _page(spec: AppSpec, entity: EntityNames, *, has_totals: bool) -> list[str]:
    """Return the lines that answer a list."""
    class_name, rows_of = entity.class_name, _rows_of(spec, entity)
    page = ["db", rows_of, class_name, "params", f"{class_name}Read"]
    page += ["user"] if entity.makers_change else []
    if not has_totals:
        return [call("return page_of", page, indent=4)]
    whole = f"chosen({rows_of}, {class_name}, params)"
    return [
        call("page = page_of", page, indent=4),
        call("totals = totals_of", ["db", whole, f"{class_name}Totals"], indent=4),
        call(f"return {class_name}ListPage", ["**dict(page)", "totals=totals"], indent=4),
    ]


def _writes(
    entity: EntityNames, made: list[str], changed: list[str], left: list[str]
) -> dict[str, str]:
    """Return how a row is made, replaced and changed; `left` says what is left to staff."""
    whole = f"data.model_dump({', '.join(left)})"
    part = f"data.model_dump({', '.join(['exclude_unset=True', *left])})"
    return {
        "made": call("return write", ["db", *made, whole], indent=4),
        "replaced": call("return write", ["db", *changed, _replaced(entity, left)], indent=4),
        "patch": call("return write", ["db", *changed, part], indent=4),
    }


def _replaced(entity: EntityNames, left: list[str]) -> str:
    """Return the values that replace a row's: pictures and files that are not given stay."""
    if not entity.uploads:
        return f"data.model_dump({', '.join(left)})"
    return f"data.model_dump({' | '.join([*left, 'left_out']) if left else 'exclude=left_out'})"


def _route_models(spec: AppSpec, entity: EntityNames, links: tuple[Link, ...]) -> str:
    models = {entity.module: entity.class_name}
    models |= {link.target.module: link.target.class_name for link in links}
    models |= {"user": "User"} if spec.auth and (entity.authored or not entity.public) else {}
    return "\n".join(import_lines({f"app.models.{m}": [c] for m, c in models.items()}))


def _readers(entity: EntityNames) -> list[str]:
    """Return who reads an entity's rows; nobody is asked for where it does not matter."""
    if entity.inbox:
        return ["StaffUser"]
    if entity.public:
        return ["PossibleUser"] if entity.authored else []
    return ["CurrentUser"]


def _rows_seen(entity: EntityNames, spec: AppSpec) -> str:
    """Return what selects the rows that somebody sees; of what is public, everybody all."""
    if entity.public:
        return f"select({entity.class_name})"
    return f"visible({entity.class_name}{', user' if spec.auth else ''})"


def _row_functions(
    entity: EntityNames, columns: tuple[Column, ...], links: tuple[Link, ...]
) -> dict[str, bool]:
    return {
        "find": True,
        "IfMatch": True,
        "check_unchanged": True,
        "check_author": entity.makers_change,
        "visible": not entity.public,
        "check_link": any(not link.many for link in links),
        "check_other": any(link.to_itself for link in links),
        "linked_rows": any(link.many for link in links),
        "check_unique": any(column.unique for column in columns) or has_unique(links),
    }


def _checks(
    spec: AppSpec, entity: EntityNames, columns: tuple[Column, ...], links: tuple[Link, ...]
) -> list[str]:
    """Return the lines that check what a body points at and what must be unique."""
    user = ", user" if spec.auth else ""
    lines = []
    for link in links:
        target = link.target.class_name
        prefix = f"linked_{link.name} = linked_rows" if link.many else "check_link"
        # What is public, and what anybody sends, links to what is public.
        is_shown = entity.public or entity.inbox
        seen = f"select({target})" if is_shown else f"visible({target}{user})"
        arguments = ["db", target, seen, "values", py_str(link.column)]
        if link.to_itself:
            other = [entity.module, "values", py_str(link.column)]
            lines.append(call("check_other", other, indent=4))
        lines.append(call(prefix, arguments, indent=4))
    unique = [column.name for column in columns if column.unique]
    every = [link.column for link in links if link.names.unique]
    for name in [*unique, *every]:
        # A one-to-one link is unique whoever owns the row, and what anybody sends whoever sees it:
        # all rows are looked at.
        model = entity.class_name
        own = name in unique and not entity.inbox
        rows = _rows_seen(entity, spec) if own else f"select({model})"
        if own and entity.overseen:
            owner_id = f"{entity.module}.owner_id" if entity.follows else "user.id"
            rows = f"select({model}).where({model}.owner_id == {owner_id})"
        arguments = ["db", model, rows, entity.module, "values", py_str(name)]
        lines.append(call("check_unique", arguments, indent=4))
    return lines


def has_unique(links: tuple[Link, ...]) -> bool:
    """Tell whether a row that one of the links leads to has no other that leads there."""
    return any(link.names.unique for link in links)
