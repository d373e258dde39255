"""Whether words are in English, which is what the rules read."""

from __future__ import annotations

import re

from generation.engines.builtin.understanding.vocabulary import words

MOST_READ = 4000
LEAST_FOREIGN = 2
_ENGLISH = words(
    """
    the a an and of to for with in is are that this i my we our users user can should has have each
    app website please by or it as be from their they
    """
)
# Words that bind sentences in German, Dutch, French, Spanish, Portuguese, Italian, Scandinavian
# languages, Polish and Turkish, and are none in English.
_FOREIGN = words(
    """
    der das und ein eine einen einer mit für von ist ich soll sollen werden können auf im dem nicht
    jede jeder jedes wir oder auch zum zur het een voor ik mijn elke kunnen niet wij
    le les des une pour avec et je nous est dans sur aux chaque doit peut du qui mes leur
    el los las una para con y que mis cada puede del por quiero sus nuestra
    um uma meus não seus della gli che ogni miei voglio nel
    och att som jag ett og til jeg ikke det oraz dla każdy się jest chcę ve bir için
    """
)


def is_foreign(text: str) -> bool:
    """Tell whether a text is in another language: by its letters, or by the words that bind it."""
    letters = [character for character in text[:MOST_READ] if character.isalpha()]
    latin = sum(character < "\u0250" for character in letters)
    if letters and latin * 2 < len(letters):
        return True
    found = re.findall(r"[^\W\d_]+", text[:MOST_READ].lower())
    foreign = sum(word in _FOREIGN for word in found)
    english = sum(word in _ENGLISH for word in found)
    return foreign >= LEAST_FOREIGN and foreign > english
