-- Get project with all related data
SELECT
    p.*,
    cs.questions,
    cs.answers,
    COUNT(gf.id) as file_count,
    SUM(apu.cost) as total_ai_cost
FROM projects p
LEFT JOIN clarification_sessions cs ON cs.project_id = p.id
LEFT JOIN generated_files gf ON gf.project_id = p.id
LEFT JOIN ai_provider_usage apu ON apu.project_id = p.id
WHERE p.id = $1
GROUP BY p.id, cs.id;

-- Get provider usage statistics
SELECT
    provider,
    model,
    COUNT(*) as total_requests,
    SUM(total_tokens) as total_tokens,
    SUM(cost) as total_cost,
    AVG(latency_ms) as avg_latency,
    (SUM(CASE WHEN success THEN 1 ELSE 0 END) * 100.0 / COUNT(*)) as success_rate
FROM ai_provider_usage
WHERE created_at >= NOW() - INTERVAL '30 days'
GROUP BY provider, model
ORDER BY total_cost DESC;

-- Get recent active projects
SELECT
    id,
    name,
    status,
    progress,
    files_generated,
    actual_cost,
    updated_at
FROM projects
WHERE status IN ('in_progress', 'executing')
ORDER BY updated_at DESC
LIMIT 10;
