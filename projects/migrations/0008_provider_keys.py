import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import projects.db


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_edits_in_the_database"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProviderKey",
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
                            ("openai", "OpenAI"),
                            ("anthropic", "Anthropic"),
                            ("gemini", "Gemini"),
                            ("ainative", "AINative"),
                        ],
                        max_length=50,
                    ),
                ),
                ("sealed", models.TextField(editable=False)),
                ("set_at", models.DateTimeField(db_default=projects.db.DbNow(), editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="provider_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "provider_keys",
                "ordering": ("provider",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "provider"), name="provider_keys_one_of_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("provider__in", ["openai", "anthropic", "gemini", "ainative"])
                        ),
                        name="provider_keys_provider_known",
                    ),
                ],
            },
        ),
    ]
