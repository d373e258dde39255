"""Things that are kept since what is bound to them is: of hives that stand at apiaries, those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generation.engines.builtin.understanding.bonds import may_be_drawn
from generation.engines.builtin.understanding.mentions import Mention
from generation.engines.builtin.understanding.relations import Linked
from generation.engines.builtin.understanding.weights import WANTED


def drawn_with(
    sure: Iterable[str], mentions: Iterable[Mention], links: Iterable[Linked]
) -> Iterator[Mention]:
    """Yield what mentions and links draw with what is `sure` to be kept, and with one another."""
    known = set(sure)
    bound = [(m.noun, m.belongs_to, m.source) for m in mentions if m.draws and m.belongs_to]
    for link in links:
        if link.draws:
            bound += [(link.one, link.other, link.source), (link.other, link.one, link.source)]
    left = [each for each in bound if may_be_drawn(each[1])]
    while ready := [each for each in left if each[0] in known and each[1] not in known]:
        for _, other, source in ready:
            yield Mention(other, WANTED, source)
            known.add(other)
