"""The design of a project as rows: read as an AppSpec, written from one."""

from projects.design.store import (
    Design,
    DesignChanged,
    confirm_design,
    confirm_entity,
    design_of,
    mark_built,
    store_edited,
    store_proposed,
    store_understood,
)

__all__ = [
    "Design",
    "DesignChanged",
    "confirm_design",
    "confirm_entity",
    "design_of",
    "mark_built",
    "store_edited",
    "store_proposed",
    "store_understood",
]
