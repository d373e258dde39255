"""The ASGI application: pages and the API over HTTP, live events over WebSocket."""

from __future__ import annotations

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codegen_site.settings")
os.environ.setdefault("CODEGEN_PROCESS", "web")

http_application = get_asgi_application()

# Django must be set up before anything that imports models.
from generation.routing import websocket_urlpatterns  # noqa: E402
from generation.streams import EventStreams  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": EventStreams(http_application),
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))  # type: ignore[arg-type]
        ),
    }
)
