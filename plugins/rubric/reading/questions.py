"""Checks FAQ pages: questions exist, have answers, and have stable ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubric.model.questions import split_questions
from rubric.reading.source import Problem

_FENCE = re.compile(r" {0,3}(```|~~~)")
_HEADING = re.compile(r"##[ \t]+\S")
# An image or video counts as an answer.
_CONTENT = re.compile(r"<(?:img|video|audio|iframe)\b")
_NUMBERED = re.compile(r"_\d+$")
_TAG = re.compile(r"<[^<>]+>")


def check_questions(html: str, source: str) -> list[Problem]:
    """Return the mistakes of a FAQ page; `html` is its body, `source` the whole file."""
    questions = split_questions(html)[1]
    if not questions:
        return [
            Problem(
                "has no question.",
                "Write each question as a heading with two hashes, ## How do I …?, "
                "and its answer below.",
                field="kind",
            )
        ]
    lines = list(_heading_lines(source))
    if len(lines) != len(questions):  # underlined headings, or raw HTML
        lines = [0] * len(questions)
    problems: list[Problem] = []
    ids: dict[str, int] = {}
    for number, question in enumerate(questions):
        line = lines[number]
        if not (_TAG.sub("", question.answer).strip() or _CONTENT.search(question.answer)):
            problem = f"the question “{question.text}” has no answer."
            fix = "Write the answer below it, or remove the question."
            problems.append(Problem(problem, fix, line=line))
        # Duplicate headings get a numbered id, which would change if they were reordered.
        plain = _NUMBERED.sub("", question.id)
        is_numbered = plain in ids and questions[ids[plain]].text == question.text
        first = ids.setdefault(plain if is_numbered else question.id, number)
        if first != number:
            place = f" in line {lines[first]}" if lines[first] else ""
            problem = (
                f"the question “{question.text}” has the id of “{questions[first].text}”{place}."
            )
            fix = "Rephrase it, or give it an id of its own: ## … {#my-id}."
            problems.append(Problem(problem, fix, line=line))
    return problems


def _heading_lines(source: str) -> Iterator[int]:
    """Yield the line numbers of second-level headings outside of code blocks."""
    fence = ""
    for number, line in enumerate(source.split("\n"), 1):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1] == fence:
            fence = ""
        elif not fence and _HEADING.match(line):
            yield number
