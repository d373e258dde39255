"""ON DELETE and row-level security of people's own keys: staff may remove one, never set one."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete

POLICIES = """
ALTER TABLE provider_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY provider_keys_read ON provider_keys FOR SELECT
  USING (user_id = codegen_user() OR codegen_staff());
CREATE POLICY provider_keys_insert ON provider_keys FOR INSERT
  WITH CHECK (user_id = codegen_user());
CREATE POLICY provider_keys_update ON provider_keys FOR UPDATE
  USING (user_id = codegen_user());
CREATE POLICY provider_keys_delete ON provider_keys FOR DELETE
  USING (user_id = codegen_user() OR codegen_staff());
"""
DROP_POLICIES = """
DROP POLICY provider_keys_delete ON provider_keys;
DROP POLICY provider_keys_update ON provider_keys;
DROP POLICY provider_keys_insert ON provider_keys;
DROP POLICY provider_keys_read ON provider_keys;
ALTER TABLE provider_keys DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0008_provider_keys")]

    operations = [
        ForeignKeyOnDelete("provider_keys", "user_id", "users", "id", "CASCADE"),
        migrations.RunSQL(POLICIES, DROP_POLICIES),
    ]
