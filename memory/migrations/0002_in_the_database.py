"""The seed's index, ON DELETE and row-level security of memory records."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity


class Migration(migrations.Migration):
    dependencies = [("memory", "0001_initial"), ("projects", "0002_in_the_database")]

    operations = [
        ForeignKeyOnDelete("memory_records", "project_id", "projects", "project_id", "CASCADE"),
        migrations.RunSQL(
            "CREATE INDEX idx_memory_records_project_created"
            " ON memory_records (project_id, created_at DESC)",
            "DROP INDEX idx_memory_records_project_created",
        ),
        RowSecurity("memory_records"),
    ]
