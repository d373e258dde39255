"""Who uses the app: the actors of stories, and persons who can or shall do something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.grammar import kept
from generation.engines.builtin.understanding.inflections import singular_of
from generation.engines.builtin.understanding.linking import name_of, short
from generation.engines.builtin.understanding.sentences import Word, story_of, words_of
from generation.engines.builtin.understanding.verbs import VERBS
from generation.engines.builtin.understanding.vocabulary import MODALS, PERSONS, is_adjective
from projects.spec.models import RoleSpec, Source

MOST_ROLES = 40
NEVER = frozenset({"contact", "lead", "friend", "person", "camper"})
STAFF = frozenset({"admin", "administrator", "moderator", "editor", "coordinator", "receptionist"})
# "I want customers to order cakes"
_WANTING = frozenset({"want", "allow", "allows", "enable", "enables", "need", "help", "helps"})
ACTORS = (PERSONS | STAFF) - NEVER


def roles_of(sources: Iterable[Source]) -> tuple[RoleSpec, ...]:
    """Return the roles in the order the words name them."""
    actors: dict[str, tuple[Source, float]] = {}
    for source in sources:
        for name, sure in _actors_in(source):
            actors.setdefault(name, (source, sure))
    return tuple(
        RoleSpec(name=name_of(name), inferred_from=(short(source),), confidence=sure)
        for name, (source, sure) in list(actors.items())[:MOST_ROLES]
    )


def _actors_in(source: Source) -> Iterator[tuple[str, float]]:
    story = story_of(source.text)
    if story is None:
        yield from ((name, 0.8) for name in _acting(words_of(source.text)))
        return
    words = [word.text for word in words_of(story.actor) if not word.is_mark]
    name = " ".join(kept(words))
    if name:
        yield name, 0.9


def _acting(words: list[Word]) -> Iterator[str]:
    """Yield "trainer" of "trainers run the classes", "the admin can …"."""
    for at, word in enumerate(words[:-1]):
        person, following = singular_of(word.text), words[at + 1].text
        if person not in ACTORS:
            continue
        does = following in VERBS and person != word.text and not _is_noun_here(words, at + 2)
        wanted = following == "to" and words[at - 1].text in _WANTING
        if following in MODALS - {"to", "please"} or does or (at and wanted):
            yield _with_kind(words, at, person)


def _is_noun_here(words: list[Word], at: int) -> bool:
    """Tell whether nothing follows a verb that could be a noun: "customer contacts."."""
    return at >= len(words) or words[at].is_mark


def _with_kind(words: list[Word], at: int, person: str) -> str:
    before = words[at - 1].text if at else ""
    return f"{before} {person}" if before.endswith("ing") and not is_adjective(before) else person
