"""Every part says which words it was read from, with their place, and how surely."""

from __future__ import annotations

import pytest

from generation.engines.builtin.understanding import understand
from projects.spec.edit import remove_entity, rename_entity
from projects.spec.models import OPERATIONS, UNSURE_BELOW, AppSpec, FeatureSpec, Source
from projects.spec.request import AppRequest

DESCRIPTION = (
    "A site for a bakery. Customers order cakes and leave a review. It has an about page. "
    "Use a beige background with brown buttons. Orders show a total per month. Sync to the moon!"
)
FEATURES = (
    "Cakes have a name, a price and a photo",
    "Admins add cakes",
    "Search cakes by name",
    "Pay online with a card",
    "As a customer, I want to cancel my order, so that I am not charged",
    "Quux the frobnicator",
    "A dark theme. Text in white.",
)


def bakery() -> AppSpec:
    """Return what is understood of words that hold every kind of part."""
    return understand(AppRequest(project_name="Bakery", description=DESCRIPTION, features=FEATURES))


def sources_of(spec: AppSpec) -> list[Source]:
    """Return the sources of all parts."""
    own = [part for entity in spec.entities for part in (*entity.fields, *entity.relations)]
    asked = [one for feature in spec.features for one in feature.breakdowns]
    parts = [*spec.entities, *own, *spec.roles, *spec.pages, *spec.features, *asked]
    parts += spec.theme.marks.values()
    assert all(part.inferred_from for part in parts)
    return [source for part in parts for source in part.inferred_from]


def test_each_part_has_words_that_stand_where_it_says() -> None:
    spec = bakery()
    assert spec.roles
    assert spec.pages
    assert {"background", "component", "text", "mood"} == spec.theme.marks.keys()
    for source in sources_of(spec):
        text = DESCRIPTION if source.part == "description" else FEATURES[source.index]
        assert text[source.start :].startswith(source.text)
    assert {source.part for source in sources_of(spec)} == {"description", "feature", "story"}


def test_a_usual_field_is_read_from_the_word_that_names_what_has_it() -> None:
    order = next(entity for entity in bakery().entities if entity.name == "Order")
    (source,) = {field.inferred_from[0] for field in order.fields}
    assert (source.start, source.text) == (DESCRIPTION.index("order cakes"), "order")


def test_a_point_below_a_heading_has_its_own_words() -> None:
    text = "An app for an insurer.\n\nClaims\n- number, start date, amount\n"
    spec = understand(AppRequest(project_name="Insurer", description=text))
    (claim,) = spec.entities
    assert [field.name for field in claim.fields] == ["number", "start date", "amount"]
    for source in sources_of(spec):
        assert text[source.start :].startswith(source.text)


def test_each_feature_is_read_from_its_own_words() -> None:
    spec = bakery()
    assert [f.text for f in spec.features[: len(FEATURES)]] == list(FEATURES)
    for number, feature in enumerate(spec.features[: len(FEATURES)]):
        (source,) = feature.inferred_from
        assert (source.index, source.start, source.text) == (number, 0, FEATURES[number])


def feature_of(text: str) -> FeatureSpec:
    return next(feature for feature in bakery().features if feature.text == text)


def test_a_feature_is_as_sure_as_what_answers_it() -> None:
    known = feature_of("Pay online with a card")
    assert known.confidence > UNSURE_BELOW
    assert feature_of("Quux the frobnicator").confidence == 0
    cakes = next(entity for entity in bakery().entities if entity.name == "Cake")
    assert feature_of("Admins add cakes").confidence == cakes.confidence


def test_words_of_another_language_have_their_place() -> None:
    spec = understand(
        AppRequest(
            project_name="App",
            description="Eine Seite für meine Bäckerei und der Kuchen ist auf der Seite.",
            features=("Die Kunden sollen Kuchen bestellen",),
        )
    )
    parts = [(f.inferred_from[0].part, f.inferred_from[0].index) for f in spec.features]
    assert parts == [("description", 0), ("feature", 0)]
    assert all(feature.confidence == 0 for feature in spec.features)


@pytest.mark.parametrize("text", ["paginate A with pagination", "@weird"])
def test_what_a_model_in_jdl_asks_for_has_its_line(text: str) -> None:
    model = f"entity A {{ name String }}\n{text}\nentity B {{ name String }}\n"
    spec = understand(AppRequest(project_name="App", description=model))
    (feature,) = spec.features
    (source,) = feature.inferred_from
    assert (source.part, source.index, source.text) == ("jdl", 2, text)


def test_a_colour_that_somebody_changes_is_theirs() -> None:
    theme = bakery().theme
    mine = theme.marks["mood"].model_copy(
        update={"inferred_from": (Source(part="user", text="me"),)}
    )
    changed = theme.painted({"background": "#000000", "component": None, "text": "#ffffff"}, mine)
    assert (changed.background, changed.component) == ("#000000", None)
    assert changed.marks["background"] == mine
    assert "component" not in changed.marks
    assert changed.marks["text"] == theme.marks["text"]  # it was white before


@pytest.mark.parametrize(
    ("words", "done"),
    [
        (
            "Customers order cakes and write reviews of cakes.",
            {"creates": {"Order", "Review"}, "reads": {"Cake"}},
        ),
        (
            "Admins add cakes, edit cakes and delete reviews.",
            {"creates": {"Cake"}, "updates": {"Cake"}, "deletes": {"Review"}},
        ),
        ("Search cakes by name.", {"reads": {"Cake"}}),
        ("Cake CRUD.", {key: {"Cake"} for key in OPERATIONS}),
        ("Staff manage orders.", {key: {"Order"} for key in OPERATIONS}),
        ("Staff approve reviews.", {"updates": {"Review"}}),
    ],
)
def test_a_feature_says_what_it_does_with_rows(words: str, done: dict[str, set[str]]) -> None:
    kept = "A bakery keeps cakes, orders and reviews. A cake has a name and a price."
    spec = understand(AppRequest(project_name="App", description=kept, features=(words,)))
    feature = next(f for f in spec.features if f.text == words)
    found = {operation: set(names) for operation, names in feature.operations.items()}
    assert {one: names & {"Cake", "Order", "Review"} for one, names in found.items()} == done


def test_operations_follow_a_rename_and_a_removal() -> None:
    spec = bakery()
    renamed = rename_entity(spec, "Cake", "Tart").features
    without = remove_entity(spec, "Cake").features
    for before, after, left in zip(spec.features, renamed, without, strict=True):
        for operation, names in before.operations.items():
            named = tuple("Tart" if name == "Cake" else name for name in names)
            assert after.operations[operation] == named
            kept = tuple(name for name in names if name != "Cake")
            assert left.operations.get(operation, ()) == kept
    assert any("Cake" in names for f in spec.features for names in f.operations.values())
