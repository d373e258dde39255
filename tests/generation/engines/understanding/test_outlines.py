"""Points under a heading that names a thing are said of it."""

from __future__ import annotations

import pytest

from tests.generation.engines.understanding.reading import links, names, read


def fields(text: str, name: str) -> list[str]:
    return [f.name for f in next(e for e in read(text).entities if e.name == name).fields]


@pytest.mark.parametrize(
    "text",
    [
        (
            "1. Policies\n - number, start date, premium\n2. Claims\n - made against a policy\n"
            " - reason, amount"
        ),
        (
            "## Policies\n- number, start date, premium\n## Claims\n- made against a policy\n"
            "- reason, amount"
        ),
        (
            "- Policies\n  - number, start date, premium\n- Claims\n  - made against a policy\n"
            "  - reason, amount"
        ),
        "Policies:\n- number, start date, premium\nClaims:\n- belong to a policy\n- reason, amount",
    ],
)
def test_points_give_fields_and_links_to_what_their_heading_names(text):
    assert {"number", "start date", "premium"} <= set(fields(text, "Policy"))
    assert {"reason", "amount"} <= set(fields(text, "Claim"))
    assert ("Claim", "Policy") in links(read(text))


def test_where_things_are_kept_is_read_under_their_heading():
    spec = read("- Machines\n  - serial number, model\n  - stored in a hall")
    assert ("Machine", "Hall") in links(spec)


@pytest.mark.parametrize("heading", ["Features", "Requirements", "Modules", "Screens", "Rules"])
def test_what_parts_of_a_text_are_called_by_is_no_thing(heading):
    spec = read(
        f"{heading}:\n- login with email\n- machines\n- name, email and phone of each guest"
    )
    assert heading.removesuffix("s") not in names(spec)
    assert "Machine" in names(spec)


def test_points_beside_a_heading_are_their_own():
    spec = read("Animals\nBarns\nEach barn has a name and a size. Each animal lives in a barn.")
    assert fields("Animals\nBarns\nEach barn has a name and a size.", "Barn") == ["name", "size"]
    assert ("Animal", "Barn") in links(spec)
