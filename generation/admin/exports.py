"""Admin page of exports to GitHub."""

from __future__ import annotations

from django.contrib import admin

from generation.models import GitHubExport
from projects.admin.base import RecordAdmin


@admin.register(GitHubExport)
class GitHubExportAdmin(RecordAdmin):
    """Exports, with the commits that they made."""

    list_display = ("created_at", "project", "repository", "branch", "files_pushed", "commit_sha")
    search_fields = ("project__project_name", "repository", "commit_sha")
    uuid_search_fields = ("pk", "project_id")
    date_hierarchy = "created_at"
    list_select_related = ("project",)
    fields = (
        "id",
        "project",
        "user",
        "repository",
        "branch",
        "commit_sha",
        "files_pushed",
        "pull_request_url",
        "files_at",
        "created_at",
    )
