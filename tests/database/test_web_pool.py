"""The web server's pool of connections after the database has been away."""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings

ASK_TWICE = """
import django
django.setup()
import psycopg
from django.conf import settings
from django.db import connection

def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    connection.close()
    return number

before = ask()
with psycopg.connect(settings.DATABASE_WEB_URL, autocommit=True) as other:
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = current_user AND pid <> pg_backend_pid()"
    )
assert ask() != before
"""


def test_no_visitor_gets_a_connection_that_the_database_has_forgotten():
    environment = {**os.environ, "CODEGEN_PROCESS": "web"}
    environment["DJANGO_SETTINGS_MODULE"] = "codegen_site.settings"
    done = subprocess.run(
        [sys.executable, "-c", ASK_TWICE],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
