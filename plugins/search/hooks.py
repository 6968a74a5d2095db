"""Where the search meets Pelican."""

from __future__ import annotations

from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from plugins.model.entry import Entry
from plugins.model.keeping import Job
from plugins.model.site import Site, save_as
from plugins.search.documents import Words
from plugins.search.folding import load_variants
from plugins.search.making import Shelf, make_index
from plugins.search.terms import Analyser, stemmer_of


def connect() -> None:
    signals.article_writer_finalized.connect(write_indexes)


def write_indexes(generator: ArticlesGenerator, writer: Writer) -> None:
    """Everything is filled in, and the search pages, which name the index, aren't made yet."""
    context, options = generator.context, generator.settings["SEARCH"]
    site: Site = context["site"]
    languages = site.languages
    algorithms = {key: stemmer_of(languages[key].locale) for key in languages}
    analyser = Analyser(load_variants(), algorithms)
    views = [
        view
        for view in context["views"]
        if view.template == "search" and writer.is_ours(save_as(view.url))
    ]
    plans = [
        (view.edition, _words(context, view.edition.lang), f"{view.url}index/", options, analyser)
        for view in views
    ]
    values = context["values"].get([Job(plan[2], make_index, plan) for plan in plans])
    for view, plan, (names, files) in zip(views, plans, values, strict=True):
        view.variables = {**view.variables, "index": names.root, "facets": names.facets}
        shelf = Shelf(plan, files)
        for address in names.addresses:
            writer.add_file(address, shelf.content, address, beside=save_as(view.url))


def _words(context: dict[str, Any], lang: str) -> Words:
    site, formats = context["site"], context["formats"][lang]
    groups: dict[str, str] = {}
    for entry, view in context["entry_views"].items():
        # A group is named by its file, as events name it.
        owner = entry if entry.kind == "group" else view.around.group and view.around.group.entry
        if owner:
            groups[entry.source] = owner.key.rpartition("/")[2]

    def date_of(entry: Entry) -> str:
        if entry.event:
            return str(formats.span(entry.event))
        return str(formats.date(entry.date)) if entry.date else ""

    return Words(
        path_of=site.path,
        tag_of=lambda key: str(site.languages[key].tag),
        date_of=date_of,
        group_of=lambda entry: groups.get(entry.source, ""),
        name_of=lambda name: str(site.author(name).name_in(lang)),
    )
