"""`.env.example` and the settings name the same things, with the same defaults."""

from __future__ import annotations

import ast
import re

import yaml

from codegen_site.embedded.places import ROOT

READERS = {"str", "list", "int", "_flag", "_key", "_choice", "_limit", "_whole_number"}
LINE = re.compile(r"^# ([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)
MISSING = object()


def documented() -> tuple[dict[str, str], set[str]]:
    """Settings with their shown values, and the names that only docker compose reads."""
    text = (ROOT / ".env.example").read_text()
    settings, compose = text.split("# --- docker compose only")
    return dict(LINE.findall(settings)), {name for name, _ in LINE.findall(compose)}


def shown(value: object) -> str:
    """A default as a person would write it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return ",".join(value) if isinstance(value, list) else str(value)


def read_by_settings() -> dict[str, object]:
    """Names that settings.py reads from the environment, with their default where it is plain."""
    found: dict[str, object] = {}
    tree = ast.parse((ROOT / "codegen_site" / "settings.py").read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name not in READERS or not call.args or not isinstance(call.args[0], ast.Constant):
            continue
        given = [word.value for word in call.keywords if word.arg == "default"] or call.args[1:2]
        try:
            found[call.args[0].value] = ast.literal_eval(given[0]) if given else MISSING
        except ValueError:  # worked out from other settings
            found[call.args[0].value] = MISSING
    return found


def test_every_setting_is_documented_and_nothing_else() -> None:
    settings, _ = documented()
    assert set(settings) == set(read_by_settings())


def test_the_shown_values_are_the_defaults() -> None:
    settings, _ = documented()
    for name, default in read_by_settings().items():
        if default is not MISSING:
            assert settings[name] == shown(default), name


def test_every_setting_has_words_before_it() -> None:
    lines = (ROOT / ".env.example").read_text().split("# --- docker")[0].splitlines()
    for number, line in enumerate(lines):
        if LINE.match(line):
            assert re.match(r"# .*[a-z]", lines[number - 1]), line


def test_compose_reads_only_names_that_are_documented() -> None:
    settings, own = documented()
    text = (ROOT / "docker-compose.yml").read_text()
    assert yaml.safe_load(text)
    read = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert read <= set(settings) | own
    assert own <= read
