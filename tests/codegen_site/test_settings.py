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


def names_read() -> set[str]:
    text = (ROOT / "codegen_site" / "settings.py").read_text()
    calls = r'(?:env\.\w+|_flag|_whole_number|_choice|_typed)\(\s*(?:env\.\w+,\s*)?"([A-Z_]+)"'
    return set(re.findall(calls, text))


def names_documented() -> set[str]:
    return set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))


def test_every_setting_is_documented_and_nothing_else():
    assert names_documented() == names_read()


def test_the_documented_values_start_the_site():
    lines = (ROOT / ".env.example").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines if re.match(r"^[A-Z_]+=.", line))
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
