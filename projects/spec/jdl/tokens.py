"""JDL as tokens, and the documenting comments that stand between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from projects.spec.jdl_start import InvalidJdl

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<doc>/\*\*(?!/).*?\*/)"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<open>/\*)"
    r"|(?P<regex>/(?:[^/\\\n]|\\.)+/)"
    r"|(?P<string>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<word>[A-Za-z_][\w-]*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<mark>[{}()\[\],.:=@*/])"
    r"|(?P<other>.)",
    re.DOTALL,
)
# A regular expression in brackets ends at the first slash before the closing one: slashes inside
# are its own. Without such an end in its line no group is found.
_PATTERN = re.compile(r"(?<=\()/(?:[^/\\\n]|\\.|/(?![ \t]*\)))*+(?P<regex>/)?", re.DOTALL)
_ESCAPE = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})")  # half of a pair is no character
# What would end a string or a line, or read as an escape.
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')


@dataclass(frozen=True)
class Token:
    """A word, a mark, a string, a regular expression or a documenting comment, with its line."""

    kind: str
    text: str
    line: int

    @property
    def last_line(self) -> int:
        """Return the line in which it ends."""
        return self.line + self.text.count("\n")


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of a text; raise `InvalidJdl` at what JDL does not have."""
    line = 1
    for kind, part in _parts(text):
        if kind == "other":
            raise InvalidJdl(line, f"{part!r} has no place in JDL.")
        if kind == "open":
            raise InvalidJdl(line, "The comment that begins here has no end; put */ behind it.")
        if kind not in ("space", "comment"):
            yield Token(kind, part, line)
        line += part.count("\n")


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in parts, each with its kind; up to `barren` no pattern is looked for again."""
    at = barren = 0
    while True:
        found = _PATTERN.match(text, at) if at >= barren else None
        if found is not None and found.lastgroup is None:
            barren, found = found.end(), None
        found = found or _TOKEN.match(text, at)
        if found is None:
            return
        yield str(found.lastgroup), found.group()
        at = found.end()


def doc_text(comment: str) -> str:
    """Return what a documenting comment says, without its marks and the stars of its lines."""
    lines = comment[3:-2].split("\n")
    return "\n".join(re.sub(r"^[ \t]*\*?[ \t]?", "", line).rstrip() for line in lines).strip()


def doc_of(text: str) -> str | None:
    """Return a text as a documenting comment; None where it would not be read again as it is."""
    lines = text.split("\n")
    comment = (
        f"/** {text} */"
        if len(lines) == 1
        else "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */"])
    )
    return comment if "*/" not in text and doc_text(comment) == text else None


def quoted(text: str) -> str:
    """Return a text as a string of JDL, with `u0022` behind a backslash for each quote in it."""
    return '"' + _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + '"'


def unquoted(token: str) -> str:
    """Return what a string says; any other token says itself."""
    if token[:1] not in "\"'":
        return token
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), token[1:-1])
