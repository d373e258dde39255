"""The built files of the site's pages are what their sources make."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "codegen_site" / "static" / "codegen_site"
TEMPLATES = ROOT / "templates"
NODE_MODULES = ROOT / "assets" / "node_modules"
AGAIN = "run `npm ci && npm run build` in assets/"


def manifest() -> dict[str, dict[str, str]]:
    return json.loads((BUILT / "manifest.json").read_text())


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def site_templates() -> list[Path]:
    inner = ("generation", "parts", "projects", "registration")
    folders = [path for name in inner for path in (TEMPLATES / name).rglob("*.html")]
    return [*TEMPLATES.glob("*.html"), *folders]


def test_the_sources_are_those_that_were_built():
    sources = manifest()["sources"]
    changed = [name for name, digest in sources.items() if sha256(ROOT / name) != digest]
    assert not changed, AGAIN


def test_no_source_is_missing_from_the_manifest():
    sources = manifest()["sources"]
    files = [path for path in (ROOT / "assets" / "src").rglob("*") if path.is_file()]
    missing = [
        path.relative_to(ROOT).as_posix()
        for path in [*files, *site_templates()]
        if path.relative_to(ROOT).as_posix() not in sources
    ]
    assert not missing, AGAIN


def test_the_built_files_are_untouched():
    files = {p.relative_to(BUILT).as_posix(): p for p in BUILT.rglob("*") if p.is_file()}
    del files["manifest.json"]
    assert {name: sha256(path) for name, path in files.items()} == manifest()["built"], AGAIN


def test_every_icon_that_a_page_or_a_script_names_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (BUILT / "icons.svg").read_text()))
    text = "".join(path.read_text() for path in site_templates())
    named = set(re.findall(r'{% icon "([^"]+)"', text))
    code = (ROOT / "projects/templatetags/pages.py").read_text()
    named |= set(re.findall(r'\("([a-z-]+)", "(?:quiet|active|good|bad)"', code))
    assert named - sprite == set()


def test_pages_have_no_script_or_style_of_their_own():
    for path in site_templates():
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path


def test_pages_load_nothing_from_elsewhere():
    for path in [*site_templates(), *BUILT.rglob("*.css")]:
        assert not re.search(r"""(?:src|href)=["']https?:|url\(["']?https?:""", path.read_text()), (
            path
        )


@pytest.mark.skipif(
    shutil.which("node") is None or not NODE_MODULES.is_dir(),
    reason="needs Node and the packages of assets/ (npm ci)",
)
def test_building_again_gives_the_same_files(tmp_path):
    subprocess.run(
        ["node", "build.mjs", str(tmp_path)], cwd=ROOT / "assets", check=True, capture_output=True
    )
    built = json.loads((tmp_path / "manifest.json").read_text())["built"]
    assert unpacked(built) == unpacked(manifest()["built"])


def unpacked(built: dict[str, str]) -> dict[str, str]:
    """Leave out what zlib packs, which another version of it packs to other bytes."""
    return {name: digest for name, digest in built.items() if not name.endswith(".gz")}


def test_what_is_sent_compressed_is_the_same_file():
    texts = [path for path in BUILT.rglob("*") if path.suffix in {".css", ".js", ".svg"}]
    for path in texts:
        packed = path.with_name(f"{path.name}.gz").read_bytes()
        assert gzip.decompress(packed) == path.read_bytes(), AGAIN
