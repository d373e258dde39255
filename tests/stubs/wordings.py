"""What is wrong in what a stub model says; how it is sent is in order."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping


def _cut(text: str) -> str:
    return text[: max(1, len(text) // 2)]


def _commented(text: str) -> str:
    opened = re.sub(r"^([\[{])", r"\1 // here it is" + "\n", text, count=1)
    return re.sub(r"([\]}])$", r", /* that was it */ \1", opened)


def _twice(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text + "\n" + text
    return json.dumps(value + value) if isinstance(value, list) else text + text


def _with_rest_left_out(text: str) -> str:
    """Shorten a file; what is no file with a text gets the words behind it."""
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if isinstance(value, dict) and "code" in value:
        return json.dumps(value | {"code": _with_rest_left_out(value["code"])})
    lines = text.splitlines()
    kept = lines[: max(1, len(lines) // 2)]
    return "\n".join([*kept, "// ... rest of the code unchanged ..."])


WORDINGS: Mapping[str, Callable[[str], str]] = {
    "cut-json": _cut,
    "comments": _commented,
    "prose": lambda text: f"Sure! Here is what you asked for:\n\n{text}\n\nLet me know!",
    "fenced": lambda text: f"```json\n{text}\n```",
    "wrong-key": lambda text: text.replace('"file_path"', '"file"').replace('"path"', '"file"'),
    "object-as-text": json.dumps,
    "unknown-tool": lambda text: re.sub(r'"codegen_\w+"', '"make_magic"', text),
    "twice": _twice,
    "rest-unchanged": _with_rest_left_out,
    "empty": lambda text: text[:0],
    "wrong-language": lambda text: "当然可以。这是您要的内容。"[: max(12, len(text))],
    "thinks-aloud": lambda text: f"<think>\nThe user wants {{this}}.\n</think>\n{text}",
    "unclosed-thought": lambda text: f"<think>\nI wonder about {text}",
    "wrong-values": lambda text: re.sub(r"\b\d+(\.\d+)?\b", "99999999", text).replace(
        '"word', '"??'
    ),
    "extra-key": lambda text: re.sub(r"\}$", ', "note": "mine"}', text),
}
