"""How well words are understood: precision, recall and F1 against samples with a gold standard.

A sample is a JSON line with `id`, `name`, `description`, `features` and what a person found in it:
`entities_expected`, and where there are any `synonyms`, `fields_expected`, `relations_expected`,
and `entities_optional`, which are neither right nor wrong.
Names are compared by the stems of their words. A gold entity that is described by a phrase (of more
than three words, or of any number where `entities_form` is `phrases`) is met by a name whose words
all stand in it. A relation is met by one between the same two entities, in
either direction.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import inflection

from generation.bench.machine import machine, machine_line, table
from generation.engines.builtin.engine import BuiltinEngine
from projects.spec.models import AppSpec
from projects.spec.request import AppRequest

PHRASE = 3  # a gold entity of more words is a description, also where the sample does not say so
KINDS = ("entities", "fields", "relations")
Stems = tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """How many were found, how many of them are right, and how many of those expected were met."""

    found: int = 0
    right: int = 0
    expected: int = 0
    met: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found,
            self.right + other.right,
            self.expected + other.expected,
            self.met + other.met,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was found."""
        return self.met / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def stems(name: str) -> Stems:
    """Return the words of a name in the singular: `OrderItems` and `order items` are the same."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    return tuple(inflection.singularize(word) for word in re.findall(r"[^\W_]+", spaced))


class Gold:
    """The entities a person found, under all their names."""

    def __init__(
        self, names: Iterable[str], synonyms: Mapping[str, Sequence[str]], longest: int = PHRASE
    ) -> None:
        self.longest = longest
        self.names = [self._all_names(stems(name), synonyms) for name in names]

    @staticmethod
    def _all_names(name: Stems, synonyms: Mapping[str, Sequence[str]]) -> frozenset[Stems]:
        for first, others in synonyms.items():
            known = {stems(first), *(stems(other) for other in others)}
            if name in known:
                return frozenset(known | {name})
        return frozenset({name})

    def index_of(self, name: Stems) -> int | None:
        """Return which gold entity a name means; None for none."""
        joined = "".join(name)
        for index, names in enumerate(self.names):
            if any(joined == "".join(other) for other in names):
                return index
        for index, names in enumerate(self.names):
            if any(len(other) > self.longest and set(name) <= set(other) for other in names):
                return index
        return None


def score(sample: Mapping[str, Any], spec: AppSpec) -> dict[str, Tally]:
    """Compare what was understood of a sample with its gold standard."""
    longest = 0 if sample.get("entities_form") == "phrases" else PHRASE
    gold = Gold(sample["entities_expected"], sample.get("synonyms") or {}, longest)
    found = {entity.name: gold.index_of(stems(entity.name)) for entity in spec.entities}
    optional = {
        name
        for name, index in found.items()
        if index is None and _is_optional(name, sample.get("entities_optional") or ())
    }
    found = {name: index for name, index in found.items() if name not in optional}
    right = [index for index in found.values() if index is not None]
    scores = {
        "entities": Tally(len(found), len(right), len(gold.names), len(set(right))),
    }
    if sample.get("fields_expected"):
        scores["fields"] = _fields(sample["fields_expected"], spec)
    if sample.get("relations_expected"):
        scores["relations"] = _relations(sample["relations_expected"], spec, gold, optional)
    return scores


def _is_optional(name: str, optional: Iterable[str]) -> bool:
    return "".join(stems(name)) in {"".join(stems(other)) for other in optional}


def _fields(expected: Mapping[str, Sequence[str]], spec: AppSpec) -> Tally:
    wanted = {
        (stems(entity), "".join(stems(f))) for entity, names in expected.items() for f in names
    }
    found = {(stems(e.name), "".join(stems(f.name))) for e in spec.entities for f in e.fields}
    return Tally(len(found), len(found & wanted), len(wanted), len(found & wanted))


def _relations(
    expected: Sequence[Sequence[str]], spec: AppSpec, gold: Gold, optional: Collection[str]
) -> Tally:
    wanted = {_pair(gold, relation[-2], relation[-1]) for relation in expected}
    linked = [(e.name, r.target) for e in spec.entities for r in e.relations]
    found = {
        pair
        for one, other in linked
        if (pair := _pair(gold, one, other)) in wanted or not {one, other} & set(optional)
    }
    both = len(found & wanted)
    return Tally(len(found), both, len(wanted), both)


def _pair(gold: Gold, one: str, other: str) -> frozenset[object]:
    indexes = [gold.index_of(stems(name)) for name in (one, other)]
    names = ["".join(stems(name)) for name in (one, other)]
    return frozenset(n if i is None else i for i, n in zip(indexes, names, strict=True))


def request_of(sample: Mapping[str, Any]) -> AppRequest:
    """Return a sample as it would be sent; features that are the description's are left out."""
    description = str(sample["description"])
    features = [f for f in sample.get("features") or () if f not in description]
    name = str(sample["name"]).replace("/", " ")
    return AppRequest(project_name=name, description=description, features=tuple(features))


def run(
    samples: Iterable[Mapping[str, Any]], understand: Callable[[AppRequest], AppSpec]
) -> dict[str, Any]:
    """Return the figures by source, in all, and the milliseconds a sample takes."""
    by_source: dict[str, dict[str, Tally]] = defaultdict(dict)
    times: list[float] = []
    for sample in samples:
        request = request_of(sample)
        began = time.perf_counter()
        spec = understand(request)
        times.append(1000 * (time.perf_counter() - began))
        for group in (str(sample["id"]).split("/", maxsplit=1)[0], "all"):
            held = by_source[group]
            for kind, tally in score(sample, spec).items():
                held[kind] = held.get(kind, Tally()) + tally
    return {
        "sources": {group: _figures(tallies) for group, tallies in by_source.items()},
        "samples": len(times),
        "median_ms": statistics.median(times) if times else 0.0,
        "worst_ms": max(times, default=0.0),
    }


def _figures(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        kind: {
            "expected": tally.expected,
            "found": tally.found,
            "precision": round(tally.precision, 3),
            "recall": round(tally.recall, 3),
            "f1": round(tally.f1, 3),
        }
        for kind, tally in tallies.items()
    }


def read_samples(path: Path, only: Sequence[str]) -> list[dict[str, Any]]:
    """Read the samples that have a gold standard; with `only`, those whose id holds one of it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    samples = [json.loads(line) for line in lines if line.strip()]
    return [
        sample
        for sample in samples
        if sample.get("entities_expected") and (not only or any(o in sample["id"] for o in only))
    ]


def main(arguments: list[str]) -> int:
    """Measure and print; 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="codegen bench understanding", description=__doc__)
    parser.add_argument("--specs", type=Path, required=True, help="samples as JSON lines")
    parser.add_argument("--only", nargs="*", default=(), help="parts of the ids of some samples")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        samples = read_samples(options.specs, options.only)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"codegen bench understanding: {options.specs}: {error}\n")
        return 2
    result = {**run(samples, BuiltinEngine().understand), "machine": machine()}
    if options.json:
        sys.stdout.write(f"{json.dumps(result)}\n")
        return 0
    rows = [
        [group, kind, *(str(value) for value in figures[kind].values())]
        for group, figures in result["sources"].items()
        for kind in KINDS
        if kind in figures
    ]
    head = ["source", "what", "expected", "found", "precision", "recall", "F1"]
    sys.stdout.write(f"{machine_line()}\n{table(head, rows)}\n")
    sys.stdout.write(
        f"{result['samples']} samples; {result['median_ms']:.1f} ms each at the median, "
        f"{result['worst_ms']:.1f} ms at worst\n"
    )
    return 0
