"""The app that builds."""

from django.apps import AppConfig


class GenerationConfig(AppConfig):
    """Jobs, steps and logs; planning and carrying out."""

    name = "generation"
