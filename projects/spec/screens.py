"""The pages that a design's entities have, where nobody designed any: lists, rows, forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator

from projects.spec.models import AppSpec, EntitySpec, PageKind, PageSpec

DASHBOARD = "/dashboard"


def pages_of_rows(spec: AppSpec) -> Iterator[PageSpec]:
    """Yield the dashboard, if there is one, and the list, row and forms of each entity.

    Paths are of the design and each is there once; a stack may serve a page at another.
    """
    taken = {page.path for page in spec.pages}
    designed = {(page.entity, page.kind) for page in spec.pages}
    if spec.dashboard and DASHBOARD not in taken:
        taken.add(DASHBOARD)
        yield PageSpec(name="Dashboard", path=DASHBOARD, kind=PageKind.DASHBOARD)
    for number, entity in enumerate(spec.entities, start=1):
        root = f"/{_slug(entity.plural) or f'entity-{number}'}"
        pages = _more(entity, root, designed)
        while taken & {page.path for page in pages}:
            root = f"{root}-{number}"
            pages = _more(entity, root, designed)
        taken |= {page.path for page in pages}
        yield from pages


def _more(
    entity: EntitySpec, root: str, designed: Container[tuple[str | None, PageKind]]
) -> list[PageSpec]:
    return [page for page in _of(entity, root) if (page.entity, page.kind) not in designed]


def _of(entity: EntitySpec, root: str) -> Iterator[PageSpec]:
    for kind, name, path in (
        (PageKind.LIST, entity.plural, root),
        (PageKind.FORM, f"New {entity.name}", f"{root}/new"),
        (PageKind.DETAIL, entity.name, f"{root}/:id"),
        (PageKind.FORM, f"Change {entity.name}", f"{root}/:id/edit"),
    ):
        yield PageSpec(name=name[:100], path=path, kind=kind, entity=entity.name)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
