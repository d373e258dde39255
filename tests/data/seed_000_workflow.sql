-- The statements of the founding data model, section 3, as printed.

INSERT INTO projects (
  project_name, description, features, tech_stack, styling, agent_id
) VALUES (
  'QuickNotes',
  'A simple notes app with user auth and note CRUD.',
  '["User login/signup", "Task CRUD", "Dashboard view"]'::JSONB,
  'React + FastAPI + PostgreSQL',
  'Bootstrap',
  'agent-xxxx'
)
RETURNING project_id;

INSERT INTO memory_records (project_id, memory_id, content, metadata)
VALUES (
  'd1f23a6c-4e5b-4a7d-9c21-2f13afbd9a4e',
  'm123',
  '{"project_name":"QuickNotes","description":"A simple notes app with user auth and note CRUD.","features":["User login/signup","Task CRUD","Dashboard view"],"tech_stack":"React + FastAPI + PostgreSQL","styling":"Bootstrap"}',
  '{"step":"spec_submitted","timestamp":"2025-05-31T12:00:00Z"}'::JSONB
);

INSERT INTO generation_steps (
  project_id, sequence_order, tool_name, input_payload
) VALUES (
  'd1f23a6c-4e5b-4a7d-9c21-2f13afbd9a4e',
  1,
  'codegen_create',
  '{"template":"sqlalchemy-model","file_path":"backend/app/models.py","variables":{"model_name":"User","fields":["id:int:primary","email:str:unique","password:str"],"db":"PostgreSQL"}}'::JSONB
) RETURNING step_id;

UPDATE generation_steps
  SET output_payload = '{"file_path":"backend/app/models.py","code":"from sqlalchemy ..."}'::JSONB,
      status = 'SUCCESS',
      updated_at = NOW()
WHERE step_id = '<that_step_id>';

INSERT INTO logs (project_id, log_text)
VALUES (
  'd1f23a6c-4e5b-4a7d-9c21-2f13afbd9a4e',
  'Step 1 (codegen_create): Generated backend/app/models.py'
);

INSERT INTO memory_records (project_id, memory_id, content, metadata)
VALUES (
  'd1f23a6c-4e5b-4a7d-9c21-2f13afbd9a4e',
  'm456',
  'Generated QuickNotes: User model, auth routes, notes CRUD, React components, Bootstrap styling.',
  '{"step":"generation_complete","project":"QuickNotes","timestamp":"2025-05-31T12:02:00Z"}'::JSONB
);

SELECT content, metadata
  FROM memory_records
 WHERE project_id = (
   SELECT project_id 
     FROM projects
    ORDER BY created_at DESC
    LIMIT 1
 )
   AND metadata->>'step' = 'spec_submitted'
 ORDER BY created_at DESC
 LIMIT 1;
