"""Questions with their answers (FAQPage)."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.structured_data.vocabulary import Object, make


def faq_page(questions: Iterable[tuple[str, str]], url: str, **properties: object) -> Object:
    """A page of questions: (question, answer) in order, answers as HTML; `url` is absolute.

    `properties` are those of any page: name, inLanguage, dateModified.
    """
    asked = [
        make("Question", name=question, acceptedAnswer=make("Answer", text=answer))
        for question, answer in questions
        if question and answer
    ]
    return make("FAQPage", **properties, url=url, mainEntity=asked)
