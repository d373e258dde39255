"""How somebody is reached, as far as a request tells it: mail, telephone, address and hours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from projects.spec.models import Source

MOST_FACTS = 8
FEW = 5  # words
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?|daily|weekdays)"
# What else stands behind the first digit of some hours, up to a comma: "9.30 to 17".
_HOURS = r"(?:[^.;()\n,]|\.(?=\d)){0,40}"
# One way of telling it in each line; the group is what is shown.
_FACTS = {
    "E-mail": re.compile(r"(?<![\w.+-])(?P<fact>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"),
    "Telephone": re.compile(
        r"(?:\b(?:call|phone|telephone|tel|mobile|whatsapp|ring)\b[^\d+]{0,20}|(?=\+\d))"
        r"(?P<fact>\+?\d[\d ()/-]{5,20}\d)",
        re.IGNORECASE,
    ),
    "Address": re.compile(
        r"\b(?:(?:office|shop|studio|store|salon|restaurant|clinic|we) (?:is|are) (?:located )?"
        r"(?:at|in)|(?:find|visit) us (?:at|in)|address(?: is|:|(?= \d))|located at)\s+"
        r"(?P<fact>[^.;\n]{4,80}?)(?=[.;\n]|$|,? (?:phone|tel)\b"
        r"|,? (?:and|or) (?:our |the |a )?(?:phone|tel|mail|e-?mail|call|contact))",
        re.IGNORECASE,
    ),
    "Opening hours": re.compile(
        r"\b(?:opening (?:hours|times)|open|hours)\b[\s:(]*(?:are |is |from )?"
        rf"(?P<fact>{_DAY}\b[^.;()\n]{{0,60}}?\d{_HOURS}"
        rf"(?:, (?:and )?(?={_DAY}\b|\d|closed)(?:[^.;()\n,]|\.(?=\d)){{0,60}})*)",
        re.IGNORECASE,
    ),
}


def contact_facts(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return what is told, each as "E-mail: …", in the order of `_FACTS`."""
    texts = [source.text for source in sources]
    found = [
        f"{label}: {told['fact'].strip(' ,')}"
        for label, words in _FACTS.items()
        for text in texts
        for told in words.finditer(text)
    ]
    return tuple(dict.fromkeys(found))[:MOST_FACTS]


def is_contact_fact(text: str) -> bool:
    """Tell whether a sentence says little else than how somebody is reached."""
    facts = [found for words in _FACTS.values() for found in words.finditer(text)]
    said = sum(len(found.group()) for found in facts)
    rest = len(text.split()) - sum(len(found.group().split()) for found in facts)
    return said > 0 and (said * 2 >= len(text) or rest <= FEW)
