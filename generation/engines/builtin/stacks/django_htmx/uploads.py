"""Pictures and files as Django: two columns of a model each, one with the bytes."""

from __future__ import annotations

from dataclasses import dataclass

from generation.engines.builtin.renderer import py_str
from generation.engines.builtin.stacks.django_htmx.columns import Column, columns_of
from generation.engines.builtin.stacks.django_htmx.fit import Node, assigned, called, tuple_of
from generation.engines.builtin.stacks.shared.naming import EntityNames
from generation.engines.builtin.stacks.shared.uploads import Upload, uploads_of
from projects.spec.identity import Identity
from projects.spec.models import FieldType


@dataclass(frozen=True)
class UploadColumn(Column):
    """One of the two columns of a picture or a file."""

    is_content: bool = False

    @property
    def name(self) -> str:
        """Return the column's name."""
        upload = Upload(self.names)
        return upload.content if self.is_content else upload.name

    @property
    def type(self) -> FieldType:
        """Return one type for both: a file that must be a picture from now on is not lost."""
        return FieldType.FILE

    @property
    def unique(self) -> bool:
        """Tell that any row may have the same."""
        return False

    @property
    def null(self) -> bool:
        """Tell that there may be none."""
        return True

    @property
    def identity(self) -> Identity:
        """Return what the column is known by."""
        return Upload(self.names).identity(self.name)

    def field(self, *, in_model: bool) -> Node:  # noqa: ARG002 - as every column is called
        """Return the field as it stands in the model, and in a migration."""
        if self.is_content:
            return called("models.BinaryField", ["null=True"])
        label = [] if self.verbose_name is None else [py_str(self.verbose_name)]
        return called("models.JSONField", [*label, "null=True", "blank=True", "editable=False"])


def upload_columns(entity: EntityNames) -> tuple[UploadColumn, ...]:
    """Return the columns of an entity's pictures and files."""
    return tuple(
        UploadColumn(entity, names, is_content)
        for names in entity.uploads
        for is_content in (False, True)
    )


def stored_columns(entity: EntityNames) -> tuple[Column, ...]:
    """Return all columns of an entity's table but its links."""
    return (*columns_of(entity), *upload_columns(entity))


def uploads_line(entity: EntityNames) -> Node:
    """Return what says of a model which pictures and files its rows have."""
    uploads: list[Node] = [
        tuple_of([py_str(upload.name), py_str(upload.kind)]) for upload in uploads_of(entity)
    ]
    return assigned("UPLOADS", tuple_of(uploads))
