"""Questions with answers (FAQPage)."""

from __future__ import annotations

from rubric.model.entry import Entry
from rubric.model.markup import widen_links
from rubric.model.site import Site
from rubric.structured_data.vocabulary import Object, iso, make


def describe_faq(site: Site, entry: Entry) -> Object:
    """Return all questions; answers are HTML with absolute links."""
    page = site.absolute(entry.url)
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
                acceptedAnswer=make("Answer", text=widen_links(question.answer, page, site.origin)),
            )
            for question in entry.questions
        ],
    )
