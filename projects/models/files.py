"""Files of a project: the current text, every version before it, contents stored once."""

from __future__ import annotations

import uuid

from django.db import models

from projects.db import DbClock, DbNow, DbUUID
from projects.models.projects import Project
from projects.models.users import User


class Blob(models.Model):
    """A text, stored once under the SHA-256 of its UTF-8 bytes (hex)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()
    size = models.IntegerField()
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "blobs"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="blobs_sha256_is_hex"
            ),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="blobs_size_positive"),
        )

    def __str__(self) -> str:
        return self.sha256


class ProjectFile(models.Model):
    """A file of a project as it is now; `size` in bytes, `lines` as editors count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="files")
    path = models.TextField()
    content = models.TextField(null=True)
    language = models.TextField(null=True)
    file_type = models.CharField(max_length=50, null=True)
    size = models.IntegerField(null=True)
    lines = models.IntegerField(null=True)
    version = models.IntegerField(default=1, db_default=1)
    ai_provider = models.CharField(max_length=50, null=True)
    generated_at = models.DateTimeField(db_default=DbNow(), null=True)
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        db_table = "project_files"
        ordering = ("path",)
        indexes = (models.Index("file_type", name="idx_files_type"),)
        constraints = (
            models.UniqueConstraint(fields=("project", "path"), name="project_files_path_unique"),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="project_files_version_positive"
            ),
        )

    def __str__(self) -> str:
        return self.path


class AuthorKind(models.TextChoices):
    """Who made a version of a file."""

    STEP = "step", "Step"
    MODEL = "model", "Model"
    USER = "user", "User"
    MERGE = "merge", "Merge"
    RESTORE = "restore", "Restore"


class EditAction(models.TextChoices):
    """What a person did to the files."""

    EDIT = "edit", "Edit"
    CREATE = "create", "Create"
    UPLOAD = "upload", "Upload"
    RENAME = "rename", "Rename"
    DELETE = "delete", "Delete"
    RESTORE = "restore", "Restore"
    UNDO = "undo", "Undo"
    SETTLE = "settle", "Settle"


class ProjectEdit(models.Model):
    """One thing a person did to the files of a project; its versions are what it changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="edits")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=10, choices=EditAction.choices)
    summary = models.TextField()
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=DbClock(), editable=False)

    class Meta:
        db_table = "project_edits"
        ordering = ("project", "-created_at")
        indexes = (models.Index("project", "created_at", name="idx_edits_project_time"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(action__in=EditAction.values), name="project_edits_action_known"
            ),
        )

    def __str__(self) -> str:
        return self.summary


class ProjectFileVersion(models.Model):
    """One state a file had; a deletion is a version too.

    `job` and `step`, or `edit`, say what made it. `generated` is the generated text that it was
    made from: what a merge with the next one starts at. A file of a person's own has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="file_versions")
    file = models.ForeignKey(
        ProjectFile, on_delete=models.SET_NULL, null=True, related_name="versions"
    )
    path = models.TextField()
    version = models.IntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    generated = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    author_kind = models.CharField(max_length=10, choices=AuthorKind.choices)
    job_id = models.UUIDField(null=True)
    step_id = models.UUIDField(null=True)
    edit = models.ForeignKey(
        ProjectEdit, on_delete=models.SET_NULL, null=True, related_name="versions"
    )
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    deleted = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=DbClock(), editable=False)

    class Meta:
        db_table = "project_file_versions"
        ordering = ("project", "path", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("project", "path", "version"), name="file_versions_number_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(author_kind__in=AuthorKind.values),
                name="file_versions_author_known",
            ),
            models.CheckConstraint(
                condition=models.Q(deleted=True) ^ models.Q(blob__isnull=False),
                name="file_versions_blob_unless_deleted",
            ),
        )

    def __str__(self) -> str:
        return f"{self.path} v{self.version}"

    @property
    def is_as_generated(self) -> bool:
        """Whether nobody has changed the text since it was generated."""
        return self.generated_id is not None and self.blob_id == self.generated_id
