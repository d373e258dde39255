"""The Celery application: workers carry the steps out, the scheduler looks for lost ones."""

from __future__ import annotations

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codegen_site.settings")
# Celery would drop what Django's checks find, and they load every page to look at the addresses.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("codegen_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would close the database connection before and after each task. CONN_MAX_AGE and
# CONN_HEALTH_CHECKS decide instead, as they do between two requests.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize
app.autodiscover_tasks(["generation"])


@task_prerun.connect
def _close_unusable_connections(**_kwargs: Any) -> None:
    close_old_connections()
