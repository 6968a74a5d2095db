"""JSON-LD of a page: its subject and its breadcrumbs."""

from __future__ import annotations

import json
from dataclasses import dataclass

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from rubric.model.edition import AuthorPage
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View
from rubric.structured_data.crumbs import breadcrumbs
from rubric.structured_data.objects import describe_entry
from rubric.structured_data.vocabulary import Object, make, person, publisher


@dataclass(frozen=True, slots=True)
class Description:
    """The JSON-LD of a view; created when a template prints it."""

    site: Site
    view: View

    def __html__(self) -> str:
        return to_script(describe(self.site, self.view))


def describe(site: Site, view: View) -> list[Object]:
    """Return the subject of a page, if any, and its breadcrumbs, except on the home page."""
    return [obj for obj in (_subject(site, view), breadcrumbs(site, view)) if obj]


def _subject(site: Site, view: View) -> Object | None:
    subject = view.subject
    if isinstance(subject, Entry):
        return describe_entry(site, view, subject)
    if isinstance(subject, AuthorPage):
        profile = person(site, view, subject.author)
        if subject.bio:
            profile["description"] = subject.bio
        return make(
            "ProfilePage",
            name=view.title,
            url=site.absolute(view.url),
            inLanguage=view.edition.language.tag,
            mainEntity=profile,
        )
    return _website(site, view) if view.template == "home" else None


def _website(site: Site, view: View) -> Object:
    language = view.edition.language
    address = f"{view.edition.home}search/"
    search = None
    if address in site.claims:
        target = make(
            "EntryPoint", urlTemplate=f"{site.absolute(address)}?q={{search_term_string}}"
        )
        search = make("SearchAction", target=target)
        search["query-input"] = "required name=search_term_string"
    return make(
        "WebSite",
        name=language.site_name,
        description=language.tagline,
        url=site.absolute(view.url),
        inLanguage=language.tag,
        publisher=publisher(site, view),
        image=site.absolute(view.image.url) if view.image else None,
        potentialAction=search,
    )


def to_script(objects: list[Object]) -> Markup:
    """Return JSON for a script element: `<`, `>`, `&` and `'` are escaped."""
    context = {"@context": "https://schema.org"}
    body = {**context, **objects[0]} if len(objects) == 1 else {**context, "@graph": objects}
    return htmlsafe_json_dumps(body, dumps=_dumps)


def _dumps(value: object, **_: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
