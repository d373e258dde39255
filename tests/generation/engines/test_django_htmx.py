"""The stack Django + HTMX + PostgreSQL: what it writes for specs that go to the limits."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generation.engines.archive import build_zip
from generation.engines.base import EngineRejected, StepContext
from generation.engines.builtin.engine import BuiltinEngine
from generation.engines.builtin.render import carry_out_plan, write_app
from generation.engines.builtin.stack import TEMPLATES
from generation.engines.builtin.stacks.django_htmx.links import all_links
from generation.engines.builtin.stacks.django_htmx.migrations import migrations_of
from generation.engines.builtin.stacks.django_htmx.naming import names_of
from generation.engines.builtin.stacks.shared.registers import register
from projects.spec.models import AppSpec, EntitySpec
from projects.spec.request import STYLINGS
from tests.generation.engines.desk import desk, wide_desk
from tests.generation.engines.specs import (
    asks_for_all,
    brochure,
    every_link,
    long_names,
    odd,
    reserved,
    shared_rows,
    shop,
    torture,
    visited,
)

ROOT = Path(__file__).resolve().parents[3]
STACK = "Django + HTMX + PostgreSQL"
VENDOR = TEMPLATES / "django-htmx" / "vendor"
SPECS = {
    "torture": torture(),
    "without signing in": torture(auth=False),
    "everything asked for": asks_for_all(),
    "everything, without signing in": asks_for_all(auth=False),
    "words alone": brochure(),
    "words and a dashboard": brochure(auth=True, dashboard=True, things=True),
    "words and things": brochure(things=True),
    "odd names and defaults": odd(),
    "names as long as may be": long_names(),
    "every kind of link": every_link(auth=False),
    "names that mean something": reserved(),
    "nothing kept": AppSpec(name="Empty", auth=False),
    "only forms for visitors": visited(),
    "forms for visitors, and things": visited(things=True),
    "rows that all who sign in share": shared_rows(),
    "rows that visitors read": shared_rows(public=True),
    "a shop that visitors see": shop(dashboard=True),
    "a desk where rows follow others": desk(),
    "such rows beside all others": wide_desk(),
    "only signing in": AppSpec(name="Empty", dashboard=True),
}


def files_of(spec: AppSpec, styling: str = "Plain CSS") -> dict[str, str]:
    engine = BuiltinEngine()
    plan = engine.plan(spec, stack=STACK, styling=styling)
    return carry_out_plan(engine, plan, StepContext(spec, STACK, styling))


@pytest.fixture(scope="module", params=SPECS.values(), ids=list(SPECS))
def written(request, tmp_path_factory) -> Path:
    """Return the folder of an app written from one of the specs."""
    folder = tmp_path_factory.mktemp("app")
    write_app(files_of(request.param), folder)
    return folder


def run(folder: Path, *arguments: str) -> None:
    """Run a module of this environment in an app's folder, as the app's own command would."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"


def test_the_formatter_and_the_linter_find_nothing(written: Path) -> None:
    run(written, "-m", "ruff", "format", "--check", "--no-cache", ".")
    run(written, "-m", "ruff", "check", "--no-cache", ".")


def test_the_migrations_make_what_the_models_say(written: Path) -> None:
    if (written / "core" / "models").is_dir() or (written / "accounts").is_dir():
        run(written, "manage.py", "makemigrations", "--check", "--dry-run")
        run(written, "manage.py", "migrate", "--verbosity", "0")
    else:
        run(written, "run", "migrate")
    run(written, "manage.py", "check")


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@pytest.mark.parametrize("styling", STYLINGS)
def test_the_same_spec_gives_the_same_bytes(spec: AppSpec, styling: str) -> None:
    files = files_of(spec, styling)
    assert build_zip("App", files) == build_zip("App", files_of(spec, styling))
    for path, code in files.items():
        assert code == "" or code.endswith("\n"), path
        if path.endswith(".py") or path == "run":
            ast.parse(code)


def test_every_kind_of_rows_is_registered() -> None:
    files = files_of(torture())
    for entity in names_of(torture()).entities:
        name, module = entity.class_name, entity.module
        for folder, suffix in (("models", ""), ("views", "Pages"), ("api", "Views")):
            line = f"from core.{folder}.{module} import {name}{suffix}\n"
            assert line in files[f"core/{folder}/__init__.py"]


def test_the_navigation_keeps_the_order_of_the_spec() -> None:
    pages = files_of(torture())["core/views/__init__.py"].partition("PAGES")[2]
    names = [f"    {entity.class_name}Pages," for entity in names_of(torture()).entities]
    assert [line for line in pages.splitlines() if line.endswith("Pages,")] == names


def test_one_entity_more_changes_registries_and_what_it_is_related_to_only() -> None:
    before, after = torture(), torture()
    extra = before.entities[0].model_copy(
        update={"name": "Extra", "plural": "Extras", "relations": ()}
    )
    after = before.model_copy(update={"entities": (*before.entities, extra)})
    old, new = files_of(before), files_of(after)
    changed = {path for path in old if old[path] != new.get(path)}
    assert changed <= {
        "README.md",
        "codegen.json",
        "core/admin/__init__.py",
        "core/api/__init__.py",
        "core/migrations/0008_links.py",  # the links are made last
        "core/models/__init__.py",
        "core/views/__init__.py",
        "tests/samples.py",
        "tests/test_dashboard.py",
    }


def test_links_have_free_names_on_the_other_side() -> None:
    links = [link for found in all_links(names_of(torture())).values() for link in found]
    backs = [(link.target.class_name, link.back) for link in links]
    assert len(set(backs)) == len(backs)
    for link in links:
        own = {field.python for field in link.target.fields}
        assert link.back not in own


def test_visitors_read_what_is_public_and_nothing_else() -> None:
    files, names = files_of(shop()), names_of(shop())
    for entity in names.entities:
        is_public = "PUBLIC = True" in files[f"core/models/{entity.module}.py"]
        reads = "IsAuthenticatedOrReadOnly" in files[f"core/api/{entity.module}.py"]
        assert is_public is reads is entity.public
    offered = 'one_label = "a review"'
    assert offered in files["core/views/review.py"]
    assert "one_label" not in files["core/views/product.py"]
    assert "- **Wishes**: note, product; everybody sees only their own" in files["README.md"]
    said = "anybody reads them, signed in or not; staff alone writes them"
    assert f"- **Categories**: name; {said}" in files["README.md"]


def test_authors_and_staff_change_what_is_authored() -> None:
    files = files_of(shop())
    assert "class Review(AuthoredRow)" in files["core/models/review.py"]
    assert "class Product(Row)" in files["core/models/product.py"]
    api = files["core/api/review.py"]
    assert "permission_classes = (IsAuthenticatedOrReadOnly, AuthorWrites)" in api
    assert "owner" not in api
    said = "everybody who signs in adds them, their author and staff change them"
    assert said in files["README.md"]


def test_whoever_sees_a_ticket_sees_its_replies() -> None:
    files = files_of(desk())
    assert "class Reply(FollowingRow)" in files["core/models/reply.py"]
    assert 'SEEN_BY = "ticket__owner"' in files["core/models/reply.py"]
    assert "class Ticket(OverseenRow)" in files["core/models/ticket.py"]
    api = files["core/api/reply.py"]
    assert "permission_classes = (IsAuthenticated, AuthorWrites)" in api
    said = "whoever sees a ticket sees and adds them, who made one changes it, staff all"
    assert f"- **Replies**: content, ticket; {said}" in files["README.md"]


def test_what_requires_a_row_is_named_before_both_are_deleted() -> None:
    links = {"Post": ("Post", False), "Comment": ("Post", True), "Vote": ("Comment", True)}
    entities = [
        {
            "name": name,
            "plural": f"{name}s",
            "relations": [
                {"kind": "many_to_one", "name": "about", "target": target, "required": required}
            ],
        }
        for name, (target, required) in (links | {"Tag": ("Post", False)}).items()
    ]
    files = files_of(AppSpec.model_validate({"name": "Blog", "entities": entities}))
    assert 'dependents = ("comments", "votes")' in files["core/views/post.py"]
    assert 'dependents = ("votes",)' in files["core/views/comment.py"]
    assert "dependents" not in files["core/views/vote.py"] + files["core/views/tag.py"]


def test_rows_without_a_name_are_called_by_what_is_known_of_them() -> None:
    files = files_of(shop())
    assert 'return called(f"Review {self.pk}", self.stars)' in files["core/models/review.py"]
    assert 'return called(f"Order {self.pk}", self.day)' in files["core/models/order.py"]
    assert "return self.name\n" in files["core/models/product.py"]
    assert "def called" not in files_of(shared_rows())["core/models/base.py"]


@pytest.mark.parametrize(
    ("label", "one"),
    [
        ("Review", "a review"),
        ("Order", "an order"),
        ("User", "a user"),
        ("Unit", "a unit"),
        ("Update", "an update"),
        ("設定", "a 設定"),
    ],
)
def test_one_row_has_an_article(label: str, one: str) -> None:
    entity = EntitySpec(name=label, plural=f"{label}s")
    assert names_of(AppSpec(name="App", entities=(entity,))).entities[0].one == one


def test_migrations_stand_in_a_chain() -> None:
    chain = migrations_of(torture())
    assert [m.parent for m in chain] == [None, *(m.name for m in chain[:-1])]
    assert [m.number for m in chain] == list(range(1, len(chain) + 1))


def test_words_of_a_person_are_in_no_template() -> None:
    hostile = '{{ 7*7 }}{% load x %}<script>alert(1)</script>""" */'
    spec = torture()
    thing = spec.entities[0].model_copy(
        update={"name": f"Thing {hostile}", "plural": f"Things {hostile}", "description": hostile}
    )
    fields = (thing.fields[0].model_copy(update={"name": f"name {hostile}"}), *thing.fields[1:])
    thing = thing.model_copy(update={"fields": fields, "relations": ()})
    files = files_of(AppSpec(name=hostile, description=hostile, entities=(thing,)))
    for path, code in files.items():
        if path.endswith(".py"):
            ast.parse(code)
        if path.startswith(("templates/", "static/")):
            assert "alert(1)" not in code, path


def test_an_unknown_registry_is_refused() -> None:
    with pytest.raises(EngineRejected, match="no line"):
        register("pass\n", "core.models.note", "Note", "__all__ = [", '    "Note",')


def test_planning_and_writing_are_quick() -> None:
    files_of(torture())
    started = time.process_time()
    files_of(torture().model_copy(update={"name": "Another"}))
    assert time.process_time() - started < 2


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_built_stylesheet_is_what_its_sources_make() -> None:
    manifest = json.loads((VENDOR / "tailwind.json").read_text())
    again = "run `npm ci && node stacks.mjs` in assets/"
    assert {name: sha256(ROOT / name) for name in manifest["sources"]} == manifest["sources"], again
    assert {name: sha256(VENDOR / name) for name in manifest["built"]} == manifest["built"], again


needs_packages = pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "assets" / "node_modules").is_dir(),
    reason="needs Node and the packages of assets/ (npm ci)",
)


@needs_packages
def test_building_the_stylesheet_again_gives_the_same_bytes(tmp_path: Path) -> None:
    command = ["node", "stacks.mjs", str(tmp_path)]
    subprocess.run(command, cwd=ROOT / "assets", check=True, capture_output=True)
    assert (tmp_path / "tailwind.css").read_bytes() == (VENDOR / "tailwind.css").read_bytes()


@needs_packages
def test_an_app_builds_its_stylesheet_as_its_readme_says(tmp_path: Path) -> None:
    """What is installed there is installed in `assets/` too, at the same versions."""
    write_app(files_of(torture(), "TailwindCSS"), tmp_path)
    lines = (tmp_path / "README.md").read_text().splitlines()
    install, build = [
        line.strip() for line in lines if line.startswith("    ") and "tailwind" in line
    ]
    locked = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    packages = ("tailwindcss", "@tailwindcss/cli")
    wanted = [f"{name}@{locked[f'node_modules/{name}']['version']}" for name in packages]
    assert install == f"npm install --no-save --prefix .venv {' '.join(wanted)}"
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "node_modules").symlink_to(ROOT / "assets" / "node_modules")
    (tmp_path / "templates" / "new.html").write_text('<p class="rotate-45">')
    before = (tmp_path / "static" / "app.css").read_text()
    subprocess.run(build, shell=True, cwd=tmp_path, check=True, capture_output=True)  # noqa: S602 - a line for a shell
    after = (tmp_path / "static" / "app.css").read_text()
    assert (".rotate-45" in before, ".rotate-45" in after) == (False, True)
