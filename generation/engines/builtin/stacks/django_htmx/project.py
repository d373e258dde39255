"""The project's Python: settings, people, models, forms, views, API, admin and their tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file, edit_file
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.django_htmx.breakdowns import breakdowns_context
from generation.engines.builtin.stacks.django_htmx.content import content_for, every_open
from generation.engines.builtin.stacks.django_htmx.entity_context import entity_context
from generation.engines.builtin.stacks.django_htmx.facts import facts_of, is_stored, uses_of
from generation.engines.builtin.stacks.django_htmx.migrations import migrations_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.project_context import (
    dashboard_context,
    migration_context,
    registry_context,
    samples_context,
)
from generation.engines.builtin.stacks.shared.breakdowns import has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import wants
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.registers import register
from projects.spec.models import AppSpec

FOLDER = "project"

# Template, file, and the sentence of a package: what every app has.
_ALWAYS = (
    ("manage", "manage.py", ""),
    ("package", "config/__init__.py", "The project: its settings and addresses."),
    ("settings", "config/settings.py", ""),
    ("urls", "config/urls.py", ""),
    ("wsgi", "config/wsgi.py", ""),
    ("protection", "config/protection.py", ""),
    ("package", "core/__init__.py", "What the app is about."),
    ("core-apps", "core/apps.py", ""),
    ("core-urls", "core/urls.py", ""),
    ("context", "core/context.py", ""),
    ("view-registry", "core/views/__init__.py", ""),
    ("package", "tests/__init__.py", "The app's tests."),
    ("test-conftest", "tests/conftest.py", ""),
    ("test-app", "tests/test_app.py", ""),
)
_STORED = (
    ("api-errors", "core/api/errors.py", ""),
    ("parsers", "config/parsers.py", ""),
    ("api-docs", "core/api/docs.py", ""),
    ("api-health", "core/api/health.py", ""),
    ("package", "core/forms/__init__.py", "The forms."),
    ("form-base", "core/forms/base.py", ""),
)
_WITH_ENTITIES = (
    ("model-base", "core/models/base.py", ""),
    ("model-registry", "core/models/__init__.py", ""),
    ("package", "core/migrations/__init__.py", "What makes the tables."),
    ("api-registry", "core/api/__init__.py", ""),
    ("lists", "core/lists.py", ""),
    ("api-base", "core/api/base.py", ""),
    ("api-lists", "core/api/lists.py", ""),
    ("api-parameters", "core/api/parameters.py", ""),
    ("admin-registry", "core/admin/__init__.py", ""),
    ("admin-base", "core/admin/base.py", ""),
    ("view-base", "core/views/base.py", ""),
    ("view-cells", "core/views/cells.py", ""),
    ("test-samples", "tests/samples.py", ""),
)
_LINKED = (("view-related", "core/views/related.py", ""),)
_TOTALS = (("totals", "core/totals.py", ""),)
_BREAKDOWNS = (
    ("groups", "core/groups.py", ""),
    ("test-groups", "tests/test_groups.py", ""),
)
_FILTERS = (("view-filters", "core/views/filters.py", ""),)
_UPLOADS = (("uploads", "core/uploads.py", ""),)
_EXPORTS = (
    ("api-exports", "core/api/exports.py", ""),
    ("test-exports", "tests/test_exports.py", ""),
)
_WITHOUT_ENTITIES = (("package", "core/api/__init__.py", "The API."),)
_PEOPLE = (
    ("package", "accounts/__init__.py", "The people who use the app."),
    ("user-apps", "accounts/apps.py", ""),
    ("user-model", "accounts/models.py", ""),
    ("user-attempts", "accounts/attempts.py", ""),
    ("user-backends", "accounts/backends.py", ""),
    ("user-admin", "accounts/admin.py", ""),
    ("package", "accounts/migrations/__init__.py", "What makes the tables."),
    ("user-migration", "accounts/migrations/0001_initial.py", ""),
)
_WITH_AUTH = (
    ("user-forms", "accounts/forms.py", ""),
    ("user-guard", "accounts/guard.py", ""),
    ("user-views", "accounts/views.py", ""),
    ("user-api", "accounts/api.py", ""),
    ("user-authentication", "accounts/authentication.py", ""),
    ("user-urls", "accounts/urls.py", ""),
    ("test-auth", "tests/test_auth.py", ""),
    ("test-password", "tests/password_test.py", ""),
)

_WITH_STAFF = (
    ("package", "accounts/management/__init__.py", "What is run by hand."),
    ("package", "accounts/management/commands/__init__.py", "The commands of `manage.py`."),
    ("user-staff", "accounts/management/commands/staff.py", ""),
    ("test-staff", "tests/test_staff.py", ""),
)
_WITH_MANAGED = (("staff", "core/staff.py", ""),)
_WITH_INBOXES = (("senders", "core/senders.py", ""),)

# For each registry: file, template of an entity's module, its folder, what it offers, its list.
_REGISTRIES = {
    "register-model": ("core/models", "model", "", "__all__ = ["),
    "register-pages": ("core/views", "views", "Pages", "PAGES: list[type[Pages]] = ["),
    "register-api": ("core/api", "api", "Views", "VIEWS: list[type[RowViews]] = ["),
    "register-admin": ("core/admin", "admin", "Admin", "__all__ = ["),
}


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:  # noqa: ARG001 - the stack's contract
    """Draft the steps that write the project: fixed files, entities, registrations, tests."""
    names = names_of(spec)
    drafts = [
        create_file(template, path, {"sentence": sentence} if sentence else {})
        for template, path, sentence in _fixed(spec)
    ]
    for entity in names.entities:
        drafts += _entity(entity)
    drafts += [
        create_file("migration", m.file_path, {"migration": m.name}) for m in migrations_of(spec)
    ]
    for entity in names.entities:
        drafts += [_registration(edit, entity) for edit in _REGISTRIES]
    return drafts


def _fixed(spec: AppSpec) -> list[tuple[str, str, str]]:
    found = [*_ALWAYS]
    found += (*_PEOPLE, *_STORED) if is_stored(spec) else ()
    found += _WITH_ENTITIES if spec.entities else ()
    found += _WITHOUT_ENTITIES if is_stored(spec) and not spec.entities else ()
    found += _WITH_AUTH if spec.auth else ()
    found += _WITH_STAFF if names_of(spec).staffed else ()
    found += _WITH_MANAGED if uses_of(spec)["managed"] or uses_of(spec)["makers_change"] else ()
    found += _WITH_INBOXES if names_of(spec).inboxes else ()
    if spec.entities:
        found += _LINKED if uses_of(spec)["links"] else ()
        found += _UPLOADS if uses_of(spec)["uploads"] else ()
        found += _TOTALS if uses_of(spec)["totals"] else ()
        found += _BREAKDOWNS if has_breakdowns(spec) else ()
        found += _FILTERS if wants(spec, "filter") else ()
        found += _EXPORTS if wants(spec, "export csv") else ()
    return [*found, *_words(spec)]


def _words(spec: AppSpec) -> list[tuple[str, str, str]]:
    """Return the modules of the dashboard and of pages of words, where there are some."""
    content = content_for(spec)
    found = []
    if content.dashboard_path:
        found.append(("view-dashboard", "core/views/dashboard.py", ""))
        if spec.entities:
            found.append(("test-dashboard", "tests/test_dashboard.py", ""))
    if content.home or content.pages:
        found.append(("content", "core/content.py", ""))
    if content.home or content.pages or not is_stored(spec):
        found.append(("view-home", "core/views/home.py", ""))
    if content.newest:
        found.append(("view-newest", "core/views/newest.py", ""))
        found.append(("test-newest", "tests/test_newest.py", ""))
    if every_open(content):
        found.append(("test-content", "tests/test_content.py", ""))
    return found


def _entity(entity: EntityNames) -> list[Draft]:
    """Draft an entity's modules: each needs the ones it imports."""
    model = f"core/models/{entity.module}.py"
    form = f"core/forms/{entity.module}.py"
    api = f"core/api/{entity.module}.py"
    variables = {"model_name": entity.class_name}
    fields = ["id:int:primary", *(["owner:foreign:User"] if entity.has_owner else [])]
    fields += [f"{field.python}:{field.spec.type.value}" for field in entity.fields]
    fields += [f"{upload.python}:{upload.spec.type.value}" for upload in entity.uploads]
    fields += [f"{link.attribute}:foreign:{link.target}" for link in entity.links]
    address = f"/api/{entity.plural_slug}"
    methods = [f"{verb} {address}" for verb in ("POST", "GET")]
    methods += [f"{verb} {address}/{{id}}" for verb in ("GET", "PUT", "PATCH", "DELETE")]
    uploads = f"tests/test_{entity.module}_uploads.py"
    methods += [f"GET {address}/{{id}}/files/{upload.python}" for upload in entity.uploads]
    return [
        create_file("model", model, {**variables, "fields": fields, "db": "postgresql"}),
        create_file("form", form, variables, model),
        create_file("views", f"core/views/{entity.module}.py", variables, form),
        create_file("api", api, {**variables, "path": address, "methods": methods}, model),
        create_file("admin", f"core/admin/{entity.module}.py", variables, model),
        create_file("test-api", f"tests/test_{entity.module}_api.py", variables, api),
        create_file("test-pages", f"tests/test_{entity.module}_pages.py", variables, form),
        *([create_file("test-uploads", uploads, variables, api)] if entity.uploads else []),
    ]


def _registration(edit: str, entity: EntityNames) -> Draft:
    folder, _, suffix, listing = _REGISTRIES[edit]
    name = f"{entity.class_name}{suffix}"
    return edit_file(
        edit,
        f"{folder}/__init__.py",
        {"name": name, "module": entity.module},
        f"{folder}/__init__.py",
        f"{folder}/{entity.module}.py",
        key=f"{edit} {name}",
        say=f"Import {name} from {folder.replace('/', '.')}.{entity.module} and add it to "
        f"{listing.partition(':')[0].partition(' ')[0]}.",
    )


def _edit(name: str) -> Edit:
    folder, _, _, listing = _REGISTRIES[name]
    package = folder.replace("/", ".")
    quoted = listing.startswith("__all__")

    def edit(code: str, variables: Mapping[str, Any], spec: AppSpec, styling: str) -> str:  # noqa: ARG001 - every edit is called alike
        member, module = str(variables["name"]), str(variables["module"])
        line = f'    "{member}",' if quoted else f"    {member},"
        return register(code, f"{package}.{module}", member, listing, line, in_order=quoted)

    return edit


EDITS: Mapping[str, Edit] = {name: _edit(name) for name in _REGISTRIES}


def context_for(
    template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
) -> dict[str, Any]:
    """Return what a template of the project is filled with."""
    values = {**variables, **facts_of(spec, styling)}
    names = names_of(spec)
    if template.endswith("-registry"):
        return values | registry_context(template, spec)
    if template == "migration":
        return values | migration_context(spec, variables["migration"])
    if template == "test-samples":
        return values | samples_context(spec)
    if template == "test-dashboard":
        return values | dashboard_context(spec)
    if template in ("groups", "test-groups"):
        return values | {"breakdowns": breakdowns_context(spec)}
    if "model_name" in variables:
        return values | entity_context(spec, names.of(str(variables["model_name"])))
    return values
