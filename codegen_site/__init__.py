"""The site: settings, addresses, servers and the services embedded beside them."""

from codegen_site.celery import app as celery_app

__all__ = ["celery_app"]
