"""JDL is read and written; faults name their line."""

from __future__ import annotations

import pytest

from projects.spec.jdl import InvalidJdl, is_jdl, jdl_of, spec_from_jdl
from projects.spec.models import FieldType, RelationKind
from projects.spec.request import InvalidRequest, load_request

MODEL = """
// a shop
application { config { baseName shop } entities * }

/** What is sold. */
entity Product {
  name String required minlength(3) maxlength(60)
  sku String required unique pattern(/^[A-Z]{3}-\\d+$/)
  price BigDecimal required min(0)
  size Size
  picture ImageBlob
}
enum Size { SMALL, MEDIUM(Mid), LARGE }
entity ProductCategory(category) { title String required, about TextBlob }
entity OrderLine { count Integer min(1) max(99) addedAt Instant }
relationship OneToMany { ProductCategory{product(name)} to Product{category(title) required} }
relationship ManyToOne {
  OrderLine{product(name) required} to Product
  OrderLine{user(login)} to User with builtInEntity
}
relationship ManyToMany { Product{related} to Product{relatedBy} }
paginate Product with pagination
filter Product
search * with elasticsearch
dto * with mapstruct
"""


def test_a_model_is_read_whole():
    spec = spec_from_jdl("Shop", MODEL)
    assert [entity.name for entity in spec.entities] == [
        "Product",
        "Product category",
        "Order line",
    ]
    product, category, line = spec.entities
    assert [(f.name, f.type, f.required, f.unique) for f in product.fields] == [
        ("name", FieldType.STRING, True, False),
        ("sku", FieldType.STRING, True, True),
        ("price", FieldType.DECIMAL, True, False),
        ("size", FieldType.ENUM, False, False),
        ("picture", FieldType.IMAGE, False, False),
    ]
    assert (product.fields[0].min_length, product.fields[0].max_length) == (3, 60)
    assert product.fields[2].minimum == 0
    assert product.fields[3].choices == ("SMALL", "Mid", "LARGE")
    assert [(r.kind, r.name, r.target, r.inverse_name) for r in product.relations] == [
        (RelationKind.MANY_TO_MANY, "related", "Product", "related by")
    ]
    assert [(r.kind, r.name, r.target, r.inverse_name, r.required) for r in category.relations] == [
        (RelationKind.ONE_TO_MANY, "product", "Product", "category", True)
    ]
    assert [(r.kind, r.name, r.target, r.required) for r in line.relations] == [
        (RelationKind.MANY_TO_ONE, "product", "Product", True)
    ]
    assert [entity.owned for entity in spec.entities] == [False, False, True]


def test_an_annotation_says_that_staff_alone_writes():
    text = "@managed\nentity Book { title String }\nentity Loan { day LocalDate }"
    assert [entity.managed for entity in spec_from_jdl("Library", text).entities] == [True, False]


def test_an_annotation_says_that_anybody_sends():
    text = "entity Loan { day LocalDate }\n@inbox\nentity Message { text String }"
    assert [entity.inbox for entity in spec_from_jdl("Library", text).entities] == [False, True]


def test_annotations_say_who_reads_and_that_authors_change():
    text = "@managed @public\nentity Book { title String }\n@authored\nentity Post { text String }"
    book, post = spec_from_jdl("Library", text).entities
    assert (book.managed, book.public, book.authored) == (True, True, False)
    assert (post.managed, post.public, post.authored) == (False, False, True)


@pytest.mark.parametrize("name", ["managed", "inbox", "authored", "public"])
def test_an_annotation_of_access_may_say_true_or_false(name):
    def said(annotation):
        return getattr(spec_from_jdl("X", f"{annotation}\nentity Book").entities[0], name)

    assert said(f"@{name}(true)")
    assert said(f"@{name}(false) @{name}")
    assert not said(f"@{name}(false)")
    assert not said(f"@{name} @{name}('false')")
    for other in ("no", "False", "0", ""):
        with pytest.raises(InvalidJdl, match=f"Line 1: @{name} takes true or false"):
            said(f"@{name}({other})")


OWNED = "relationship ManyToOne { Book{user(login)} to User with builtInEntity }"


def test_staff_sees_what_belongs_to_a_user_where_the_annotation_says_so():
    spec = spec_from_jdl("Library", f"@managed\nentity Book {{ title String }}\n{OWNED}")
    assert [(e.owned, e.managed, e.overseen) for e in spec.entities] == [(True, True, True)]
    assert spec.unplaced == ()


def test_what_links_to_a_makers_own_is_its_makers_too():
    text = (
        "entity Book { title String }\nentity Loan { day LocalDate }\n"
        f"relationship ManyToOne {{ Loan{{book}} to Book }}\n{OWNED}"
    )
    assert [entity.owned for entity in spec_from_jdl("Library", text).entities] == [True, True]


def test_an_annotation_that_would_show_a_makers_own_is_refused_with_its_line():
    text = (
        "entity Book { title String }\n@public\nentity Shelf { name String }\n"
        f"relationship ManyToOne {{ Shelf{{book}} to Book }}\n{OWNED}"
    )
    with pytest.raises(InvalidJdl) as refused:
        spec_from_jdl("Library", text)
    assert refused.value.line == 3
    assert "Everybody sees “Shelf”, which links to a “Book” that only its maker" in str(
        refused.value
    )


def test_an_annotation_that_is_false_is_not_reported_where_rows_belong_to_a_user():
    spec = spec_from_jdl("Library", f"@inbox(false)\nentity Book {{ title String }}\n{OWNED}")
    assert [(e.owned, e.inbox) for e in spec.entities] == [(True, False)]
    assert spec.unplaced == ()


def test_the_annotation_is_reported_where_rows_belong_to_a_user():
    spec = spec_from_jdl("Library", f"@inbox\nentity Book {{ title String }}\n{OWNED}")
    assert [(e.owned, e.inbox) for e in spec.entities] == [(True, False)]
    assert [f.text for f in spec.unplaced] == [
        "Line 2: the annotation @inbox, as Book belongs to a user"
    ]


def test_what_has_no_meaning_here_is_reported_with_its_line():
    unplaced = [feature.text for feature in spec_from_jdl("Shop", MODEL).unplaced]
    assert "Line 3: the settings of the application" in unplaced
    assert not [text for text in unplaced if "pattern" in text]
    assert "Line 25: dto * with mapstruct" in unplaced
    planned = [f.capabilities for f in spec_from_jdl("Shop", MODEL).features if f.capabilities]
    assert planned == [("pagination",), ("filter",), ("search",)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("entity", 1, "ends too early"),
        ("entity A {\n  name String\n", 3, "ends too early"),
        ("entity A { name Strin }", 1, "Strin is no type"),
        ("entity A {}\nentity A {}", 2, "declared twice"),
        ("entity A {}\nrelationship OneToFew { A to A }", 2, "no kind"),
        ("entity A {}\nrelationship OneToMany { A to B }", 2, "no entity B"),
        ("entity A {}\nrelationship OneToMany { A, A }", 2, "Expected 'to'"),
        ("enum E { }\nentity A {}", 1, "no values"),
        ("entity A { size Integer max(many) }", 1, "needs a number"),
        ("entity A {}\n\nbanana", 3, "does not begin a declaration"),
        ("entity A { name String; }", 1, "no place in JDL"),
        ("enum E { A }", 1, "No entity"),
    ],
)
def test_a_fault_names_its_line(text, line, words):
    with pytest.raises(InvalidJdl, match=words) as caught:
        spec_from_jdl("X", text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entity A", True),
        ("// hello\nentity A { }", True),
        ("@service(x)\nentity A {\n}", True),
        ("enum A { B }", True),
        ("An entity has a name", False),
        ("entity relations are hard", False),
        ("", False),
    ],
)
def test_jdl_is_told_from_prose(text, expected):
    assert is_jdl(text) is expected


def test_a_request_may_be_made_of_jdl():
    request = load_request({"project_name": "Shop", "jdl": MODEL})
    assert request.description == MODEL.rstrip()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"jdl": "tasks and notes"}, "not JDL"),
        ({"jdl": 7}, "not JDL"),
        ({"jdl": "entity A {}", "description": "a shop"}, "not both"),
        ({"jdl": "entity A { x Y }"}, "Line 1: Y is no type"),
        ({"description": "entity A {\n x Y }"}, "Line 2: Y is no type"),
        ({"description": "\n\nentity A {\n x Y }"}, "Line 4: Y is no type"),
    ],
)
def test_a_request_with_faulty_jdl_is_refused(more, words):
    with pytest.raises(InvalidRequest) as caught:
        load_request({"project_name": "Shop", **more})
    assert words in str(caught.value)


@pytest.mark.parametrize("code", ["d800", "dbff", "dc00", "dfff"])
def test_half_a_pair_is_no_character_and_is_kept_as_it_is_written(code):
    text = f'@label("A \\u{code} \\u00e9") entity A {{ n String }}'
    request = load_request({"project_name": "A", "jdl": text})
    spec = spec_from_jdl("A", request.description)
    assert spec.entities[0].name == f"A \\u{code} \u00e9"
    assert spec_from_jdl("A", jdl_of(spec)).entities[0].name == spec.entities[0].name


def test_pictures_and_files_are_read_and_written_as_such():
    text = "entity Recipe { photo ImageBlob required, scan AnyBlob, raw Blob, steps TextBlob }"
    spec = spec_from_jdl("Recipes", text)
    kinds = [(field.type, field.required) for field in spec.entities[0].fields]
    expected = (FieldType.IMAGE, FieldType.FILE, FieldType.FILE, FieldType.TEXT)
    assert kinds == [(kind, False) for kind in expected]
    assert [f.text for f in spec.unplaced] == ["Line 1: the validation required of photo"]
    again = spec_from_jdl("Recipes", jdl_of(spec))
    assert [field.type for field in again.entities[0].fields] == list(expected)


PLATES = r"""
entity Car {
  plate String required unique pattern(/^[A-Z]{1,3}-\d{1,4}$/)
  site String pattern(/https?:\/\/[a-z.\/]+/)
  seats Integer pattern(/\d/)
  look String pattern(/(?=a)b/)
  door String pattern(/[ab]/) unique,
  long String maxlength(900) pattern(/a+/)
}
"""


def test_patterns_are_kept_or_said_to_be_left_out_with_the_reason():
    spec = spec_from_jdl("Cars", PLATES)
    kept = {field.name: field.pattern for field in spec.entities[0].fields}
    assert kept == {
        "plate": r"^[A-Z]{1,3}-\d{1,4}$",
        "site": r"https?://[a-z./]+",
        **dict.fromkeys(("seats", "look", "door", "long")),
    }
    told = [(feature.text[:36], feature.text[36:]) for feature in spec.unplaced]
    assert [line for line, _ in told] == [
        f"Line {number}: the validation pattern of {name}"[:36]
        for number, name in ((5, "seats"), (6, "look"), (7, "door"), (8, "long"))
    ]
    reasons = ("text of one line", "It looks ahead", "only 2 values", "at most 255 characters")
    assert all(reason in said for reason, (_, said) in zip(reasons, told, strict=True))


def test_patterns_are_written_with_their_slashes():
    written = jdl_of(spec_from_jdl("Cars", PLATES))
    assert r"site String pattern(/https?:\/\/[a-z.\/]+/)" in written
    assert r"plate String required unique pattern(/^[A-Z]{1,3}-\d{1,4}$/)" in written


@pytest.mark.parametrize(
    "limits",
    ["min(1e999)", "min(x)", "min(10) max(2)", "min(1e40)", "min(1e1000000)", "min(-5) max(-6)"],
)
def test_limits_that_nothing_can_keep_are_refused_with_their_line(limits):
    with pytest.raises(InvalidJdl) as refused:
        spec_from_jdl("Shop", f"entity Product {{\n  price Integer {limits}\n}}")
    assert refused.value.line == 2


def test_a_text_no_length_fits_is_refused():
    with pytest.raises(InvalidJdl, match="minlength of name is greater than its maxlength"):
        spec_from_jdl("Shop", "entity Product {\n  name String minlength(10) maxlength(2)\n}")


def test_a_limit_that_is_no_whole_number_is_named_and_the_whole_ones_are_kept():
    spec = spec_from_jdl("Shop", "entity Product {\n  price BigDecimal min(0.5) max(2.0)\n}")
    (field,) = spec.entities[0].fields
    assert (field.minimum, field.maximum) == (None, 2)
    assert any("min(0.5) of price" in feature.text for feature in spec.features)


def test_what_relations_with_accounts_say_beyond_whose_a_row_is_is_named():
    spec = spec_from_jdl(
        "Desk",
        """
entity Ticket { title String }
entity Team { name String }
relationship ManyToOne {
  Ticket{assignee} to User
  Ticket{reporter} to User
}
relationship ManyToMany {
  Team{members} to User
}
""",
    )
    told = " ".join(feature.text for feature in spec.features)
    assert "the name assignee" in told
    assert told.count("an account") == 2
