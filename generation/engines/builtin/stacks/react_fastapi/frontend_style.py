"""How the generated front end looks: the classes of its parts, by styling."""

from __future__ import annotations

# Name of the part, and its classes in TailwindCSS and in Bootstrap; in plain CSS the class is the
# part's own name.
CLASSES: tuple[tuple[str, str, str], ...] = (
    (
        "skip",
        "bg-accent text-on-accent absolute -top-16 left-4 rounded px-4 py-2 focus:top-2",
        "visually-hidden-focusable position-absolute bg-primary text-white p-2",
    ),
    ("top", "border-line bg-panel border-b", "app-top border-bottom"),
    (
        "bar",
        "mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3",
        "container d-flex flex-wrap align-items-center gap-3 py-2",
    ),
    # On narrow screens the places stand in a second line, which scrolls.
    (
        "brand",
        "font-semibold max-sm:min-w-0 max-sm:flex-1 max-sm:truncate",
        "app-brand fw-semibold text-body text-decoration-none",
    ),
    (
        "nav",
        "flex gap-1 max-sm:order-1 max-sm:w-full max-sm:overflow-x-auto max-sm:p-1 sm:flex-wrap",
        "nav app-nav",
    ),
    (
        "place",
        "text-faint hover:text-ink shrink-0 rounded-md px-2.5 py-1 [&.active]:bg-accent/10",
        "nav-link px-2 py-1",
    ),
    ("side", "ml-auto flex items-center gap-2", "ms-auto d-flex align-items-center gap-2"),
    (
        "quiet",
        "text-faint hover:text-ink hover:bg-accent/10 cursor-pointer rounded-md px-2.5 py-1",
        "btn btn-sm btn-link text-body-secondary text-decoration-none",
    ),
    (
        "email",
        "hidden max-w-48 truncate text-xs sm:block",
        "small text-truncate app-email d-none d-sm-block",
    ),
    # What stands in place of the address where there is no room for it.
    ("onPhone", "sm:hidden", "d-sm-none"),
    ("main", "mx-auto max-w-5xl px-4 py-8", "container py-4"),
    ("narrow", "mx-auto mt-8 max-w-sm", "mx-auto mt-4 col-12 col-sm-8 col-md-6 col-lg-4"),
    ("formPage", "max-w-xl", "col-lg-8"),
    (
        "header",
        "mb-4 flex flex-wrap items-center justify-between gap-3",
        "d-flex flex-wrap align-items-center justify-content-between gap-2 mb-3",
    ),
    ("title", "text-2xl font-semibold tracking-tight", "h3 fw-semibold mb-0"),
    ("subtitle", "font-semibold", "h6 fw-semibold mb-0"),
    ("muted", "text-faint", "text-body-secondary"),
    ("link", "text-link underline underline-offset-4", "app-link"),
    ("card", "border-line bg-panel mt-4 rounded-xl border p-5 break-words", "card p-4 mt-3"),
    ("grid", "grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3", "app-grid list-unstyled"),
    (
        "tiles",
        "grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3",
        "app-tiles list-unstyled mb-0",
    ),
    (
        "tile",
        "border-line bg-panel flex flex-col gap-2 rounded-xl border p-5 wrap-anywhere",
        "card gap-2 p-4 text-break",
    ),
    (
        "tileLink",
        "text-link flex flex-col gap-3 font-semibold underline-offset-4 hover:underline",
        "app-tile-link fw-semibold",
    ),
    (
        "tilePicture",
        "bg-accent/10 block aspect-[4/3] w-full rounded-lg object-cover",
        "app-tile-picture rounded",
    ),
    ("tileText", "text-faint", "text-body-secondary mb-0"),
    ("count", "mt-2 text-4xl font-semibold tabular-nums", "display-6 fw-semibold mb-1"),
    ("recent", "mt-2 flex flex-col gap-1", "list-unstyled mb-0"),
    (
        "facts",
        "text-faint flex flex-wrap gap-x-4 text-sm",
        "text-body-secondary d-flex flex-wrap column-gap-3 small mb-1",
    ),
    ("chart", "fill-accent mt-4 block h-28 w-full", "chart d-block w-100 mt-3"),
    ("shares", "mt-3 flex flex-col gap-2", "list-unstyled d-flex flex-column gap-2 mb-0 mt-3"),
    (
        "share",
        "grid grid-cols-[8rem_1fr_3rem] items-center gap-3 [&>:last-child]:text-right",
        "app-share",
    ),
    ("shareBar", "fill-accent bg-accent/10 h-3 w-full rounded", "app-bar"),
    (
        "axis",
        "text-faint mt-1 flex justify-between text-xs",
        "d-flex justify-content-between text-body-secondary small mb-0",
    ),
    (
        "hero",
        "bg-accent/10 flex flex-col items-start gap-5 rounded-2xl px-6 py-10 sm:px-12 sm:py-16",
        "app-hero app-tinted rounded-4 px-4 py-5 p-sm-5",
    ),
    (
        "heroTitle",
        "max-w-3xl text-4xl font-semibold tracking-tight text-balance sm:text-5xl",
        "display-5 fw-semibold app-balance",
    ),
    (
        "heroText",
        "max-w-2xl text-lg whitespace-pre-line",
        "lead mb-0 app-text",
    ),
    ("pageTop", "flex flex-col gap-3 pb-8", "app-hero pb-4"),
    (
        "pageTitle",
        "text-3xl font-semibold tracking-tight text-balance",
        "h1 fw-semibold mb-0 app-balance",
    ),
    ("section", "border-line border-t py-10 [header+&]:border-t-0", "app-section py-5"),
    (
        "sectionTitle",
        "text-2xl font-semibold tracking-tight text-balance",
        "h3 fw-semibold app-balance",
    ),
    ("sectionText", "mt-3 max-w-2xl whitespace-pre-line", "mb-0 mt-3 app-text"),
    (
        "features",
        "mt-6 grid grid-cols-1 gap-4 first:mt-0 sm:grid-cols-2 lg:grid-cols-3",
        "list-unstyled app-features",
    ),
    ("feature", "border-line bg-panel rounded-xl border p-5", "card p-4"),
    ("featureTitle", "font-semibold wrap-anywhere", "fw-semibold mb-0 text-break"),
    ("featureText", "text-faint mt-1", "text-body-secondary mb-0 mt-1"),
    (
        "closing",
        "bg-accent/10 mt-4 flex flex-wrap items-center justify-between gap-4 rounded-2xl p-8",
        "app-closing app-tinted rounded-4 p-4 p-sm-5 mt-3",
    ),
    ("form", "my-5 flex flex-col gap-4", "d-flex flex-column gap-3 my-3"),
    ("field", "flex flex-col gap-1", "d-flex flex-column"),
    ("label", "font-medium", "form-label mb-1"),
    (
        "input",
        "border-edge bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
        "form-control",
    ),
    (
        "select",
        "border-edge bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
        "form-select",
    ),
    (
        "search",
        "border-edge bg-panel mb-4 w-full max-w-xs rounded-lg border px-3 py-2",
        "form-control mb-3 app-search",
    ),
    ("filters", "mb-4 flex flex-wrap gap-2", "d-flex flex-wrap gap-2 mb-3"),
    (
        "filter",
        "border-edge bg-panel max-w-56 rounded-lg border px-3 py-2",
        "form-select form-select-sm w-auto",
    ),
    ("check", "flex items-center gap-2", "form-check-label d-flex align-items-center gap-2"),
    ("checkbox", "accent-accent size-4", "form-check-input mt-0"),
    ("hint", "text-faint text-xs", "form-text mb-0"),
    ("error", "text-danger text-xs", "text-danger small mb-0"),
    (
        "primary",
        "bg-accent text-on-accent cursor-pointer rounded-lg px-4 py-2 disabled:opacity-50",
        "btn btn-primary",
    ),
    (
        "secondary",
        "border-line bg-panel cursor-pointer rounded-lg border px-4 py-2 disabled:opacity-50",
        "btn app-secondary",
    ),
    (
        "danger",
        "border-line text-danger cursor-pointer rounded-lg border px-4 py-2 disabled:opacity-50",
        "btn btn-outline-danger",
    ),
    ("row", "mt-2 flex flex-wrap gap-2", "d-flex flex-wrap gap-2 mt-2"),
    ("tableBox", "border-line bg-panel overflow-x-auto rounded-xl border", "card table-responsive"),
    ("table", "w-full", "table mb-0"),
    ("number", "text-right tabular-nums", "text-end app-number"),
    # The first column needs less room where it holds no names.
    ("rowNumber", "min-w-0", "app-row-number"),
    (
        "sort",
        "cursor-pointer text-left",
        "btn btn-link btn-sm p-0 text-body-secondary text-decoration-none",
    ),
    (
        "pager",
        "mt-4 flex items-center justify-between gap-4",
        "d-flex align-items-center justify-content-between mt-3",
    ),
    (
        "empty",
        "border-line flex flex-col items-center gap-4 rounded-xl border border-dashed px-4 py-12",
        "card align-items-center gap-2 p-5 text-center",
    ),
    (
        "alert",
        "bg-danger/10 text-danger rounded-lg px-4 py-3",
        "alert alert-danger py-2 mb-0",
    ),
    ("details", "border-line bg-panel rounded-xl border px-5 py-2", "card px-4 py-2"),
    (
        "detail",
        "border-line grid gap-x-4 gap-y-1 border-b py-3 last:border-0 sm:grid-cols-[10rem_1fr]",
        "row py-2 app-detail",
    ),
    ("value", "min-w-0 break-words whitespace-pre-wrap", "col-sm-9 text-break app-value mb-0"),
    ("thumb", "size-12 rounded-md object-cover", "rounded app-thumb"),
    ("picture", "max-h-96 max-w-full rounded-lg", "rounded app-picture"),
    ("badge", "bg-accent/10 rounded-full px-2 py-0.5 text-xs whitespace-nowrap", "badge app-badge"),
    (
        "dialog",
        "border-line bg-panel text-ink m-auto max-w-md rounded-xl border p-6",
        "border rounded-3 p-4 app-dialog",
    ),
)

# The parts of totals, which few apps have.
TOTALS: tuple[tuple[str, str, str], ...] = (
    ("totals", "mt-3 flex flex-wrap gap-x-4 gap-y-2", "d-flex flex-wrap gap-4 row-gap-1 mt-3 mb-0"),
    ("total", "flex items-center gap-2", "d-flex gap-2"),
    ("sum", "font-semibold tabular-nums", "fw-semibold mb-0"),
)


# Where the numbers of groups are not only counts they need more room: above the bar, on narrow
# screens.
_WITH_ROOM = {
    "share": "grid grid-cols-[1fr_auto] items-center gap-x-3 gap-y-1 max-sm:wrap-anywhere"
    " sm:grid-cols-[8rem_1fr_6rem] [&>:last-child]:text-right",
    "shareBar": "fill-accent bg-accent/10 h-3 w-full rounded max-sm:col-span-full"
    " max-sm:row-start-2",
}


def classes_of(styling: str, *, has_totals: bool, has_breakdowns: bool) -> list[tuple[str, str]]:
    """Return each part of the app with its classes in a styling."""
    parts = (*CLASSES, *TOTALS) if has_totals else CLASSES
    if styling == "TailwindCSS":
        roomy = _WITH_ROOM if has_breakdowns else {}
        return [(name, roomy.get(name, tailwind)) for name, tailwind, _ in parts]
    if styling == "Bootstrap":
        return [(name, bootstrap) for name, _, bootstrap in parts]
    return [(name, name) for name, _, _ in parts]
