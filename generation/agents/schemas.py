"""What agents answer with: the shapes of seed 004, section 4, exactly."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class AgentType(StrEnum):
    """Who works."""

    RESEARCH = "research"
    WIREFRAME = "wireframe"
    CODE = "code"
    QA = "qa"
    PEDAGOGY = "pedagogy"
    ROADMAP = "roadmap"


class JobStatusType(StrEnum):
    """Where a job of an agent stands."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    WAITING_FOR_INPUT = "waiting_for_input"
    CANCELLED = "cancelled"


class PriorityLevel(StrEnum):
    """How much a feature is wanted."""

    MUST_HAVE = "must-have"
    SHOULD_HAVE = "should-have"
    NICE_TO_HAVE = "nice-to-have"


class UserPersona(BaseModel):
    """A kind of person who will use the app."""

    model_config = ConfigDict(extra="forbid")

    role: str = Field(..., min_length=1, max_length=100)
    goal: str = Field(..., min_length=1, max_length=200)
    pain_point: str = Field(..., min_length=1, max_length=200)


class Feature(BaseModel):
    """Something the app does."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., min_length=1, max_length=100)
    description: str = Field(..., min_length=1, max_length=500)
    priority: PriorityLevel


class RequirementsDoc(BaseModel):
    """What the app is, for whom, and what it does: kept in `projects.requirements_spec`."""

    model_config = ConfigDict(extra="forbid")

    app_name: str = Field(..., min_length=1, max_length=100)
    elevator_pitch: str = Field(..., min_length=20, max_length=500)
    target_audience: list[UserPersona]
    core_features: list[Feature]
    recommended_stack: list[str]
    technical_constraints: str | None = None


class Component(BaseModel):
    """A part of a page; `children` are the names of the components inside it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., min_length=1, max_length=100)
    props: list[str]
    children: list[str]


class PageRoute(BaseModel):
    """A page and what it is made of."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(..., min_length=1, max_length=200)
    description: str
    components: list[Component]


class WireframeSpec(BaseModel):
    """Every page of the app: kept in `projects.architecture_spec`."""

    model_config = ConfigDict(extra="forbid")

    site_map: list[PageRoute]
    global_state_needs: list[str]
    theme_colors: list[str]


class CodeGenerationResult(BaseModel):
    """One file's whole text."""

    model_config = ConfigDict(extra="forbid")

    file_path: str = Field(default="src/app/page.tsx", min_length=1, max_length=500)
    code: str = Field(..., min_length=1)
    language: str = Field(default="typescript", min_length=1, max_length=50)
    explanation: str


class QAIssueSeverity(StrEnum):
    """How bad a finding is."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class QAIssue(BaseModel):
    """One finding and what to do about it."""

    model_config = ConfigDict(extra="forbid")

    severity: QAIssueSeverity
    description: str
    suggestion: str


class QAResult(BaseModel):
    """What was found in the files of an app."""

    model_config = ConfigDict(extra="forbid")

    passed: bool
    issues: list[QAIssue]
    summary: str


class ClarificationQuestion(BaseModel):
    """A question to the person; the first option is the default."""

    model_config = ConfigDict(extra="forbid")

    id: str
    question: str
    options: list[str] | None = None


class ClarificationResponse(BaseModel):
    """A person's answer to a question."""

    model_config = ConfigDict(extra="forbid")

    question_id: str
    answer: str
