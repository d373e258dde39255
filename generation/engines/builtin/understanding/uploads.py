"""Pictures and files that are put to a thing: "attach files to tasks" gives a task a file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generation.engines.builtin.understanding.candidates import Candidate
from generation.engines.builtin.understanding.fields import joined
from generation.engines.builtin.understanding.fieldtypes import type_of
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.linking import short
from generation.engines.builtin.understanding.things import literal
from generation.engines.builtin.understanding.vocabulary import words
from projects.spec.models import UPLOADS, FieldSpec, FieldType, Source

_PUT = re.compile(
    r"\b(?:upload|attach|add)(?:s|es|ed|ing)?\s+"
    r"(?:(?:an?|the|his|her|their|my|our|your|one|some|several|multiple)\s+)?"
    r"(?P<what>(?:[a-z-]+\s+){0,2}?(?:photo|picture|image|avatar|logo|screenshot|resume|cv|file|"
    r"document|attachment|scan|pdf)s?)\b",
    re.IGNORECASE,
)


_ONE_ATTACHED = re.compile(
    r"\battach(?:es|ed|ing)?\s+(?:an?|one|the|his|her|their|my)\s+(?:[a-z-]+\s+){0,2}?"
    r"(?:photo|picture|image|screenshot|resume|cv|file|document|scan|pdf)\b",
    re.IGNORECASE,
)


_UPLOADING = re.compile(r"\bupload", re.IGNORECASE)
# What is a file by itself, where it is uploaded.
_PAPERS = words(
    """
    prescription licence license certificate transcript translation contract invoice receipt
    passport letter statement submission assignment drawing plan form proof permit
    """
)


def what_is_put(source: Source) -> str | None:
    """Return the picture or file that a sentence puts to something, in the singular."""
    found = _PUT.search(source.text)
    if found is None:
        return None
    *before, last = found["what"].lower().split()
    if "with" in before:  # "upload recipes with photos"
        before = before[before.index("with") + 1 :]
    return " ".join([*before, singular_of(last)])


def is_attached(source: Source) -> bool:
    """Tell whether one picture or file is attached to something, whose it then is."""
    return _ONE_ATTACHED.search(source.text) is not None


def with_upload(fields: tuple[FieldSpec, ...], what: str, source: Source) -> tuple[FieldSpec, ...]:
    """Return fields with the picture or file that is put to a thing."""
    upload = FieldSpec(
        name=what, type=type_of(what), inferred_from=(short(source),), confidence=0.8
    )
    return joined(fields, (upload,)) if upload.type in UPLOADS else fields


def with_paper(noun: str, thing: Candidate, fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """Return the fields of an attachment, or of a paper that people upload, with its file."""
    head = noun.rpartition(" ")[2]
    uploaded = [source for source in thing.sources if _UPLOADING.search(source.text)]
    is_paper = head in _PAPERS and uploaded and any(verb == "upload" for _, verb in thing.done)
    if not (is_paper or head == "attachment") or has_upload(fields):
        return fields
    said = (uploaded or thing.sources)[:1]
    file = FieldSpec(
        name="file",
        type=FieldType.FILE,
        inferred_from=tuple(map(short, said)),
        confidence=0.8,
    )
    return joined(fields, (file,))


def with_its_own(
    noun: str, fields: tuple[FieldSpec, ...], known: tuple[FieldSpec, ...]
) -> tuple[FieldSpec, ...]:
    """Return the fields of a photo or a document with the picture or file that it is."""
    if type_of(noun) not in UPLOADS or has_upload(fields):
        return fields
    return joined(fields, tuple(field for field in known if field.type in UPLOADS))


def has_upload(fields: tuple[FieldSpec, ...]) -> bool:
    """Tell whether a picture or a file is among the fields."""
    return any(field.type in UPLOADS for field in fields)


def without_put(
    chosen: Mapping[str, Candidate], given: Mapping[str, tuple[FieldSpec, ...]]
) -> dict[str, Candidate]:
    """Leave out a picture or file that another thing has: an applicant's resume is no thing too.

    Where several are spoken of ("upload documents") they are things.
    """
    put = {
        literal(field.name.lower().split())
        for noun, fields in given.items()
        for field in fields
        if field.type in UPLOADS and field.name.lower() != noun
    }
    put -= given.keys()
    return {
        noun: thing
        for noun, thing in chosen.items()
        if noun not in put or any(f"{noun}s" in s.text.lower() for s in thing.sources)
    }
