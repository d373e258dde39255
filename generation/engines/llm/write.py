"""Files that a model writes or changes; what fails the cheap checks is asked for again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generation.engines.base import InvalidOutput, StepContext, StepInput
from generation.engines.checks import Fault, check_edit, check_file
from generation.engines.llm.mind import Mind
from generation.engines.llm.plan import told

LONGEST_FILE = 200_000  # characters
LONGEST_SHOWN = 20_000
MOST_FAULTS = 8


class FileAnswer(BaseModel):
    """A whole file."""

    model_config = ConfigDict(extra="ignore")

    file_path: str = ""
    code: str = Field(min_length=1, max_length=LONGEST_FILE)


class SearchReplace(BaseModel):
    """A text that is in the file exactly once, and what is to stand in its place."""

    model_config = ConfigDict(extra="ignore")

    search: str = Field(min_length=1)
    replace: str


class EditAnswer(BaseModel):
    """Either edits, or the whole new text."""

    model_config = ConfigDict(extra="ignore")

    edits: list[SearchReplace] = Field(default_factory=list, max_length=100)
    code: str = Field(default="", max_length=LONGEST_FILE)

    @model_validator(mode="after")
    def _one_of_both(self) -> EditAnswer:
        if bool(self.edits) == bool(self.code.strip()):
            raise ValueError("give either edits or code")
        return self


def write_file(mind: Mind, step_input: StepInput, context: StepContext) -> str:
    """Return the text of a new file that passes the cheap checks.

    Raises `EngineError` when the model gives none.
    """
    path, files = str(step_input["file_path"]), context.files()

    def judge(answer: FileAnswer) -> str | None:
        return _said(check_file(path, _ended(answer.code), files))

    answer = mind.answer("write", FileAnswer, _values(step_input, context), judge)
    return _ended(answer.code)


def edit_file(mind: Mind, step_input: StepInput, existing: str, context: StepContext) -> str:
    """Return a file's text after an edit that passes the cheap checks.

    Raises `EngineError` when the model gives none.
    """
    path, files = str(step_input["file_path"]), context.files()

    def judge(answer: EditAnswer) -> str | None:
        try:
            after = apply_edit(existing, answer)
        except InvalidOutput as error:
            return str(error)
        if after == existing:
            return "nothing was changed"
        return _said(check_edit(path, existing, after, files))

    values = {**_values(step_input, context), "existing": existing}
    return apply_edit(existing, mind.answer("edit", EditAnswer, values, judge))


def apply_edit(existing: str, answer: EditAnswer) -> str:
    """Return a text with edits made in their order.

    Raises `InvalidOutput` when a text to replace is not there exactly once.
    """
    if not answer.edits:
        return _ended(answer.code)
    text = existing
    for edit in answer.edits:
        times = text.count(edit.search)
        if times != 1:
            shown = edit.search.strip()[:80]
            raise InvalidOutput(f"the text to replace is in the file {times} times: {shown!r}")
        text = text.replace(edit.search, edit.replace)
    return _ended(text)


def _values(step_input: StepInput, context: StepContext) -> dict[str, object]:
    files = context.files()
    shown = [
        {"path": path, "text": files[path][:LONGEST_SHOWN]}
        for path in step_input.get("files", ())
        if path in files
    ]
    return {
        "path": str(step_input["file_path"]),
        "stack": context.stack,
        "styling": context.styling,
        "instructions": str(step_input.get("instructions", "")),
        "spec": told(context.spec),
        "files": sorted(files),
        "shown_files": shown,
    }


def _said(faults: tuple[Fault, ...]) -> str | None:
    return "; ".join(map(str, faults[:MOST_FAULTS])) or None


def _ended(code: str) -> str:
    return code.rstrip() + "\n"
