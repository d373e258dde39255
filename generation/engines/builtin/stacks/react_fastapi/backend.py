"""The backend's files: FastAPI, SQLAlchemy, Alembic and their tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file, edit_file
from generation.engines.builtin.pyfit import import_line
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.react_fastapi.backend_context import (
    entity_context,
    migration_context,
    samples_context,
    uses_of,
)
from generation.engines.builtin.stacks.react_fastapi.breakdowns import breakdowns_context
from generation.engines.builtin.stacks.react_fastapi.migrations import migrations_of
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.react_fastapi.registers import (
    register_model,
    register_router,
)
from generation.engines.builtin.stacks.shared.breakdowns import has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import has_dashboard, wants
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.uploads import largest_body
from projects.spec.models import AppSpec

FOLDER = "backend"
EDITS: Mapping[str, Edit] = {
    "register-model": register_model,
    "register-router": register_router,
}
MODELS = "backend/app/models/__init__.py"
ROUTERS = "backend/app/api/__init__.py"

# Template, file: what every app has.
_ALWAYS = (
    ("python-package", "backend/app/__init__.py"),
    ("python-config", "backend/app/config.py"),
    ("sqlalchemy-database", "backend/app/database.py"),
    ("fastapi-errors", "backend/app/errors.py"),
    ("fastapi-main", "backend/app/main.py"),
    ("fastapi-protection", "backend/app/protection.py"),
    ("fastapi-pages", "backend/app/pages.py"),
    ("sqlalchemy-registry", MODELS),
    ("fastapi-registry", ROUTERS),
    ("fastapi-health", "backend/app/api/health.py"),
    ("python-project", "backend/pyproject.toml"),
    ("requirements-txt", "backend/requirements.txt"),
    ("requirements-dev-txt", "backend/requirements-dev.txt"),
    ("alembic-ini", "backend/alembic.ini"),
    ("alembic-env", "backend/alembic/env.py"),
    ("alembic-template", "backend/alembic/script.py.mako"),
    ("pytest-package", "backend/tests/__init__.py"),
    ("pytest-conftest", "backend/tests/conftest.py"),
    ("pytest-app", "backend/tests/test_app.py"),
    ("pytest-migrations", "backend/tests/test_migrations.py"),
)
_WITH_AUTH = (
    ("sqlalchemy-user", "backend/app/models/user.py"),
    ("fastapi-attempts", "backend/app/attempts.py"),
    ("fastapi-security", "backend/app/security.py"),
    ("pydantic-user", "backend/app/schemas/user.py"),
    ("fastapi-auth", "backend/app/api/auth.py"),
    ("fastapi-account", "backend/app/account.py"),
    ("pytest-auth", "backend/tests/test_auth.py"),
    ("pytest-password", "backend/tests/password_test.py"),
)
_WITH_STAFF = (
    ("fastapi-staff", "backend/app/staff.py"),
    ("pytest-staff", "backend/tests/test_staff.py"),
)
_WITH_INBOXES = (("fastapi-senders", "backend/app/senders.py"),)
_WITH_ROWS = (
    ("pydantic-package", "backend/app/schemas/__init__.py"),
    ("pydantic-common", "backend/app/schemas/common.py"),
)
_WITH_ENTITIES = (
    ("fastapi-pagination", "backend/app/pagination.py"),
    ("fastapi-rows", "backend/app/rows.py"),
    ("pytest-samples", "backend/tests/samples.py"),
)
_WITH_EXCERPTS = (("python-excerpts", "backend/app/excerpts.py"),)
_WITH_BREAKDOWNS = (
    ("fastapi-groups", "backend/app/groups.py"),
    ("pytest-groups", "backend/tests/test_breakdowns.py"),
)
_WITH_TOTALS = (("fastapi-totals", "backend/app/totals.py"),)
_WITH_UPLOADS = (("fastapi-uploads", "backend/app/uploads.py"),)
_WITH_EXPORTS = (
    ("fastapi-exports", "backend/app/exports.py"),
    ("pytest-exports", "backend/tests/test_exports.py"),
)


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:  # noqa: ARG001 - the stack's contract
    """Draft the steps that write the backend: models, routes, registrations, tests."""
    names = names_of(spec)
    models = [_model(entity) for entity in names.entities]
    routes = [draft for entity in names.entities for draft in _routes(entity)]
    plain = [create_file(template, path, {}) for template, path in _fixed(spec)]
    migrations = [
        create_file("alembic-migration", m.file_path, {"revision": m.revision, "table": m.slug})
        for m in migrations_of(spec)
    ]
    return [*models, *plain, *migrations, *routes, *_registrations(spec), *_tests(spec)]


def _fixed(spec: AppSpec) -> list[tuple[str, str]]:
    found = [*_ALWAYS]
    found += _WITH_ROWS if spec.auth or spec.entities else ()
    found += _WITH_AUTH if spec.auth else ()
    found += _WITH_STAFF if names_of(spec).staffed else ()
    found += _WITH_INBOXES if names_of(spec).inboxes else ()
    found += _WITH_ENTITIES if spec.entities else ()
    found += _WITH_EXCERPTS if uses_of(spec)["excerpts"] else ()
    found += _WITH_TOTALS if uses_of(spec)["totals"] else ()
    found += _WITH_UPLOADS if uses_of(spec)["uploads"] else ()
    if spec.entities and wants(spec, "export csv"):
        found += _WITH_EXPORTS
    if has_dashboard(spec):
        template = "fastapi-dashboard" if spec.entities else "fastapi-empty-dashboard"
        found.append((template, "backend/app/api/dashboard.py"))
        found.append(("pytest-dashboard", "backend/tests/test_dashboard.py"))
    found += _WITH_BREAKDOWNS if has_breakdowns(spec) else ()
    return found


def _model(entity: EntityNames) -> Draft:
    fields = ["id:int:primary"]
    fields += ["owner_id:int:foreign:User.id"] if entity.owned or entity.authored else []
    fields += [f"{f.python}:{f.spec.type.value}{_marks(f.spec)}" for f in entity.fields]
    fields += [f"{f.python}:{f.spec.type.value}" for f in entity.uploads]
    fields += [
        f"{link.column}:int:foreign:{link.target}.id" for link in entity.links if not link.many
    ]
    variables = {"model_name": entity.class_name, "fields": fields, "db": "postgresql"}
    return create_file("sqlalchemy-model", f"backend/app/models/{entity.module}.py", variables)


def _marks(field: Any) -> str:
    marks = [name for name in ("required", "unique") if getattr(field, name)]
    return "".join(f":{mark}" for mark in marks)


def _routes(entity: EntityNames) -> list[Draft]:
    model = f"backend/app/models/{entity.module}.py"
    schema = f"backend/app/schemas/{entity.module}.py"
    path = f"/api/{entity.plural_slug}"
    route = {
        "model_name": entity.class_name,
        "router_name": entity.module,
        "path": path,
        "methods": [
            *(f"{verb} {path}" for verb in ("POST", "GET")),
            *(f"{verb} {path}/{{id}}" for verb in ("GET", "PUT", "PATCH", "DELETE")),
            *(f"GET {path}/{{id}}/files/{upload.python}" for upload in entity.uploads),
        ],
    }
    return [
        create_file("pydantic-schema", schema, {"model_name": entity.class_name}, model),
        create_file("fastapi-route", f"backend/app/api/{entity.module}.py", route, schema),
    ]


def _registrations(spec: AppSpec) -> list[Draft]:
    """Draft the edits that register each model and each router, one after the other."""
    names = names_of(spec)
    models = [("User", "user"), ("LoginSession", "user")] if spec.auth else []
    models += [(e.class_name, e.module) for e in names.entities]
    routers = ["auth"] if spec.auth else []
    routers += ["dashboard"] if has_dashboard(spec) else []
    routers += [entity.module for entity in names.entities]
    drafts: list[Draft] = []
    before = MODELS
    for class_name, module in models:
        drafts.append(_register_model(class_name, module, before))
        before = drafts[-1].key
    before = ROUTERS
    for module in routers:
        drafts.append(_register_router(module, before))
        before = drafts[-1].key
    return drafts


def _register_model(class_name: str, module: str, before: str) -> Draft:
    return edit_file(
        "register-model",
        MODELS,
        {"model_name": class_name, "module": module},
        before,
        f"backend/app/models/{module}.py",
        key=f"register-model {class_name}",
        say=f"Import {class_name} from app.models.{module}, name it in __all__; keep both sorted.",
    )


def _register_router(module: str, before: str) -> Draft:
    return edit_file(
        "register-router",
        ROUTERS,
        {"router_name": module},
        before,
        f"backend/app/api/{module}.py",
        key=f"register-router {module}",
        say=f"Import the router of app.api.{module} as {module} and add it to ROUTERS; keep both "
        "sorted.",
    )


def _tests(spec: AppSpec) -> list[Draft]:
    return [
        create_file(
            template,
            f"backend/tests/{name}.py",
            {"model_name": entity.class_name},
            f"backend/app/api/{entity.module}.py",
        )
        for entity in names_of(spec).entities
        for template, name in (
            ("pytest-tests", f"test_{entity.module}"),
            *([("pytest-uploads", f"{entity.module}_uploads_test")] if entity.uploads else []),
        )
    ]


def _pydantic_imports(spec: AppSpec) -> str:
    """Return what the schemas' common module takes from Pydantic."""
    uses = uses_of(spec)
    names = ["BaseModel", "ConfigDict", "field_validator"]
    names += ["Field", "ValidationInfo"] if spec.entities else []
    names += ["AfterValidator"] if uses["email"] or uses["url"] else []
    names += ["BeforeValidator"] if uses["overseen"] or uses["authored"] else []
    names += ["GetCoreSchemaHandler", "GetJsonSchemaHandler"] if uses["patterns"] else []
    return import_line("pydantic", names)


def context_for(
    template: str,
    variables: Mapping[str, Any],
    spec: AppSpec,
    styling: str,  # noqa: ARG001 - the stack's contract
) -> dict[str, Any]:
    """Return what a template of the backend is filled with."""
    names = names_of(spec)
    values: dict[str, Any] = {
        "spec": spec,
        "auth": spec.auth,
        "exports": wants(spec, "export csv"),
        "entities": names.entities,
        "uses": uses_of(spec),
        "pydantic_imports": _pydantic_imports(spec),
        "largest_body": largest_body(names.entities),
    }
    if template == "alembic-migration":
        if "migration" in variables:
            return values | {"migration": variables["migration"]}
        return values | migration_context(spec, str(variables["revision"]))
    if template in ("pytest-samples", "fastapi-dashboard", "pytest-dashboard"):
        return values | samples_context(spec)
    if template in ("fastapi-groups", "pytest-groups"):
        return values | {"breakdowns": breakdowns_context(spec)}
    if "model_name" in variables:
        return values | entity_context(spec, names.of(str(variables["model_name"])))
    return values
