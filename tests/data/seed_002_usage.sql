CREATE TABLE ai_provider_usage (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id UUID REFERENCES projects(id) ON DELETE SET NULL,

    -- Provider details
    provider VARCHAR(50) NOT NULL,
    model VARCHAR(100) NOT NULL,

    -- Usage metrics
    request_type VARCHAR(50),
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    total_tokens INTEGER,
    cost FLOAT,

    -- Performance
    latency_ms INTEGER,
    success BOOLEAN DEFAULT TRUE,
    error_message TEXT,

    -- Timestamp
    created_at TIMESTAMP DEFAULT NOW(),

    CONSTRAINT provider_check CHECK (provider IN ('openai', 'anthropic', 'gemini', 'cursor'))
);

CREATE INDEX idx_usage_provider ON ai_provider_usage(provider);
CREATE INDEX idx_usage_project_id ON ai_provider_usage(project_id);
CREATE INDEX idx_usage_created_at ON ai_provider_usage(created_at DESC);
