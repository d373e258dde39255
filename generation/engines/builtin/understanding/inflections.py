"""Verbs in their base form, and nouns in the singular."""

from __future__ import annotations

import re
from functools import lru_cache

import inflection

from generation.engines.builtin.understanding.verbs import VERBS

_AS_THEY_ARE = frozenset({"data", "media", "news", "specimen", "regimen"})

_ENDS_WITH_IE = frozenset(
    {"calories", "cookies", "pies", "ties", "smoothies", "brownies", "selfies"}
)

_IRREGULAR = {
    "ads": "ad",
    "clothes": "clothing item",
    "cds": "cd",
    "pcs": "pc",
    "tvs": "tv",
    **{f"{noun}s": noun for noun in ("menu", "guru", "haiku", "emu", "cache", "base")},
    **{
        f"{noun}es": noun for noun in ("lens", "canvas", "gas", "atlas", "bonus", "virus", "campus")
    },
    "leaves": "leaf",
    "nurseries": "nursery",
    "alumni": "alumnus",
    "cacti": "cactus",
    "criteria": "criterion",
    "fungi": "fungus",
    "larvae": "larva",
    "geese": "goose",
    "oases": "oasis",
    **{f"{noun}s": noun for noun in ("specimen", "regimen", "omen", "taxi", "safari")},
}

# Their singular ends in f or fe; that of drives, stoves and sleeves does not.
_ENDS_WITH_F = re.compile(
    r"(?:kni|wi|(?<!o)li|lea|loa|hoo|thie|scar|whar|shel|sel|el|cal|hal|wol)ves$"
)


def _bases(stem: str, ending: str) -> tuple[str, ...]:
    """Return what a verb may be called without its ending: no site sits, and no rat rates."""
    if ending == "es":
        return (stem,) if stem.endswith(("s", "x", "z", "ch", "sh", "o")) else ()
    if ending == "s":
        return (stem,)
    if ending == "d":
        return (stem,) if stem.endswith("e") else ()  # a band is not banned
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return (stem, f"{stem}e", doubled)


@lru_cache(maxsize=4096)
def verb_of(word: str) -> str | None:
    """Return the base form of a verb that the reader knows, or None."""
    if word in VERBS:
        return word
    for ending in ("ing", "ed", "es", "s", "d"):
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: -len(ending)]
        for base in _bases(stem, ending):
            if base in VERBS and (base != "be" or ending == "ing"):  # no bees, nor a bed
                return base
        if stem.endswith("i") and f"{stem[:-1]}y" in VERBS:
            return f"{stem[:-1]}y"
    return None


@lru_cache(maxsize=4096)
def singular_of(word: str) -> str:
    """Return a noun in the singular."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("ss", "us", "is")) or len(word) < 4 or word in _AS_THEY_ARE:
        return word
    if word in _ENDS_WITH_IE or (word.endswith("ves") and not _ENDS_WITH_F.search(word)):
        return word[:-1]
    return inflection.singularize(word)
