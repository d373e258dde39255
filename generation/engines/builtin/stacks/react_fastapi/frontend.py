"""The front end's files: planned by key, filled from the spec."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file, edit_file
from generation.engines.builtin.memo import kept_for_same
from generation.engines.builtin.renderer import ts_str
from generation.engines.builtin.stack import Edit
from generation.engines.builtin.stacks.react_fastapi.columns import columns_of
from generation.engines.builtin.stacks.react_fastapi.content import content_context, content_for
from generation.engines.builtin.stacks.react_fastapi.frontend_entities import (
    entity_context,
    lower_first,
    public_routes,
)
from generation.engines.builtin.stacks.react_fastapi.frontend_style import classes_of
from generation.engines.builtin.stacks.react_fastapi.locks import LOCKS
from generation.engines.builtin.stacks.react_fastapi.naming import names_of
from generation.engines.builtin.stacks.react_fastapi.tsfit import (
    add_entry,
    add_import,
    element,
    import_names,
    prop,
)
from generation.engines.builtin.stacks.shared.breakdowns import has_breakdowns
from generation.engines.builtin.stacks.shared.capabilities import (
    counted,
    has_dashboard,
    toggled,
    totalled,
    wants,
)
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.theme import accent_of, starts_dark, tokens_of
from projects.spec.models import AppSpec

FOLDER = "frontend"
PASSWORD_LENGTH = 8
STYLESHEETS = {
    "TailwindCSS": "styles-tailwind-css",
    "Bootstrap": "styles-bootstrap-css",
    "Plain CSS": "styles-plain-css",
}

# Template and path of every file that does not depend on the entities.
FILES = (
    ("package-json", "package.json"),
    ("tsconfig", "tsconfig.json"),
    ("vite-config", "vite.config.ts"),
    ("eslint-config", "eslint.config.js"),
    ("prettier-config", ".prettierrc.json"),
    ("prettier-ignore", ".prettierignore"),
    ("vite-html", "index.html"),
    ("theme-script", "public/theme.js"),
    ("favicon", "public/favicon.svg"),
    ("react-main", "src/main.tsx"),
    ("react-about", "src/about.ts"),
    ("api-client", "src/api/client.ts"),
    ("api-queries", "src/api/queries.ts"),
    ("react-shell", "src/components/shell.tsx"),
    ("react-theme", "src/components/theme.tsx"),
    ("react-title", "src/components/title.tsx"),
    ("react-not-found", "src/pages/NotFoundPage.tsx"),
    ("vitest-setup", "src/test/setup.ts"),
    ("vitest-app", "src/test/app.tsx"),
    ("vitest-pages", "src/pages/pages.test.tsx"),
)
FORM_FILES = (
    ("api-resource", "src/api/resource.ts"),
    ("api-validation", "src/api/validation.ts"),
    ("vitest-validation", "src/api/validation.test.ts"),
    ("react-inputs", "src/components/inputs.tsx"),
)
ROW_FILES = (
    ("react-values", "src/components/values.tsx"),
    ("react-numbers", "src/components/numbers.ts"),
    ("react-list", "src/components/ListView.tsx"),
    ("react-detail", "src/components/DetailView.tsx"),
    ("react-form", "src/components/FormView.tsx"),
    ("react-resources", "src/resources.ts"),
)
AUTH_FILES = (
    ("auth-session", "src/auth/session.ts"),
    ("auth-page", "src/auth/CredentialsPage.tsx"),
    ("auth-account", "src/auth/AccountPage.tsx"),
    ("auth-guard", "src/auth/RequireUser.tsx"),
    ("vitest-auth", "src/auth/auth.test.tsx"),
    ("vitest-account", "src/auth/account.test.tsx"),
)
CONTENT_FILES = (
    ("content-data", "src/content.ts"),
    ("content-sections", "src/components/sections.tsx"),
)
NEWEST_FILES = (
    ("react-newest", "src/components/newest.tsx"),
    ("vitest-newest", "src/components/newest.test.tsx"),
)
ENTITY_FILES = (
    ("react-list-page", "ListPage.tsx"),
    ("react-detail-page", "DetailPage.tsx"),
    ("react-form-page", "FormPage.tsx"),
    ("react-entity-routes", "routes.tsx"),
    ("vitest-entity", "pages.test.tsx"),
)


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:
    """Draft the steps that write the front end."""
    files = [
        *_files(spec),
        (LOCKS[styling], "package-lock.json"),
        (STYLESHEETS[styling], "src/styles/index.css"),
        ("styles-classes", "src/styles/classes.ts"),
        ("react-routes", "src/routes.tsx"),
        ("react-navigation", "src/navigation.ts"),
    ]
    drafts = [_component(template, path, styling) for template, path in files]
    names = names_of(spec)
    for entity in names.entities:
        drafts += _entity_drafts(entity, styling)
    for entity in names.entities:
        drafts += _registrations(entity)
    return drafts


def _files(spec: AppSpec) -> list[tuple[str, str]]:
    """Return the files that the app needs of those that do not name an entity."""
    content = content_for(spec)
    public = content.pages or (content.home and content.is_open)
    chosen: list[tuple[str, str]] = [*FILES]
    chosen += FORM_FILES if spec.auth or spec.entities else ()
    chosen += ROW_FILES if spec.entities else ()
    if spec.entities and wants(spec, "filter"):
        chosen.append(("react-filters", "src/components/filters.tsx"))
    if _app(spec)["totals"]:
        chosen.append(("react-totals", "src/components/totals.tsx"))
    if has_breakdowns(spec):
        chosen.append(("react-shares", "src/components/shares.tsx"))
    if names_of(spec).inboxes:
        chosen.append(("react-send", "src/components/SendForm.tsx"))
        chosen.append(("react-send-page", "src/pages/SendPage.tsx"))
    if names_of(spec).public:
        chosen.append(("react-visitors", "src/components/visitors.tsx"))
    if any(entity.links for entity in names_of(spec).entities):
        chosen.append(("react-related", "src/components/related.tsx"))
    if content.newest or any(entity.links for entity in names_of(spec).entities):
        chosen.append(("react-facts", "src/components/facts.tsx"))
    chosen += AUTH_FILES if spec.auth else ()
    if spec.auth or spec.entities or has_dashboard(spec):
        chosen.append(("react-feedback", "src/components/feedback.tsx"))
    chosen += [("react-dashboard", "src/pages/DashboardPage.tsx")] if has_dashboard(spec) else []
    chosen += CONTENT_FILES if content.home or content.pages else ()
    chosen += [("content-home", "src/pages/HomePage.tsx")] if content.home else []
    chosen += NEWEST_FILES if content.newest else ()
    chosen += [("content-page", "src/pages/ContentPage.tsx")] if content.pages else []
    chosen += [("vitest-content", "src/pages/content.test.tsx")] if public else []
    return chosen


def _component(template: str, path: str, styling: str, **more: Any) -> Draft:
    stem = path.rsplit("/", 1)[-1].split(".", 1)[0] or path
    variables = {"component_name": stem, "styling": styling, **more}
    return create_file(template, f"{FOLDER}/{path}", variables)


def _entity_drafts(entity: EntityNames, styling: str) -> list[Draft]:
    model = {"model_name": entity.class_name}
    drafts = [_component("react-entity", f"src/entities/{entity.module}.ts", styling, **model)]
    for template, name in ENTITY_FILES:
        path = f"src/pages/{entity.module}/{name}"
        drafts.append(_component(template, path, styling, **model))
    return drafts


def _registrations(entity: EntityNames) -> list[Draft]:
    pages = f"{FOLDER}/src/pages/{entity.module}/routes.tsx"
    own = f"{FOLDER}/src/entities/{entity.module}.ts"
    plural = entity.plural_label
    edits = (
        ("register-routes", "src/routes.tsx", f"Add the pages of {plural} to the routes.", pages),
        ("register-place", "src/navigation.ts", f"Add {plural} to the navigation.", pages),
        ("register-resource", "src/resources.ts", f"Add {plural} to the resources.", own),
    )
    return [
        edit_file(
            template,
            f"{FOLDER}/{path}",
            {"model_name": entity.class_name},
            f"{FOLDER}/{path}",
            need,
            key=f"{FOLDER}/{path}#{entity.class_name}",
            say=say,
        )
        for template, path, say, need in edits
    ]


def _register(
    write: Callable[[str, EntityNames], str],
) -> Edit:
    def edit(code: str, variables: Mapping[str, Any], spec: AppSpec, styling: str) -> str:  # noqa: ARG001 - every edit is called alike
        return write(code, names_of(spec).of(str(variables["model_name"])))

    return edit


def _register_routes(code: str, entity: EntityNames) -> str:
    routes = f"{lower_first(entity.class_name)}Routes"
    public = [public_routes(entity)] if entity.public else []
    code = add_import(code, import_names([*public, routes], f"./pages/{entity.module}/routes"))
    for name in public:
        code = add_entry(code, "const publicRoutes", [prop(entity.module, name)])
    return add_entry(code, "const entityRoutes", [prop(entity.module, routes)])


def _register_place(code: str, entity: EntityNames) -> str:
    lines = [
        f"  {entity.module}: {{",
        prop("label", ts_str(entity.plural_label), indent=4),
        prop("path", f'"/{entity.plural_slug}"', indent=4),
        *(["    staff: true,"] if entity.inbox else []),
        *(["    open: true,"] if entity.public else []),
        "  },",
    ]
    return add_entry(code, "const places", lines)


def _register_resource(code: str, entity: EntityNames) -> str:
    resource = f"{lower_first(entity.class_name)}Resource"
    code = add_import(code, import_names([resource], f"./entities/{entity.module}"))
    key = entity.plural_slug if entity.plural_slug.isidentifier() else f'"{entity.plural_slug}"'
    return add_entry(code, "export const resources", [prop(key, resource)])


EDITS: Mapping[str, Edit] = {
    "register-routes": _register(_register_routes),
    "register-place": _register(_register_place),
    "register-resource": _register(_register_resource),
}


def context_for(
    template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
) -> dict[str, Any]:
    """Return what a template of the front end is filled with."""
    context: dict[str, Any] = {"app": _app(spec), "styling": styling, "prop": prop}
    context |= {"import_names": import_names, "element": element, "content": content_context(spec)}
    if template == "styles-classes":
        context["class_names"] = classes_of(
            styling, has_totals=_app(spec)["totals"], has_breakdowns=_app(spec)["breakdowns"]
        )
    if template == "theme-script":
        context["starts_dark"] = starts_dark(spec.theme)
    if template in STYLESHEETS.values():
        context["tokens"] = tokens_of(spec.theme)
    if "model_name" in variables:
        names = names_of(spec)
        context["entity"] = entity_context(names.of(str(variables["model_name"])), names, spec)
    return context


@kept_for_same
def _app(spec: AppSpec) -> Mapping[str, Any]:
    return {
        "name": " ".join(spec.name.split()),
        "auth": spec.auth,
        "dashboard": has_dashboard(spec),
        "entities": bool(spec.entities),
        "exports": wants(spec, "export csv"),
        "filters": wants(spec, "filter"),
        "links": any(entity.links for entity in names_of(spec).entities),
        "self_links": any(
            link.target == e.class_name for e in names_of(spec).entities for link in e.links
        ),
        "takes": any(link.required for e in names_of(spec).entities for link in e.links),
        "staffed": names_of(spec).staffed,
        "overseen": any(entity.overseen for entity in names_of(spec).entities),
        "staff_says": any(
            entity.overseen and entity.of_staff for entity in names_of(spec).entities
        ),
        "managed": any(entity.managed for entity in names_of(spec).entities),
        "public": bool(names_of(spec).public),
        "told": any(e.told_by and not e.excerpt_field for e in names_of(spec).entities),
        "told_days": any(e.told_by_day and not e.excerpt_field for e in names_of(spec).entities),
        "excerpts": any(entity.excerpt_field for entity in names_of(spec).entities),
        "authored": any(entity.makers_change for entity in names_of(spec).entities),
        "follows": any(entity.follows for entity in names_of(spec).entities),
        # Whether some rows are not for everybody who sees them to change.
        "guarded": any(entity.managed or entity.public for entity in names_of(spec).entities),
        "uploads": any(entity.uploads for entity in names_of(spec).entities),
        "patterns": any(c.written for e in names_of(spec).entities for c in columns_of(e)),
        "inboxes": bool(names_of(spec).inboxes),
        # Whether what anybody sends is about a row that visitors read.
        "sent_about": any(entity.links for entity in names_of(spec).inboxes),
        "toggles": any(toggled(spec, columns_of(e)) for e in names_of(spec).entities),
        "totals": any(totalled(spec, columns_of(e)) for e in names_of(spec).entities),
        "breakdowns": has_breakdowns(spec),
        "choice_charts": not has_breakdowns(spec)
        and any(counted(spec, columns_of(e)) for e in names_of(spec).entities),
        "password_length": PASSWORD_LENGTH,
        "accent": accent_of(spec.theme),
    }
