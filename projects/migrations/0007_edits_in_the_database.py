"""ON DELETE and row-level security of edits."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_project_edits")]

    operations = [
        ForeignKeyOnDelete("project_edits", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("project_edits", "user_id", "users", "id", "SET NULL"),
        ForeignKeyOnDelete("project_edits", "undoes_id", "project_edits", "id", "SET NULL"),
        ForeignKeyOnDelete("project_file_versions", "edit_id", "project_edits", "id", "SET NULL"),
        RowSecurity("project_edits"),
    ]
