"""Which pages a person has confirmed is kept with the look; their status goes on to “built”."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPROVED = "approved"


def keep_with_the_look(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    looks = apps.get_model("projects", "DesignSystem").objects
    pages = apps.get_model("projects", "Page").objects
    seen = pages.filter(status=APPROVED, type="page", path__isnull=False, wizard_generated=False)
    for look in looks.filter(project__in=seen.values("project")):
        paths = seen.filter(project=look.project_id).values_list("path", flat=True)
        look.user_confirmations["pages"] = list(paths)
        look.save(update_fields=["user_confirmations"])


def keep_in_the_status(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    pages = apps.get_model("projects", "Page").objects
    pages.filter(status="built").update(status="draft")
    for look in apps.get_model("projects", "DesignSystem").objects.all():
        paths = look.user_confirmations.pop("pages", None)
        if paths is not None:
            pages.filter(project=look.project_id, path__in=paths).update(status=APPROVED)
            look.save(update_fields=["user_confirmations"])


class Migration(migrations.Migration):
    dependencies = [("projects", "0012_github_key")]

    operations = [migrations.RunPython(keep_with_the_look, keep_in_the_status)]
