from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_design_in_the_database"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="projectevent",
            name="project_events_kind_known",
        ),
        migrations.AlterField(
            model_name="projectevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("log", "Log"),
                    ("step", "Step"),
                    ("file", "File"),
                    ("job", "Job"),
                    ("project", "Project"),
                    ("usage", "Usage"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="projectevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["log", "step", "file", "job", "project", "usage"])
                ),
                name="project_events_kind_known",
            ),
        ),
    ]
