"""What a browser gets: templates, stylesheets, scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from generation.engines.builtin.drafts import Draft, create_file
from generation.engines.builtin.stack import TEMPLATES, Edit
from generation.engines.builtin.stacks.django_htmx.content import acts, content_for
from generation.engines.builtin.stacks.django_htmx.facts import facts_of, is_stored, uses_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.django_htmx.styles import with_room
from generation.engines.builtin.stacks.shared.capabilities import wants
from generation.engines.builtin.stacks.shared.theme import accent_of, starts_dark, tokens_of
from projects.spec.models import AppSpec

FOLDER = "pages"
# What assets/stacks.mjs builds from the classes of the templates.
BUILT = "tailwind.css"
EDITS: Mapping[str, Edit] = {}
VENDOR = TEMPLATES / "django-htmx" / "vendor"

_ALWAYS = (
    ("html-base", "templates/base.html"),
    ("html-not-found", "templates/404.html"),
    ("html-broken", "templates/500.html"),
    ("script", "static/app.js"),
    ("theme-script", "static/theme.js"),
    ("favicon", "static/favicon.svg"),
)
_STORED = (
    ("html-refused", "templates/403.html"),
    ("html-csrf", "templates/403_csrf.html"),
    ("html-errors", "templates/parts/errors.html"),
    ("html-field", "templates/parts/field.html"),
)
_WITH_ENTITIES = (
    ("html-list", "templates/core/list.html"),
    ("html-rows", "templates/core/parts/rows.html"),
    ("html-value", "templates/core/parts/value.html"),
    ("html-detail", "templates/core/detail.html"),
    ("html-question", "templates/core/parts/question.html"),
    ("html-delete", "templates/core/delete.html"),
    ("html-form", "templates/core/form.html"),
)
_WITH_AUTH = (
    ("html-credentials", "templates/accounts/credentials.html"),
    ("html-account", "templates/accounts/account.html"),
)
_WITH_INBOXES = (
    ("html-send", "templates/core/send.html"),
    ("html-sending", "templates/core/parts/sending.html"),
)
_EXPORTS = (("html-export", "templates/core/parts/export.html"),)
_STYLES = {
    "TailwindCSS": (
        ("styles-tailwind-source", "styles/tailwind.css"),
        ("styles-tailwind", "static/app.css"),
    ),
    "Bootstrap": (("styles-bootstrap", "static/app.css"),),
    "Plain CSS": (("styles-plain", "static/app.css"),),
}
# What others made, as they publish it: file here, file there.
_VENDORED = (
    ("htmx.min.js", "static/htmx.min.js"),
    ("htmx.LICENSE", "static/licenses/htmx.txt"),
)
_BOOTSTRAP = (
    ("bootstrap.min.css", "static/bootstrap.min.css"),
    ("bootstrap.LICENSE", "static/licenses/bootstrap.txt"),
)


def plan_files(spec: AppSpec, styling: str) -> list[Draft]:
    """Draft the steps that write templates and static files."""
    files = [*_ALWAYS, *_STYLES[styling]]
    files += _STORED if is_stored(spec) else ()
    files += _WITH_ENTITIES if spec.entities else ()
    files += _WITH_INBOXES if names_of(spec).inboxes else ()
    files += _EXPORTS if spec.entities and wants(spec, "export csv") else ()
    files += _words(spec)
    files += _WITH_AUTH if spec.auth else ()
    vendored = [*_VENDORED, *(_BOOTSTRAP if styling == "Bootstrap" else ())]
    return [
        *(create_file(template, path, {"styling": styling}) for template, path in files),
        *(create_file("vendored", path, {"source": source}) for source, path in vendored),
    ]


def _words(spec: AppSpec) -> list[tuple[str, str]]:
    """Return the templates of the dashboard, of pages of words and of what these show of rows."""
    content = content_for(spec)
    wanted = {
        "dashboard": content.dashboard_path,
        "home": content.home,
        "content": content.pages,
        "parts/sections": content.home or content.pages,
        "parts/actions": content.home and acts(spec, content),
        "parts/newest": content.newest,
        "parts/facts": content.newest or uses_of(spec)["links"],
    }
    return [
        (f"html-{name.rpartition('/')[2]}", f"templates/core/{name}.html")
        for name, there in wanted.items()
        if there
    ]


def context_for(
    template: str, variables: Mapping[str, Any], spec: AppSpec, styling: str
) -> dict[str, Any]:
    """Return what a template of the pages is filled with."""
    values = facts_of(spec, styling)
    if template == "vendored":
        return values | {"text": _vendored(str(variables["source"]))}
    if template.startswith("styles-"):
        values["tokens"] = tokens_of(spec.theme)
    if template == "styles-tailwind":
        built = _vendored(BUILT)
        values["built"] = with_room(built) if values["breakdowns"] else built
    if template == "favicon":
        values["app"] = {"accent": accent_of(spec.theme)}
    if template == "theme-script":
        values["starts_dark"] = starts_dark(spec.theme)
    return values


@lru_cache(maxsize=8)
def _vendored(name: str) -> str:
    if name not in {BUILT, *(source for source, _ in (*_VENDORED, *_BOOTSTRAP))}:
        raise KeyError(name)
    return (VENDOR / name).read_text(encoding="utf-8").rstrip("\n") + "\n"
