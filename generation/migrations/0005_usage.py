import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.db


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0004_jobs_keep_their_spec"),
        ("projects", "0005_usage_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AIProviderUsage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=projects.db.DbUUID(),
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("builtin", "Built in"),
                            ("ollama", "Ollama"),
                            ("ainative", "AINative"),
                            ("openai", "OpenAI"),
                            ("anthropic", "Anthropic"),
                            ("gemini", "Gemini"),
                            ("cursor", "Cursor"),
                        ],
                        max_length=50,
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("request_type", models.CharField(max_length=50, null=True)),
                ("prompt_tokens", models.IntegerField(null=True)),
                ("completion_tokens", models.IntegerField(null=True)),
                ("total_tokens", models.IntegerField(null=True)),
                ("cost", models.FloatField(null=True)),
                ("latency_ms", models.IntegerField(null=True)),
                ("success", models.BooleanField(db_default=True, default=True, null=True)),
                ("error_message", models.TextField(null=True)),
                (
                    "created_at",
                    models.DateTimeField(db_default=projects.db.DbNow(), editable=False),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="usage",
                        to="generation.agentjob",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="usage",
                        to="projects.project",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="usage",
                        to="generation.generationstep",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usage",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "model call",
                "db_table": "ai_provider_usage",
                "ordering": ("-created_at", "id"),
                "indexes": [
                    models.Index(models.F("provider"), name="idx_usage_provider"),
                    models.Index(models.F("project"), name="idx_usage_project_id"),
                    models.Index(
                        models.OrderBy(models.F("created_at"), descending=True),
                        name="idx_usage_created_at",
                    ),
                    models.Index(
                        models.F("user"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        name="ai_usage_user_newest",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "provider__in",
                                [
                                    "builtin",
                                    "ollama",
                                    "ainative",
                                    "openai",
                                    "anthropic",
                                    "gemini",
                                    "cursor",
                                ],
                            )
                        ),
                        name="provider_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prompt_tokens__gte", 0),
                            ("completion_tokens__gte", 0),
                            ("total_tokens__gte", 0),
                            ("cost__gte", 0),
                            ("latency_ms__gte", 0),
                        ),
                        name="ai_provider_usage_not_negative",
                    ),
                ],
            },
        ),
    ]
