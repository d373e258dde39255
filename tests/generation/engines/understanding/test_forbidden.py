"""What somebody may not do: nothing is read of it but that it is so, and it is never made up."""

from __future__ import annotations

import pytest

from projects.spec.models import AppSpec, EntitySpec, FeatureSpec, FeatureState
from tests.generation.engines.understanding.reading import read


def entity(spec: AppSpec, name: str) -> EntitySpec:
    return next(one for one in spec.entities if one.name == name)


def feature(spec: AppSpec, text: str) -> FeatureSpec:
    return next(one for one in spec.features if one.text == text)


@pytest.mark.parametrize("may_not", ["cannot", "can not", "can't", "may not", "must never"])
def test_who_may_not_change_a_thing_is_not_said_to_change_it(may_not):
    text = (
        f"A lamp shop. Customers order lamps. Customers {may_not} edit lamps. Admins manage lamps."
    )
    lamp = entity(read(text), "Lamp")
    assert lamp.managed
    assert not lamp.owned


def test_what_is_kept_from_somebody_is_planned():
    text = "Customers cannot edit lamps."
    spec = read(f"A lamp shop. Customers order lamps. {text} Admins manage lamps.")
    assert feature(spec, text).state is FeatureState.PLANNED
    assert feature(spec, text).reason is None


def test_what_is_not_kept_from_somebody_is_no_feature_that_is_done():
    text = "Members cannot delete recipes."
    spec = read(f"A cooking club. Members write recipes for all members. {text}")
    assert feature(spec, text).state is FeatureState.UNPLACED
    assert "does not keep members from this" in (feature(spec, text).reason or "")


def test_what_guests_may_not_read_is_not_public():
    spec = read("A wiki for a team. Members write articles. Guests may not read articles.")
    assert not entity(spec, "Article").public
    assert feature(spec, "Guests may not read articles.").reason is None
