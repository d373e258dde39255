"""How the pages look: the classes of their parts, by styling."""

from __future__ import annotations

from generation.engines.builtin.stacks.django_htmx.tailwind import TAILWIND

BOOTSTRAP = {
    "skip": "visually-hidden-focusable position-absolute bg-primary text-white p-2",
    "top": "app-top border-bottom",
    "bar": "container d-flex flex-wrap align-items-center gap-3 py-2",
    "brand": "app-brand fw-semibold text-body text-decoration-none",
    "nav": "nav app-nav",
    "place": "nav-link px-2 py-1",
    "side": "ms-auto d-flex align-items-center gap-2",
    "quiet": "btn btn-sm btn-link text-body-secondary text-decoration-none",
    "offer": "btn btn-sm btn-link d-flex align-items-center text-body-secondary "
    "text-decoration-none",
    "email": "small text-truncate app-email d-none d-sm-block",
    "on_phone": "d-sm-none",
    "main": "container py-4",
    "narrow": "mx-auto mt-4 col-12 col-sm-8 col-md-6 col-lg-4",
    "form_page": "col-lg-8",
    "header": "d-flex flex-wrap align-items-center justify-content-between gap-2 mb-3",
    "title": "h3 fw-semibold mb-0",
    "subtitle": "h6 fw-semibold mb-0",
    "lead": "lead text-body-secondary mt-2 mb-4",
    "muted": "text-body-secondary",
    "link": "app-link",
    "card": "card p-4 mt-3",
    "grid": "app-grid list-unstyled",
    "tiles": "app-tiles list-unstyled mb-0",
    "tile": "card gap-2 p-4 text-break",
    "tile_link": "app-tile-link fw-semibold",
    "tile_picture": "app-tile-picture rounded",
    "tile_text": "text-body-secondary mb-0",
    "count": "display-6 fw-semibold mb-1",
    "recent": "list-unstyled mb-0",
    "facts": "text-body-secondary d-flex flex-wrap column-gap-3 small mb-1",
    "chart": "chart d-block w-100 mt-3",
    "axis": "d-flex justify-content-between text-body-secondary small mb-0",
    "form": "d-flex flex-column gap-3 my-3",
    "field": "d-flex flex-column",
    "label": "form-label mb-1",
    "input": "form-control",
    "select": "form-select",
    "search": "form-control mb-3 app-search",
    "check": "form-check-label d-flex align-items-center gap-2",
    "checkbox": "form-check-input mt-0",
    "hint": "form-text mb-0",
    "error": "text-danger small mb-0",
    "primary": "btn btn-primary",
    "secondary": "btn app-secondary",
    "danger": "btn btn-outline-danger",
    "row": "d-flex flex-wrap gap-2 mt-2",
    "table_box": "card table-responsive",
    "table": "table mb-0",
    "number": "text-end app-number",
    "row_number": "app-row-number",
    "sort": "btn btn-link btn-sm p-0 text-body-secondary text-decoration-none",
    "totals": "d-flex flex-wrap gap-4 row-gap-1 mt-3 mb-0",
    "total": "d-flex gap-2",
    "sum": "fw-semibold mb-0",
    "pager": "d-flex align-items-center justify-content-between mt-3",
    "empty": "card align-items-center gap-2 p-5 text-center",
    "alert": "alert alert-danger py-2 mb-0",
    "notice": "alert app-notice py-2",
    "details": "card px-4 py-2",
    "detail": "row py-2 app-detail",
    "value": "col-sm-9 text-break mb-0",
    "prose": "app-value",
    "thumb": "rounded app-thumb",
    "picture": "rounded app-picture",
    "badge": "badge app-badge",
    "dialog": "border rounded-3 p-4 app-dialog",
    "shares": "list-unstyled d-flex flex-column gap-2 mb-0 mt-3",
    "share": "app-share",
    "share_bar": "app-bar",
    "hero": "app-hero app-tinted rounded-4 px-4 py-5 p-sm-5",
    "hero_title": "display-5 fw-semibold app-balance",
    "hero_text": "lead mb-0 app-text",
    "page_top": "app-hero pb-4",
    "page_title": "h1 fw-semibold mb-0 app-balance",
    "section": "app-section py-5",
    "section_title": "h3 fw-semibold app-balance",
    "section_text": "mb-0 mt-3 app-text",
    "features": "list-unstyled app-features",
    "feature": "card p-4",
    "feature_title": "fw-semibold mb-0 text-break",
    "feature_text": "text-body-secondary mb-0 mt-1",
    "closing": "app-closing app-tinted rounded-4 p-4 p-sm-5 mt-3",
    "filters": "d-flex flex-wrap gap-2 mb-3",
    "filter": "form-select form-select-sm w-auto",
}

STYLESHEETS = {
    "TailwindCSS": ("app.css",),
    "Bootstrap": ("bootstrap.min.css", "app.css"),
    "Plain CSS": ("app.css",),
}


def with_room(text: str) -> str:
    """Return classes or their styles with room for numbers of groups that are more than counts."""
    return text.replace("1fr_3rem", "1fr_6rem").replace("1fr 3rem", "1fr 6rem")


def classes_of(styling: str, *, has_breakdowns: bool) -> dict[str, str]:
    """Return each part of the pages with its classes in a styling.

    In plain CSS the class is the part's own name, with dashes.
    """
    if styling == "TailwindCSS":
        wide = {"share": with_room(TAILWIND["share"])} if has_breakdowns else {}
        return TAILWIND | wide
    if styling == "Bootstrap":
        return BOOTSTRAP
    return {name: name.replace("_", "-") for name in TAILWIND}
