"""What files were generated as before it was kept, and who may read those texts."""

from django.db import migrations

BACKFILL = """
UPDATE project_file_versions v SET generated_id = (
  SELECT s.blob_id FROM project_file_versions s
   WHERE s.project_id = v.project_id AND s.path = v.path AND s.version <= v.version
     AND s.author_kind IN ('step', 'model') AND NOT s.deleted
   ORDER BY s.version DESC LIMIT 1);
"""
POLICY = """
ALTER POLICY blobs_owner ON blobs USING ({0}) WITH CHECK ({0});
"""
BEFORE = "EXISTS (SELECT 1 FROM project_file_versions v WHERE v.blob_id = blobs.sha256)"
ALSO = "EXISTS (SELECT 1 FROM project_file_versions v WHERE v.generated_id = blobs.sha256)"
NOW = f"{BEFORE} OR {ALSO}"


class Migration(migrations.Migration):
    dependencies = [("projects", "0010_generated_texts")]

    operations = [
        migrations.RunSQL(POLICY.format(NOW), POLICY.format(BEFORE)),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
