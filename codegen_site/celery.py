"""The Celery application: workers carry the steps out, the scheduler looks for lost ones."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codegen_site.settings")

app = Celery("codegen_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["generation"])
