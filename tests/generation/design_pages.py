"""A shop as a project's design, and what the tests of its pages ask of them."""

from __future__ import annotations

import re

from projects.design import design_of, store_edited
from projects.models import InferredEntity, Project
from projects.spec.models import (
    AppSpec,
    EntitySpec,
    FeatureSpec,
    FeatureState,
    FieldSpec,
    FieldType,
    PageKind,
    PageSpec,
    RelationKind,
    RelationSpec,
    Source,
    ThemeSpec,
)
from tests.conftest import QUICKNOTES

FORM = {
    **QUICKNOTES,
    "features": "\r\n".join(QUICKNOTES["features"]),
    "engine": "builtin",
    "design_first": "on",
}
SHOP = AppSpec(
    name="QuickNotes",
    entities=(
        EntitySpec(
            name="Order",
            plural="Orders",
            confidence=0.4,
            inferred_from=(Source(part="description", text="each <order> has a customer"),),
            fields=(
                FieldSpec(name="total", type=FieldType.DECIMAL, minimum=0, required=True),
                FieldSpec(name="state", type=FieldType.ENUM, choices=("open", "paid"), position=1),
            ),
            relations=(
                RelationSpec(
                    kind=RelationKind.MANY_TO_ONE, name="buyer", target="Customer", required=True
                ),
            ),
        ),
        EntitySpec(name="Customer", plural="Customers", fields=(FieldSpec(name="name"),)),
    ),
    pages=(PageSpec(name="About", path="/about", kind=PageKind.CONTENT),),
    features=(
        FeatureSpec(text="Order CRUD", state=FeatureState.PLANNED, entities=("Order",)),
        FeatureSpec(text="Teleport", state=FeatureState.UNPLACED, reason="Nobody can."),
    ),
    theme=ThemeSpec(component="#1e3a8a"),
)


def with_shop(project: Project) -> Project:
    """Store the shop as a project's design, of which nothing is confirmed."""
    store_edited(project, SHOP)
    InferredEntity.objects.update(user_confirmed=False)
    return project


def url(project, rest=""):
    return f"/projects/{project.pk}/design/{rest}"


def page_of(client, project, query=""):
    answer = client.get(url(project) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def key_of(project, name):
    return str(design_of(project).entity_ids[name])


def typed(page, form="entity-form"):
    """Return what a browser would send of a form that was not touched."""
    part = page[page.index(f'id="{form}"') :]
    part = part[: part.index("</form>")]
    data = {}
    for tag in re.findall(r"<input [^>]*>", part):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "checkbox" and " checked" not in tag:
            continue
        if "name" in attributes:
            data[attributes["name"]] = attributes.get("value", "on")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', part):
        chosen = re.search(r'value="([^"]*)" selected', options)
        chosen = chosen or re.search(r'value="([^"]*)"', options)
        data[name] = chosen[1]
    return data


def save(client, project, what, data):
    return client.post(url(project, f"edit/{what}/"), {**data, "do": "save"})


def entity(project, name="Order"):
    return next(e for e in design_of(project).spec.entities if e.name == name)
