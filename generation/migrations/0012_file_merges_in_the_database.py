"""ON DELETE, trigger and row-level security of merges."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity, UpdatedAtTrigger


class Migration(migrations.Migration):
    dependencies = [("generation", "0011_file_merges")]

    operations = [
        UpdatedAtTrigger("file_merges"),
        ForeignKeyOnDelete("file_merges", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("file_merges", "job_id", "agent_jobs", "id", "CASCADE"),
        ForeignKeyOnDelete("file_merges", "edit_id", "project_edits", "id", "SET NULL"),
        RowSecurity("file_merges"),
    ]
