"""Settings: documented in .env.example, typed, and refused with a clear error when wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_the_documented_values_start_the_site():
    text = (ROOT / ".env.example").read_text()
    values = dict(re.findall(r"^# ([A-Z_]+)=(.+)$", text, flags=re.MULTILINE))
    assert values
    assert load(**values).returncode == 0


def load(**values: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**os.environ, **values, "DJANGO_SETTINGS_MODULE": "codegen_site.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("DEBUG", "perhaps", "DEBUG: say on or off"),
        ("DATABASE_POOL_SIZE", "many", "DATABASE_POOL_SIZE: not a valid value"),
        ("DATABASE_POOL_SIZE", "0", "must be 1 or more"),
        ("LOG_LEVEL", "LOUD", "LOG_LEVEL: must be one of"),
        ("CODEGEN_PROCESS", "cook", "CODEGEN_PROCESS: must be one of"),
        ("SECRET_KEY", "", "SECRET_KEY: not set"),
        ("REDIS_URL", "", "REDIS_URL: not set"),
        ("DATABASE_URL", "mysql://a@b/c", "must be a postgresql:// address"),
    ],
)
def test_a_bad_value_is_refused_at_start_by_name(name, value, message):
    done = load(**{name: value})
    assert done.returncode != 0
    assert message in done.stderr.splitlines()[-1]


def test_debug_is_off_unless_somebody_turns_it_on():
    assert settings.DEBUG is False
