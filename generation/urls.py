"""Addresses of pages about one app."""

from django.urls import path

from generation import (
    change_views,
    code_views,
    conflict_views,
    design_views,
    export_views,
    history_views,
    model_views,
    plan_views,
    question_views,
    usage_views,
    views,
)
from generation.api.git import PackView, ReferencesView

app_name = "generation"

PROJECT = "projects/<uuid:project_id>/"
GIT = "git/<uuid:project_id>/<str:name>.git/"

urlpatterns = [
    path("new/", views.new, name="new"),
    path("new/engines/", model_views.engines, name="engines"),
    path("new/estimate/", model_views.estimate, name="estimate"),
    path("new/engines/pull/", model_views.pull, name="pull"),
    path("usage/", usage_views.usage_page, name="usage"),
    path(PROJECT, views.project_page, name="project"),
    path(f"{PROJECT}parts/<slug:name>/", views.part, name="part"),
    path(f"{PROJECT}files/<path:path>", views.file_page, name="file"),
    path(f"{PROJECT}folders/<path:path>", code_views.folder, name="folder"),
    path(f"{PROJECT}code/", code_views.code_page, name="code"),
    path(f"{PROJECT}code/<path:path>", code_views.code_page, name="code-file"),
    path(f"{PROJECT}code-create/", code_views.create, name="code-create"),
    path(f"{PROJECT}code-upload/", code_views.upload, name="code-upload"),
    path(f"{PROJECT}code-rename/", code_views.rename, name="code-rename"),
    path(f"{PROJECT}code-delete/", code_views.delete, name="code-delete"),
    path(f"{PROJECT}history/", history_views.history_page, name="history"),
    path(f"{PROJECT}history/restore/", history_views.restore_project, name="history-restore"),
    path(
        f"{PROJECT}history/restore-file/", history_views.restore_file, name="history-restore-file"
    ),
    path(f"{PROJECT}history/undo/", history_views.undo, name="history-undo"),
    path(f"{PROJECT}questions/", question_views.questions_page, name="questions"),
    path(f"{PROJECT}questions/finish/", question_views.finish, name="questions-finish"),
    path(f"{PROJECT}changes/", change_views.changes_page, name="changes"),
    path(f"{PROJECT}conflicts/", conflict_views.conflicts_page, name="conflicts"),
    path(f"{PROJECT}conflicts/<uuid:conflict_id>/", conflict_views.conflict_page, name="conflict"),
    path(f"{PROJECT}plan/", plan_views.plan_page, name="plan"),
    path(f"{PROJECT}export/", export_views.export_page, name="export"),
    path(f"{GIT}info/refs", ReferencesView.as_view(), name="git-references"),
    path(f"{GIT}git-upload-pack", PackView.as_view(), name="git-pack"),
    path(f"{PROJECT}start/", views.start, name="start"),
    path(f"{PROJECT}retry/", views.retry, name="retry"),
    path(f"{PROJECT}steps/<uuid:step_id>/retry/", views.retry_step, name="retry-step"),
    path(f"{PROJECT}retry-from/", views.retry_from, name="retry-from"),
    path(f"{PROJECT}pause/", views.pause, name="pause"),
    path(f"{PROJECT}resume/", views.resume, name="resume"),
    path(f"{PROJECT}cancel/", views.cancel, name="cancel"),
    path(f"{PROJECT}again/", views.again, name="again"),
    path(f"{PROJECT}design/", design_views.design_page, name="design"),
    path(f"{PROJECT}design/jdl/", design_views.jdl, name="design-jdl"),
    path(f"{PROJECT}design/edit/<str:what>/", design_views.edit, name="design-edit"),
    path(f"{PROJECT}design/preview/", design_views.preview, name="design-preview"),
    path(f"{PROJECT}design/build/", design_views.build, name="design-build"),
    path(f"{PROJECT}design/again/", design_views.understand, name="design-again"),
    path(
        f"{PROJECT}design/entities/<uuid:entity_id>/remove/",
        design_views.remove,
        name="design-remove",
    ),
    path(
        f"{PROJECT}design/entities/<uuid:entity_id>/settle/",
        design_views.settle,
        name="design-settle",
    ),
    path(
        f"{PROJECT}design/entities/<uuid:entity_id>/confirm/",
        design_views.confirm,
        name="design-confirm",
    ),
    path(f"{PROJECT}delete/", views.delete, name="delete"),
    path("downloads/<uuid:project_id>/<str:name>", views.download, name="download"),
]
