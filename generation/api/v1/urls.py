"""Addresses of seed 004's contract, which end without a slash."""

from django.urls import path, re_path

from generation.api.v1.answers import QuestionsView, RespondView
from generation.api.v1.export import GitHubExportView
from generation.api.v1.runs import RunAgentView, RunPipelineView
from generation.api.v1.stream import StreamView
from generation.api.v1.views import (
    CancelView,
    JobListView,
    JobView,
    NothingHereView,
    PauseView,
    ResumeView,
    RetryView,
)

app_name = "v1"

JOB = "jobs/<uuid:job_id>"

urlpatterns = [
    path("run-agent", RunAgentView.as_view(), name="run-agent"),
    path("run-pipeline", RunPipelineView.as_view(), name="run-pipeline"),
    path(JOB, JobView.as_view(), name="job"),
    path(f"{JOB}/stream", StreamView.as_view(), name="stream"),
    path(f"{JOB}/questions", QuestionsView.as_view(), name="questions"),
    path(f"{JOB}/respond", RespondView.as_view(), name="respond"),
    path(f"{JOB}/cancel", CancelView.as_view(), name="cancel"),
    path(f"{JOB}/pause", PauseView.as_view(), name="pause"),
    path(f"{JOB}/resume", ResumeView.as_view(), name="resume"),
    path(f"{JOB}/retry", RetryView.as_view(), name="retry"),
    path("jobs/<uuid:project_id>/list", JobListView.as_view(), name="list"),
    path(
        "projects/<uuid:project_id>/export/github", GitHubExportView.as_view(), name="export-github"
    ),
    re_path(r"^(?P<rest>.*)$", NothingHereView.as_view(), name="unknown"),
]
