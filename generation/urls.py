"""Addresses of pages about one app."""

from django.urls import path

from generation import views

app_name = "generation"

PROJECT = "projects/<uuid:project_id>/"

urlpatterns = [
    path("new/", views.new, name="new"),
    path(PROJECT, views.project_page, name="project"),
    path(f"{PROJECT}parts/<slug:name>/", views.part, name="part"),
    path(f"{PROJECT}files/<path:path>", views.file_page, name="file"),
    path(f"{PROJECT}start/", views.start, name="start"),
    path(f"{PROJECT}retry/", views.retry, name="retry"),
    path(f"{PROJECT}steps/<uuid:step_id>/retry/", views.retry_step, name="retry-step"),
    path(f"{PROJECT}pause/", views.pause, name="pause"),
    path(f"{PROJECT}resume/", views.resume, name="resume"),
    path(f"{PROJECT}cancel/", views.cancel, name="cancel"),
    path(f"{PROJECT}again/", views.again, name="again"),
    path(f"{PROJECT}delete/", views.delete, name="delete"),
    path("downloads/<uuid:project_id>/<str:name>", views.download, name="download"),
]
