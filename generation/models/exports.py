"""Exports to GitHub: where an app went, and as which commit."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Lower

from projects.db import DbNow, DbUUID
from projects.models import Project, User


class GitHubExport(models.Model):
    """One export of a project; `commit_sha` is null until the branch names the commit.

    `files_at` is the moment whose files were pushed, which the next export compares with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="github_exports")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    repository = models.TextField()
    branch = models.TextField()
    commit_sha = models.CharField(max_length=64, null=True)
    files_pushed = models.IntegerField(default=0, db_default=0)
    pull_request_url = models.TextField(null=True)
    files_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "github_exports"
        ordering = ("-files_at", "id")
        indexes = (
            models.Index("project", Lower("repository"), "files_at", name="idx_exports_repository"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(repository__regex=r"^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$"),
                name="github_exports_repository_named",
            ),
            models.CheckConstraint(
                condition=models.Q(commit_sha__isnull=True)
                | models.Q(commit_sha__regex="^[0-9a-f]{40}([0-9a-f]{24})?$"),
                name="github_exports_commit_is_hex",
            ),
            models.CheckConstraint(
                condition=models.Q(files_pushed__gte=0), name="github_exports_files_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.repository} ({self.branch})"
