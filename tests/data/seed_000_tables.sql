-- The CREATE TABLE texts of the founding data model, section 2.

CREATE EXTENSION IF NOT EXISTS "pgcrypto";  -- for gen_random_uuid()

CREATE TABLE projects (
  project_id        UUID                    PRIMARY KEY DEFAULT gen_random_uuid(),
  project_name      TEXT                    NOT NULL,
  description       TEXT,
  features          JSONB                   NOT NULL,
  tech_stack        TEXT                    NOT NULL,
  styling           TEXT                    NOT NULL,
  agent_id          TEXT                    NOT NULL UNIQUE,
  initial_memory_id TEXT,
  final_memory_id   TEXT,
  status            TEXT   CHECK ( status IN ('IN_PROGRESS','SUCCESS','FAILED') ) NOT NULL DEFAULT 'IN_PROGRESS',
  download_url      TEXT,
  created_at        TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
  updated_at        TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);

CREATE TABLE generation_steps (
  step_id         UUID                    PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id      UUID                    NOT NULL REFERENCES projects(project_id) ON DELETE CASCADE,
  sequence_order  INTEGER                 NOT NULL,
  tool_name       TEXT                    NOT NULL,
  input_payload   JSONB,
  output_payload  JSONB,
  status          TEXT  CHECK (status IN ('PENDING','SUCCESS','FAILED')) NOT NULL DEFAULT 'PENDING',
  created_at      TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW(),
  updated_at      TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);

CREATE TABLE logs (
  log_id       SERIAL PRIMARY KEY,
  project_id   UUID   NOT NULL REFERENCES projects(project_id) ON DELETE CASCADE,
  log_text     TEXT   NOT NULL,
  created_at   TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);

CREATE TABLE memory_records (
  memory_record_id  UUID                    PRIMARY KEY DEFAULT gen_random_uuid(),
  project_id        UUID                    NOT NULL REFERENCES projects(project_id) ON DELETE CASCADE,
  memory_id         TEXT                    NOT NULL,
  content           TEXT                    NOT NULL,
  metadata          JSONB,
  created_at        TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT NOW()
);
