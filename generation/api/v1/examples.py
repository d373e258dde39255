"""Examples of seed 004's contract, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from generation.api.examples import AT, ID, JOB_ID

IDEA = {"user_idea": "A CRM for dog walkers"}
RUN_AGENT: dict[str, Any] = {"project_id": ID, "agent_type": "research", "input_context": IDEA}
RUN_PIPELINE: dict[str, Any] = {"project_id": ID, "input_context": IDEA}
BEGUN: dict[str, Any] = {"job_id": JOB_ID, "status": "queued", "estimated_time": "5m"}
JOB: dict[str, Any] = {
    "job_id": JOB_ID,
    "status": "running",
    "agent_type": "pipeline",
    "project_id": ID,
    "progress": 45.0,
    "result": None,
    "error": None,
    "created_at": AT,
    "completed_at": None,
}
JOBS: dict[str, Any] = {
    "items": [{**JOB, "status": "completed", "progress": 100.0, "completed_at": AT}],
    "total": 42,
    "has_more": True,
}
QUESTION: dict[str, Any] = {
    "id": "q1",
    "question": "Do people sign in?",
    "options": [
        "No, everybody sees and changes everything",
        "Yes, each person has an account",
    ],
}
QUESTIONS: dict[str, Any] = {"depth": "standard", "questions": [QUESTION], "answers": {}}
RESPOND: dict[str, Any] = {
    "responses": [{"question_id": "q1", "answer": "Yes, each person has an account"}]
}
EXPORT: dict[str, Any] = {"repo_name": "my-project", "github_token": "ghp_xxx"}
EXPORTED: dict[str, Any] = {
    "repo_url": "https://github.com/user/my-project",
    "files_pushed": 12,
    "commit_sha": "abc123",
}
STREAM = """\
id: 12
event: progress
data: {"progress": 45.0, "status": "running"}

id: 31
event: complete
data: {"result": {"files": 96, "steps": 97}, "status": "completed"}

"""
