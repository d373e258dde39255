"""Quality: what can be found in the files of an app without installing or running anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generation.agents.agent import Agent, AgentRequest, Watch
from generation.agents.schemas import AgentType, QAIssue, QAIssueSeverity, QAResult
from generation.agents.wording import sentence
from generation.engines.checks import check_text, is_checked
from generation.engines.paths import KnownPaths, UnsafePath
from projects.languages import language_of
from projects.spec.models import AppSpec, FeatureState

MOST_ISSUES = 200
SHOWN_CHARACTERS = 40_000
_CODE = frozenset({"python", "typescript", "tsx", "javascript", "html"})
_LEFT_BEHIND = {
    "a breakpoint": re.compile(r"^\s*(?:breakpoint\(\)|import pdb\b|debugger;?\s*$)", re.MULTILINE),
    "a note that work is left": re.compile(r"(?:#|//|/\*)\s*(?:TODO|FIXME|XXX)\b"),
    "printing to the console": re.compile(r"^\s*console\.(?:log|debug)\(", re.MULTILINE),
}
_SECRET = re.compile(
    r"-----BEGIN (?:\w+ )?PRIVATE KEY-----|\b(?:ghp_|sk-|xox[bp]-|AKIA)[A-Za-z0-9_-]{16,}"
)
_WORD = re.compile(r"\w+")
_TEST = re.compile(r"(?:^|/)(?:tests?/|test_)|\.test\.\w+$")


def by_rules(request: AgentRequest, watch: Watch) -> QAResult:
    """Check every file, and the whole against what was asked for."""
    issues = list(_of_files(request.files, watch))
    issues += _of_the_whole(request.files, request.spec)
    return _result(issues, request.files)


def _of_files(files: Mapping[str, str], watch: Watch) -> Iterator[QAIssue]:
    known = KnownPaths()
    for number, (path, text) in enumerate(sorted(files.items())):
        watch.at(90.0 * number / len(files))
        try:
            known.add(path)
        except UnsafePath as error:
            yield _issue("critical", str(error), "Rename the file.")
        for fault in check_text(path, text, files) if _is_checked(path) else ():
            yield _issue("critical", f"{path}, {fault}", "Write this part of the file again.")
        yield from _left_behind(path, text)


def _is_checked(path: str) -> bool:
    """Tell whether a file is checked; what others made and packed small is not."""
    return is_checked(path) and ".min." not in path


def _left_behind(path: str, text: str) -> Iterator[QAIssue]:
    found = _SECRET.search(text)
    if found is not None:
        line = _line(text, found.start())
        advice = "Take it out, make a new one, and read it from the environment."
        yield _issue("critical", f"{path}, line {line}: a secret stands in the file", advice)
    if language_of(path) not in _CODE:
        return
    for what, words in _LEFT_BEHIND.items():
        left = words.search(text)
        if left is not None:
            where = f"{path}, line {_line(text, left.start())}"
            yield _issue("warning", f"{where}: {what} is left in the code", "Take it out.")


def _line(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _of_the_whole(files: Mapping[str, str], spec: AppSpec) -> Iterator[QAIssue]:
    if not files:
        yield _issue("critical", "There are no files.", "Generate the app first.")
        return
    if not any(path.rsplit("/", 1)[-1].lower().startswith("readme") for path in files):
        yield _issue("warning", "There is no README.", "Say how the app is installed and run.")
    if not any(_TEST.search(path) for path in files):
        yield _issue("warning", "There are no tests.", "Add tests of what the app does.")
    code = "\n".join(text for path, text in files.items() if language_of(path) in _CODE)
    words = {_squeezed(word) for word in set(_WORD.findall(code))}
    for entity in spec.entities:
        named = tuple(map(_squeezed, (entity.name, entity.plural)))
        begins = re.compile(rf"(?<!\w){re.escape(entity.name)}", re.IGNORECASE)
        if not (any(word.startswith(named) for word in words) or begins.search(code)):
            advice = "Generate the app again from its design."
            yield _issue("critical", f"No code speaks of “{entity.name}”.", advice)
    for feature in spec.features:
        if feature.state is FeatureState.UNPLACED:
            text = sentence(f"Not done: {feature.text}")
            yield _issue("warning", text, feature.reason or "Say it in other words.")
        elif feature.reason:
            yield _issue("info", sentence(f"Done in part: {feature.text}"), feature.reason)


def _squeezed(text: str) -> str:
    """Return letters and digits alone, so that "to do" is found in `ToDo` and `to_do`."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _issue(severity: str, description: str, suggestion: str) -> QAIssue:
    return QAIssue(
        severity=QAIssueSeverity(severity), description=description, suggestion=suggestion
    )


def _result(issues: list[QAIssue], files: Mapping[str, str]) -> QAResult:
    """Return the issues, the worst first, and a summary of what was counted."""
    counted = {grade: sum(one.severity is grade for one in issues) for grade in QAIssueSeverity}
    worst = sorted(issues, key=lambda issue: list(QAIssueSeverity).index(issue.severity))
    faulty = {path for path in files if any(i.description.startswith(f"{path},") for i in issues)}
    clean = 100 * (len(files) - len(faulty)) // len(files) if files else 0
    found = ", ".join(f"{count} {grade.value}" for grade, count in counted.items())
    more = f" The first {MOST_ISSUES} are listed." if len(issues) > MOST_ISSUES else ""
    checked = sum(map(_is_checked, files))
    return QAResult(
        passed=not counted[QAIssueSeverity.CRITICAL],
        issues=worst[:MOST_ISSUES],
        summary=f"{checked} of {len(files)} files checked; {clean} % of all without a finding. "
        f"Found: {found}.{more}",
    )


def _values(request: AgentRequest) -> dict[str, object]:
    """Return what a model sees: what was found already, and as much code as has room."""
    shown, room = [], SHOWN_CHARACTERS
    for path, text in sorted(request.files.items()):
        if language_of(path) in _CODE and len(text) <= room:
            shown.append({"path": path, "text": text})
            room -= len(text)
    return {
        "spec": request.spec.model_dump(mode="json", exclude_defaults=True),
        "files": sorted(request.files),
        "shown_files": shown,
    }


def _faults(answer: QAResult, request: AgentRequest) -> str | None:
    """Say which findings are of no file that there is, or empty."""
    if any(not issue.description.strip() for issue in answer.issues):
        return "issues: describe each one"
    return None if request.files or not answer.passed else "passed: there are no files"


def _settled(answer: QAResult, request: AgentRequest, watch: Watch) -> QAResult:
    """Join a model's findings with those of the rules: it cannot talk one away."""
    issues = [*_of_files(request.files, watch), *_of_the_whole(request.files, request.spec)]
    joined = _result([*issues, *answer.issues], request.files)
    summary = f"{joined.summary} The model: {sentence(answer.summary)}".strip()
    return joined.model_copy(update={"summary": summary})


QA = Agent(AgentType.QA, QAResult, by_rules, _values, _faults, _settled)
