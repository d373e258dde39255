"""The forms that JHipster's documentation has: each is read, refused or named with its line."""

from __future__ import annotations

import time

import pytest

from projects.spec.characters import DESCRIPTION_BYTES
from projects.spec.check import faults_of
from projects.spec.jdl import InvalidJdl, is_jdl, jdl_of, spec_from_jdl
from projects.spec.limits import ENTITY_LIMIT
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FieldSpec,
    FieldType,
    Inferred,
    RelationKind,
    ThemeSpec,
)

SECONDS = 2  # of processor time; a hundredth is taken


def unplaced(text: str) -> list[str]:
    return [feature.text for feature in spec_from_jdl("App", text).unplaced]


def field(text: str) -> FieldSpec:
    return spec_from_jdl("App", f"entity A {{\n  {text}\n}}").entities[0].fields[0]


class TestEntities:
    def test_the_comment_before_one_says_what_it_is(self):
        text = "/**\n * What is lent.\n * And read.\n */\n@managed\nentity Book { title String }"
        assert spec_from_jdl("App", text).entities[0].description == "What is lent.\nAnd read."
        assert unplaced(text) == []

    def test_what_no_comment_is_kept_of_is_named_once(self):
        text = """/** The file. */
/** A book. */
entity Book { // not this
  /** Of the cover. */
  title String /* nor this */ required,
  pages Integer /** At least one. */
}
enum Kind { /** Of paper. */ PAPER }
/** Alone. */
relationship ManyToOne { Book{part} to /** The whole. */ Book }
entity Copy { kind Kind }"""
        assert unplaced(text) == [
            "Line 1: the comment “The file.”",
            "Line 4: the comment of title: “Of the cover.”",
            "Line 6: the comment of pages: “At least one.”",
            "Line 8: the comment “Of paper.”",
            "Line 9: the comment “Alone.”",
            "Line 10: the comment “The whole.”",
        ]

    def test_a_table_name_is_named(self):
        assert unplaced("entity Book (tbl_book) { title String }") == [
            "Line 1: the table name tbl_book of Book"
        ]

    def test_annotations_are_read_or_named(self):
        text = "@Service(serviceClass)\n@Filter @paginate(pagination)\nentity A { @Id name String }"
        spec = spec_from_jdl("App", text)
        assert [f.capabilities for f in spec.features[:2]] == [("filter",), ("pagination",)]
        assert unplaced(text) == [
            "Line 1: the annotation @service",
            "Line 3: the annotation @id of name",
        ]

    def test_validations_may_stand_on_lines_of_their_own(self):
        spec = spec_from_jdl(
            "App",
            "entity A {\n name String\n  required\n  minlength(2)\n required String unique\n}",
        )
        assert [(f.name, f.required, f.unique) for f in spec.entities[0].fields] == [
            ("name", True, False),
            ("required", False, True),
        ]

    def test_fields_may_stand_in_one_line(self):
        text = "entity A { name String required unique size Integer min(1) day LocalDate odd }"
        fields = spec_from_jdl("App", text).entities[0].fields
        assert [(f.name, f.type.value, f.required) for f in fields] == [
            ("name", "string", True),
            ("size", "integer", False),
            ("day", "date", False),
        ]
        assert unplaced(text) == ["Line 1: the validation odd of day"]

    def test_marks_and_defaults(self):
        assert field("@email mail String required").type is FieldType.EMAIL
        assert field("@url site String").type is FieldType.URL
        assert field("@defaultValue(5) size Integer").default == "5"
        assert field("@DefaultValue('a b') name String").default == "a b"
        text = "enum S { NEW ('new one'), OLD }\nentity A { @defaultValue(NEW) state S }"
        assert spec_from_jdl("App", text).entities[0].fields[0].default == "new one"

    def test_a_default_that_is_written_as_a_choice_is_that_choice(self):
        text = "enum S {{ X_Y ('x y'), X_Y_2 ('X_Y') }}\nentity A {{ @defaultValue({}) state S }}"
        for said, default in (("X_Y", "X_Y"), ("'x y'", "x y"), ("X_Y_2", "X_Y")):
            spec = spec_from_jdl("App", text.format(said))
            assert spec.entities[0].fields[0].default == default
            assert spec_from_jdl("App", jdl_of(spec)).entities[0].fields[0].default == default

    def test_an_address_that_is_said_not_to_be_one_is_a_text(self):
        kinds = [field(f"@email({said}) to String").type for said in ("true", "false")]
        assert kinds == [FieldType.EMAIL, FieldType.STRING]

    def test_a_pattern_may_hold_slashes_or_stand_in_quotes(self):
        assert field("site String pattern(/https?://[a-z]+/)").pattern == "https?://[a-z]+"
        assert field(r"site String pattern(/(a\/)b/)").pattern == "(a/)b"
        assert field('code String pattern("[A-Z]{3}")').pattern == "[A-Z]{3}"

    def test_constants_are_limits(self):
        text = "LEAST = 2\nMOST=40\nentity A { name String minlength(LEAST) maxlength(MOST) }"
        assert is_jdl(text)
        (name,) = spec_from_jdl("App", text).entities[0].fields
        assert (name.min_length, name.max_length) == (2, 40)
        assert unplaced(text) == []


class TestLimits:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ("name String maxlength(0)", "maxlength of name must be 1 or more"),
            ("name String minlength(-1)", "minlength of name must be 0 or more"),
            ("name String minlength(5) maxlength(3)", "minlength of name is greater than its"),
            ("name String minlength(300)", "Say how many it has at most"),
            ("name String unique maxlength(1)", "let it have more than one character"),
            ("size Integer min(UNKNOWN)", "min of size needs a number"),
            ("size Integer min()", "min of size needs a number"),
            ("size BigDecimal min(2.5) max(1.5)", "min of size is greater than its max"),
            ("size Integer unique min(1) max(3)", "leave room for 20 numbers"),
            ("@defaultValue(x) size Integer", "Give a whole number as the default of “size”"),
            (f"{'a' * 101} String", "Use at most 100 characters"),
        ],
    )
    def test_what_cannot_be_is_refused_with_its_line(self, said, words):
        with pytest.raises(InvalidJdl, match=words) as refused:
            spec_from_jdl("App", f"entity A {{\n\n  {said}\n}}")
        assert refused.value.line == 3

    def test_what_reaches_too_far_is_kept_as_far_as_it_can_be_and_named(self):
        text = """entity A {
  about String maxlength(65000)
  count Long min(0) max(99999999999)
  sum Long min(99999999999)
  day LocalDate min(3)
  name String max(9)
}"""
        about, count, total, *_ = spec_from_jdl("App", text).entities[0].fields
        assert about.max_length == 10_000
        assert (count.minimum, count.maximum, total.minimum) == (0, None, None)
        reach = "Numbers go from -2147483647 to 2147483647."
        assert unplaced(text) == [
            "Line 2: the validation maxlength(65000) of about. It is kept as 10000.",
            f"Line 3: the validation max(99999999999) of count. {reach}",
            f"Line 4: the validation min(99999999999) of sum. {reach}",
            "Line 5: the validation min(3) of day. Only numbers have it.",
            "Line 6: the validation max(9) of name. Only numbers have it.",
        ]


class TestRelationships:
    def test_the_end_with_many_says_that_it_needs_the_one(self):
        text = "entity A\nentity B\nrelationship OneToMany { A{b} to B{a(name) required} }"
        (relation,) = spec_from_jdl("App", text).entities[0].relations
        assert (relation.kind, relation.required) == (RelationKind.ONE_TO_MANY, True)
        assert unplaced(text) == ["Line 3: (name) of a; rows are shown by what names them"]

    def test_that_the_one_needs_many_is_named(self):
        text = "entity A\nentity B\nrelationship OneToMany { A{b required} to B{a} }"
        assert not spec_from_jdl("App", text).entities[0].relations[0].required
        assert unplaced(text) == ["Line 3: required at the end of A"]

    def test_what_goes_with_one_is_named(self):
        text = """entity A
relationship OneToOne { A{b} to @Id A{c} with jpaDerivedIdentifier }
relationship ManyToOne { @Eager A{role} to Authority with builtInEntity }"""
        assert unplaced(text) == [
            "Line 2: with jpaDerivedIdentifier",
            "Line 2: the annotation @id of A",
            "Line 3: the relationship of A with Authority, which JHipster has",
            "Line 3: the annotation @eager of A",
        ]

    def test_a_circle_is_broken_and_named(self):
        text = """entity A
entity B
relationship OneToMany { A{b} to B{a required} }
relationship ManyToOne { A{best required} to B }
relationship ManyToOne { A{above required} to A }"""
        spec = spec_from_jdl("App", text)
        assert [r.required for r in spec.entities[0].relations] == [False, True, False]
        end = "no first one could ever be made. It is optional."
        assert unplaced(text) == [
            f"Line 3: required of B{{a}}. “A” needs “B” needs “A”: {end}",
            f"Line 5: required of A{{above}}. “A” needs “A”: {end}",
        ]
        assert list(faults_of(spec)) == []

    def test_a_circle_is_broken_at_the_entity_that_is_declared_last(self):
        text = """entity C
entity A
entity B
relationship ManyToOne { A{b required} to B, B{c required} to C, C{a required} to A }"""
        entities = spec_from_jdl("App", text).entities
        links = {entity.name: entity.relations[0].required for entity in entities}
        assert links == {"C": True, "A": True, "B": False}
        (named,) = unplaced(text)
        assert named.startswith("Line 4: required of B{c}.")

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("entity A { b String }\nrelationship ManyToOne {\n A{b} to A }", 3, "is a field of"),
            ("entity A\nrelationship ManyToOne { A{b} to A\n A{b} to A }", 3, "is there twice"),
            ("entity Order_Item\nentity OrderItem", 2, "is there twice"),
            ("entity _ { a String }", 1, "no letter or digit"),
            ("enum E { A,\n A }\nentity X { e E }", 2, "the value A twice"),
            ('enum E { A ("x"), B ("X") }\nentity X { e E }', 2, "Two choices of “e”"),
            ("enum E { A }\nenum E { B }\nentity X", 2, "declared twice"),
            ("entity A\npaginate {", 2, "Expected an entity's name after paginate"),
            ("entity A\n@", 2, "ends too early"),
        ],
    )
    def test_names_that_would_be_one_are_refused_with_their_line(self, text, line, words):
        with pytest.raises(InvalidJdl, match=words) as refused:
            spec_from_jdl("App", text)
        assert refused.value.line == line


class TestOptions:
    def test_who_has_one_is_read_with_exceptions_and_over_lines(self):
        text = """entity A
entity B
entity C
paginate * with infinite-scroll except A
filter A,
  B
use elasticsearch, mapstruct for * except C
search C with no
paginate X with pagination"""
        spec = spec_from_jdl("App", text)
        planned = [(f.capabilities, f.entities) for f in spec.features if f.capabilities]
        assert planned == [
            (("pagination",), ("B", "C")),
            (("filter",), ("A", "B")),
            (("search",), ("A", "B")),
            (("pagination",), ()),
        ]
        assert unplaced(text) == [
            "Line 7: use mapstruct for * except C",
            "Line 8: search C with no",
            "Line 9: X in paginate: there is no such entity",
        ]

    def test_what_servers_and_clients_of_jhipster_have_is_named(self):
        lines = [
            "entity A",
            "dto * with mapstruct except B",
            "service all with serviceImpl",
            "skipClient A",
            "angularSuffix * with 'mine'",
            "clientRootFolder A with a/b/c",
            "microservice A with shop",
            "application { config { baseName shop languages [en, fr] } entities * }",
            "deployment { deploymentType docker-compose }",
            "enum Unused { A }",
        ]
        said = unplaced("\n".join(lines))
        assert said[0] == "Line 2: B in dto: there is no such entity"
        assert [text.split(":")[0] for text in said[1:]] == [f"Line {n}" for n in range(2, 11)]
        assert said[5] == "Line 6: clientRootFolder A with a/b/c"
        assert said[-3:] == [
            "Line 8: the settings of the application",
            "Line 9: the settings of the deployment",
            "Line 10: the enumeration Unused, which no field has",
        ]

    def test_of_very_much_that_has_no_meaning_the_rest_is_counted(self):
        text = "entity A\n" + "dto A\n" * 250
        spec = spec_from_jdl("App", text)
        assert len(spec.unplaced) == 201
        assert spec.unplaced[-1].text == "50 more after line 201"


def test_models_beyond_the_limit_are_refused_with_the_line_of_the_first_too_many():
    text = "\n".join(f"entity A{n}" for n in range(ENTITY_LIMIT))
    assert len(spec_from_jdl("App", text).entities) == ENTITY_LIMIT
    with pytest.raises(InvalidJdl, match=r"Line 301: Use at most 300 entities; take some out."):
        spec_from_jdl("App", f"{text}\nentity Last")


@pytest.mark.parametrize(
    "text", ["//" * 20_000 + "x", "/**/" * 9_000 + "x", "@a(b" * 9_000, "A = 1 " * 9_000]
)
def test_what_is_no_jdl_is_told_soon(text):
    began = time.process_time()
    assert not is_jdl(text)
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("(/a ", "ends too early"),
        ("entity A { a String pattern(/a ", "ends too early|Expected"),
        ("/** ", "Line 2: The comment that begins here has no end"),
        ("/* ", "Line 2: The comment that begins here has no end"),
        ("/** a */", "No entity is declared"),
    ],
)
def test_what_is_nearly_jdl_is_refused_soon(part, words):
    text = "@a\n" + part * (DESCRIPTION_BYTES // len(part))
    began = time.process_time()
    with pytest.raises(InvalidJdl, match=words):
        spec_from_jdl("App", text)
    assert time.process_time() - began < SECONDS


class TestNamesOfOtherScripts:
    BOOK, PAGE = "\u041a\u043d\u0438\u0433\u0430", "\u672c"  # "book" in Russian and in Japanese
    YES, NO = "\u0434\u0430", "\u043d\u0435\u0442"

    def test_each_has_an_identifier_of_its_own_and_is_read_again(self):
        answer = FieldSpec(name=self.YES, type=FieldType.ENUM, choices=(self.YES, self.NO, "no"))
        spec = AppSpec(
            name="App",
            entities=(
                EntitySpec(name=self.BOOK, plural=self.PAGE, owned=False, fields=(answer,)),
                EntitySpec(
                    name=self.PAGE,
                    plural="pages",
                    owned=False,
                    fields=(FieldSpec(name=self.NO), FieldSpec(name="a", position=1)),
                ),
            ),
        )
        text = jdl_of(spec)
        assert f'@label("{self.BOOK}")\n@plural("{self.PAGE}")\nentity Entity {{' in text
        assert f'@label("{self.PAGE}")\n@plural("pages")\nentity Entity2 {{' in text
        assert f'CHOICE ("{self.YES}"),\n  CHOICE_2 ("{self.NO}"),\n  NO ("no")' in text
        again = spec_from_jdl("App", text)
        assert [entity.name for entity in again.entities] == [self.BOOK, self.PAGE]
        assert again.entities[0].fields[0].choices == (self.YES, self.NO, "no")
        assert [f.name for f in again.entities[1].fields] == [self.NO, "a"]


class TestWhatIsLeftOut:
    def test_it_is_named_in_comments_at_the_top(self):
        spec = AppSpec(
            name="Two\nlines",
            description="A shop.",
            auth=False,
            dashboard=True,
            theme=ThemeSpec(mood="playful", marks={"mood": Inferred(confidence=0.9)}),
            entities=(
                EntitySpec(
                    name="Order", plural="Orders", fields=(FieldSpec(name="x", type="enum"),)
                ),
            ),
        )
        assert jdl_of(spec).split("\n\n")[0].splitlines() == [
            "// The design of Two lines. JDL does not say, and this file leaves out:",
            "// - which words each part was read from, how sure that is, and earlier names",
            "// - that nobody signs in",
            "// - the dashboard",
            "// - the description of the app",
            "// - the look: mood playful",
            "// - “x” of “Order”: type enum",
        ]

    def test_a_design_that_cannot_be_read_again_says_why(self):
        fields = (FieldSpec(name="a b"), FieldSpec(name="A b", position=1))
        spec = AppSpec(name="App", entities=(EntitySpec(name="X", plural="Xs", fields=fields),))
        assert (
            "// - nothing more, but it is refused when it is read: “A b” is too much like “a b”."
            in jdl_of(spec)
        )
