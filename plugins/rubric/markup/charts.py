"""Blocks with numbers: the result of a poll, and links for an answer on a scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from rubric.markup.block import Block
from rubric.markup.elements import has_only_links, text_of
from rubric.model.errors import TextProblem

_ANSWER = re.compile(r"(?P<label>.+?)\s*(?:[:：–—]|\s-)\s*(?P<count>\d[\d\s.,'%％٪]*)", re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f']\d{3})+|\d+")
_PERCENTAGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*[%٪％]")
_BAR = 100
"""Length of the longest possible bar, in units of its view box."""
SCORE = "{score}"
SCALES = {"csat": range(1, 6), "nps": range(11)}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a poll; `value` is a number of votes, or a percentage as it is written."""

    label: str
    value: float
    is_percentage: bool


def shape_poll(block: Block) -> None:
    """The result of a poll: a list or table of answers and votes becomes a chart."""
    content = block.take_content()
    place = next((n for n, each in enumerate(content) if each.tag in ("ul", "ol", "table")), None)
    if place is None:
        raise block.mistake("has a poll without answers.", _HOW_TO_POLL)
    data = content[place]
    names, rows = _read_table(data) if data.tag == "table" else ([], _read_list(block, data))
    answers = [_parse_answer(block, label, count) for label, count in rows]
    are_percentages = any(answer.is_percentage for answer in answers)
    if not answers or not any(answer.value for answer in answers):
        raise block.mistake("has a poll without votes.", _HOW_TO_POLL)
    if are_percentages and not all(answer.is_percentage for answer in answers):
        problem = "has a poll with both votes and percentages."
        raise block.mistake(problem, "Write either the votes or the percentages.")
    content[place] = _draw(block, names, answers)
    title, block.title = block.title, None
    figure = block.become("figure", "poll")
    if title is not None:
        title.tag, title.tail = "figcaption", None
        figure.append(title)
    figure.extend(content)


_HOW_TO_POLL = "Write a list: - Tea: 12. Or a table with the answers and the votes."


def _read_table(table: Element) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the names of the columns, and the first two cells of each row."""
    rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]
    head = [text_of(cell) for cell in table.iter("th")]
    body = rows[1:] if head else rows
    return head[:2], [(row[0], row[1] if len(row) > 1 else "") for row in body if row]


def _read_list(block: Block, items: Element) -> list[tuple[str, str]]:
    rows = []
    for item in items:
        written = text_of(item)
        match = _ANSWER.fullmatch(written)
        if match is None:
            raise _wrong_answer(block, written)
        rows.append((match["label"], match["count"]))
    return rows


def _wrong_answer(block: Block, written: str) -> TextProblem:
    problem = f"has a poll with an answer without a number of votes: “{written[:40]}”."
    return block.mistake(problem, _HOW_TO_POLL)


def _parse_answer(block: Block, label: str, written: str) -> Answer:
    if share := _PERCENTAGE.fullmatch(written.strip()):
        return Answer(label, float(share[1].replace(",", ".")), is_percentage=True)
    if not label or not _GROUPED.fullmatch(written.strip()):
        raise _wrong_answer(block, f"{label}: {written}")
    return Answer(label, int(re.sub(r"\D", "", written)), is_percentage=False)


def _draw(block: Block, names: list[str], answers: list[Answer]) -> Element:
    """Return a table with a bar below each answer, its share, and its votes."""
    table = Element("table")
    are_votes = not answers[0].is_percentage
    total = sum(answer.value for answer in answers) if are_votes else 100.0
    if names:
        head = SubElement(SubElement(table, "thead"), "tr")
        shown = [names[0], "%", *names[1:]] if are_votes else names
        for name in shown:
            SubElement(head, "th", {"scope": "col"}).text = name
    body = SubElement(table, "tbody")
    for answer in answers:
        share = answer.value / total
        row = SubElement(body, "tr")
        label = SubElement(row, "th", {"scope": "row"})
        label.text = answer.label
        label.append(_bar(share))
        SubElement(row, "td").text = block.language.percent(share)
        if are_votes:
            SubElement(row, "td").text = block.language.number(int(answer.value))
    return table


def _bar(share: float) -> Element:
    """Return a bar. It is an image, which is also printed; the numbers are beside it."""
    box = {"viewBox": f"0 0 {_BAR} 1", "preserveAspectRatio": "none"}
    bar = Element("svg", {"class": "bar", **box, "aria-hidden": "true"})
    SubElement(bar, "rect", {"width": str(_BAR), "height": "1", "class": "bar-whole"})
    width = f"{min(share, 1) * _BAR:.1f}".removesuffix(".0")
    SubElement(bar, "rect", {"width": width, "height": "1", "class": "bar-share"})
    return bar


def shape_scale(block: Block) -> None:
    """Links for an answer from 1 to 5 (CSAT) or 0 to 10 (NPS), made of one link.

    The address of the link contains `{score}`. A list of two items names both ends of the scale.
    """
    if block.title is None:
        fix = f"Write it after the name: > [!{block.kind.upper()}] …?"
        raise block.mistake("has a scale without a question.", fix)
    content, template, ends = [], "", []
    for element in block.take_content():
        link = element[0] if element.tag == "p" and has_only_links(element) else None
        if link is not None and SCORE in link.get("href", ""):
            template = link.get("href", "")
        elif element.tag in ("ul", "ol"):
            ends = [text_of(item) for item in element]
        else:
            content.append(element)
    if not template:
        raise block.mistake(
            f"has a scale without a link that contains {SCORE}.",
            f"Write a paragraph such as [Answer](https://example.org/?answer={SCORE}).",
        )
    if ends and len(ends) != 2:
        problem = f"has a scale with {len(ends)} names of its ends."
        raise block.mistake(problem, "Write a list of two items: what the lowest and highest mean.")
    content.append(_draw_scale(template, SCALES[block.kind], ends))
    if ends:
        legend = Element("p", {"class": "scale-ends"})
        for number, (score, end) in enumerate(
            zip((SCALES[block.kind][0], SCALES[block.kind][-1]), ends, strict=True)
        ):
            label = SubElement(legend, "span")
            label.text = f"{score} · {end}"
            label.tail = ", " if number == 0 else None
        content.append(legend)
    block.write("div", f"scale {block.kind}", content)


def _draw_scale(template: str, scores: range, ends: list[str]) -> Element:
    row = Element("ul", {"class": "scores"})
    for score in scores:
        link = SubElement(SubElement(row, "li"), "a", {"href": template.replace(SCORE, str(score))})
        link.text = str(score)
        if ends and score in (scores[0], scores[-1]):
            link.set("aria-label", f"{score} · {ends[score != scores[0]]}")
    return row
