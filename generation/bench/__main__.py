"""Run one of the benches by its name."""

from __future__ import annotations

import sys
from importlib import import_module

# Each is a module here whose `main` takes the arguments after the name and returns an exit code.
NAMES = ("engine", "merge", "providers", "understanding")
# These are started by `codegen_site.embedded`.
OF_A_SITE = ("jobs", "pages")


def main(arguments: list[str]) -> int:
    """Run a bench; 2 when there is none of that name."""
    name = arguments[0] if arguments else ""
    if name not in NAMES:
        sys.stderr.write(
            f"Say what to measure: codegen bench {' | '.join([*NAMES, 'jobs', 'pages'])}\n"
        )
        return 2
    code: int = import_module(f"generation.bench.{name}").main(arguments[1:])
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
