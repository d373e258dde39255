"""What can go wrong when people work with projects; each error has a stable code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class GenerationError(Exception):
    """Root of this app's errors: a stable `code`, a message with what to do, an HTTP status."""

    code = "generation_error"
    status = 400

    def __init__(self, message: str, *, code: str | None = None, status: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.status = status or self.status


class InvalidTransition(GenerationError):
    """The thing is not in a state that allows what was asked; `allowed` names what it does."""

    code = "invalid_transition"
    status = 409

    def __init__(self, message: str, *, allowed: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.allowed = tuple(allowed)


class NothingToDownload(GenerationError):
    """The project has no finished files yet."""

    code = "nothing_to_download"
    status = 409


class NotUnderstood(GenerationError):
    """The engine could not read the words of a project."""

    code = "not_understood"
    status = 409


class EngineNotReady(GenerationError):
    """The engine that was chosen cannot do the work now."""

    code = "engine_unavailable"
    status = 422


class AgentNotAvailable(GenerationError):
    """The seeds know this agent, and it is not here yet."""

    code = "agent_not_available"
    status = 422

    def __init__(self, wanted: str, known: list[str]) -> None:
        super().__init__(f"There is no agent {wanted!r} yet. Use one of: {', '.join(known)}.")


class WishNotUnderstood(GenerationError):
    """Nothing of a change that was asked for is understood."""

    code = "wish_not_understood"
    status = 422

    def __init__(self, examples: Iterable[str]) -> None:
        said = "; ".join(examples)
        super().__init__(f"This is not understood, or is so already. Understood is, say: {said}.")


class DesignConflict(GenerationError):
    """The design is no longer the one that was edited."""

    code = "design_changed"
    status = 412

    def __init__(self) -> None:
        super().__init__("The design was changed meanwhile. Read it again and repeat your change.")
