from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("generation", "0007_yago_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="agentjob",
            name="attempt",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="agentjob",
            name="lease_expires_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agentjob",
            name="lost_workers",
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
