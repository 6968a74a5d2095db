"""Questions with their answers (FAQPage)."""

from __future__ import annotations

import re

from plugins.model.entry import Entry
from plugins.model.markup import replace_in_tags
from plugins.model.site import Site
from plugins.structured_data.vocabulary import Object, iso, make

_LINK = re.compile(r'\b(href|src|poster)="((?:/(?!/)|#)[^"]*)"')


def describe_faq(site: Site, entry: Entry) -> Object:
    """Every question with its answer as HTML, whose links are absolute."""
    page = site.absolute(entry.url)
    origin = site.url.removesuffix(site.base)

    def widen(match: re.Match[str]) -> str:
        name, address = match.groups()
        return f'{name}="{page if address.startswith("#") else origin}{address}"'

    return make(
        "FAQPage",
        name=entry.title,
        url=page,
        inLanguage=site.languages[entry.lang].tag,
        dateModified=iso(entry.modified),
        mainEntity=[
            make(
                "Question",
                name=question.text,
                url=site.absolute(f"{entry.url}#{question.id}"),
                acceptedAnswer=make("Answer", text=replace_in_tags(_LINK, widen, question.answer)),
            )
            for question in entry.questions
        ],
    )
