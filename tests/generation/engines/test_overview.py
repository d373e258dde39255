"""What the README says of files, and what `codegen.json` says of what wrote them."""

from __future__ import annotations

import json
import re

import pytest

from generation.engines.builtin.render import render_app
from generation.engines.builtin.stacks.shared import overview
from projects.spec.request import TECH_STACKS, AppRequest

MANY = (
    "Campers, parents, workers, tents, meals and trips are managed. A camper has a name. A parent "
    "has a name. A worker has a name. A tent has a name. A meal has a name. A trip has a name."
)


@pytest.fixture(scope="module", params=TECH_STACKS)
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return an app with a feature that many files answer."""
    return render_app(AppRequest(project_name="Camp", description=MANY, tech_stack=request.param))


def test_no_file_of_a_feature_is_left_out_of_the_readme(files: dict[str, str]) -> None:
    lines = [line for line in files["README.md"].splitlines() if line.startswith("| ")]
    row = next(line for line in lines if "are managed" in line)
    assert " more" not in row
    named = re.findall(r"`([^`]+)`(?: \((\d+) files\))?", row)
    assert any(count for _, count in named)
    for path, count in named:
        if count:
            inside = [one for one in files if one.startswith(path)]
            assert 1 < int(count) <= len(inside)
        else:
            assert path in files


def test_the_document_names_the_templates_that_wrote_it(
    files: dict[str, str], tmp_path, monkeypatch
) -> None:
    generator = json.loads(files["codegen.json"])["generator"]
    assert generator["templates"] == overview.templates_digest()
    assert re.fullmatch(r"[0-9a-f]{12}", generator["templates"])
    monkeypatch.setattr(overview, "TEMPLATES", tmp_path)
    seen = set()
    for text in ("one", "two"):
        (tmp_path / "page.jinja").write_text(text)
        seen.add(overview.templates_digest.__wrapped__())
    assert len(seen | {generator["templates"]}) == 3
