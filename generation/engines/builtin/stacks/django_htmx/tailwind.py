"""The classes of the pages' parts in TailwindCSS.

`assets/stacks.mjs` reads them: run it after a change, it builds the stylesheet that apps ship.
"""

from __future__ import annotations

TAILWIND = {
    "skip": "bg-accent text-on-accent absolute -top-16 left-4 rounded px-4 py-2 focus:top-2",
    "top": "border-line bg-panel border-b",
    "bar": "mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3",
    # On narrow screens the places stand in a second line, which scrolls.
    "brand": "font-semibold max-sm:min-w-0 max-sm:flex-1 max-sm:truncate",
    "nav": "flex gap-1 max-sm:order-1 max-sm:w-full max-sm:overflow-x-auto max-sm:p-1 sm:flex-wrap",
    "place": "text-faint hover:text-ink shrink-0 rounded-md px-2.5 py-1 "
    "aria-[current=page]:bg-accent/10 aria-[current=page]:text-ink",
    "side": "ml-auto flex items-center gap-2",
    "quiet": "text-faint hover:text-ink hover:bg-accent/10 cursor-pointer rounded-md px-2.5 py-1",
    "offer": "text-faint hover:text-ink hover:bg-accent/10 flex items-center rounded-md "
    "px-2.5 py-1",
    "email": "hidden max-w-48 truncate text-xs sm:block",
    # What stands in place of the address where there is no room for it.
    "on_phone": "sm:hidden",
    "main": "mx-auto max-w-5xl px-4 py-8",
    "narrow": "mx-auto mt-8 max-w-sm",
    "form_page": "max-w-xl",
    "header": "mb-4 flex flex-wrap items-center justify-between gap-3",
    "title": "text-2xl font-semibold tracking-tight",
    "subtitle": "font-semibold",
    "lead": "text-faint mt-2 mb-6 max-w-2xl text-lg",
    "muted": "text-faint",
    "link": "text-link underline underline-offset-4",
    "card": "border-line bg-panel mt-4 rounded-xl border p-5 break-words",
    "grid": "grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3",
    "newest": "mb-10 grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3",
    "count": "mt-2 text-4xl font-semibold tabular-nums",
    "recent": "mt-2 flex flex-col gap-1",
    "facts": "text-faint flex flex-wrap gap-x-4 text-sm",
    "chart": "fill-accent mt-4 block h-28 w-full",
    "axis": "text-faint mt-1 flex justify-between text-xs",
    "form": "my-5 flex flex-col gap-4",
    "field": "flex flex-col gap-1",
    "label": "font-medium",
    "input": "border-edge bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
    "select": "border-edge bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
    "search": "border-edge bg-panel mb-4 w-full max-w-xs rounded-lg border px-3 py-2",
    "check": "flex items-center gap-2",
    "checkbox": "accent-accent size-4",
    "hint": "text-faint text-xs",
    "error": "text-danger text-xs",
    "primary": "bg-accent text-on-accent cursor-pointer rounded-lg px-4 py-2 disabled:opacity-50",
    "secondary": "border-line bg-panel cursor-pointer rounded-lg border px-4 py-2 "
    "disabled:opacity-50",
    "danger": "border-line text-danger cursor-pointer rounded-lg border px-4 py-2 "
    "disabled:opacity-50",
    "row": "mt-2 flex flex-wrap gap-2",
    "table_box": "border-line bg-panel overflow-x-auto rounded-xl border",
    "table": "w-full",
    "number": "text-right tabular-nums",
    # The first column needs less room where it holds no names.
    "row_number": "min-w-0",
    "sort": "cursor-pointer text-left",
    "totals": "mt-3 flex flex-wrap gap-x-4 gap-y-2",
    "total": "flex items-center gap-2",
    "sum": "font-semibold tabular-nums",
    "pager": "mt-4 flex items-center justify-between gap-4",
    "empty": "border-line flex flex-col items-center gap-4 rounded-xl border border-dashed "
    "px-4 py-12",
    "alert": "bg-danger/10 text-danger rounded-lg px-4 py-3",
    "notice": "border-line bg-panel mb-4 rounded-lg border px-4 py-3",
    "details": "border-line bg-panel rounded-xl border px-5 py-2",
    "detail": "border-line grid gap-x-4 gap-y-1 border-b py-3 last:border-0 "
    "sm:grid-cols-[10rem_1fr]",
    "value": "min-w-0 break-words",
    "prose": "whitespace-pre-wrap",
    "thumb": "size-12 rounded-md object-cover",
    "picture": "max-h-96 max-w-full rounded-lg",
    "badge": "bg-accent/10 rounded-full px-2 py-0.5 text-xs whitespace-nowrap",
    "dialog": "border-line bg-panel text-ink m-auto max-w-md rounded-xl border p-6",
    "shares": "mt-3 flex flex-col gap-2",
    "share": "grid grid-cols-[8rem_1fr_3rem] items-center gap-3 [&>:last-child]:text-right",
    "share_bar": "fill-accent bg-accent/10 h-3 w-full rounded",
    "hero": "flex flex-col items-start gap-5 py-10 sm:py-16",
    "hero_title": "max-w-3xl text-4xl font-semibold tracking-tight text-balance sm:text-5xl",
    "hero_text": "text-faint max-w-2xl text-lg whitespace-pre-line",
    "page_top": "flex flex-col gap-3 pb-8",
    "page_title": "text-3xl font-semibold tracking-tight text-balance",
    "section": "border-line border-t py-10",
    "section_title": "text-2xl font-semibold tracking-tight text-balance",
    "section_text": "mt-3 max-w-2xl whitespace-pre-line",
    "features": "mt-6 grid grid-cols-1 gap-4 first:mt-0 sm:grid-cols-2 lg:grid-cols-3",
    "feature": "border-line bg-panel rounded-xl border p-5",
    "feature_title": "font-semibold wrap-anywhere",
    "feature_text": "text-faint mt-1",
    "closing": "bg-accent/10 mt-4 flex flex-wrap items-center justify-between gap-4 rounded-2xl "
    "p-8",
    "filters": "mb-4 flex flex-wrap gap-2",
    "filter": "border-edge bg-panel max-w-56 rounded-lg border px-3 py-2",
}
