"""ON DELETE, triggers, search indexes and row-level security of the design; views in `flexos`."""

from django.db import migrations

from projects.db import ForeignKeyOnDelete, RowSecurity, UpdatedAtTrigger

TABLES = ("inferred_entities", "pages", "features", "design_systems")

SEARCH = """
CREATE INDEX idx_pages_search ON pages USING GIN (
  to_tsvector('english', name || ' ' || COALESCE(purpose, '')));
CREATE INDEX idx_features_search ON features USING GIN (
  to_tsvector('english', name || ' ' || COALESCE(user_description, '')));
"""
DROP_SEARCH = """
DROP INDEX idx_features_search;
DROP INDEX idx_pages_search;
"""

# The names of seed 001 over these tables, under the caller's own row-level security. Its sample
# query unnests `key_elements`, which needs an array of JSON values.
VIEWS = """
CREATE SCHEMA flexos;
CREATE VIEW flexos.users WITH (security_invoker = true) AS
  SELECT id, email, username, full_name, avatar_url, role, settings, created_at, updated_at
    FROM public.users;
CREATE VIEW flexos.projects WITH (security_invoker = true) AS
  SELECT project_id AS id, user_id, project_name AS name, slug, description, type,
         CASE WHEN deleted_at IS NOT NULL THEN 'archived' WHEN is_template THEN 'template'
              ELSE 'active' END AS status,
         vision_statement, target_feeling, reference_apps, icon, color, settings, metadata,
         created_at, updated_at, last_opened_at
    FROM public.projects;
CREATE VIEW flexos.design_systems WITH (security_invoker = true) AS
  SELECT id, project_id, generation_method, tokens, component_patterns, confidence_scores,
         user_confirmations, created_at, updated_at
    FROM public.design_systems;
CREATE VIEW flexos.pages WITH (security_invoker = true) AS
  SELECT id, project_id, parent_id, name, slug, path, type, purpose, primary_device,
         current_mockup_id, status,
         ARRAY(SELECT element FROM jsonb_array_elements(key_elements) AS element) AS key_elements,
         related_patterns, usage_contexts, sort_order, is_placeholder, wizard_generated,
         created_at, updated_at
    FROM public.pages;
CREATE VIEW flexos.features WITH (security_invoker = true) AS
  SELECT id, project_id, name, user_description, category, status, affected_pages,
         required_journeys, data_operations, ui_requirements, business_rules,
         technical_requirements, detected_from_mockups, wizard_generated, visual_specifications,
         created_at, updated_at
    FROM public.features;
CREATE VIEW flexos.inferred_entities WITH (security_invoker = true) AS
  SELECT id, project_id, entity_name, plural_name, description, fields, relationships,
         crud_locations, validation_rules, business_rules, confidence_score, user_confirmed,
         created_at, updated_at
    FROM public.inferred_entities;
"""
DROP_VIEWS = "DROP SCHEMA flexos CASCADE"


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_design")]

    operations = [
        *(UpdatedAtTrigger(table) for table in TABLES),
        *(
            ForeignKeyOnDelete(table, "project_id", "projects", "project_id", "CASCADE")
            for table in TABLES
        ),
        ForeignKeyOnDelete("pages", "parent_id", "pages", "id", "SET NULL"),
        migrations.RunSQL(SEARCH, DROP_SEARCH),
        *(RowSecurity(table) for table in TABLES),
        migrations.RunSQL(VIEWS, DROP_VIEWS),
    ]
