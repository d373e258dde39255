"""Asking in a terminal what a job wants to know before it plans."""

from __future__ import annotations

from typing import TextIO

from generation import clarification
from generation.agents.answers import Question
from generation.clarification import AnswerRefused
from generation.errors import InvalidTransition
from generation.models import AgentJob
from generation.pipeline.clarifying import questions_in
from projects.models import User

BACK, SKIP = "b", "s"
HOW = "A number, {own}Enter for the default, b for back, s to skip the rest: "


class Interview:
    """One question after the other over two streams; what is not answered keeps its default."""

    def __init__(self, job: AgentJob, answers: TextIO, screen: TextIO) -> None:
        self.job, self.answers, self.screen = job, answers, screen

    def run(self, by: User) -> None:
        """Ask all, and let the job go on; somebody who was faster in a browser is let be."""
        try:
            self._ask_all(questions_in(clarification.open_session(self.job)))
            clarification.use_defaults(job=self.job, by=by)
        except InvalidTransition as error:
            self._say(f"{error.message}\n")

    def _ask_all(self, questions: tuple[Question, ...]) -> None:
        at = 0
        while at < len(questions):
            self._show(questions[at], at + 1, len(questions))
            said = self.answers.readline()
            word = said.strip()
            if not said or word == SKIP:  # the end of the input is a skip, too
                return
            if word == BACK:
                at = max(at - 1, 0)
            elif self._kept(questions[at], word):
                at += 1

    def _show(self, question: Question, number: int, total: int) -> None:
        self._say(f"\nQuestion {number} of {total}: {question.question}\n")
        offered = zip(question.options, question.changes, strict=True)
        for place, (option, changes) in enumerate(offered, start=1):
            told = f" ({changes})" if changes else ""
            self._say(f"  {place}. {option}{told}{' (the default)' if place == 1 else ''}\n")
        self._say(HOW.format(own="your own words, " if question.open else ""))

    def _kept(self, question: Question, word: str) -> bool:
        """Keep an answer; when it is refused, say why."""
        place = int(word) if word.isascii() and word.isdigit() and len(word) < len("100") else 0
        by_number = 0 < place <= len(question.options)
        answer = question.options[place - 1] if by_number else word or question.default
        try:
            clarification.answer_question(job=self.job, question_id=question.id, answer=answer)
        except AnswerRefused as error:
            self._say(f"{error.message.removeprefix(f'{question.id}: ')}\n")
            return False
        return True

    def _say(self, text: str) -> None:
        self.screen.write(text)
        self.screen.flush()
