"""What a measurement was made on, and tables of figures."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence


def machine() -> dict[str, object]:
    """Return the machine's cores, system, Python and load over the last minute."""
    load = os.getloadavg()[0]
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(load, 2),
    }


def machine_line() -> str:
    """Return the machine in one line."""
    facts = machine()
    return (
        f"{facts['cores']} cores, {facts['system']}, Python {facts['python']}, load {facts['load']}"
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns line up: the first to the left, others to the right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    rule = [
        "-" * (width - 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths)
    ]
    return "\n".join(
        "| " + " | ".join(_cell(line[c], w, c) for c, w in enumerate(widths)) + " |"
        for line in (header, rule, *rows)
    )


def _cell(text: str, width: int, column: int) -> str:
    return text.ljust(width) if column == 0 else text.rjust(width)
