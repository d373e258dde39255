"""Pages, scripts and styles are sent compressed; what is streamed is not."""

from __future__ import annotations

import gzip

import pytest

pytestmark = pytest.mark.django_db
TAKES = {"HTTP_ACCEPT_ENCODING": "gzip"}


def test_a_page_is_sent_compressed_to_who_takes_it(client):
    plain, packed = client.get("/sign-in/"), client.get("/sign-in/", **TAKES)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize("name", ["css/site.css", "js/site.js", "icons.svg"])
def test_scripts_styles_and_icons_are_sent_compressed(client, name):
    answer = client.get(f"/static/codegen_site/{name}", **TAKES)
    answer.close()
    assert answer["Content-Encoding"] == "gzip"


def test_a_zip_is_sent_as_it_is(as_owner, finished):
    assert "Content-Encoding" not in as_owner.get(finished.download_url, **TAKES)


def test_the_version_of_a_file_can_be_sent_back(api, finished):
    address = f"/api/projects/{finished.pk}/files/README.md"
    large = b"words " * 1000
    assert (
        api.put(address, large, content_type="text/plain", HTTP_IF_MATCH='"1"').status_code == 200
    )
    tag = api.get(address, **TAKES)["ETag"]
    assert (
        api.put(address, b"less", content_type="text/plain", HTTP_IF_MATCH=tag).status_code == 200
    )
