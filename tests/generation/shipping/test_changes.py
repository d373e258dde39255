"""What an export has to push."""

from __future__ import annotations

import subprocess

import pytest

from generation.shipping.changes import blob_hash, changes_between


@pytest.mark.parametrize("text", ["", "x\n", "über\r\n"])
def test_the_hash_is_gits_own(text, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(text.encode())
    asked = ["git", "hash-object", "--no-filters", str(path)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    assert blob_hash(text) == told


def test_each_side_of_each_file():
    old = {"same": "1", "ours": "1", "theirs": "1", "both": "1", "gone": "1", "agreed": "1"}
    files = {"same": "1", "ours": "2", "theirs": "1", "both": "2", "agreed": "3", "new": "4"}
    remote = {path: blob_hash(text) for path, text in old.items()}
    remote |= {"theirs": blob_hash("9"), "both": blob_hash("9"), "agreed": blob_hash("3")}
    changes = changes_between(files=files, exported=old, remote=remote)
    assert {entry.path: entry.text for entry in changes.entries} == {
        "ours": "2",
        "gone": None,
        "new": "4",
    }
    assert changes.conflicts == ("both",)
