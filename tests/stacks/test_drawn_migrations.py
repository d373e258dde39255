"""Whatever design is accepted, and its next version, migrates a real PostgreSQL.

The designs are drawn at random but the same every time (derandomized), so a fault stays a fault.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from psycopg import sql

from generation.engines.base import Version
from generation.engines.builtin.render import write_app
from generation.verification.packages import cache_folder, install_with_cache
from generation.verification.processes import clean_environment
from projects.spec.models import AppSpec, EntitySpec, FieldSpec, FieldType
from tests.generation.engines.designs import designs
from tests.stacks.versions import made

EXAMPLES = 4
DJANGO = "Django + HTMX + PostgreSQL"
REACT = "React + FastAPI + PostgreSQL"
MANAGE = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("makemigrations", "--check", "--dry-run")
"""
ALEMBIC = """
from alembic.config import main
main(["upgrade", "head"])
main(["check"])
main(["downgrade", "base"])
"""


def turned(spec: AppSpec) -> AppSpec:
    """Return a design in which everything has the name that another of its kind had."""
    names = [entity.name for entity in spec.entities]
    new = dict(zip(names, [*names[1:], names[0]], strict=True))
    entities = [_turned(entity, new, spec) for entity in spec.entities]
    return spec.model_copy(update={"entities": tuple(entities), "pages": (), "features": ()})


def _turned(entity: EntitySpec, new: dict[str, str], spec: AppSpec) -> EntitySpec:
    names = [field.name for field in entity.fields]
    fields = tuple(
        field.model_copy(update={"name": name, "identity": field.name})
        for field, name in zip(entity.fields, [*names[1:], *names[:1]], strict=True)
    )
    relations = tuple(
        link.model_copy(update={"target": new[link.target]}) for link in entity.relations
    )
    plural = next(one.plural for one in spec.entities if one.name == new[entity.name])
    known = {"name": new[entity.name], "plural": plural, "identity": entity.name}
    return entity.model_copy(update={**known, "fields": fields, "relations": relations})


def changed(spec: AppSpec) -> AppSpec:
    """Return a design's next version: an entity and some fields go, others come."""
    gone = {spec.entities[-1].name} if len(spec.entities) > 1 else set()
    kept = [_changed(entity, gone) for entity in spec.entities if entity.name not in gone]
    fields = (FieldSpec(name="Label", required=True, unique=True),)
    kept.append(EntitySpec(name="Newcomer", plural="Newcomers", fields=fields))
    return spec.model_copy(update={"entities": tuple(kept)})


def _changed(entity: EntitySpec, gone: set[str]) -> EntitySpec:
    fields = (*entity.fields[1:], FieldSpec(name="Added", type=FieldType.DECIMAL, required=True))
    relations = tuple(link for link in entity.relations if link.target not in gone)
    return entity.model_copy(update={"fields": fields, "relations": relations})


@pytest.fixture
def database() -> Iterator[Callable[[], str]]:
    """What makes an empty database and returns its address."""
    address, names = os.environ["DATABASE_URL"], []

    def create() -> str:
        names.append(f"drawn_{uuid4().hex[:12]}")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(names[-1])))
        return f"{address.rsplit('/', 1)[0]}/{names[-1]}"

    yield create
    with psycopg.connect(address, autocommit=True) as connection:
        for name in names:
            drop = sql.SQL("DROP DATABASE {}").format(sql.Identifier(name))
            connection.execute(drop)


def run(folder: Path, python: str, code: str, address: str) -> None:
    """Run code in an app's folder with its database."""
    done = subprocess.run(
        [python, "-c", code],
        cwd=folder,
        env={**clean_environment(), "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


def drawn(stack: str, look: Callable[[Version], None]) -> int:
    """Draw designs and look at each once names went round, it was changed, and changed back."""
    seen = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(designs().filter(lambda spec: len(spec.entities) > 1))
    def draw(spec: AppSpec) -> None:
        first = made(stack, spec)
        look(made(stack, spec, made(stack, changed(spec), made(stack, turned(spec), first))))
        seen.append(spec)

    draw()
    return len(seen)


def test_drawn_designs_migrate_in_django(tmp_path, database):
    def look(version: Version) -> None:
        shutil.rmtree(tmp_path / "app", ignore_errors=True)
        write_app(dict(version.files), tmp_path / "app")
        run(tmp_path / "app", sys.executable, MANAGE, database())

    assert drawn(DJANGO, look) >= EXAMPLES


def test_drawn_designs_migrate_with_alembic(tmp_path, database):
    folder = tmp_path / "app"
    write_app(dict(made(REACT, AppSpec(name="App", auth=True)).files), folder)
    install = ["./run", "install", "backend"]
    shutil.rmtree(folder / "frontend")

    def installed() -> bool:
        return not subprocess.run(
            install, cwd=folder, env=clean_environment(), check=False
        ).returncode

    cache = cache_folder() / "packages"
    cache.mkdir(parents=True, exist_ok=True)
    assert install_with_cache(folder, cache, installed)
    python = str(folder / "backend" / ".venv" / "bin" / "python")

    def look(version: Version) -> None:
        shutil.rmtree(folder / "backend" / "app")
        shutil.rmtree(folder / "backend" / "alembic")
        write_app(dict(version.files), folder)
        run(folder / "backend", python, ALEMBIC, database())

    assert drawn(REACT, look) >= EXAMPLES
