"""Proofs that were made on this machine, by what was proved and by what proved it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generation.engines.archive import build_zip
from generation.verification.app import digest_of, open_app
from generation.verification.checks import Verifier
from generation.verification.packages import cache_folder

Proof = dict[str, Any]


def digest_of_files(files: Mapping[str, str]) -> str:
    """Return a digest of an app's every path and byte."""
    return hashlib.sha256(build_zip("app", files)).hexdigest()


def prove(files: Mapping[str, str]) -> Proof:
    """Pack an app, unpack it elsewhere and verify it; return `{"ok", "stack", …, "checks"}`."""
    with tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as folder:
        packed = Path(folder) / "app.zip"
        packed.write_bytes(build_zip("app", files))
        return Verifier(open_app(packed, Path(folder) / "work" / "app")).run().as_json()


def remembered_proof(files: Mapping[str, str]) -> Proof:
    """Return the proof of an app, made only if these bytes were not proved here before.

    A proof that does not hold is not remembered, nor is one that an older verification made.
    """
    judge = digest_of(Path(__file__).parent)[:16]
    path = cache_folder() / "proofs" / f"{digest_of_files(files)}-{judge}.json"
    if path.is_file():
        known: Proof = json.loads(path.read_text(encoding="utf-8"))
        return known
    proof = prove(files)
    if proof["ok"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(proof), encoding="utf-8")
    return proof
