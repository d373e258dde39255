"""Reading wishes: sentence by sentence, each by the first rule that can make sense of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from generation.engines.changing import access, look, names, parts
from generation.engines.changing.wishes import Draft
from projects.spec.check import InvalidDesign, check_edit
from projects.spec.identity import with_identities
from projects.spec.models import AppSpec

LONGEST_WISH = 2_000
EXAMPLES = (
    "add a due date to Task",
    "notes can have tags",
    "add suppliers with name and email",
    "rename notes to memos",
    "make the title of Note required",
    "remove comments",
    "users can share a note",
    "visitors can read notes",
    "make it dark with teal buttons",
    "switch to Bootstrap",
    "add an about page",
)
Rule = Callable[[Draft, re.Match[str]], Draft | None]
_ADD = r"(?:add|create|include|introduce|i want|we need|give me)"
_GONE = r"(?:remove|delete|drop|get rid of|take out|take away)"
_RULE = r"(?P<rule>required|optional|unique|mandatory)"
_PEOPLE = r"(?:users|people|members|everybody|everyone)"
_ANYBODY = r"(?:(?:all )?visitors|guests|anybody|anyone|the public)"
_EDIT = r"(?:edit|change)"
_SEE = r"(?:see|read|view|browse)"
_PLEASE = re.compile(
    r"^(?:please|also|then|and|now|can you|could you|let's|let us)[,\s]+", re.IGNORECASE
)
# What is not said again in "remove the price and the status".
_VERB = re.compile(r"(?:add|include|create|remove|delete|drop|rename)\b", re.IGNORECASE)
_ACCOUNTS = (
    r"(?P<verb>add|include|require|remove|delete|drop) (?:the )?(?:user )?"
    r"(?:log-?ins?|sign-?ins?|accounts?|authentication|signups?)"
)
_STYLING = (
    r"(?:(?:switch|change|move|go)(?: the styling| it)? to|use|style it with) "
    r"(?P<styling>[\w ]+?)(?: instead)?"
)
_LOOK = (
    r"(?=.*\b(?:dark|light|colou?rs?|buttons?|background|theme|accents?|text)\b)"
    r"(?:make|use|turn|paint|set|change|i want|give)\b.*"
)
# The first whose words fit, and that can make sense of them, is taken.
_RULES: tuple[tuple[str, Rule], ...] = (
    (_STYLING, look.style),
    (rf"{_ADD} (?:an?|the) ?(?P<name>[\w' -]+?) page", look.add_page),
    (rf"{_ADD} (?:a )?page (?:called|named|about) (?P<name>.+)", look.add_page),
    (rf"{_GONE} (?:the )?(?P<name>[\w' -]+?) page", look.remove_page),
    (
        r"(?P<verb>add|show|include|remove|delete|drop|hide)(?: an?| the)? dashboard",
        look.switch_dashboard,
    ),
    (_ACCOUNTS, look.switch_accounts),
    (
        r"rename (?:the )?(?P<old>.+?) (?:of|in|on) (?P<thing>.+?) (?:to|as|into) (?P<new>.+)",
        names.rename_part,
    ),
    (r"(?:rename|call) (?:the )?(?P<old>.+?) (?:to|as|into) (?P<new>.+)", names.rename),
    (rf"{_GONE} (?:the )?(?P<part>.+?) (?:from|of|in) (?P<thing>.+)", parts.remove_part),
    (rf"{_GONE} (?P<thing>.+)", parts.remove_thing),
    (rf"make (?:the )?(?P<part>.+?) (?:of|in|on|for) (?P<thing>.+?) {_RULE}", parts.set_rule),
    (rf"make (?:the )?(?P<part>.+?)(?: field)? {_RULE}", parts.set_rule),
    (
        rf"(?:the )?(?P<part>.+?) of (?P<thing>.+?) (?:is|are|must be|should be) {_RULE}",
        parts.set_rule,
    ),
    (rf"(?:the )?(?P<part>.+?) (?:is|are|must be|should be) {_RULE}", parts.set_rule),
    (
        (
            r"(?:let )?(?:whoever|everybody who|anybody who) (?:can )?sees? (?:an? |the )?"
            r"(?P<target>[\w -]+?) (?:can |may |should )?(?:sees?|reads?) (?:its |the |all )?"
            r"(?P<thing>[\w -]+)"
        ),
        access.follow,
    ),
    (
        (
            r"(?:let )?(?:the )?(?P<who>\w+) (?:can |may |should )?(?:sees?|reads?) (?:the |all )?"
            r"(?P<thing>[\w -]+?) (?:to|of|on|for|under) their (?:own )?(?P<target>[\w -]+)"
        ),
        access.follow,
    ),
    (
        rf"{_PEOPLE} (?:can|should|may) (?:share|see) (?P<thing>[\w -]+?)(?: with .+)?",
        access.share,
    ),
    (r"share (?P<thing>[\w -]+?)(?: with .+)?", access.share),
    (
        (
            r"(?:the )?(?P<staff>staff|admins?|administrators?) (?:can |should |may |must )?"
            r"(?:sees?|oversees?|works? on|manages?) (?:all|every|everybody's|everyone's) (?:the )?"
            r"(?P<thing>[\w -]+)"
        ),
        access.share,
    ),
    (r"make (?P<thing>[\w -]+?) (?P<private>private|personal)", access.share),
    (r"make (?P<thing>[\w -]+?) shared", access.share),
    (r"make (?P<thing>[\w -]+?) public", access.show),
    (rf"(?:let )?{_ANYBODY} (?:can |may |should )?{_SEE} (?P<thing>[\w -]+?)", access.show),
    (rf"(?P<hidden>hide) (?P<thing>[\w -]+?) from {_ANYBODY}", access.show),
    (
        rf"{_PEOPLE} (?:can |may )?(?:only )?{_EDIT} (?:only )?(?P<author>their own) (?P<thing>.+)",
        access.share,
    ),
    (rf"{_ADD} (?P<list>.+?) to (?P<thing>.+)", parts.add_fields),
    (r"give (?P<thing>[\w-]+) (?P<list>.+)", parts.add_fields),
    (
        r"(?P<thing>[\w -]+?) (?:can |should |must )?belongs? to (?:an?|one) (?P<target>[\w -]+)",
        parts.belong,
    ),
    (r"(?P<thing>.+?) (?:can |should |must |may |could )?(?:have|has) (?P<list>.+)", parts.have),
    (_LOOK, look.paint),
    (r"(?:a )?(?:dark|light)(?: mode| theme)?(?: with .+)?", look.paint),
    (
        rf"(?:{_ADD}|keep track of|track|manage) (?P<thing>[\w -]+?)(?: with (?P<list>.+))?",
        parts.add_thing,
    ),
)
RULES = tuple((re.compile(pattern, re.IGNORECASE), rule) for pattern, rule in _RULES)


def read_wishes(words: str, spec: AppSpec, styling: str) -> Draft:
    """Return a design as wishes change it; what no rule can make sense of stands in `unknown`."""
    draft = Draft(spec, styling)
    for sentence in re.split(r"(?<=[.!?;])\s+|[\n;]+", words[:LONGEST_WISH]):
        wish = _PLEASE.sub("", " ".join(sentence.split()).strip(" .!;"))
        if wish:
            read = _read(draft, wish)
            draft = replace(read, spec=with_identities(draft.spec, read.spec))
    return draft


def _read(draft: Draft, wish: str) -> Draft:
    """Read one sentence; where no rule can, its halves around an "and"."""
    whole = _applied(draft, wish)
    if whole is not None:
        return whole
    for joint in re.finditer(r",?\s+and\s+(?:then\s+)?|,\s+", wish):
        first = _applied(draft, wish[: joint.start()])
        if first is not None:
            rest = _PLEASE.sub("", wish[joint.end() :])
            verb = _VERB.match(wish)
            for words in (rest, *([f"{verb[0]} {rest}"] if verb else [])):
                both = _read(first, words)
                if not both.unknown[len(first.unknown) :]:
                    return both
    return replace(draft, unknown=(*draft.unknown, wish))


def _applied(draft: Draft, wish: str) -> Draft | None:
    for pattern, rule in RULES:
        found = pattern.fullmatch(wish)
        after = rule(draft, found) if found else None
        if after is not None and _is_sound(draft.spec, after.spec):
            return after
    return None


def _is_sound(before: AppSpec, after: AppSpec) -> bool:
    try:
        check_edit(before, after)
    except InvalidDesign:
        return False
    return True
