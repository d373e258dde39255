"""ON DELETE, trigger and row-level security of clarification, and its name of seed 002."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity, UpdatedAtTrigger

# As seed 002 has it, one to a project: the newest.
VIEW = """
CREATE VIEW yago.clarification_sessions WITH (security_invoker = true) AS
  SELECT DISTINCT ON (project_id)
         id, project_id, project_idea, depth, questions, answers, current_question,
         total_questions, is_completed, ai_provider, created_at, updated_at, completed_at
    FROM public.clarification_sessions
   ORDER BY project_id, created_at DESC, id DESC;
"""


class Migration(migrations.Migration):
    dependencies = [("generation", "0009_clarification")]

    operations = [
        UpdatedAtTrigger("clarification_sessions"),
        ForeignKeyOnDelete(
            "clarification_sessions", "project_id", "projects", "project_id", "CASCADE"
        ),
        ForeignKeyOnDelete("clarification_sessions", "job_id", "agent_jobs", "id", "CASCADE"),
        RowSecurity("clarification_sessions"),
        migrations.RunSQL(VIEW, "DROP VIEW yago.clarification_sessions"),
    ]
