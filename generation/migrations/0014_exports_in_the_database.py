"""ON DELETE and row-level security of exports to GitHub."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity


class Migration(migrations.Migration):
    dependencies = [("generation", "0013_exports")]

    operations = [
        ForeignKeyOnDelete("github_exports", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("github_exports", "user_id", "users", "id", "SET NULL"),
        RowSecurity("github_exports"),
    ]
