"""The app that holds what is remembered."""

from django.apps import AppConfig


class MemoryConfig(AppConfig):
    """Memory records."""

    name = "memory"
