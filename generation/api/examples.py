"""Examples of requests and answers, for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from generation.api.errors import NOT_FOUND, TOO_LARGE, error_body
from generation.errors import DesignConflict
from generation.workspace.errors import VersionNeeded
from projects.spec.identity import with_all_identities
from projects.spec.jdl import jdl_of
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    RelationKind,
    RelationSpec,
    Source,
    ThemeSpec,
)

AT = "2026-01-05T09:30:00Z"
ID = "6f1f0d5e-6a3f-4a0e-9c0e-0d9a3d1b7a11"
JOB_ID = "0b0a4a0c-53d1-4f0e-8f0f-6b1f0a1c2d33"
STEP_ID = "c3f3b1de-7a55-4c39-9d53-50d3a2b5f9e4"

SPEC: dict[str, Any] = {
    "project_name": "QuickNotes",
    "description": "A simple notes app with user auth and note CRUD.",
    "features": ["User login/signup", "Task CRUD", "Dashboard view"],
    "tech_stack": "React + FastAPI + PostgreSQL",
    "styling": "Bootstrap",
}
SUBMISSION = {**SPEC, "engine": "builtin", "start": True}
PLANNED_STEP: dict[str, Any] = {
    "step_id": STEP_ID,
    "sequence_order": 1,
    "tool_name": "codegen_create",
    "file_path": "backend/app/models/note.py",
    "enabled": True,
    "depends_on": [],
    "input": {
        "template": "sqlalchemy-model",
        "file_path": "backend/app/models/note.py",
        "variables": {"model_name": "Note"},
    },
}
PLAN: dict[str, Any] = {
    "job_id": JOB_ID,
    "status": "waiting_for_input",
    "engine": "builtin",
    "steps": [PLANNED_STEP],
    "files": ["backend/app/models/note.py"],
    "cost": {"calls": 0, "tokens": 0, "cost": 0.0, "measured": True},
    "estimated_time": "2s",
}
PLAN_CHANGE: dict[str, Any] = {"steps": [{"step_id": STEP_ID, "enabled": False}]}
PROJECT: dict[str, Any] = {
    "project_id": ID,
    **SPEC,
    "slug": "quicknotes",
    "engine": "builtin",
    "agent_id": "agent-1f2e3d4c5b6a",
    "status": "SUCCESS",
    "progress": 100.0,
    "download_url": f"/downloads/{ID}/QuickNotes.zip",
    "initial_memory_id": "mem_1",
    "final_memory_id": "mem_2",
    "created_at": AT,
    "updated_at": AT,
}
JOB: dict[str, Any] = {
    "job_id": JOB_ID,
    "agent_type": "pipeline",
    "status": "queued",
    "queue_place": None,
    "progress": 0.0,
    "result": None,
    "error": None,
    "primary_model": None,
    "strategy": "balanced",
    "temperature": 0.2,
    "max_tokens": 8192,
    "cost_estimate": 0.0,
    "actual_cost": 0.0,
    "created_at": AT,
    "started_at": None,
    "completed_at": None,
}
PROJECT_DETAIL = {
    **PROJECT,
    "warnings": [],
    "job": {**JOB, "status": "completed", "progress": 100.0},
}
STEP: dict[str, Any] = {
    "step_id": STEP_ID,
    "job_id": JOB_ID,
    "sequence_order": 1,
    "tool_name": "codegen_create",
    "input_payload": {
        "template": "sqlalchemy-model",
        "file_path": "backend/app/models/note.py",
        "variables": {"model_name": "Note"},
    },
    "output_payload": {"file_path": "backend/app/models/note.py", "code": "class Note: …"},
    "status": "SUCCESS",
    "depends_on": [],
    "attempt": 1,
    "engine": "builtin",
    "error": None,
    "started_at": AT,
    "finished_at": AT,
}
_DESIGN = AppSpec(
    name="QuickNotes",
    description="A simple notes app with user auth and note CRUD.",
    entities=(
        EntitySpec(
            name="Note",
            plural="Notes",
            confidence=0.8,
            inferred_from=(Source(part="description", start=36, text="note CRUD"),),
            fields=(
                FieldSpec(name="title", required=True, max_length=200),
                FieldSpec(name="mood", type=FieldType.ENUM, choices=("good", "bad"), position=1),
            ),
            relations=(
                RelationSpec(kind=RelationKind.MANY_TO_ONE, name="folder", target="Folder"),
            ),
        ),
        EntitySpec(
            name="Folder", plural="Folders", fields=(FieldSpec(name="name", required=True),)
        ),
    ),
    theme=ThemeSpec(background="#ffffff", component="#1e3a8a"),
    features=(FeatureSpec(text="Task CRUD", state=FeatureState.PLANNED, entities=("Note",)),),
)
DESIGN: dict[str, Any] = with_all_identities(_DESIGN).model_dump(mode="json")
JDL = jdl_of(_DESIGN)
LOGS: dict[str, Any] = {
    "results": [
        {
            "log_id": 7,
            "log_text": "Step 1 (codegen_create): Generated backend/app/models.py",
            "log_level": "INFO",
            "source": "FILE_WRITE",
            "step_id": STEP_ID,
            "created_at": AT,
        }
    ],
    "after": 7,
}
FILE: dict[str, Any] = {
    "path": "backend/app/main.py",
    "language": "python",
    "size": 1204,
    "lines": 41,
    "version": 2,
    "ai_provider": None,
    "updated_at": AT,
}
ME: dict[str, Any] = {
    "id": "d2719f0c-1f0b-4b55-8c6e-0d2f3d1b7a22",
    "email": "ada@example.org",
    "username": None,
    "full_name": "Ada",
    "role": "user",
    "is_verified": True,
    "created_at": AT,
}
SUMS: dict[str, Any] = {
    "calls": 12,
    "failed": 1,
    "success_rate": 91.7,
    "average_latency_ms": 2140.5,
    "prompt_tokens": 31200,
    "completion_tokens": 18400,
    "tokens": 49600,
    "cost": 0.0157,
}
ESTIMATE: dict[str, Any] = {
    "engine": "openai:gpt-4o-mini",
    "calls": 6,
    "tokens": 29_500,
    "cost": 0.0087,
    "runs": 3,
    "words": "About 6 calls, 29,500 tokens, $0.0087. "
    "This is an estimate: the mean of 3 runs like it.",
}
USAGE: dict[str, Any] = {
    "since": "2026-01-05",
    "until": "2026-01-05",
    "total": SUMS,
    "by_provider": [{"provider": "openai", **SUMS}],
    "by_model": [{"provider": "openai", "model": "gpt-4o-mini", **SUMS}],
    "by_project": [{"project_id": ID, "project_name": "QuickNotes", **SUMS}],
    "by_day": [{"day": "2026-01-05", **SUMS}],
}
ERRORS: dict[int, dict[str, Any]] = {
    400: error_body("parse_error", "JSON parse error - Expecting value: line 1 column 1 (char 0)"),
    401: error_body("not_authenticated", "Authentication credentials were not provided."),
    403: error_body("permission_denied", "You may not do this."),
    404: error_body("not_found", NOT_FOUND),
    409: error_body("invalid_transition", "Nothing is running."),
    412: error_body(DesignConflict.code, DesignConflict().message),
    413: error_body("too_large", TOO_LARGE),
    415: error_body("unsupported_media_type", 'Unsupported media type "text/plain" in request.'),
    428: error_body(VersionNeeded.code, VersionNeeded().message),
    422: error_body(
        "invalid_spec",
        "The spec cannot be built as it is.",
        [{"field": "project_name", "message": "Give the app a name."}],
    ),
    429: error_body("throttled", "Request was throttled. Expected available in 12 seconds."),
    502: error_body("github_unavailable", "GitHub said nothing in time. Export again."),
}
RENAME = {"path": "core/models.py", "to": "core/notes.py", "version": 3}
FOUND = {
    "path": "backend/app/main.py",
    "named": False,
    "matches": [{"line": 12, "text": "app = FastAPI()"}],
}
FAULT = {"line": 3, "message": "'Note' is not defined"}
MOMENT = {
    "id": STEP_ID,
    "kind": "edit",
    "summary": "Edited backend/app/main.py",
    "by": "me@example.org",
    "at": AT,
    "files": 1,
    "deleted": 0,
    "undoable": True,
}
VERSION = {
    "path": "backend/app/main.py",
    "version": 2,
    "author_kind": "user",
    "by": "me@example.org",
    "job_id": None,
    "edit_id": STEP_ID,
    "deleted": False,
    "size": 16,
    "renamed_from": None,
    "created_at": AT,
}
DIFF = {
    "path": "backend/app/main.py",
    "old": 1,
    "new": 2,
    "unified": (
        "--- a/backend/app/main.py\n+++ b/backend/app/main.py\n@@ -1 +1 @@\n-a = 1\n+a = 2\n"
    ),
    "rows": [
        {
            "kind": "changed",
            "left": {
                "number": 1,
                "pieces": [
                    {"text": "a = ", "changed": False},
                    {"text": "1", "changed": True},
                ],
                "ends": "\n",
            },
            "right": {
                "number": 1,
                "pieces": [
                    {"text": "a = ", "changed": False},
                    {"text": "2", "changed": True},
                ],
                "ends": "\n",
            },
            "skipped": 0,
        }
    ],
}
RESTORE = {"path": "backend/app/main.py", "version": 1}
CONFLICT = {
    "id": STEP_ID,
    "path": "backend/app/main.py",
    "place": "backend/app/main.py",
    "kind": "content",
    "state": "conflict",
    "version": None,
    "created_at": AT,
}
REVIEW = {
    "id": STEP_ID,
    "path": "backend/app/main.py",
    "place": "backend/app/main.py",
    "kind": "content",
    "version": 3,
    "base": "limit = 10\n",
    "ours": "limit = 50\n",
    "theirs": "limit = 20\n",
    "merged": "limit = 50\n",
    "hunks": [{"base": "limit = 10\n", "ours": "limit = 50\n", "theirs": "limit = 20\n"}],
}
SETTLE = {"version": 3, "choices": ["theirs"]}
WISH = {"words": "add a due date to Task"}
CHANGE = {
    "version": "3f2a9d0c4b5e6f708192a3b4c5d6e7f8",
    "edits": ["Task gets a field “due date” (date)"],
    "by_model": [],
    "not_understood": [],
    "examples": [],
    "files": [
        {
            "path": "backend/app/models/task.py",
            "change": "changed",
            "diff": "--- a/task.py\n+++ b/task.py\n@@ -9 +9,2 @@\n",
        }
    ],
    "job_id": None,
}
EDIT = {
    "id": STEP_ID,
    "action": "restore",
    "summary": "Restored backend/app/main.py to version 1",
    "created_at": AT,
}
