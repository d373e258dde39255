"""A job and its project's design: understood once, read from the rows, kept as it was built."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from generation.agents.schemas import RequirementsDoc, WireframeSpec
from generation.errors import InvalidTransition
from generation.models import AgentJob, GenerationStep, Log
from generation.pipeline.config import config_of
from generation.services import (
    build_design,
    edit_design,
    generate_again,
    start_project,
    submit_project,
    understand_again,
)
from projects.design import DesignChanged, design_of
from projects.models import Feature, InferredEntity, Page, Project
from projects.spec.check import InvalidDesign
from projects.spec.edit import put_entity
from projects.spec.models import EntitySpec, FeatureSpec, FeatureState
from projects.spec.request import load_request
from tests.conftest import QUICKNOTES
from tests.generation.pipeline.conftest import SCRIPTED

pytestmark = pytest.mark.django_db(transaction=True)

PLANT = EntitySpec(name="Plant", plural="Plants")


@pytest.fixture
def draft(engine, queue, owner):
    return submit_project(
        owner=owner,
        request=load_request(QUICKNOTES),
        options=SCRIPTED,
        start=False,
    )


def with_a_plant(project):
    return put_entity(design_of(project).spec, PLANT)


def test_planning_writes_what_was_understood_and_the_job_keeps_it(submitted, queue):
    assert design_of(submitted) is None
    queue.run()
    spec = design_of(submitted).spec
    assert [feature.text for feature in spec.unplaced] == QUICKNOTES["features"]
    assert config_of(AgentJob.objects.get()).spec == spec


def test_planning_writes_the_requirements_and_the_wireframe_of_what_it_builds(
    draft, queue, owner, engine
):
    edit_design(project=draft, spec=with_a_plant(draft))
    build_design(project=draft, by=owner)
    queue.run()
    draft.refresh_from_db()
    told = RequirementsDoc.model_validate(draft.requirements_spec)
    drawn = WireframeSpec.model_validate(draft.architecture_spec)
    assert told.app_name == "QuickNotes"
    assert "Manage plants" in [feature.name for feature in told.core_features]
    assert "/plants" in [page.path for page in drawn.site_map]


def test_planning_leaves_what_an_agent_was_run_for(draft, queue, owner, engine):
    researched = {"app_name": "As it was researched"}
    AgentJob.objects.create(
        project=draft, user=owner, agent_type="research", status="completed", result=researched
    )
    Project.objects.filter(pk=draft.pk).update(requirements_spec=researched)
    build_design(project=draft, by=owner)
    queue.run()
    draft.refresh_from_db()
    assert draft.requirements_spec == researched
    assert draft.architecture_spec is not None


def test_a_draft_is_understood_at_once_and_built_as_it_was_edited(draft, queue, owner, engine):
    assert design_of(draft) is not None
    edit_design(project=draft, spec=with_a_plant(draft))
    build_design(project=draft, by=owner)
    queue.run()
    assert config_of(AgentJob.objects.get()).spec.entities == (PLANT,)
    assert InferredEntity.objects.get().user_confirmed


def test_the_words_are_not_read_again_by_a_build(draft, queue, owner, engine, monkeypatch):
    monkeypatch.setattr(engine, "understand", lambda _request: pytest.fail("read again"))
    start_project(project=draft, by=owner)
    queue.run()
    draft.refresh_from_db()
    assert draft.status == "SUCCESS"


@pytest.mark.parametrize("is_decided", [True, False])
def test_what_is_unsure_is_built_and_named_in_the_log(draft, queue, owner, is_decided):
    unsure = PLANT.model_copy(update={"confidence": 0.4})
    edit_design(project=draft, spec=put_entity(design_of(draft).spec, unsure))
    InferredEntity.objects.update(user_confirmed=is_decided)
    start_project(project=draft, by=owner)
    queue.run()
    said = "Built though unsure, to be decided in the design: Plant"
    assert Log.objects.filter(log_text=said).exists() is not is_decided
    assert "Plant" in [entity.name for entity in config_of(AgentJob.objects.get()).spec.entities]


def test_a_finished_project_is_edited_and_built_again(submitted, queue, owner):
    queue.run()
    edit_design(project=submitted, spec=with_a_plant(submitted))
    generate_again(project=submitted, by=owner)
    queue.run()
    first, second = AgentJob.objects.order_by("created_at")
    assert config_of(first).spec.entities == ()
    assert config_of(second).spec.entities == (PLANT,)


def test_features_and_pages_that_were_built_are_done_until_the_design_changes(draft, queue, owner):
    features = (
        FeatureSpec(text="Plant CRUD", state=FeatureState.PLANNED),
        FeatureSpec(text="Teleport", state=FeatureState.UNPLACED),
    )
    spec = with_a_plant(draft).model_copy(update={"features": features})
    edit_design(project=draft, spec=spec)
    build_design(project=draft, by=owner)
    queue.run()
    statuses = dict(Feature.objects.values_list("name", "status"))
    assert statuses == {"Plant CRUD": "completed", "Teleport": "planned"}
    assert set(Page.objects.values_list("status", flat=True)) == {"built"}
    edit_design(project=draft, spec=spec.model_copy(update={"dashboard": True}))
    assert not Feature.objects.filter(status="completed").exists()
    assert not Page.objects.filter(status="built").exists()


def test_an_edit_during_a_run_does_not_change_what_runs(submitted, queue):
    queue.run(limit=2)
    edit_design(project=submitted, spec=with_a_plant(submitted))
    queue.run()
    submitted.refresh_from_db()
    assert submitted.status == "SUCCESS"
    assert config_of(AgentJob.objects.get()).spec.entities == ()


def test_the_database_keeps_what_a_job_was_built_from(submitted, queue):
    queue.run()
    job = AgentJob.objects.get()
    job.config["spec"]["dashboard"] = True
    with pytest.raises(IntegrityError, match="keeps the AppSpec"), transaction.atomic():
        job.save()


def test_only_one_build_at_a_time(draft, owner):
    build_design(project=draft, by=owner)
    with pytest.raises(InvalidTransition):
        build_design(project=draft, by=owner)


def test_a_design_that_cannot_be_built_is_neither_stored_nor_built(draft, owner):
    twins = put_entity(with_a_plant(draft), PLANT.model_copy(update={"name": "plant"}))
    with pytest.raises(InvalidDesign, match="too much like"):
        edit_design(project=draft, spec=twins)
    assert design_of(draft).spec.entities == ()


def test_the_later_editor_is_told(draft):
    version = design_of(draft).version
    edited = with_a_plant(draft)
    edit_design(project=draft, spec=edited, expected=version)
    with pytest.raises(DesignChanged):
        edit_design(project=draft, spec=edited, expected=version)


def test_reading_the_words_again_keeps_what_was_edited(draft):
    edit_design(project=draft, spec=with_a_plant(draft))
    assert understand_again(project=draft).spec.entities == (PLANT,)
    assert GenerationStep.objects.count() == 0
