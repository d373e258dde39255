"""Requests for one page, a game or a tool that gives something back and keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generation.engines.builtin.understanding.inventories import is_inventory, told_one_by_one
from projects.spec.models import Source

_ONE_PAGE = re.compile(
    r"\b(?:(?:landing|launch|static|teaser|simple|single|marketing) page|webpage|"
    r"one[- ]page|single[- ]page site|brochure|"
    r"(?<!stock )(?<!investment )portfolio(?! manage| track)|"
    r"calculator|converter|timer|stopwatch|clock(?! in| out))\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"^\W*(?:(?:please|i want|i need|we want|we need) )*"
    r"(?:(?:build|create|make|develop|design|implement|write) )?(?:me |us )?"
    r"an? (?:(?!track|book|order|log|list|news)[\w-]+ ){0,4}"
    r"(?:page|game|generator|picker|tester|roller|simulator|preview|editor|checker|counter|"
    r"visuali[sz]er|formatter)\b"
    # Not where people do things with what there is on it.
    r"(?! (?:(?!for|of|on|with|to|in|that|which|where|and)[\w-]+ ){0,2}"
    r"(?:web|platform|system|site|app|communit|portal|board|shop|store|collect|librar|review|"
    r"(?:where|(?:in|on) which|for (?:my|our)|(?:for|to) (?:track|keep|manag|record|log|stor|list|"
    r"collect|shar|post|book|sell)\w*)\b))",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\bnothing (?:is|will be|needs to be|has to be|should be|gets) (?:stored|saved|kept)\b"
    r"|\b(?:no|without (?:an? |any )?) ?(?:data|database|storage|backend)(?=\s*(?:[.,;]|$|and\b))"
    r"|\b(?:does|do|need|must|should)(?: not|n't) (?:need to )?"
    r"(?:store|save|keep) (?:anything|any data)",
    re.IGNORECASE,
)

_HOLDING = re.compile(
    r"(?P<before>\bportfolios?(?: (?:web ?)?site| app)?(?: for (?:[\w'-]+ ){1,3}?)? ?with )"
    r"(?P<list>[^.;:]+)",
    re.IGNORECASE,
)


def is_one_page(sources: Sequence[Source]) -> bool:
    """Tell whether a request is for a page, a game or a tool by what it begins with.

    A portfolio with galleries and photos is more.
    """
    first = " ".join(source.text for source in sources[:2])
    holding = _HOLDING.search(first)
    if holding is not None and is_inventory(holding["before"], holding["list"]):
        return False
    if any(told_one_by_one(source.text) for source in sources[:2]):
        return False
    return _ONE_PAGE.search(first) is not None or _MADE.match(first) is not None


def keeps_nothing(sources: Iterable[Source]) -> bool:
    """Tell whether the words say that nothing is kept."""
    return any(_NOTHING.search(source.text) for source in sources)
