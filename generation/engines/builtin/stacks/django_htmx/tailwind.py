"""The classes of the pages' parts in TailwindCSS.

`assets/stacks.mjs` reads them: run it after a change, it builds the stylesheet that apps ship.
"""

from __future__ import annotations

TAILWIND = {
    "skip": "bg-accent text-on-accent absolute -top-16 left-4 rounded px-4 py-2 focus:top-2",
    "top": "border-line bg-panel border-b",
    "bar": "mx-auto flex max-w-5xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3",
    "brand": "font-semibold",
    "nav": "flex flex-wrap gap-1",
    "place": "text-faint hover:text-ink rounded-md px-2.5 py-1 "
    "aria-[current=page]:bg-accent/10 aria-[current=page]:text-ink",
    "side": "ml-auto flex items-center gap-2",
    "quiet": "text-faint hover:text-ink hover:bg-accent/10 cursor-pointer rounded-md px-2.5 py-1",
    "email": "text-faint hidden max-w-48 truncate text-xs sm:inline",
    "main": "mx-auto max-w-5xl px-4 py-8",
    "narrow": "mx-auto mt-8 max-w-sm",
    "form_page": "max-w-xl",
    "header": "mb-4 flex flex-wrap items-center justify-between gap-3",
    "title": "text-2xl font-semibold tracking-tight",
    "subtitle": "font-semibold",
    "lead": "text-faint mt-2 mb-6 max-w-2xl text-lg",
    "muted": "text-faint",
    "link": "text-accent underline-offset-4 hover:underline",
    "card": "border-line bg-panel mt-4 rounded-xl border p-5",
    "grid": "grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3",
    "count": "mt-2 text-4xl font-semibold tabular-nums",
    "recent": "mt-2 flex flex-col gap-1",
    "chart": "fill-accent mt-4 block h-28 w-full",
    "axis": "text-faint mt-1 flex justify-between text-xs",
    "form": "my-5 flex flex-col gap-4",
    "field": "flex flex-col gap-1",
    "label": "font-medium",
    "input": "border-line bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
    "select": "border-line bg-panel aria-invalid:border-danger w-full rounded-lg border px-3 py-2",
    "search": "border-line bg-panel mb-4 w-full max-w-xs rounded-lg border px-3 py-2",
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
    "sort": "cursor-pointer",
    "pager": "mt-4 flex items-center justify-between gap-4",
    "empty": "border-line flex flex-col items-center gap-4 rounded-xl border border-dashed "
    "px-4 py-12",
    "alert": "bg-danger/10 text-danger rounded-lg px-4 py-3",
    "notice": "border-line bg-panel mb-4 rounded-lg border px-4 py-3",
    "details": "border-line bg-panel rounded-xl border px-5 py-2",
    "detail": "border-line grid gap-4 border-b py-3 last:border-0 sm:grid-cols-[10rem_1fr]",
    "value": "min-w-0 break-words whitespace-pre-wrap",
    "badge": "bg-accent/10 rounded-full px-2 py-0.5 text-xs",
    "dialog": "border-line bg-panel text-ink m-auto max-w-md rounded-xl border p-6",
}
