"""How apps hold texts to their patterns, what they say of it, and what their tests try."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given, settings

from generation.engines.builtin.render import render_spec
from generation.engines.builtin.stacks.shared.written import (
    DIFFERENT,
    numbered_sample,
    other_sample,
)
from projects.spec.models import AppSpec, EntitySpec, FieldSpec
from projects.spec.patterns import FEWEST_UNIQUE, Written, written_as
from tests.projects.spec.strategies import patterns
from tests.stacks.versions import made

DJANGO = "Django + HTMX + PostgreSQL"
REACT = "React + FastAPI + PostgreSQL"
CODE = FieldSpec(name="code", required=True, unique=True, pattern=r"^[A-Z]{3}-\d{3}$", max_length=7)
SHARE = FieldSpec(name="share", pattern=r"\d{1,3}%|all")
PLAIN = FieldSpec(name="name")


def parts(*fields: FieldSpec) -> AppSpec:
    """Return an app of parts, which belong to everybody."""
    entity = EntitySpec(name="Part", plural="Parts", owned=False, fields=fields)
    return AppSpec(name="Parts", entities=(entity,))


def files_of(stack: str, *fields: FieldSpec) -> dict[str, str]:
    return render_spec(parts(*fields), stack, "Plain CSS")


def written(pattern: str) -> Written | None:
    return written_as(FieldSpec(name="code", pattern=pattern))


def test_django_holds_a_text_to_its_pattern_in_its_model() -> None:
    files = files_of(DJANGO, CODE, SHARE)
    model = files["core/models/part.py"]
    refusal = '"This is not written like ABC-123."'
    assert 'help_text="Write it like ABC-123.",' in model
    assert rf'validators=[RegexValidator(r"^[A-Z]{{3}}-[0-9]{{3}}\Z", {refusal})]' in model
    # Django fills values into messages.
    assert r'RegexValidator(r"^(?:[0-9]{1,3}%|all)\Z", "This is not written like 123%%.")' in model
    assert "RegexValidator" in files["core/migrations/0001_parts.py"]
    assert "pattern_of" in files["core/forms/base.py"]
    assert "ShortText" in files["core/api/base.py"]
    assert '("share", "123!", "This is not written like 123%."),' in files["tests/test_part_api.py"]


def test_react_holds_a_text_to_its_pattern_at_both_ends() -> None:
    files = files_of(REACT, CODE, SHARE)
    schema = files["backend/app/schemas/part.py"]
    limits = "Field(min_length=1, max_length=7)"
    assert (
        f'_Code = Annotated[str, {limits}, Written("[A-Z]{{3}}-[0-9]{{3}}", "ABC-123")]' in schema
    )
    assert "    code: _Code\n" in schema
    assert "    code: _Code | None = None\n" in schema
    entity = files["frontend/src/entities/part.ts"]
    assert 'pattern: "[A-Z]{3}-[0-9]{3}",' in entity
    assert 'example: "ABC-123",' in entity
    assert "problemOfPattern" in files["frontend/src/api/validation.ts"]
    assert 'code: "ABC-12!",' in files["frontend/src/pages/part/pages.test.tsx"]


def test_names_that_are_alike_are_told_apart() -> None:
    schema = files_of(REACT, *(CODE.model_copy(update={"name": name}) for name in ("a1", "a 1")))
    text = schema["backend/app/schemas/part.py"]
    assert "    a1: _A1\n" in text
    assert "    a_1: _A1_1\n" in text
    ast.parse(text)


@pytest.mark.parametrize("stack", [DJANGO, REACT])
def test_without_patterns_nothing_speaks_of_them(stack: str) -> None:
    for path, text in files_of(stack, PLAIN).items():
        if not path.endswith((".css", ".js", "-lock.json")):
            words = ("RegexValidator", "ShortText", "problemOfPattern", "class Written")
            assert [word for word in words if word in text] == [], path


def test_a_pattern_comes_changes_and_goes_with_a_migration_in_django() -> None:
    other = CODE.model_copy(update={"pattern": r"\d{6}"})
    bare = CODE.model_copy(update={"pattern": None})
    for before, after, held in ((bare, CODE, True), (CODE, other, True), (CODE, bare, False)):
        first = made(DJANGO, parts(before))
        second = made(DJANGO, parts(after), first)
        (added,) = second.files.keys() - first.files.keys()
        text = second.files[added]
        assert text.count("migrations.AlterField(") == text.count("migrations.") - 1
        assert ("RegexValidator" in text) is held
        assert "RunSQL" not in text


def test_the_tables_of_react_apps_know_nothing_of_patterns() -> None:
    first = made(REACT, parts(CODE))
    second = made(REACT, parts(CODE.model_copy(update={"pattern": None})), first)
    assert not second.files.keys() - first.files.keys()


def test_rows_that_must_have_a_text_get_one_that_is_written_so() -> None:
    needed = CODE.model_copy(update={"name": "mark", "unique": False})
    first = made(DJANGO, parts(PLAIN))
    second = made(DJANGO, parts(PLAIN, needed), first)
    (added,) = second.files.keys() - first.files.keys()
    assert r"= \'ABC-123\' WHERE" in second.files[added]


@pytest.mark.parametrize(
    ("pattern", "sample"),
    [
        (r"[A-Z]{3}-\d{3}", 'f"ABC-{number:03}"'),
        (r"\{\d\d\}", 'f"{{{number:02}}}"'),
        ("[A-Z]{3}", '"AB" + "CDEFGHIJKLMNO"[number % 13]'),
        ("[a-z]x", '"abcdefghijklm"[number % 13] + "x"'),
        ("a|b|c", '("a", "b")[number % 2]'),
        ("a", '"a"'),
    ],
)
def test_samples_read_as_people_would_write_them(pattern: str, sample: str) -> None:
    found = written(pattern)
    assert found is not None
    assert numbered_sample(found, "code") == sample


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(patterns)
def test_samples_match_and_differ_and_the_other_is_none_of_them(pattern: str) -> None:
    found = written(pattern)
    if found is None:
        return
    code = compile(numbered_sample(found, "code"), "sample", "eval")
    samples = [eval(code, {"number": number}) for number in range(1, DIFFERENT)]  # noqa: S307
    assert all(re.fullmatch(found.pattern.normal, sample) for sample in samples)
    if len(found.values(FEWEST_UNIQUE)) == FEWEST_UNIQUE:
        assert len(set(samples)) == len(samples)
    other = other_sample(found)
    if other is not None:
        value = ast.literal_eval(other)
        assert re.fullmatch(found.pattern.normal, value)
        assert not [sample for sample in samples if value.lower() in sample.lower()]
