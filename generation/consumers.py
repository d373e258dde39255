"""The socket of a project's page: what came after the last number it has, then live."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import parse_qs
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import AnonymousUser

from generation.events import PUSHED, group_name, message_of
from projects.identity import acting_as
from projects.models import Project, ProjectEvent, User

PAGE = 500
NOT_SIGNED_IN = 4401
NOT_FOUND = 4404


class ProjectConsumer(AsyncWebsocketConsumer):
    """Relays the events of one project to somebody who may see it, each once and in order."""

    async def connect(self) -> None:
        """Accept the owner or staff, and send what they have missed."""
        self.project_id: UUID = self.scope["url_route"]["kwargs"]["project_id"]
        user = self.scope.get("user")
        # The scope holds a lazy stand-in that is the user in all but its type.
        known = user is not None and user.is_authenticated
        self.user = cast("User | None", user if known else None)
        self.last = _after(self.scope["query_string"])
        self.joined = False
        # Accepted first, since only an accepted socket can be told why it is closed.
        await self.accept()
        if self.user is None:
            await self.close(NOT_SIGNED_IN)
            return
        if not await self._visible():
            await self.close(NOT_FOUND)
            return
        await self.channel_layer.group_add(group_name(self.project_id), self.channel_name)
        self.joined = True
        await self._catch_up()

    async def disconnect(self, code: int) -> None:  # noqa: ARG002 - the base class's
        """Leave the group."""
        if self.joined:
            await self.channel_layer.group_discard(group_name(self.project_id), self.channel_name)

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Relay what is pushed at once: Channels goes through a thread for every other message.

        There it looks after the database's connections, which a push does not use.
        """
        if message["type"] == PUSHED:
            await self.project_events(message)
        else:
            await super().dispatch(message)

    async def project_events(self, message: dict[str, Any]) -> None:
        """Relay pushed events; a gap before them is filled from the database."""
        if message["first"] > self.last + 1:
            await self._catch_up()
        for seq, text in enumerate(message["texts"], message["first"]):
            await self._send(seq, text)

    async def _catch_up(self) -> None:
        while events := await self._stored_after(self.last):
            for event in events:
                await self._send(event["seq"], json.dumps(event))
            if len(events) < PAGE:
                return

    async def _send(self, seq: int, text: str) -> None:
        if seq > self.last:
            self.last = seq
            await self.send(text_data=text)

    @database_sync_to_async
    def _visible(self) -> bool:
        with acting_as(self.user):
            projects = Project.objects.visible_to(self.user or AnonymousUser())
            return projects.filter(pk=self.project_id).exists()

    @database_sync_to_async
    def _stored_after(self, seq: int) -> list[dict[str, Any]]:
        with acting_as(self.user):
            rows = ProjectEvent.objects.filter(project_id=self.project_id, seq__gt=seq)
            return [message_of(event) for event in rows.order_by("seq")[:PAGE]]


def _after(query: bytes) -> int:
    """Return the number after which the browser wants events (0 when it says none)."""
    text = parse_qs(query.decode("latin-1")).get("after", ["0"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("9" * 19) else 0
