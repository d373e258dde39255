"""Copies of two views of schema `yago` that have primary keys, for the length of a transaction.

PostgreSQL lets the other columns of a relation follow from `GROUP BY` on its primary key, and a
view can have none. Seed 002's first query, as printed, needs it of both.
"""

from django.db import migrations

# With the caller's rights, so under the caller's own row-level security. `search_path` finds
# temporary tables first, so that a query means the copies by the names of the views.
KEYED = """
CREATE FUNCTION yago.keyed(project uuid) RETURNS void LANGUAGE plpgsql SECURITY INVOKER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DROP TABLE IF EXISTS pg_temp.projects, pg_temp.clarification_sessions;
  CREATE TEMPORARY TABLE projects ON COMMIT DROP AS
    SELECT * FROM yago.projects WHERE id = project;
  ALTER TABLE pg_temp.projects ADD PRIMARY KEY (id);
  CREATE TEMPORARY TABLE clarification_sessions ON COMMIT DROP AS
    SELECT * FROM yago.clarification_sessions WHERE project_id = project;
  ALTER TABLE pg_temp.clarification_sessions ADD PRIMARY KEY (id);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("generation", "0014_exports_in_the_database")]

    operations = [migrations.RunSQL(KEYED, "DROP FUNCTION yago.keyed(uuid)")]
