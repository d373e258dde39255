"""The names of seed 002 over our tables, in schema `yago`."""

from django.db import migrations

# Under the caller's own row-level security. What a run was is told by the project's newest job.
VIEWS = """
CREATE SCHEMA yago;
CREATE VIEW yago.projects WITH (security_invoker = true) AS
  SELECT p.project_id AS id, p.project_name AS name, p.description,
         CASE p.status
           WHEN 'DRAFT' THEN 'creating'
           WHEN 'SUCCESS' THEN 'completed'
           WHEN 'FAILED' THEN 'failed'
           WHEN 'CANCELLED' THEN 'failed'
           ELSE CASE j.status WHEN 'paused' THEN 'paused' WHEN 'running' THEN 'executing'
                              ELSE 'in_progress' END
         END AS status,
         COALESCE(round(j.progress)::integer, 0) AS progress,
         j.input_context AS brief, j.config, j.primary_model, j.agent_role,
         COALESCE(j.strategy, 'balanced') AS strategy, COALESCE(j.temperature, 0.7) AS temperature,
         COALESCE(j.max_tokens, 4000) AS max_tokens,
         p.created_at, p.updated_at, j.started_at, j.completed_at,
         p.download_url AS project_path,
         COALESCE(j.cost_estimate, 0.0) AS cost_estimate, COALESCE(j.actual_cost, 0.0) AS actual_cost,
         (SELECT count(*)::integer FROM public.project_files f WHERE f.project_id = p.project_id)
           AS files_generated,
         (SELECT COALESCE(sum(f.lines), 0)::integer FROM public.project_files f
           WHERE f.project_id = p.project_id) AS lines_of_code,
         (SELECT COALESCE(jsonb_agg(l.log_text ORDER BY l.log_id), '[]'::jsonb) FROM public.logs l
           WHERE l.project_id = p.project_id AND l.log_level = 'ERROR') AS errors,
         (SELECT COALESCE(jsonb_agg(l.log_text ORDER BY l.log_id), '[]'::jsonb) FROM public.logs l
           WHERE l.project_id = p.project_id) AS logs,
         p.user_id
    FROM public.projects p
    LEFT JOIN LATERAL (
      SELECT * FROM public.agent_jobs a
       WHERE a.project_id = p.project_id AND a.agent_type = 'pipeline'
       ORDER BY a.created_at DESC, a.id DESC LIMIT 1) j ON true
   WHERE p.deleted_at IS NULL;
CREATE VIEW yago.generated_files WITH (security_invoker = true) AS
  SELECT id, project_id, path AS file_path, file_type, content, size, lines, ai_provider,
         generated_at
    FROM public.project_files;
CREATE VIEW yago.ai_provider_usage WITH (security_invoker = true) AS
  SELECT id, project_id, provider, model, request_type, prompt_tokens, completion_tokens,
         total_tokens, cost, latency_ms, success, error_message, created_at
    FROM public.ai_provider_usage;
"""
DROP_VIEWS = "DROP SCHEMA yago CASCADE"


class Migration(migrations.Migration):
    dependencies = [("generation", "0006_usage_in_the_database")]

    operations = [migrations.RunSQL(VIEWS, DROP_VIEWS)]
