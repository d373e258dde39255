"""Pictures and files of rows: what is known of one stands in a column, its bytes in another."""

from __future__ import annotations

from typing import NamedTuple

from generation.engines.builtin.stacks.shared.naming import EntityNames, FieldNames
from projects.spec.identity import Identity, identity_of
from projects.spec.models import FieldType

# The bytes of the largest picture or file, and those of a request that holds one, in base64.
LARGEST = 5_000_000
ROOM = 8_000_000
BODY = 1_000_000


class Upload(NamedTuple):
    """A picture or a file of an entity."""

    names: FieldNames

    @property
    def name(self) -> str:
        """Return the column that says what is kept: `{"name", "type", "size"}`, or null."""
        return self.names.python

    @property
    def content(self) -> str:
        """Return the column of the bytes, which is read only when they are asked for."""
        return f"{self.name}_content"

    @property
    def is_picture(self) -> bool:
        """Tell whether only a picture may be given."""
        return self.names.spec.type is FieldType.IMAGE

    @property
    def kind(self) -> str:
        """Return the type's name."""
        return self.names.spec.type.value

    def identity(self, column: str) -> Identity:
        """Return what one of its two columns is known by."""
        own = ("content",) if column == self.content else ()
        field = Identity((*own, "field"), "", is_said=False)
        return identity_of(self.names.spec).within(field)


def uploads_of(entity: EntityNames) -> tuple[Upload, ...]:
    """Return an entity's pictures and files."""
    return tuple(Upload(names) for names in entity.uploads)


def largest_body(entities: tuple[EntityNames, ...]) -> int:
    """Return the bytes of the largest request that an app takes."""
    return BODY + ROOM * max((len(entity.uploads) for entity in entities), default=0)
