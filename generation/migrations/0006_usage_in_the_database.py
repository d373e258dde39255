"""ON DELETE and row-level security of the record of calls to models."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity

OWN = (
    "user_id = codegen_user() OR codegen_staff() OR EXISTS "
    "(SELECT 1 FROM projects p WHERE p.project_id = ai_provider_usage.project_id)"
)


class Migration(migrations.Migration):
    dependencies = [("generation", "0005_usage")]

    operations = [
        ForeignKeyOnDelete("ai_provider_usage", "user_id", "users", "id", "CASCADE"),
        ForeignKeyOnDelete("ai_provider_usage", "project_id", "projects", "project_id", "SET NULL"),
        ForeignKeyOnDelete("ai_provider_usage", "job_id", "agent_jobs", "id", "SET NULL"),
        ForeignKeyOnDelete(
            "ai_provider_usage", "step_id", "generation_steps", "step_id", "SET NULL"
        ),
        RowSecurity("ai_provider_usage", OWN),
    ]
