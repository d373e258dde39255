"""The store of designs: an AppSpec in, the same AppSpec out, and what a person decided kept."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Model, QuerySet
from django.db.models.functions import Cast

from projects.design.derived import (
    Screens,
    business_rules,
    parent_path,
    screens_by_entity,
    theme_confidence,
)
from projects.design.rows import (
    Columns,
    entity_columns,
    entity_of,
    feature_columns,
    feature_of,
    page_columns,
    page_of,
    theme_of,
    theme_tokens,
)
from projects.models import DesignSystem, Feature, InferredEntity, Page, Project
from projects.models.design import FeatureStatus, GenerationMethod, PageStatus, PageType
from projects.spec.check import check_names
from projects.spec.confirmed import Confirmed, merge_understood, note_edit
from projects.spec.identity import renamed_entities, with_identities
from projects.spec.models import AppSpec, FeatureState, PageSpec, ThemePart, ThemeSpec
from projects.spec.proposals import Proposals, merged
from projects.spec.screens import pages_of_rows

IN_TABLES = {"name", "entities", "pages", "theme", "features"}
IN_METADATA = "app"
IN_ROWS = {"entities"}
BATCH = 200


class DesignChanged(Exception):
    """Somebody stored another version of the design meanwhile; `design` is the one there now."""

    def __init__(self, design: Design) -> None:
        super().__init__("The design was changed meanwhile.")
        self.design = design


@dataclass(frozen=True)
class Design:
    """A project's design, and what of it a person has confirmed."""

    spec: AppSpec
    confirmed: Confirmed
    entity_ids: Mapping[str, UUID]

    @cached_property
    def version(self) -> str:
        """A token that changes with the content."""
        return hashlib.sha256(self.spec.model_dump_json().encode()).hexdigest()[:32]


def design_of(project: Project) -> Design | None:
    """Return a project's design; None when its words have not been understood yet."""
    return _read(Project.objects.get(pk=project.pk))


def _read(project: Project) -> Design | None:
    look = DesignSystem.objects.filter(project=project).first()
    if look is None:
        return None
    entities = list(InferredEntity.objects.filter(project=project).order_by("sort_order", "pk"))
    pages = _screens(project).filter(wizard_generated=False).order_by("sort_order", "pk")
    features = Feature.objects.filter(project=project).order_by("sort_order", "pk")
    spec = AppSpec(
        **project.metadata.get(IN_METADATA, {}),
        name=project.project_name,
        entities=tuple(entity_of(row) for row in entities),
        pages=tuple(page_of(row) for row in pages),
        theme=theme_of(look),
        features=tuple(feature_of(row) for row in features),
    )
    confirmed = Confirmed(
        **look.user_confirmations,
        entities=frozenset(row.entity_name for row in entities if row.user_confirmed),
    )
    return Design(spec, confirmed, {row.entity_name: row.pk for row in entities})


def store_understood(project: Project, spec: AppSpec) -> Design:
    """Store what was understood of the words; what a person decided about them stays.

    Raises `InvalidDesign` when two entities, fields or pages cannot be told apart.
    """
    check_names(spec)
    with transaction.atomic():
        project = _locked(project)
        before = _read(project)
        if before is None:
            named = spec.model_copy(update={"name": project.project_name})
            return _write(project, named, Confirmed())
        merged = merge_understood(spec, before.spec, before.confirmed)
        merged = with_identities(before.spec, merged)
        return _write(project, merged, before.confirmed)


def store_proposed(project: Project, proposals: Proposals) -> Design:
    """Add what a model proposes and is not there yet; what a person decided stays.

    A project whose words have not been understood yet has no design to add to: `LookupError`.
    """
    with transaction.atomic():
        project = _locked(project)
        before = _read(project)
        if before is None:
            raise LookupError(f"project {project.pk} has no design yet")
        after = with_identities(before.spec, merged(before.spec, proposals, before.confirmed))
        return before if after == before.spec else _write(project, after, before.confirmed)


def store_edited(project: Project, spec: AppSpec, *, expected: str | None = None) -> Design:
    """Store a person's edit; what they changed is theirs from now on.

    What was renamed keeps its identity. Raises `DesignChanged` when `expected` is not the version
    that is stored.
    """
    with transaction.atomic():
        project = _locked(project)
        before = _read(project)
        if before is None:
            return _write(project, spec, Confirmed())
        if expected is not None and expected != before.version:
            raise DesignChanged(before)
        spec = with_identities(before.spec, spec)
        confirmed = note_edit(before.spec, spec, before.confirmed)
        return _write(project, spec, confirmed, renamed=renamed_entities(before.spec, spec))


def confirm_entity(project: Project, entity_id: UUID) -> None:
    """Mark an entity as looked at by a person."""
    InferredEntity.objects.filter(project=project, pk=entity_id).update(user_confirmed=True)


def confirm_design(project: Project) -> None:
    """Mark everything in a design as looked at by a person."""
    with transaction.atomic():
        project = _locked(project)
        InferredEntity.objects.filter(project=project).update(user_confirmed=True)
        _screens(project).update(status=PageStatus.APPROVED)
        paths = _screens(project).filter(wizard_generated=False).values_list("path", flat=True)
        for look in DesignSystem.objects.filter(project=project):
            look.user_confirmations["pages"] = list(paths)
            look.save(update_fields=["user_confirmations"])


def mark_built(project: Project, spec: AppSpec) -> None:
    """Mark what an app was built with as done, features and pages; an edit plans them anew."""
    texts = [one.text for one in spec.features if one.state is FeatureState.PLANNED]
    Feature.objects.filter(project=project, user_description__in=texts).update(
        status=FeatureStatus.COMPLETED
    )
    paths = [page.path for page in (*spec.pages, *pages_of_rows(spec))]
    _screens(project).filter(path__in=paths).update(status=PageStatus.BUILT)


def _locked(project: Project) -> Project:
    return Project.objects.select_for_update(no_key=True).get(pk=project.pk)


def _write(
    project: Project,
    spec: AppSpec,
    confirmed: Confirmed,
    renamed: Mapping[str, str] | None = None,
) -> Design:
    check_names(spec)
    project.project_name = spec.name
    project.metadata[IN_METADATA] = spec.model_dump(mode="json", exclude=IN_TABLES)
    project.save(update_fields=["project_name", "metadata"])
    _write_look(project, spec, confirmed)
    of_rows = list(pages_of_rows(spec))
    shown = [*spec.pages, *of_rows]
    screens = screens_by_entity(shown)
    entities = _sync(
        InferredEntity.objects.filter(project=project),
        project,
        "entity_name",
        [
            {
                **entity_columns(entity, shown, signed_in=spec.auth),
                "user_confirmed": entity.name in confirmed.entities,
            }
            for entity in spec.entities
        ],
        moved=renamed or {},
    )
    named = {entity.name: entity for entity in spec.entities}
    derived = {page.path for page in of_rows}
    pages = _sync(
        _screens(project),
        project,
        "path",
        [
            {
                **page_columns(page, screens, named, signed_in=spec.auth),
                "wizard_generated": page.path in derived,
                "status": PageStatus.APPROVED if page.path in confirmed.pages else PageStatus.DRAFT,
            }
            for page in shown
        ],
    )
    _hang(project, shown, screens, pages)
    built = [(page, pages[page.path]) for page in shown]
    rules = {e.name: business_rules(e, signed_in=spec.auth) for e in spec.entities}
    features = [feature_columns(feature, built, named, rules) for feature in spec.features]
    _sync(Feature.objects.filter(project=project), project, None, features)
    return Design(spec, confirmed, {name: entities[name] for name in named})


def _hang(
    project: Project, shown: list[PageSpec], screens: Screens, keys: Mapping[str, UUID]
) -> None:
    """Let the pages of a row hang below their list, and no other below any."""
    above = {page.path: parent_path(page, screens) for page in shown}
    rows = list(_screens(project))
    for row in rows:
        over = above.get(row.path or "/")
        row.parent_id = keys[over] if over is not None else None
    Page.objects.bulk_update(rows, ["parent"], batch_size=BATCH)


def _write_look(project: Project, spec: AppSpec, confirmed: Confirmed) -> None:
    sure = theme_confidence(spec.theme)
    chosen = {part for part in sure if _is_chosen(part, spec.theme)}
    method = GenerationMethod.PRESCRIBED if confirmed.theme else GenerationMethod.EMERGENT
    if chosen and chosen != sure.keys():
        method = GenerationMethod.HYBRID
    DesignSystem.objects.update_or_create(
        project=project,
        defaults={
            "tokens": theme_tokens(spec.theme),
            "generation_method": method,
            "confidence_scores": sure,
            "user_confirmations": confirmed.model_dump(mode="json", exclude=IN_ROWS),
        },
    )


def _is_chosen(part: ThemePart, theme: ThemeSpec) -> bool:
    """Tell whether a person chose a part of the look, rather than that it was read of words."""
    mark = theme.marks.get(part)
    return mark is None or any(source.part == "user" for source in mark.inferred_from)


def _screens(project: Project) -> QuerySet[Page]:
    """Return the rows that are pages of the app; layouts and parts of pages are not in a spec.

    Those that are generated follow from the entities and are in no spec either.
    """
    return Page.objects.filter(project=project, type=PageType.PAGE, path__isnull=False)


def _sync(
    existing: QuerySet[Any],
    project: Project,
    key: str | None,
    wanted: Iterable[Columns],
    moved: Mapping[str, str] | None = None,
) -> dict[Any, UUID]:
    """Make a project's rows of a table the wanted ones, in their order; return ids by key.

    A row keeps its id as long as its `key` stays, or moves as `moved` says; without a key rows
    are told apart by their order.
    """
    order, model, moved = count(), existing.model, moved or {}
    replaced = set(moved.values()) - moved.keys()
    rows: dict[Hashable, Any] = {}
    gone: list[UUID] = []
    for row in existing.order_by("sort_order", "pk"):
        name: Any = getattr(row, key) if key else next(order)
        if name in replaced:  # another takes its name
            gone.append(row.pk)
        else:
            rows[moved.get(name, name)] = row
    made: dict[Hashable, Model] = {}
    for number, columns in enumerate(wanted):
        name = columns[key] if key else number
        row = rows.pop(name, None) or model(project=project)
        for column, value in {**columns, "sort_order": number}.items():
            setattr(row, column, value)
        made[name] = row
        changed = [*columns, "sort_order"]
    model.objects.filter(pk__in=[*gone, *(row.pk for row in rows.values())]).delete()
    if key and any(old in made for old in moved):  # a name is free before another takes it
        stale = [row.pk for row in made.values() if getattr(row, key) in moved.values()]
        model.objects.filter(pk__in=stale).update(**{key: Cast("pk", CharField())})
    stored = [row for row in made.values() if not row._state.adding]  # noqa: SLF001 - Django's public name
    if stored:
        model.objects.bulk_update(stored, changed, batch_size=BATCH)
    model.objects.bulk_create([row for row in made.values() if row._state.adding])  # noqa: SLF001
    return {name: row.pk for name, row in made.items()}
