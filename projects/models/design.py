"""The design of an app before it is built: entities, pages, features, the look.

The rows of a project together hold its AppSpec; `projects.design` reads and writes them.
`metadata` holds what an AppSpec says and the founding tables have no column for.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from projects.db import DbNow, DbUUID, EmptyJSON, EmptyJSONArray
from projects.models.projects import Project

PATH_PATTERN = "^/[a-z0-9/:_-]*$"


class PageType(models.TextChoices):
    """What a row of `pages` stands for."""

    PAGE = "page", "Page"
    LAYOUT = "layout", "Layout"
    COMPONENT = "component", "Component"
    MODAL = "modal", "Modal"


class PageStatus(models.TextChoices):
    """How far a page is: one that a person has looked at is approved, one of an app is built.

    What a person has confirmed is kept with the look, for a page that is built may be neither.
    """

    DRAFT = "draft", "Draft"
    DESIGNED = "designed", "Designed"
    APPROVED = "approved", "Approved"
    BUILT = "built", "Built"


class Device(models.TextChoices):
    """What a page is made for first."""

    MOBILE = "mobile", "Mobile"
    TABLET = "tablet", "Tablet"
    DESKTOP = "desktop", "Desktop"
    RESPONSIVE = "responsive", "Every size"


class FeatureStatus(models.TextChoices):
    """How far a feature is."""

    PLANNED = "planned", "Planned"
    IN_PROGRESS = "in-progress", "In progress"
    COMPLETED = "completed", "Completed"


class FeaturePriority(models.TextChoices):
    """How much a feature is wanted."""

    MUST = "must-have", "Must have"
    SHOULD = "should-have", "Should have"
    NICE = "nice-to-have", "Nice to have"


class GenerationMethod(models.TextChoices):
    """Where a look comes from: a person's choice, the words, or both."""

    PRESCRIBED = "prescribed", "Prescribed"
    EMERGENT = "emergent", "Emergent"
    HYBRID = "hybrid", "Hybrid"


class DesignRow(models.Model):
    """What every row of a design has."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, db_default=DbUUID(), editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, db_index=False, related_name="%(class)s_rows"
    )
    created_at = models.DateTimeField(db_default=DbNow(), editable=False)
    updated_at = models.DateTimeField(db_default=DbNow(), editable=False)

    class Meta:
        abstract = True


class InferredEntity(DesignRow):
    """A kind of thing the app keeps; `fields` by name, `relationships` in order."""

    entity_name = models.CharField(max_length=100)
    plural_name = models.CharField(max_length=100, null=True, blank=True)
    description = models.TextField(null=True, blank=True)
    fields = models.JSONField()
    relationships = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    crud_locations = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    validation_rules = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    business_rules = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    confidence_score = models.FloatField(default=0.5, db_default=0.5)
    user_confirmed = models.BooleanField(default=False, db_default=False)
    metadata = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    sort_order = models.IntegerField(default=0, db_default=0)

    class Meta:
        db_table = "inferred_entities"
        ordering = ("project", "sort_order", "entity_name")
        verbose_name_plural = "inferred entities"
        indexes = (
            models.Index(
                "project", models.F("confidence_score").desc(), name="idx_entities_confidence"
            ),
            GinIndex("fields", name="idx_entity_fields"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("project", "entity_name"), name="entities_name_unique_per_project"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence_score__gte=0, confidence_score__lte=1),
                name="entities_confidence_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.entity_name


class Page(DesignRow):
    """A screen of the app; `key_elements` holds, element by element, the entities it shows."""

    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="children",
    )
    name = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    path = models.CharField(max_length=500, null=True, blank=True)
    type = models.CharField(
        max_length=50, choices=PageType.choices, default=PageType.PAGE, db_default=PageType.PAGE
    )
    purpose = models.TextField(null=True, blank=True)
    primary_device = models.CharField(
        max_length=50,
        choices=Device.choices,
        default=Device.RESPONSIVE,
        db_default=Device.RESPONSIVE,
    )
    current_mockup_id = models.UUIDField(null=True, blank=True)
    status = models.CharField(
        max_length=50,
        choices=PageStatus.choices,
        default=PageStatus.DRAFT,
        db_default=PageStatus.DRAFT,
    )
    key_elements = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    related_patterns = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    usage_contexts = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    sort_order = models.IntegerField(default=0, db_default=0)
    is_placeholder = models.BooleanField(default=False, db_default=False)
    wizard_generated = models.BooleanField(default=False, db_default=False)
    metadata = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)

    class Meta:
        db_table = "pages"
        ordering = ("project", "sort_order", "path")
        indexes = (
            models.Index("project", name="idx_pages_project_id"),
            models.Index("parent", name="idx_pages_parent_id"),
            models.Index("current_mockup_id", name="idx_pages_current_mockup"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("project", "path"), name="pages_path_unique_per_project"
            ),
            models.CheckConstraint(condition=models.Q(path__regex=PATH_PATTERN), name="valid_path"),
            models.CheckConstraint(
                condition=models.Q(type__in=PageType.values), name="pages_type_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=PageStatus.values), name="pages_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(primary_device__in=Device.values), name="pages_device_known"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Feature(DesignRow):
    """Something the app is to do, in the user's words, and what of the design answers it."""

    name = models.CharField(max_length=255)
    user_description = models.TextField(null=True, blank=True)
    category = models.CharField(max_length=100, null=True, blank=True)
    status = models.CharField(
        max_length=50,
        choices=FeatureStatus.choices,
        default=FeatureStatus.PLANNED,
        db_default=FeatureStatus.PLANNED,
    )
    priority = models.CharField(
        max_length=20, choices=FeaturePriority.choices, null=True, blank=True
    )
    affected_pages = ArrayField(models.UUIDField(), null=True, blank=True)
    required_journeys = ArrayField(models.UUIDField(), null=True, blank=True)
    data_operations = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    ui_requirements = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    business_rules = models.JSONField(default=list, db_default=EmptyJSONArray(), blank=True)
    technical_requirements = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    detected_from_mockups = models.BooleanField(default=False, db_default=False)
    wizard_generated = models.BooleanField(default=False, db_default=False)
    visual_specifications = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    metadata = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    sort_order = models.IntegerField(default=0, db_default=0)

    class Meta:
        db_table = "features"
        ordering = ("project", "sort_order", "name")
        indexes = (
            models.Index("project", name="idx_features_project_id"),
            models.Index("category", name="idx_features_category"),
            GinIndex("affected_pages", name="idx_features_affected_pages"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status__in=FeatureStatus.values), name="features_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(priority__isnull=True)
                | models.Q(priority__in=FeaturePriority.values),
                name="features_priority_known",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DesignSystem(DesignRow):
    """The look of the app; `user_confirmations` also holds what a person took out."""

    generation_method = models.CharField(
        max_length=50, choices=GenerationMethod.choices, null=True, blank=True
    )
    tokens = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    component_patterns = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    confidence_scores = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)
    user_confirmations = models.JSONField(default=dict, db_default=EmptyJSON(), blank=True)

    class Meta:
        db_table = "design_systems"
        ordering = ("project",)
        indexes = (GinIndex("tokens", name="idx_design_tokens"),)
        constraints = (
            models.UniqueConstraint(fields=("project",), name="design_systems_one_per_project"),
            models.CheckConstraint(
                condition=models.Q(generation_method__isnull=True)
                | models.Q(generation_method__in=GenerationMethod.values),
                name="design_systems_method_known",
            ),
        )

    def __str__(self) -> str:
        return f"Look of {self.project}"
