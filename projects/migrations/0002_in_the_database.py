"""What Django keeps to itself and the database should hold: ON DELETE, triggers, row-level security."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity, UpdatedAtTrigger

FUNCTIONS = """
CREATE FUNCTION codegen_user() RETURNS uuid LANGUAGE sql STABLE
  AS $$ SELECT NULLIF(current_setting('codegen.user_id', true), '')::uuid $$;
CREATE FUNCTION codegen_staff() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT COALESCE(current_setting('codegen.staff', true), '') = 'on' $$;
CREATE FUNCTION codegen_touch_updated_at() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
"""
DROP_FUNCTIONS = """
DROP FUNCTION codegen_touch_updated_at();
DROP FUNCTION codegen_staff();
DROP FUNCTION codegen_user();
"""

# Signing in comes before identity, so everybody may read these two tables; a person may change
# only what is theirs, and nobody but staff may make somebody more than a user.
PEOPLE = """
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY users_read ON users FOR SELECT USING (true);
CREATE POLICY users_insert ON users FOR INSERT WITH CHECK (role = 'user' OR codegen_staff());
CREATE POLICY users_update ON users FOR UPDATE USING (id = codegen_user() OR codegen_staff());
CREATE POLICY users_delete ON users FOR DELETE USING (id = codegen_user() OR codegen_staff());
ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_tokens_read ON api_tokens FOR SELECT USING (true);
CREATE POLICY api_tokens_insert ON api_tokens FOR INSERT WITH CHECK (user_id = codegen_user());
CREATE POLICY api_tokens_update ON api_tokens FOR UPDATE
  USING (user_id = codegen_user() OR codegen_staff());
CREATE POLICY api_tokens_delete ON api_tokens FOR DELETE
  USING (user_id = codegen_user() OR codegen_staff());
"""
DROP_PEOPLE = """
DROP POLICY api_tokens_delete ON api_tokens;
DROP POLICY api_tokens_update ON api_tokens;
DROP POLICY api_tokens_insert ON api_tokens;
DROP POLICY api_tokens_read ON api_tokens;
ALTER TABLE api_tokens DISABLE ROW LEVEL SECURITY;
DROP POLICY users_delete ON users;
DROP POLICY users_update ON users;
DROP POLICY users_insert ON users;
DROP POLICY users_read ON users;
ALTER TABLE users DISABLE ROW LEVEL SECURITY;
"""

OWN = "user_id = codegen_user() OR codegen_staff()"
BLOB_IN_USE = "EXISTS (SELECT 1 FROM project_file_versions v WHERE v.blob_id = blobs.sha256)"


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        UpdatedAtTrigger("users"),
        UpdatedAtTrigger("projects"),
        UpdatedAtTrigger("project_files"),
        ForeignKeyOnDelete("projects", "user_id", "users", "id", "CASCADE"),
        ForeignKeyOnDelete("project_events", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete("project_files", "project_id", "projects", "project_id", "CASCADE"),
        ForeignKeyOnDelete(
            "project_file_versions", "project_id", "projects", "project_id", "CASCADE"
        ),
        ForeignKeyOnDelete("project_file_versions", "file_id", "project_files", "id", "SET NULL"),
        ForeignKeyOnDelete(
            "project_file_versions", "parent_id", "project_file_versions", "id", "SET NULL"
        ),
        ForeignKeyOnDelete("api_tokens", "user_id", "users", "id", "CASCADE"),
        migrations.RunSQL(PEOPLE, DROP_PEOPLE),
        RowSecurity("projects", OWN),
        RowSecurity("project_events"),
        RowSecurity("project_files"),
        RowSecurity("project_file_versions"),
        RowSecurity("blobs", BLOB_IN_USE),
        RowSecurity("django_admin_log", OWN),
    ]
