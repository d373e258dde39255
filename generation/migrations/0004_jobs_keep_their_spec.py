"""The AppSpec that a job builds is written once: files are compared with it long after."""

from django.db import migrations

KEPT = """
CREATE FUNCTION codegen_keep_job_spec() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF jsonb_typeof(OLD.config -> 'spec') = 'object'
     AND NEW.config -> 'spec' IS DISTINCT FROM OLD.config -> 'spec' THEN
    RAISE EXCEPTION 'job % keeps the AppSpec that it was built from', OLD.id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agent_jobs_spec BEFORE UPDATE OF config ON agent_jobs
  FOR EACH ROW EXECUTE FUNCTION codegen_keep_job_spec();
"""
DROP_KEPT = """
DROP TRIGGER agent_jobs_spec ON agent_jobs;
DROP FUNCTION codegen_keep_job_spec();
"""


class Migration(migrations.Migration):
    dependencies = [("generation", "0003_lost_workers")]

    operations = [migrations.RunSQL(KEPT, DROP_KEPT)]
