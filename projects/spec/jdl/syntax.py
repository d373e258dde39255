"""JDL as a tree: what is declared, where, and what was passed over.

The grammar is that of https://www.jhipster.tech/jdl/intro: entities, fields with validations,
enumerations, relationships and options. Applications and deployments are read over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<regex>/(?:[^/\\\n]|\\.)+/)"
    r"|(?P<string>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<word>[A-Za-z_][\w-]*|\d+(?:\.\d+)?|-\d+(?:\.\d+)?)"
    r"|(?P<mark>[{}()\[\],.:=@*])"
    r"|(?P<other>.)",
    re.DOTALL,
)
KINDS = ("OneToMany", "ManyToOne", "OneToOne", "ManyToMany")
OPTIONS = frozenset(
    """
    paginate filter search dto service microservice skipClient skipServer skipUserManagement
    angularSuffix clientRootFolder noFluentMethod readOnly embedded changelogDate use clientRoute
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# JDL leaves annotations to whoever reads them. Before an entity these say who writes and reads it.
ACCESS = ("managed", "inbox", "authored", "public")
# Says, with the name of a relationship in brackets, whose readers see the rows too.
FOLLOWS = "follows"
OF_ENTITIES = frozenset({"paginate", "filter", "search"})


class InvalidJdl(ValueError):
    """Text that is not JDL; `line` (from 1) says where, the message what to mend."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(f"Line {line}: {message}")


@dataclass(frozen=True)
class Token:
    """A word, a mark, a string or a regular expression, with its line."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class JdlField:
    """A field: its type is a JDL type or the name of an enumeration."""

    name: str
    type: str
    validations: dict[str, str]
    line: int


@dataclass(frozen=True)
class JdlEntity:
    """An entity and its fields."""

    name: str
    fields: tuple[JdlField, ...]
    line: int
    access: frozenset[str] = frozenset()
    follows: str | None = None


@dataclass(frozen=True)
class JdlSide:
    """One end of a relationship: the entity, and the name it calls the other end by."""

    entity: str
    name: str | None
    required: bool


@dataclass(frozen=True)
class JdlRelationship:
    """A relationship between two ends."""

    kind: str
    source: JdlSide
    target: JdlSide
    builtin: bool
    line: int


@dataclass
class JdlDocument:
    """Everything a text declares; `ignored` says in plain words what has no meaning here."""

    entities: list[JdlEntity] = field(default_factory=list)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    relationships: list[JdlRelationship] = field(default_factory=list)
    options: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ignored: list[tuple[int, str]] = field(default_factory=list)
    base_name: str | None = None


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of a text; raise `InvalidJdl` at a character that JDL does not have."""
    line = 1
    for found in _TOKEN.finditer(text):
        kind, part = str(found.lastgroup), found.group()
        if kind == "other":
            raise InvalidJdl(line, f"{part!r} has no place in JDL.")
        if kind not in ("space", "comment"):
            yield Token(kind, part, line)
        line += part.count("\n")


class Parser:
    """Reads declarations one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens_of(text))
        self.at = 0
        self.last_line = text.count("\n") + 1
        self.document = JdlDocument()
        self.access: set[str] = set()
        self.follows: str | None = None

    def parse(self) -> JdlDocument:
        """Return the whole document."""
        readers = {
            "entity": self._entity,
            "enum": self._enum,
            "relationship": self._relationship,
            "application": self._block,
            "deployment": self._block,
        }
        while (token := self._peek()) is not None:
            if token.text == "@" and self._text(1) in ACCESS:
                self.access.add(self._text(1))
                self.at += 2
            elif token.text == "@" and (self._text(1), self._text(2)) == (FOLLOWS, "("):
                self.at += 2
                self.follows = self._argument()
                if not self.follows:
                    raise InvalidJdl(
                        token.line, f"@{FOLLOWS}() does not say which relationship rows follow."
                    )
            elif token.text == "@":
                self._annotation()
            elif token.text in readers:
                readers[token.text]()
            elif token.text in OPTIONS:
                self._option()
            elif self._peek(1) is not None and self._text(1) == "=":
                self._skip_line("a constant")
            else:
                raise InvalidJdl(
                    token.line,
                    f"{token.text!r} does not begin a declaration. Expected entity, enum, "
                    "relationship or an option.",
                )
        return self.document

    def _entity(self) -> None:
        line = self._next().line
        name = self._name("an entity's name")
        if self._text() == "(":
            self._skip_brackets("(", ")")
        fields: list[JdlField] = []
        if self._text() == "{":
            self._next()
            while self._text() != "}":
                if self._text() == "@":
                    self._annotation()
                elif self._text() == ",":
                    self._next()
                else:
                    fields.append(self._field())
            self._next()
        access = frozenset(self.access)
        found = JdlEntity(name, tuple(fields), line, access, self.follows)
        self.document.entities.append(found)
        self.access.clear()
        self.follows = None

    def _field(self) -> JdlField:
        token = self._peek()
        name = self._name("a field's name, or } to end the entity")
        kind = self._name(f"the type of {name}")
        validations: dict[str, str] = {}
        while (following := self._peek()) is not None and following.kind == "word":
            if self._begins_field():
                break
            word = self._next().text
            validations[word] = self._argument() if self._text() == "(" else ""
        return JdlField(name, kind, validations, token.line if token else self.last_line)

    def _begins_field(self) -> bool:
        """Tell whether a word begins the next field: it stands on a line of its own with a type."""
        here, before = self._peek(), self.tokens[self.at - 1]
        return (
            here is not None
            and here.line > before.line
            and self._text(1) not in ("(", "}")
            and self._peek(1) is not None
            and self.tokens[self.at + 1].kind == "word"
        )

    def _argument(self) -> str:
        self._expect("(")
        parts: list[str] = []
        while self._text() != ")":
            parts.append(self._next().text)
        self._next()
        return "".join(parts)

    def _enum(self) -> None:
        line = self._next().line
        name = self._name("an enumeration's name")
        self._expect("{")
        values: list[str] = []
        while self._text() != "}":
            if self._text() == ",":
                self._next()
                continue
            values.append(self._name("a value"))
            if self._text() == "(":
                self._argument()
        self._next()
        if not values:
            raise InvalidJdl(line, f"The enumeration {name} has no values.")
        self.document.enums[name] = tuple(values)

    def _relationship(self) -> None:
        self._next()
        kind = self._next()
        if kind.text not in KINDS:
            raise InvalidJdl(kind.line, f"{kind.text!r} is no kind; there are {', '.join(KINDS)}.")
        self._expect("{")
        while self._text() != "}":
            if self._text() == ",":
                self._next()
            elif self._text() == "@":
                self._annotation()
            else:
                self._pair(kind.text)
        self._next()

    def _pair(self, kind: str) -> None:
        token = self._peek()
        source = self._side()
        to = self._next()
        if to.text != "to":
            raise InvalidJdl(to.line, f"Expected 'to' after {source.entity}, found {to.text!r}.")
        while self._text() == "@":
            self._annotation()
        target = self._side()
        builtin = False
        while self._text() == "with":
            self._next()
            builtin = self._next().text == "builtInEntity" or builtin
        line = token.line if token else self.last_line
        self.document.relationships.append(JdlRelationship(kind, source, target, builtin, line))

    def _side(self) -> JdlSide:
        entity = self._name("an entity's name")
        name, required = None, False
        if self._text() == "{":
            self._next()
            name = self._name(f"what {entity} calls the other end")
            if self._text() == "(":
                self._argument()
            if self._text() == "required":
                self._next()
                required = True
            self._expect("}")
        return JdlSide(entity, name, required)

    def _block(self) -> None:
        token = self._next()
        start = self.at
        while self._text() != "{":
            self._next()
        self._skip_brackets("{", "}")
        inside = self.tokens[start : self.at]
        for one, two in pairwise(inside):
            if one.text == "baseName" and two.kind in ("word", "string"):
                self.document.base_name = two.text.strip("\"'")
        self._ignore(token, f"the settings of the {token.text}")

    def _option(self) -> None:
        token = self._next()
        words: list[str] = []
        while (following := self._peek()) is not None and following.line == token.line:
            words.append(self._next().text)
        names = tuple(w for w in words[: _index(words, ("with", "for"))] if w != ",")
        self.document.options.append((token.text, names))
        if token.text not in OF_ENTITIES:
            self._ignore(token, f"{token.text} {' '.join(words)}".strip())

    def _annotation(self) -> None:
        token = self._next()
        name = self._next().text
        if self._text() == "(":
            self._argument()
        self._ignore(token, f"the annotation @{name}")

    def _skip_line(self, what: str) -> None:
        token = self._next()
        while (following := self._peek()) is not None and following.line == token.line:
            self._next()
        self._ignore(token, what)

    def _skip_brackets(self, opening: str, closing: str) -> None:
        depth = 0
        while True:
            text = self._next().text
            depth += (text == opening) - (text == closing)
            if depth == 0:
                return

    def _ignore(self, token: Token, what: str) -> None:
        self.document.ignored.append((token.line, what))

    # Tokens

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _text(self, ahead: int = 0) -> str:
        token = self._peek(ahead)
        return token.text if token else ""

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise InvalidJdl(self.last_line, "The text ends too early; is a bracket missing?")
        self.at += 1
        return token

    def _expect(self, mark: str) -> None:
        token = self._next()
        if token.text != mark:
            raise InvalidJdl(token.line, f"Expected {mark!r}, found {token.text!r}.")

    def _name(self, what: str) -> str:
        token = self._next()
        if token.kind != "word" or not (token.text[0].isalpha() or token.text[0] == "_"):
            raise InvalidJdl(token.line, f"Expected {what}, found {token.text!r}.")
        return token.text


def _index(words: list[str], ends: tuple[str, ...]) -> int:
    return next((n for n, word in enumerate(words) if word in ends), len(words))
