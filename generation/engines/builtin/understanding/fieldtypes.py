"""What type the name of a field suggests."""

from __future__ import annotations

import re

from projects.spec.models import FieldType

# What takes so long, in minutes.
_DURATION = (
    "prep|preparation|cook|cooking|baking|total|wait|waiting|playing|play|running|travel|driving|"
    "working|brewing|drying|setup|processing|lead"
)
# Patterns of names by type, one in each line; the first type that fits wins.
_TYPES = {
    FieldType.EMAIL: r"""
        e-?mail(?: address)?$
        """,
    FieldType.URL: r"""
        (?:url|website|web ?page|web ?site|link|homepage|image url)$
        """,
    FieldType.BOOLEAN: r"""
        ^(?:is|has|can)\b
        (?:^|\s)(?:(?<!work )done|completed|active|enabled|paid)$
        (?:published|(?<!s )available|archived|approved|returned|verified)$
        (?:featured|read flag|queen seen|signed|insured|vaccinated)$
        """,
    FieldType.IMAGE: r"""
        (?<!of )\b(?:photo|photograph|picture|image|avatar|logo|thumbnail|screenshot|portrait)s?$
        """,
    FieldType.FILE: r"""
        (?<!of )\b(?:file|attachment|document|resume|cv|scan|pdf)s?$
        """,
    FieldType.DATETIME: r"""
        (?:\bat|timestamp|date ?time|date and time|start time|end time)$
        ^(?:start|end|begin)$
        ^(?!(?:DURATION) time$)(?:.*\b)?time$
        """,
    FieldType.DATE: r"""
        (?:\bon|date|birthday|day|deadline|due|born)$
        ^check[- ]?(?:in|out)$
        ^(?:date|deadline)\b
        ^(?:last|next) (?:inspection|service|visit|maintenance|check-?up|review|repair|cleaning)$
        ^(?:last|next) (?:vaccination|calibration|renewal|appointment|payment|meeting|oil change)$
        ^last (?:seen|contact|contacted|updated?|used|watered|fed|login|donation)$
        """,
    FieldType.DECIMAL: r"""
        (?:price|cost|amount|total|subtotal|fee)(?: per [a-z]+)?$
        (?:salary|budget|balance|tax|weight|height|rent|deposit|wage|area)$
        (?:width|length|discount|rate|latitude|longitude)$
        (?:distance|temperature|wage|income|value)$
        ^(?:kilomet(?:er|re)s|km|miles|kilograms|kg|grams|lit(?:er|re)s)$
        """,
    FieldType.INTEGER: r"""
        (?:quantity|qty|count|number of .+|stock|(?<![a-z])age|year)$
        ^(?:needed|required|max|maximum|min|minimum|available|total) [a-z]+s$
        (?:rating|score|points|capacity|pages|duration)$
        ^[a-z]+s (?:available|left|needed|sold|in stock|on hand)$
        ^year (?:built|made|founded|opened|published|of [a-z]+)$
        (?:minutes|hours|days|weeks|servings|position)$
        (?:bedrooms|bathrooms|rooms|beds|floors|guests|players|copies|eggs|episodes|spots)$
        (?:rank|level|seats|floor|order|stars)$
        ^steps (?:taken|walked)$
        (?:calories|reps|sets|repetitions|vintage|copies|mileage)$
        (?:group|class|party|team|crew|batch|family|household|herd|portion|serving) size$
        ^(?:DURATION) time$
        """,
    FieldType.TEXT: r"""
        (?:description|content|contents|notes?|body|text)$
        (?:comments?|bio|biography|summary|details|instructions)$
        (?:ingredients|steps|message|answer|question text|remarks)$
        (?:review text|address|feedback|explanation|terms|qualifications)$
        """,
}

_KINDS = {
    kind: re.compile(
        "|".join(map(str.strip, lines.strip().splitlines())).replace("DURATION", _DURATION),
        re.IGNORECASE,
    )
    for kind, lines in _TYPES.items()
}

_MEASURES = (FieldType.DATETIME, FieldType.DATE, FieldType.DECIMAL, FieldType.INTEGER)

# What ends as the name of a number or a date does, and is none: "message" is no age.
_NO_NUMBERS = frozenset(
    """
    message image stage language package storage usage page voltage garage coverage village damage
    baggage luggage manage beverage sausage cottage passage dosage stoppage account candidate update
    mandate parent current different coffee corporate syntax context holiday today border livestock
    template certificate climate plate private opponent component student patient agent
    """.split()  # noqa: SIM905 - a list of words reads better as words
)

WORDS_FOR_TYPES = {
    "text": FieldType.TEXT,
    "long text": FieldType.TEXT,
    "string": FieldType.STRING,
    "integer": FieldType.INTEGER,
    "number": FieldType.INTEGER,
    "int": FieldType.INTEGER,
    "decimal": FieldType.DECIMAL,
    "money": FieldType.DECIMAL,
    "float": FieldType.DECIMAL,
    "boolean": FieldType.BOOLEAN,
    "yes/no": FieldType.BOOLEAN,
    "checkbox": FieldType.BOOLEAN,
    "date": FieldType.DATE,
    "datetime": FieldType.DATETIME,
    "email": FieldType.EMAIL,
    "url": FieldType.URL,
    "link": FieldType.URL,
    "image": FieldType.IMAGE,
    "picture": FieldType.IMAGE,
    "photo": FieldType.IMAGE,
    "file": FieldType.FILE,
    "attachment": FieldType.FILE,
}


def type_of(name: str) -> FieldType:
    """Return the type that a field's name suggests; a short text where it suggests none."""
    counts = re.split(r"[\s_-]", name)[-1] not in _NO_NUMBERS
    return next(
        (
            kind
            for kind, pattern in _KINDS.items()
            if pattern.search(name) and (counts or kind not in _MEASURES)
        ),
        FieldType.STRING,
    )
