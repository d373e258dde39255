"""The tests of generated apps take no time for what they do not prove."""

from __future__ import annotations

import pytest

from generation.engines.builtin.render import render_spec
from projects.spec.models import AppSpec
from projects.spec.request import STYLINGS, TECH_STACKS
from tests.generation.engines.specs import brochure, shop

REACT, DJANGO = TECH_STACKS


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_what_is_no_json_is_tried_once_in_all(stack: str) -> None:
    files = render_spec(shop(), stack, STYLINGS[0])
    tried = [path for path, text in files.items() if "test_what_is_no_json_is_refused" in text]
    assert [path.rpartition("/")[2] for path in tried] == ["test_app.py"]


@pytest.mark.parametrize("stack", TECH_STACKS)
def test_passwords_are_hashed_with_little_work(stack: str) -> None:
    files = render_spec(shop(), stack, STYLINGS[0])
    conftest = next(text for path, text in files.items() if path.endswith("conftest.py"))
    assert "memory_cost" in conftest
    app = "".join(text for path, text in files.items() if "tests/" not in path)
    assert "memory_cost=8" not in app


def test_no_client_lists_all_static_files_before_its_first_request() -> None:
    files = render_spec(shop(), DJANGO, STYLINGS[0])
    assert "override_settings(WHITENOISE_AUTOREFRESH=True)" in files["tests/conftest.py"]
    # What serves them to visitors is tried as it is.
    assert files["tests/test_app.py"].count("@override_settings(WHITENOISE_AUTOREFRESH=False)") == 2
    assert "AUTOREFRESH" not in files["config/settings.py"]


@pytest.mark.parametrize("spec", [brochure(auth=False), brochure(auth=True), shop()])
def test_the_backend_is_built_and_migrated_once(spec: AppSpec) -> None:
    conftest = render_spec(spec, REACT, STYLINGS[0])["backend/tests/conftest.py"]
    built = conftest.partition("def built(")
    assert built[0].endswith('@pytest.fixture(scope="session")\n')
    assert conftest.count("create_app(") == conftest.count("command.upgrade(") == 1
    assert 'patch.setattr(TestClient, "portal", portal)' in conftest
