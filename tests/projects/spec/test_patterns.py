"""Patterns: what is read, what is refused and why, and values that fit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from projects.spec.models import FieldSpec, FieldType
from projects.spec.patterns import InvalidPattern, Written, read_pattern, written_as
from tests.projects.spec.strategies import patterns

# Reading takes some hundredths of a second at most; a machine that does much else may take longer.
SOON = timedelta(seconds=10)
MARKS = r"abAZ019 ^$\.*+?()[]{}|-,:=!<>&dwsbpDSWxu/é"
COMPARE = """
let text = "";
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const found = JSON.parse(text).map(([pattern, values]) => {
    const compiled = new RegExp(`^(?:${pattern})$`, "v");
    return values.map((value) => compiled.test(value));
  });
  console.log(JSON.stringify(found));
});
"""


def written(pattern: str, **limits: int) -> Written | None:
    return written_as(FieldSpec(name="code", pattern=pattern, **limits))


@pytest.mark.parametrize(
    ("text", "normal", "value"),
    [
        ("^[A-Z]{3}$", "[A-Z]{3}", "ABC"),
        (r"[A-Z]{3}-\d{3}", "[A-Z]{3}-[0-9]{3}", "ABC-123"),
        (r"^\d+(\.\d{1,2})?$", r"[0-9]+(?:\.[0-9]{1,2})?", "123.45"),
        (r"[^@]+@[^@]+\.[^@]+", r"[^@]+@[^@]+\.[^@]+", "abc@def.ghi"),
        ("[a-z]+(-[a-z]+)*", "[a-z]+(?:-[a-z]+)*", "abc-def"),
        ("[A-Z][a-z]+", "[A-Z][a-z]+", "Abcd"),
        ("^a$|^b$", "a|b", "a"),
        ("((a|b))c{1}", "(?:a|b)c", "ac"),
        ("(?:ab){2}", "(?:ab){2}", "abab"),
        (r"\w\W\s?", r"[A-Za-z0-9_][^A-Za-z0-9_][\t-\r ]?", None),
        (r"[\w.-]", r"[A-Za-z0-9_.\-]", "a"),
        (r"[\]\-/]{2}", r"[\]\-\/]{2}", "--"),
        ("[!-##-&]", r"[!-#\#-&]", "#"),
        ("[aa]", "a", "a"),
        (r"\u00e9\x41\/", "éA/", "éA/"),
        (r"\{\^\$\}", r"\{\^\$\}", "{^$}"),
        ("[ж-я]{2}", "[ж-я]{2}", "жж"),
        ("(|a)b", "(?:|a)b", "ab"),
    ],
)
def test_a_pattern_has_a_normal_form_and_an_example(text, normal, value):
    assert read_pattern(text).normal == normal
    if value is not None:
        assert written(text).example == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a(?=b)", "It looks ahead"),
        ("(?<!b)a", "It looks behind"),
        ("(?<n>a)", "a name or a flag"),
        ("(?i)a", "a name or a flag"),
        (r"(a)\1", "Numbers of groups"),
        (r"\bword", "stand between characters"),
        (r"\p{L}", "Classes by name"),
        (r"\Aa\Z", "\\A and \\Z"),
        (r"a\n", "\\n is not read"),
        (r"a\u00", "no character that can be seen"),
        ("a\\", "\\ is not read"),
        ("a+?", "as little or as much"),
        ("a*+", "as little or as much"),
        ("a+{2}", "Two repeats"),
        ("a{3,2}", "can never be"),
        ("a{0}", "can never be"),
        ("a{256}", "more than 255 times"),
        ("a{,2}", "A repeat is written"),
        ("*a", "nothing that * could repeat"),
        ("a^b", "its place at the ends"),
        ("(^a)", "its place at the ends"),
        ("$a", "its place at the ends"),
        ("(a", "( is not closed"),
        ("a)", "closed that is not open"),
        ("[a", "[ is not closed"),
        ("[]", "holds nothing"),
        ("a]", "stands alone"),
        ("[z-a]", "goes backwards"),
        ("[a[b]]", "a bracket ["),
        ("[a-z&&b]", "&& in a class"),
        (r"[\w-z]", "means no range"),
        ("[a-c-e]", "means no range"),
        (r"[\D]", "leave it out"),
        ("a\tb", "cannot be seen"),
        ("a" * 201, "longer than 200"),
        ("((a{9}){9}){9}", "too large"),
        ("(a+)+", "slow"),
        ("(a*)*b", "slow"),
        ("(a|a)*b", "slow"),
        ("(a|ab|b)*c", "slow"),
        ("(a?){40}b", "slow"),
        ("(a|a){20}b", "slow"),
        ("(|){20}b", "slow"),
        ("a*a*a*a*b", "slow"),
        ("(?:(?:a?b?c?d?e?f?g?h?){8}){4}", "too large"),
        ("(a?){200}", "too large"),
    ],
)
def test_what_is_not_read_says_why(text, reason):
    with pytest.raises(InvalidPattern, match=re.escape(reason)):
        read_pattern(text)


@settings(max_examples=400, deadline=SOON, derandomize=True)
@given(st.one_of(st.text(MARKS, max_size=40), st.text(max_size=40), patterns))
@example("(" * 200)
@example("(?:" * 60 + "a" + ")*" * 60)
@example("(a|" * 60 + ")" * 60)
@example("[" + "".join(map(chr, range(200, 390))) + "]{9}")
@example("(a?b?c?d?e?f?g?h?i?j?k?l?m?){30}")
@example(".{1,250}.{1,250}")
def test_whatever_is_given_is_read_or_refused_soon(text):
    try:
        pattern = read_pattern(text)
    except InvalidPattern:
        return
    if r"\t" not in pattern.normal:  # as `\s` has, and nobody else writes
        assert read_pattern(pattern.normal).normal == pattern.normal


@settings(max_examples=200, deadline=SOON, derandomize=True)
@given(patterns, st.integers(0, 12), st.integers(0, 40))
@example("(a|bb)*", 7, 0)
@example("x{255}", 0, 254)
@example("(ab)+", 9, 3)
def test_values_fit_and_differ_and_others_do_not(text, least, more):
    found = written(text, min_length=least, max_length=max(least + more, 1))
    if found is None:
        return
    values = found.values(30)
    assert len(set(values)) == len(values) >= 1
    assert values[:5] == found.values(5)
    for value in values:
        assert least <= len(value) <= max(least + more, 1)
        assert value == value.strip() != ""
        # As it was given, and in its normal form.
        assert re.fullmatch(text.strip("^"), value, re.ASCII)
        assert re.fullmatch(found.pattern.normal, value)
    if (wrong := found.mismatch) is not None:
        assert least <= len(wrong) <= max(least + more, 1)
        assert not re.fullmatch(found.pattern.normal, wrong)


def test_another_number_gives_another_value_where_there_is_one():
    assert [written("[A-Z]{3}").value(number) for number in (0, 1, 26)] == ["ABC", "ABD", "ACC"]
    assert [written("a|b").value(number) for number in (0, 1, 2)] == ["a", "b", "a"]


def test_what_every_text_fits_has_no_mismatch():
    assert written(".*").mismatch is None
    assert written("[A-Z]", max_length=1).mismatch == "!"


def test_texts_of_one_line_alone_have_patterns():
    field = FieldSpec(name="code", pattern="a", type=FieldType.TEXT)
    assert written_as(field) is None
    assert written_as(FieldSpec(name="code")) is None
    assert "pattern" not in FieldSpec(name="code").model_dump()


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_browsers_read_the_normal_form_as_python_does():
    cases = _cases()
    node = ["node", "-e", COMPARE]
    done = subprocess.run(node, input=json.dumps(cases), capture_output=True, text=True, check=True)
    expected = [[bool(re.fullmatch(p, value)) for value in values] for p, values in cases]
    assert json.loads(done.stdout) == expected
    assert any(map(any, expected))


def _cases() -> list[tuple[str, list[str]]]:
    """Return drawn patterns in their normal form, with texts that fit some of them."""
    found: dict[str, list[str]] = {}

    @settings(max_examples=150, derandomize=True, deadline=None, database=None)
    @given(patterns, st.lists(st.text(MARKS, max_size=6), max_size=6))
    def draw(text, others):
        known = written(text)
        if known is not None:
            values = [*known.values(5), *([known.mismatch] if known.mismatch else []), *others]
            found[known.pattern.normal] = [value for value in values if "\u2028" not in value]

    draw()
    return list(found.items())
