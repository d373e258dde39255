"""Addresses of the sockets."""

from django.urls import path

from generation.consumers import ProjectConsumer

websocket_urlpatterns = [
    # Django's path serves ASGI applications too, under Channels' router; its type does not say so.
    path("ws/projects/<uuid:project_id>/", ProjectConsumer.as_asgi()),  # type: ignore[arg-type]
]
