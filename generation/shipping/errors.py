"""What can go wrong on the way to GitHub; each error has a stable code and says what to do."""

from __future__ import annotations

from generation.errors import GenerationError


class GitHubError(GenerationError):
    """GitHub did not take the app. No error repeats the token."""

    code = "github_refused"
    status = 422


class TokenRefused(GitHubError):
    """The token is wrong, or may not do this."""

    code = "github_token_refused"


class RepositoryTaken(GitHubError):
    """There is a repository of that name which this project has not been exported to."""

    code = "github_name_taken"
    status = 409


class ChangedOnGitHub(GitHubError):
    """Both sides changed the same files, or the branch moved meanwhile."""

    code = "github_conflict"
    status = 409


class RateLimited(GitHubError):
    """GitHub wants a pause."""

    code = "github_rate_limited"
    status = 429


class GitHubUnavailable(GitHubError):
    """GitHub cannot be reached, or said nothing in time."""

    code = "github_unavailable"
    status = 502
