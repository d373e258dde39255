"""The site itself as an app: privileges after migrations, and system checks."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from codegen_site import checks
from codegen_site.privileges import grant_privileges

__all__ = ["SiteConfig", "checks"]


class SiteConfig(AppConfig):
    """Hand the tables to the web and service roles whenever migrations have run."""

    name = "codegen_site"

    def ready(self) -> None:
        """Connect the grant to the end of a migration run."""
        # Sent only for apps that have models; by then the tables of all apps are there.
        post_migrate.connect(grant_privileges, sender=apps.get_app_config("projects"))
