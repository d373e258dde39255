"""Where an export goes, and what names GitHub and git take."""

from __future__ import annotations

from dataclasses import dataclass

_NAME = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]{1,100}"
REPOSITORY = rf"^(?:[A-Za-z0-9][A-Za-z0-9-]{{0,38}}/)?{_NAME}(?<!\.git)$"
REPOSITORY_FAULT = "Use letters, digits, dots, dashes and underscores, such as my-app or me/my-app."
# A part of git-check-ref-format's rules that every name here keeps.
BRANCH = r"^(?![/.-])(?!.*//)(?!.*\.\.)(?!.*/\.)(?!.*\.lock(?:/|$))[A-Za-z0-9._/-]{1,100}(?<![/.])$"
BRANCH_FAULT = "Use letters, digits, dots, dashes, underscores and slashes, such as from-codegen."


@dataclass(frozen=True)
class Destination:
    """Where an app is to go; `repository` is a name, or `owner/name`."""

    repository: str
    branch: str | None = None
    private: bool = True
    pull_request: bool = False
    message: str = "Export the app"
