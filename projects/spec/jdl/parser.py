"""Reading JDL as a tree.

The grammar is that of https://www.jhipster.tech/jdl/intro: entities, fields with validations,
enumerations, relationships, constants, annotations and options. Applications and deployments are
read over.
"""

from __future__ import annotations

from collections.abc import Callable

from projects.spec.jdl.tokens import Token, doc_text, tokens_of, unquoted
from projects.spec.jdl.tree import (
    Annotations,
    JdlAnnotation,
    JdlDoc,
    JdlDocument,
    JdlEntity,
    JdlEnum,
    JdlField,
    JdlOption,
    JdlRelationship,
    JdlSide,
)
from projects.spec.jdl_start import OPTIONS, InvalidJdl

KINDS = ("OneToMany", "ManyToOne", "OneToOne", "ManyToMany")
VALIDATIONS = frozenset(
    "required unique min max minlength maxlength pattern minbytes maxbytes".split()  # noqa: SIM905
)
ALL = ("*", "all")


class _Cursor:
    """A place among the tokens of a text, and the documenting comments passed on the way."""

    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = []
        self.docs: dict[int, Token] = {}  # by the token they stand before
        self.notes: dict[int, Token] = {}  # by the token they stand behind, in its line
        self.loose: list[Token] = []  # of several in one place all but the last
        self.at = 0
        self.last_line = text.count("\n") + 1
        self._sort(list(tokens_of(text)))

    def _sort(self, tokens: list[Token]) -> None:
        """Tell comments apart from what they stand at."""
        behind: list[Token | None] = [None]  # what stands behind each, from the last back
        for token in reversed(tokens):
            behind.append(behind[-1] if token.kind == "doc" else token)
        for token, after in zip(tokens, behind[-2::-1], strict=True):
            if token.kind != "doc":
                self.tokens.append(token)
                continue
            before = self.tokens[-1] if self.tokens else None
            alone = after is None or after.line > token.last_line
            if before is not None and before.line == token.line and alone and before.text != "{":
                pile, place = self.notes, len(self.tokens) - 1
            else:
                pile, place = self.docs, len(self.tokens)
            if place in pile:
                self.loose.append(pile[place])
            pile[place] = token

    def peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def text(self, ahead: int = 0) -> str:
        token = self.peek(ahead)
        return token.text if token else ""

    @property
    def line(self) -> int:
        """Return the line of the next token, or the last."""
        token = self.peek()
        return token.line if token else self.last_line

    def next(self) -> Token:
        token = self.peek()
        if token is None:
            raise InvalidJdl(self.last_line, "The text ends too early; is a bracket missing?")
        self.at += 1
        return token

    def take(self, *texts: str) -> bool:
        """Step over the next token if it is one of these."""
        found = self.text() in texts
        self.at += found
        return found

    def expect(self, mark: str) -> None:
        token = self.next()
        if token.text != mark:
            raise InvalidJdl(token.line, f"Expected {mark!r}, found {token.text!r}.")

    def name(self, what: str) -> str:
        token = self.next()
        if token.kind != "word" or not (token.text[0].isalpha() or token.text[0] == "_"):
            raise InvalidJdl(token.line, f"Expected {what}, found {token.text!r}.")
        if not any(character.isalnum() for character in token.text):
            raise InvalidJdl(token.line, f"{token.text!r} has no letter or digit in it.")
        return token.text

    def argument(self) -> str:
        """Return what stands in brackets; a string as it is written."""
        self.expect("(")
        parts: list[str] = []
        while self.text() != ")":
            parts.append(self.next().text)
        self.next()
        return "".join(parts)

    def skip_brackets(self) -> None:
        depth = 0
        while True:
            text = self.next().text
            depth += (text == "{") - (text == "}")
            if depth == 0:
                return

    def doc(self, start: int, end: int) -> JdlDoc | None:
        """Take the comment that stands before one of these tokens, or right behind the last."""
        places = [(self.docs, number) for number in range(start, end + 1)]
        places.append((self.notes, self.at - 1))
        found = [pile.pop(number) for pile, number in places if number in pile]
        self.loose += found[:-1]
        return JdlDoc(doc_text(found[-1].text), found[-1].line) if found else None


class Parser:
    """Reads declarations one after the other."""

    def __init__(self, text: str) -> None:
        self.cursor = _Cursor(text)
        self.document = JdlDocument()

    def parse(self) -> JdlDocument:
        """Return the whole document; raise `InvalidJdl` with the line of a fault."""
        cursor, begins = self.cursor, 0
        annotations: list[JdlAnnotation] = []
        readers: dict[str, Callable[[], None]] = {
            "enum": self._enum,
            "relationship": self._relationship,
            "application": self._block,
            "deployment": self._block,
        }
        while (token := cursor.peek()) is not None:
            begins = cursor.at if not annotations else begins
            if token.text == "@":
                annotations.append(self._annotation())
                continue
            if token.text == "entity":
                self._entity(tuple(annotations), begins)
            else:
                self._pass_over(annotations)
                self._declaration(token, readers)
            annotations = []
        self._pass_over(annotations)
        unread = (*cursor.docs.values(), *cursor.notes.values(), *cursor.loose)
        for doc in sorted(unread, key=_line_of):
            self.document.ignore(doc.line, f"the comment “{_shortened(doc_text(doc.text))}”")
        return self.document

    def _declaration(self, token: Token, readers: dict[str, Callable[[], None]]) -> None:
        if token.text in readers:
            readers[token.text]()
        elif token.text in OPTIONS:
            self._option()
        elif self.cursor.text(1) == "=":
            self._constant()
        elif token.text == ",":
            self.cursor.next()
        else:
            raise InvalidJdl(
                token.line,
                f"{token.text!r} does not begin a declaration. Expected entity, enum, "
                "relationship or an option.",
            )

    def _pass_over(self, annotations: list[JdlAnnotation]) -> None:
        for one in annotations:
            self.document.ignore(one.line, str(one))

    def _entity(self, annotations: Annotations, begins: int) -> None:
        cursor = self.cursor
        keyword, line = cursor.at, cursor.next().line
        name = cursor.name("an entity's name")
        if cursor.text() == "(":
            self.document.ignore(cursor.line, f"the table name {cursor.argument()} of {name}")
        doc = cursor.doc(begins, keyword)
        fields: list[JdlField] = []
        if cursor.take("{"):
            while not cursor.take("}"):
                if not cursor.take(","):
                    fields.append(self._field())
        self.document.entities.append(JdlEntity(name, tuple(fields), line, annotations, doc))

    def _field(self) -> JdlField:
        cursor, begins = self.cursor, self.cursor.at
        annotations = self._annotations()
        keyword, line = cursor.at, cursor.line
        name = cursor.name("a field's name, or } to end the entity")
        kind = cursor.name(f"the type of {name}")
        validations: dict[str, str] = {}
        while (following := cursor.peek()) is not None and following.kind == "word":
            if self._begins_field():
                break
            word = cursor.next().text
            validations[word] = cursor.argument() if cursor.text() == "(" else ""
        cursor.take(",")
        if (doc := cursor.doc(begins, keyword)) is not None:
            self.document.ignore(doc.line, f"the comment of {name}: “{_shortened(doc.text)}”")
        return JdlField(name, kind, validations, line, annotations)

    def _begins_field(self) -> bool:
        """Tell whether a word begins the next field: a type stands behind it, in its line.

        What is a validation by its name is a field only at the beginning of a line.
        """
        cursor = self.cursor
        here, before, after = cursor.peek(), cursor.tokens[cursor.at - 1], cursor.peek(1)
        if here is None or after is None or after.kind != "word" or after.line > here.line:
            return False
        begins = here.text not in VALIDATIONS or here.line > before.last_line
        return begins and after.text not in VALIDATIONS

    def _enum(self) -> None:
        cursor = self.cursor
        line = cursor.next().line
        name = cursor.name("an enumeration's name")
        cursor.expect("{")
        values: dict[str, str] = {}
        while not cursor.take("}"):
            if cursor.take(","):
                continue
            here, value = cursor.line, cursor.name("a value")
            if value in values:
                raise InvalidJdl(here, f"The enumeration {name} has the value {value} twice.")
            said = unquoted(cursor.argument()).strip() if cursor.text() == "(" else ""
            values[value] = said or value
        if not values:
            raise InvalidJdl(line, f"The enumeration {name} has no values.")
        if name in self.document.enums:
            first = self.document.enums[name].line
            raise InvalidJdl(
                line, f"The enumeration {name} is declared twice; first in line {first}."
            )
        self.document.enums[name] = JdlEnum(values, line)

    def _relationship(self) -> None:
        cursor = self.cursor
        cursor.next()
        kind = cursor.next()
        if kind.text not in KINDS:
            raise InvalidJdl(kind.line, f"{kind.text!r} is no kind; there are {', '.join(KINDS)}.")
        cursor.expect("{")
        while not cursor.take("}"):
            if not cursor.take(","):
                self._pair(kind.text)

    def _pair(self, kind: str) -> None:
        cursor = self.cursor
        source_marks = self._annotations()
        line = cursor.line
        source = self._side(source_marks)
        to = cursor.next()
        if to.text != "to":
            raise InvalidJdl(to.line, f"Expected 'to' after {source.entity}, found {to.text!r}.")
        target = self._side(self._annotations())
        builtin = False
        while cursor.take("with"):
            said = cursor.next()
            builtin = said.text == "builtInEntity" or builtin
            if said.text != "builtInEntity":
                self.document.ignore(said.line, f"with {said.text}")
        self.document.relationships.append(JdlRelationship(kind, source, target, builtin, line))

    def _side(self, annotations: Annotations) -> JdlSide:
        cursor = self.cursor
        entity = cursor.name("an entity's name")
        name, required = None, False
        if cursor.take("{"):
            name = cursor.name(f"what {entity} calls the other end")
            if cursor.text() == "(":
                self._shown_by(name)
            required = cursor.take("required")
            cursor.expect("}")
        return JdlSide(entity, name, required, annotations)

    def _shown_by(self, name: str) -> None:
        """Pass over the field that rows at the other end are shown by."""
        line, shown = self.cursor.line, self.cursor.argument()
        if shown != "login":  # what an account is shown by
            self.document.ignore(line, f"({shown}) of {name}; rows are shown by what names them")

    def _block(self) -> None:
        token = self.cursor.next()
        while self.cursor.text() != "{":
            self.cursor.next()
        self.cursor.skip_brackets()
        self.document.ignore(token.line, f"the settings of the {token.text}")

    def _constant(self) -> None:
        name = self.cursor.name("a constant's name")
        self.cursor.expect("=")
        self.document.constants[name] = self.cursor.next().text

    def _option(self) -> None:
        """Read `dto A, B with mapstruct except C` or `use mapstruct for *`."""
        token = self.cursor.next()
        first = self._list(token)
        option = JdlOption(token.text, None, first, (), token.line)
        if self.cursor.take("with"):
            option = JdlOption(token.text, self._value(), first, (), token.line)
        elif self.cursor.take("for"):
            option = JdlOption(token.text, ", ".join(first), self._list(token), (), token.line)
        if self.cursor.take("except"):
            excluded = self._list(token)
            option = JdlOption(token.text, option.value, option.entities, excluded, token.line)
        self.document.options.append(option)

    def _list(self, option: Token) -> tuple[str, ...]:
        names = [self._listed(option)]
        while self.cursor.take(","):
            names.append(self._listed(option))
        return tuple(names)

    def _listed(self, option: Token) -> str:
        token = self.cursor.next()
        if token.text not in ALL and token.kind not in ("word", "string"):
            raise InvalidJdl(
                token.line, f"Expected an entity's name after {option.text}, found {token.text!r}."
            )
        return token.text

    def _value(self) -> str:
        """Return what follows `with`, in its line: a word, a string or a path."""
        line, parts = self.cursor.line, [self.cursor.next().text]
        while self.cursor.line == line and self.cursor.text() not in ("except", "", "}"):
            parts.append(self.cursor.next().text)
        return unquoted("".join(parts))

    def _annotations(self) -> Annotations:
        found: list[JdlAnnotation] = []
        while self.cursor.text() == "@":
            found.append(self._annotation())
        return tuple(found)

    def _annotation(self) -> JdlAnnotation:
        line = self.cursor.next().line
        name = self.cursor.name("an annotation's name")
        value = unquoted(self.cursor.argument()) if self.cursor.text() == "(" else None
        return JdlAnnotation(name[:1].lower() + name[1:], value, line)


def _line_of(token: Token) -> int:
    return token.line


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
