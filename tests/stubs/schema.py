"""An instance of a JSON schema, as constrained sampling would make it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SIMPLE: Mapping[str, Any] = {"boolean": True, "null": None, "object": {}, "array": []}


def instance_of(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Any:
    """Return a small value that the schema allows: every property, first choices, least lengths."""
    root = schema if root is None else root
    if "$ref" in schema:
        return instance_of(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return instance_of(schema[word][0], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: instance_of(part, root) for name, part in properties.items()}
    if kind == "array":
        length = max(1, schema.get("minItems", 0))
        return [instance_of(schema.get("items", {}), root) for _ in range(length)]
    if kind == "string":
        return "word".ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 1000)]
    if kind in {"integer", "number"}:
        return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
    return SIMPLE[kind]
