"""What a JDL text declares, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from projects.spec.jdl_start import InvalidJdl


@dataclass(frozen=True)
class JdlAnnotation:
    """An annotation: its name as JDL compares it, and what stands in its brackets."""

    name: str
    value: str | None
    line: int

    @property
    def holds(self) -> bool:
        """Tell whether what it says is so: with `true` or no brackets, not with `false`.

        Raises `InvalidJdl` with its line where anything else stands in the brackets.
        """
        if self.value not in (None, "true", "false"):
            raise InvalidJdl(self.line, f"@{self.name} takes true or false, or no brackets.")
        return self.value != "false"

    def __str__(self) -> str:
        return f"the annotation @{self.name}"


@dataclass(frozen=True)
class JdlDoc:
    """A documenting comment."""

    text: str
    line: int


Annotations = tuple[JdlAnnotation, ...]


@dataclass(frozen=True)
class JdlField:
    """A field: its type is a JDL type or the name of an enumeration."""

    name: str
    type: str
    validations: dict[str, str]
    line: int
    annotations: Annotations = ()


@dataclass(frozen=True)
class JdlEntity:
    """An entity and its fields."""

    name: str
    fields: tuple[JdlField, ...]
    line: int
    annotations: Annotations = ()
    doc: JdlDoc | None = None


@dataclass(frozen=True)
class JdlEnum:
    """An enumeration: the text of each value by its name, which it is where it has no other."""

    values: dict[str, str]
    line: int


@dataclass(frozen=True)
class JdlSide:
    """One end of a relationship: the entity, and the name it calls the other end by."""

    entity: str
    name: str | None
    required: bool
    annotations: Annotations = ()


@dataclass(frozen=True)
class JdlRelationship:
    """A relationship between two ends."""

    kind: str
    source: JdlSide
    target: JdlSide
    builtin: bool
    line: int


@dataclass(frozen=True)
class JdlOption:
    """What is to be had for entities, by name or `*`, save some, and in which way."""

    name: str
    value: str | None
    entities: tuple[str, ...]
    excluded: tuple[str, ...]
    line: int

    def __str__(self) -> str:
        parts = [self.name, ", ".join(self.entities), f"with {self.value}" if self.value else ""]
        parts += [f"except {', '.join(self.excluded)}"] if self.excluded else []
        return " ".join(part for part in parts if part)


@dataclass
class JdlDocument:
    """Everything a text declares; `ignored` says in plain words what has no meaning here."""

    entities: list[JdlEntity] = field(default_factory=list)
    enums: dict[str, JdlEnum] = field(default_factory=dict)
    relationships: list[JdlRelationship] = field(default_factory=list)
    options: list[JdlOption] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    ignored: list[tuple[int, str]] = field(default_factory=list)

    def ignore(self, line: int, what: str) -> None:
        """Note what is said in a line and cannot be kept."""
        self.ignored.append((line, what))
