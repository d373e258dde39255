"""The app that holds what is being built."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Users, projects, their files and events."""

    name = "projects"
