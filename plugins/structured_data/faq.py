"""A FAQ page as schema.org's FAQPage."""

from __future__ import annotations

import re
from typing import Any

from plugins.model.entry import Entry
from plugins.model.markup import replace_in_tags
from plugins.model.site import Site

_LINK = re.compile(r'\b(href|src|poster)="((?:/(?!/)|#)[^"]*)"')


def describe_faq(site: Site, entry: Entry) -> dict[str, Any]:
    """Every question with its answer as HTML, whose links are absolute."""
    page = site.absolute(entry.url)
    origin = site.url.removesuffix(site.base)

    def widen(match: re.Match[str]) -> str:
        name, address = match.groups()
        return f'{name}="{page if address.startswith("#") else origin}{address}"'

    questions = [
        {
            "@type": "Question",
            "name": question.text,
            "url": site.absolute(f"{entry.url}#{question.id}"),
            "acceptedAnswer": {
                "@type": "Answer",
                "text": replace_in_tags(_LINK, widen, question.answer),
            },
        }
        for question in entry.questions
    ]
    return {
        "@type": "FAQPage",
        "name": entry.title,
        "url": page,
        "inLanguage": site.languages[entry.lang].tag,
        "mainEntity": questions,
    }
