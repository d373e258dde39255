"""The seeds' indexes, ON DELETE, triggers and row-level security of jobs, steps and logs."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity, UpdatedAtTrigger

# Seed 004: started_at when a job first runs, completed_at when it ends; a retry clears the latter.
JOB_TIMES = """
CREATE FUNCTION handle_agent_job_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now();
  IF NEW.status = 'running' AND NEW.started_at IS NULL THEN
    NEW.started_at := now();
  END IF;
  IF NEW.status IN ('completed', 'failed', 'cancelled') THEN
    IF TG_OP = 'INSERT' OR OLD.status IS DISTINCT FROM NEW.status THEN
      NEW.completed_at := now();
    END IF;
  ELSE
    NEW.completed_at := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agent_jobs_times BEFORE INSERT OR UPDATE ON agent_jobs
  FOR EACH ROW EXECUTE FUNCTION handle_agent_job_updated_at();
"""
DROP_JOB_TIMES = """
DROP TRIGGER agent_jobs_times ON agent_jobs;
DROP FUNCTION handle_agent_job_updated_at();
"""

# Names longer than Django allows for an index, kept as the seed has them.
INDEXES = """
CREATE INDEX idx_generation_steps_project_order ON generation_steps (project_id, sequence_order);
CREATE INDEX idx_logs_project_created ON logs (project_id, created_at DESC);
CREATE INDEX idx_logs_project_id_order ON logs (project_id, log_id);
"""
DROP_INDEXES = """
DROP INDEX idx_logs_project_id_order;
DROP INDEX idx_logs_project_created;
DROP INDEX idx_generation_steps_project_order;
"""


class Migration(migrations.Migration):
    dependencies = [("generation", "0001_initial"), ("projects", "0002_in_the_database")]

    operations = [
        UpdatedAtTrigger("generation_steps"),
        migrations.RunSQL(JOB_TIMES, DROP_JOB_TIMES),
        migrations.RunSQL(INDEXES, DROP_INDEXES),
        ForeignKeyOnDelete("agent_jobs", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("agent_jobs", "user_id", "users", "id", "CASCADE"),
        ForeignKeyOnDelete("generation_steps", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("generation_steps", "job_id", "agent_jobs", "id", "CASCADE"),
        ForeignKeyOnDelete("logs", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("logs", "step_id", "generation_steps", "step_id", "SET NULL"),
        RowSecurity("agent_jobs"),
        RowSecurity("generation_steps"),
        RowSecurity("logs"),
    ]
