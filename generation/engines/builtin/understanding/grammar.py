"""Verbs and the noun phrases they act on, found by the place of words in a clause.

English requests are plain: "add campers to groups", "view, search and rate recipes". A word that
can be both is a verb after "to", a modal or another verb's list, and a noun after an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generation.engines.builtin.understanding.inflections import singular_of, verb_of
from generation.engines.builtin.understanding.lexicon import FIELDS
from generation.engines.builtin.understanding.sentences import Word, words_of
from generation.engines.builtin.understanding.verbs import ALSO_NOUNS, KEEPING, VERBS
from generation.engines.builtin.understanding.vocabulary import (
    APPS,
    BODIES,
    CENTRES,
    IN_LY,
    MAKING,
    MODALS,
    PEOPLE,
    PERSONS,
    PLAIN,
    PREPOSITIONS,
    PRONOUNS,
    SHOWING,
    STOPS,
)

MOST_WORDS = 4
CLAUSES = frozenset({"where", "when", "while", "whose", "because", "if"})
BETWEEN = frozenset({"be", "able", "also", "then", "only", "each"})
LISTING = frozenset({",", "/", "and", "or", "&"})
# "search for recipes", "apply for a job": what follows is what is done, not what it is for.
DONE_FOR = frozenset({"search", "apply", "register", "look", "ask", "vote", "browse", "bid"})
# Past forms that count only where somebody is said to have done it: "the payments I made".
PAST = {"made": "make", "took": "take", "wrote": "write", "sent": "send", "paid": "pay"}
# What stands behind these is what they do: "where I post the date".
SAYING_WHO = frozenset({"i", "we", "they", "you"})
ANYBODY = frozenset({"somebody", "someone", "anybody", "anyone", "everybody", "everyone", "nobody"})
BEING = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"})
THEIRS = frozenset({"their", "his", "her", "its"})
OPENING = frozenset({"the", "a", "an", "my", "our", "their", "your", "his", "her"})
EVERY = frozenset({"each", "every", "all", "some", "any"})
# One gives somebody something: no "of" between the two.
DONE_TO = frozenset({"it", "them", "him", "her", "us", "me"})
GIVING = frozenset({"give", "send", "show", "offer", "allow", "let", "help", "provide", "assign"})
# Words in -ing that say of which kind a thing is.
NOUNS_IN_ING = frozenset(
    {"parking", "opening", "meeting", "shopping", "training", "cleaning", "booking", "landing"}
    | {"building", "wedding", "setting", "rating", "swimming", "fitting", "dining", "living"}
    | {"waiting", "recording", "offering", "driving", "nursing", "dating", "mailing", "listing"}
    | {"warning", "voting", "upcoming", "incoming", "outgoing", "existing", "pricing", "boarding"}
)
# What a sentence may begin with before anybody does something.
OPENED = frozenset({"after", "before", "during"})
# What is done with the word that stands behind it, and stands for no thing there.
WITH_ITS_WORD = frozenset(
    {("comment", "on"), ("reply", "to"), ("vote", "for"), ("vote", "on"), ("search", "for")}
    | {("sign", "up"), ("check", "in"), ("check", "out"), ("report", "on"), ("chat", "with")}
    | {("bid", "on"), ("work", "on")}
)
# What is done besides, though what came before was for something: "apply for a job, upload a CV".
PUT_THERE = frozenset(
    {"upload", "download", "rate", "review", "report", "request", "share", "view", "track"}
)
CAUSED = frozenset({"let", "help", "make", "have"})
CAUSING = frozenset({"allowing", "enabling", "letting", "helping", "giving"})


class Phrase(NamedTuple):
    """A noun phrase: its words without articles, and how it stands in the clause.

    `verbs` say what is done with it (none for a subject), `preposition` what leads to it when it
    is not the object itself, `near` the phrase before it that it is attached to, `subject`
    who does it. It is `theirs` where it is said to be the subject's. `beside` are the phrases that
    are joined with `near` by "and".
    """

    words: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    preposition: str = ""
    owner: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    theirs: bool = False
    beside: tuple[tuple[str, ...], ...] = ()


class _Clause:
    """Walks over the words of a clause once, keeping the verb that rules."""

    def __init__(self, words: Sequence[Word], *, verb_first: bool) -> None:
        self.words = words
        self.at = 0
        self.verbs: tuple[str, ...] = ()
        self.expects_verb = verb_first
        self.wished = self.asked = verb_first
        self.gerunds = False
        self.preposition = ""
        self.near: tuple[str, ...] = ()
        self.subject: tuple[str, ...] = ()
        self.last: tuple[str, ...] = ()
        self.last_end = 0
        self.beside: tuple[tuple[str, ...], ...] = ()
        self.counts_one = False

    def phrases(self) -> Iterator[Phrase]:
        """Yield the noun phrases in order."""
        while self.at < len(self.words):
            word = self.words[self.at].text
            if self._takes_verb(word):
                self._verb(word)
            elif word.endswith("ly") and (self.expects_verb or self.verbs == ("be",)):
                self.expects_verb = True
                self.at += 1
            elif word in LISTING:
                self._list()
            elif self.words[self.at].is_mark or word in STOPS:
                self._stop(word)
            elif (found := self._noun_phrase()) is not None:
                yield found

    def _verb(self, word: str) -> None:
        """Take a verb in; what is done to something stands with the thing it is done to."""
        verb = verb_of(word) or PAST.get(word) or ("process" if word.endswith("ing") else word)
        self._note_subject()
        if word in VERBS and self.last and self.last_end == self.at:
            self.wished = True
        self.verbs = (verb,) if self.near or self.preposition else (*self.verbs, verb)
        before = self._text(self.at - 1) if self.at else ""
        is_done_to = before in BEING and word.endswith("ed") and self.last_end == self.at - 1
        self.preposition, self.near = "", self.last if is_done_to else ()
        self.expects_verb = False
        self.at += 1

    def _note_subject(self) -> None:
        between = self.words[self.last_end : self.at]
        if self.last and all(word.text in MODALS | BETWEEN for word in between):
            self.subject = self.last

    def _takes_verb(self, word: str) -> bool:
        before = self._text(self.at - 1) if self.at else ""
        if self._is_done_by(before, word):
            return True
        following = self._text(self.at + 1)
        verb = verb_of(word)
        if verb is None:
            return self._is_gerund(word, following) or self._must_be_done(before, word, following)
        if word in PLAIN and word.endswith("ed") and following in {"which", "what"}:
            return True
        if word.endswith("ing") and f"{word} {singular_of(following)}" in FIELDS:
            return False
        return self._takes_known_verb(word, verb, before, following)

    def _takes_known_verb(self, word: str, verb: str, before: str, following: str) -> bool:
        """Tell whether a form of a known verb says what is done, and is no part of a noun."""
        if self.expects_verb:
            # "subscribe to shows": what is done has no ending there.
            if before == "to" and word != verb:
                return False
            return following != "of" or word == verb
        if word in CAUSING:
            return True
        listed = before in LISTING and self._is_one_more(word, following)
        if listed or self._says_which(word, following):
            return False
        if word.endswith("ing"):
            if before in KEEPING and following in CENTRES:  # "add recycling centers"
                return False
            listed = bool(self.preposition and self.near)
            return self._starts_object(following) and not listed
        if self.at and self._acts(self._text(self.at - 1), word):
            return True
        return verb not in ALSO_NOUNS and word not in PLAIN

    def _says_which(self, word: str, following: str) -> bool:
        """Tell whether a word only says of which kind a thing is: "donated bikes come in"."""
        before = self._text(self.at - 1) if self.at else ""
        # "Tracking donated items", "vote on proposed names"
        opens = not before or before.endswith("ing") or before in PREPOSITIONS - {"to", "by"}
        return opens and word.endswith("ed") and self._starts_object(following)

    def _is_done_by(self, before: str, word: str) -> bool:
        """Tell whether a word stands behind a pronoun as what that does: "somebody logs a trip"."""
        if before in ANYBODY:
            return verb_of(word) is not None
        return before in PRONOUNS and (word in PAST or (before in SAYING_WHO and word in VERBS))

    def _is_gerund(self, word: str, following: str) -> bool:
        """Tell whether an unknown word is one more of what is done: "for adding X, charging Y"."""
        before = self._text(self.at - 1)
        listed = self.gerunds and before in LISTING
        several = singular_of(following) != following
        return listed and several and word.endswith("ing") and word not in NOUNS_IN_ING

    def _must_be_done(self, before: str, word: str, following: str) -> bool:
        """Tell whether an unknown word stands where only a verb can: "can sponsor a dog"."""
        opens = before in MODALS - {"to", "please"} or not self.at
        opens = opens or (before == "to" and self._text(self.at - 2) in {"able", "allowed"})
        done_to = following in OPENING | THEIRS | PLAIN | EVERY or following in {"for", "about"}
        fits = word.isalpha() and word not in STOPS | PLAIN and singular_of(word) == word
        return self.expects_verb and opens and fits and done_to and not word.endswith("ly")

    def _starts_object(self, word: str) -> bool:
        return bool(word) and word not in STOPS and word[0].isalpha()

    def _list(self) -> None:
        """Decide whether a verb or a noun follows a comma or "and"."""
        text = self.words[self.at].text
        if text == "," and not self.verbs and self.preposition in OPENED:
            self.preposition, self.near = "", ()  # "after a tasting, members rate the wines"
        following, after = self._text(self.at + 1), self._text(self.at + 2)
        if text == "," and following == "and" and self.preposition in {"of", "per"}:
            self.preposition = ""
        every = {self._text(self.at - 2), self._text(self.at - 3)} & {"each", "every"}
        if text == "," and self.preposition and (every or after == "("):
            self.preposition, self.near = "", ()  # "trees in each plot, harvests (date, weight)"
        verb = None if self._is_one_more(following, after) else verb_of(following)
        self.expects_verb = verb is not None and (
            verb not in ALSO_NOUNS
            or not self.near
            or (
                self._starts_object(after)
                and (self.wished or (text == "and" and not self._is_function(after)))
            )
            or (self.asked and text == "," and following in PUT_THERE)
            or after in PLAIN
            or after in DONE_TO | {"off"}
            or (following, after) in WITH_ITS_WORD
        )
        if self.preposition and self.near and following.endswith("ing"):
            begins = text == "," and self.preposition != "by" and verb not in ALSO_NOUNS
            self.gerunds = self.gerunds or begins  # "against an order, attaching photos"
            self.expects_verb = self.gerunds and verb is not None and self._starts_object(after)
        self.at += 1

    def _is_function(self, word: str) -> bool:
        """Tell whether a word ends one more of what an app is for: "and order tracking"."""
        return bool(self.preposition and self.near) and word in MAKING | SHOWING

    def _is_one_more(self, word: str, following: str) -> bool:
        """Tell whether a verb's form is one more of several: "manage routes, ships and ports"."""
        several = bool(self.last) and singular_of(self.last[-1]) != self.last[-1]
        listed = several and word.endswith("s") and singular_of(word) in FIELDS
        return listed and self.wished and (following in LISTING or not following)

    def _stop(self, word: str) -> None:
        following = self._text(self.at + 1)
        if word == "to" and self.near and verb_of(following) is None:
            self.preposition = word
        elif word in MODALS:
            self.expects_verb = self.wished = self.asked = True
        elif word in PRONOUNS or word in CLAUSES:
            self.expects_verb = False
            self.verbs = ()
            self.near = ()
        elif word == "there":  # "for each concert there are rehearsals"
            self.preposition, self.near = "", ()
        elif word in PREPOSITIONS:
            self.preposition = word
            self.expects_verb = False
            before = self._text(self.at - 1) if self.at else ""
            if verb_of(before) not in DONE_FOR:
                self.wished = self.wished and word not in {"for", "including", "like"}
            if word in {"for", "of", "by", "without", "like", "including"}:
                self.expects_verb = following.endswith("ing") and verb_of(following) is not None
                self.gerunds = self.expects_verb
        elif word in {"able", "please", ":", ";", ".", "that", "which", "who"}:
            self.expects_verb = True
        self.at += 1

    def _noun_phrase(self) -> Phrase | None:
        words: list[str] = []
        owner: tuple[str, ...] = ()
        opens = False
        begins = self.at
        theirs = self._text(begins) in THEIRS
        while self.at < len(self.words):
            token = self.words[self.at]
            word = token.text
            if words and self._acts(words[-1], word):
                self.verbs, self.near, self.preposition = (), (), ""
                break
            ends = bool(words) and self._ends_phrase(word) and not self._is_of_one(begins, word)
            ends = ends or (bool(words) and self._text(self.at + 1) == "than")
            if token.is_mark or word in STOPS or ends:
                break
            if words and self._is_what_it_does(words, word):
                self.near, self.preposition = (), ""
                self.at += 1
                break
            if word in OPENING and kept(words):
                opens = True
                break
            self.at += 1
            if word.endswith(("'s", "s'")) and len(word) > 3:
                owner = (*kept(words), word.removesuffix("'s").removesuffix("'"))
                words = []
                continue
            words.append(word)
        self.expects_verb = False
        nouns = tuple(kept(words))[-MOST_WORDS:]
        if not nouns and not owner:
            return None
        found = Phrase(
            nouns,
            self.verbs,
            self.preposition,
            owner,
            self.near,
            self.subject,
            theirs,
            self._shared_by(self.preposition),
        )
        self._note_beside(begins)
        self.last, self.last_end = nouns, self.at
        if not self.preposition or not self.near:
            self.near = nouns
        if opens and not GIVING & set(self.verbs):
            self.preposition = "of"
        return found

    def _shared_by(self, preposition: str) -> tuple[tuple[str, ...], ...]:
        """Return what is joined with the phrase before: of "a budget and a list of tasks", none."""
        alone = not preposition or (preposition == "of" and self.counts_one)
        return () if alone else self.beside

    def _note_beside(self, begins: int) -> None:
        """Keep what a phrase is joined with: "a pilot and a plane" are both assigned to a tour."""
        if not self.preposition:
            joined = bool(self.near) and self._text(begins - 1) in {"and", "&"}
            self.beside = (*self.beside, self.near) if joined else ()
            self.counts_one = self._text(begins) in {"a", "an"}

    def _acts(self, before: str, word: str) -> bool:
        """Tell whether a word is what people do: in "employees request leave", not a request."""
        person, following = singular_of(before), self._text(self.at + 1)
        somebody = bool({person, before} & (PERSONS | PEOPLE | BODIES | APPS))
        if person == before not in {"staff", "people"}:
            acts = word.endswith("s") and word not in VERBS and verb_of(word) is not None
        else:
            acts = word in VERBS
        acts = acts and somebody
        acts = acts or (person != before and self._is_what_they_do(word, following, before))
        # "The city marks them as fixed"
        acts = acts or (following in DONE_TO and word.endswith("s") and verb_of(word) is not None)
        done_to = self._starts_object(following) or following in DONE_TO | OPENING
        return acts and (done_to or (word, following) in WITH_ITS_WORD)

    def _is_what_it_does(self, words: Sequence[str], word: str) -> bool:
        """Tell whether an unknown word is a verb: "the portal replaces letters"."""
        begins = not (self.verbs or self.preposition or self.near or "'" in word)
        one, third = singular_of(words[-1]) == words[-1], singular_of(word) != word
        known = {singular_of(word), f"{word} {self._text(self.at + 1)}"} & FIELDS.keys()
        return (
            begins and one and third and not known and self._starts_object(self._text(self.at + 1))
        )

    def _is_what_they_do(self, word: str, following: str, before: str) -> bool:
        """Tell whether a verb that may be a noun acts: "editors leave remarks"."""
        if self.verbs or self.preposition or word not in VERBS & ALSO_NOUNS:
            return False
        known = {f"{singular_of(before)} {word}", f"{word} {singular_of(following)}"}
        done_to = following in OPENING | THEIRS | PLAIN or singular_of(following) != following
        return done_to and not known & FIELDS.keys()

    def _ends_phrase(self, word: str) -> bool:
        verb = verb_of(word)
        if verb is None or verb in ALSO_NOUNS:
            return False
        if word.endswith(("ing", "ed")):
            return self._starts_object(self._text(self.at + 1)) and word.endswith("ing")
        return True

    def _is_of_one(self, begins: int, word: str) -> bool:
        """Tell whether a verb is a noun behind "a": "an asset register", "a product catalogue"."""
        one = self._text(begins) in {"a", "an"} and verb_of(word) == word
        helped = CAUSED & set(self.verbs) or self._starts_object(self._text(self.at + 1))
        return one and not helped

    def _text(self, at: int) -> str:
        return self.words[at].text if 0 <= at < len(self.words) else ""


def kept(words: Sequence[str]) -> list[str]:
    """Return the words of a phrase that say what it is."""
    owned = next((at for at in range(len(words), 0, -1) if words[at - 1].endswith(("'s", "s'"))), 0)
    bare = [w for w in words[owned:] if w in IN_LY or not (w in PLAIN or w.endswith("ly"))]
    while len(bare) > 1 and bare[0].endswith("ed") and verb_of(bare[0]) is not None:
        bare = bare[1:]
    while len(bare) > 1 and bare[-1].endswith("ed") and verb_of(bare[-1]) is not None:
        bare = bare[:-1]
    return bare


@lru_cache(maxsize=512)
def phrases_of(text: str, *, verb_first: bool) -> tuple[Phrase, ...]:
    """Return the noun phrases of a clause; `verb_first` when it begins with what is done."""
    return tuple(_Clause(words_of(text), verb_first=verb_first).phrases())
