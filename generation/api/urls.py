"""Addresses of the REST API."""

from django.urls import path, re_path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from generation.api.views.changes import ChangeView
from generation.api.views.conflicts import ConflictListView, ConflictView, SettleView
from generation.api.views.contents import LogView, StepListView, ZipView
from generation.api.views.design import DesignJdlView, DesignView
from generation.api.views.estimates import EstimateView, ProjectEstimateView
from generation.api.views.files import (
    CheckView,
    FileListView,
    FileView,
    RenameView,
    SearchView,
    UploadView,
)
from generation.api.views.history import (
    DiffView,
    RestoreView,
    TimelineView,
    UndoView,
    VersionListView,
)
from generation.api.views.people import MeView, RecallView
from generation.api.views.plans import PlanApprovalView, PlanView
from generation.api.views.projects import ProjectListView, ProjectView
from generation.api.views.runs import (
    AgainView,
    CancelView,
    PauseView,
    ResumeView,
    RetryView,
    StartView,
    StepRetryFromView,
    StepRetryView,
)
from generation.api.views.unknown import UnknownView
from generation.api.views.usage import UsageView

app_name = "api"

PROJECT = "projects/<uuid:project_id>/"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:docs"), name="root"),
    path("projects/", ProjectListView.as_view(), name="projects"),
    path(PROJECT, ProjectView.as_view(), name="project"),
    path(f"{PROJECT}start/", StartView.as_view(), name="start"),
    path(f"{PROJECT}pause/", PauseView.as_view(), name="pause"),
    path(f"{PROJECT}resume/", ResumeView.as_view(), name="resume"),
    path(f"{PROJECT}cancel/", CancelView.as_view(), name="cancel"),
    path(f"{PROJECT}retry/", RetryView.as_view(), name="retry"),
    path(f"{PROJECT}again/", AgainView.as_view(), name="again"),
    path(f"{PROJECT}estimate/", ProjectEstimateView.as_view(), name="project-estimate"),
    path(f"{PROJECT}design/", DesignView.as_view(), name="design"),
    path(f"{PROJECT}design/jdl/", DesignJdlView.as_view(), name="design-jdl"),
    path(f"{PROJECT}plan/", PlanView.as_view(), name="plan"),
    path(f"{PROJECT}plan/approve/", PlanApprovalView.as_view(), name="plan-approve"),
    path(f"{PROJECT}steps/", StepListView.as_view(), name="steps"),
    path(f"{PROJECT}steps/<uuid:step_id>/retry/", StepRetryView.as_view(), name="step-retry"),
    path(
        f"{PROJECT}steps/<uuid:step_id>/retry-from/",
        StepRetryFromView.as_view(),
        name="step-retry-from",
    ),
    path(f"{PROJECT}logs/", LogView.as_view(), name="logs"),
    path(f"{PROJECT}files/", FileListView.as_view(), name="files"),
    path(f"{PROJECT}files/<path:path>", FileView.as_view(), name="file"),
    path(f"{PROJECT}checks/", CheckView.as_view(), name="checks"),
    path(f"{PROJECT}renames/", RenameView.as_view(), name="renames"),
    path(f"{PROJECT}uploads/", UploadView.as_view(), name="uploads"),
    path(f"{PROJECT}search/", SearchView.as_view(), name="search"),
    path(f"{PROJECT}history/", TimelineView.as_view(), name="history"),
    path(f"{PROJECT}versions/", VersionListView.as_view(), name="versions"),
    path(f"{PROJECT}diff/", DiffView.as_view(), name="diff"),
    path(f"{PROJECT}restores/", RestoreView.as_view(), name="restores"),
    path(f"{PROJECT}edits/<uuid:edit_id>/undo/", UndoView.as_view(), name="undo"),
    path(f"{PROJECT}changes/", ChangeView.as_view(), name="changes"),
    path(f"{PROJECT}conflicts/", ConflictListView.as_view(), name="conflicts"),
    path(f"{PROJECT}conflicts/<uuid:conflict_id>/", ConflictView.as_view(), name="conflict"),
    path(f"{PROJECT}conflicts/<uuid:conflict_id>/settle/", SettleView.as_view(), name="settle"),
    path(f"{PROJECT}zip/", ZipView.as_view(), name="zip"),
    path("recall/", RecallView.as_view(), name="recall"),
    path("estimate/", EstimateView.as_view(), name="estimate"),
    path("usage/", UsageView.as_view(), name="usage"),
    path("me/", MeView.as_view(), name="me"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    re_path(r"^(?P<rest>.*)$", UnknownView.as_view(), name="unknown"),
]
