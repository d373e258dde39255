"""JSON schemas as hosted models take them: without the keywords that a vendor refuses.

Nothing is lost by that: an answer is validated against the whole schema afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

_SHAPE = frozenset({"type", "enum", "const", "description", "format"})
# https://platform.claude.com/docs/en/build-with-claude/structured-outputs (JSON schema limitations)
PLAIN_KEYWORDS = _SHAPE
# https://platform.openai.com/docs/guides/structured-outputs (supported schemas)
STRICT_KEYWORDS = _SHAPE | {
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
}


def closed(
    schema: Mapping[str, Any], keywords: frozenset[str], *, all_required: bool = False
) -> dict[str, Any] | None:
    """Return a schema with these keywords whose objects allow no further properties.

    None where an object has properties without names, which cannot be said that way.
    """
    try:
        return _closed(schema, keywords, all_required=all_required)
    except _OpenObject:
        return None


def told(schema: Mapping[str, Any]) -> str:
    """Return the words that ask for an answer of a schema where there is no other way."""
    return f"Answer with JSON alone, without other text, by this schema:\n{json.dumps(schema)}"


class _OpenObject(Exception):
    """An object may have properties of any name."""


def _closed(
    schema: Mapping[str, Any], keywords: frozenset[str], *, all_required: bool
) -> dict[str, Any]:
    def inner(part: Mapping[str, Any]) -> dict[str, Any]:
        return _closed(part, keywords, all_required=all_required)

    made: dict[str, Any] = {}
    if "$defs" in schema:
        made["$defs"] = {name: inner(part) for name, part in schema["$defs"].items()}
    if "$ref" in schema:
        return made | {"$ref": schema["$ref"]}
    made |= {name: value for name, value in schema.items() if name in keywords}
    for union in ("anyOf", "oneOf"):
        if union in schema:
            made["anyOf"] = [inner(part) for part in schema[union]]
    if "items" in schema:
        made["items"] = inner(schema["items"])
    if "properties" in schema:
        made["properties"] = {name: inner(part) for name, part in schema["properties"].items()}
        made["required"] = list(
            schema["properties"] if all_required else schema.get("required", ())
        )
        made["additionalProperties"] = False
    elif schema.get("type") == "object" or not made:
        raise _OpenObject
    return made
