"""Where the search meets Pelican."""

from __future__ import annotations

from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.model.entry import Entry
from plugins.model.site import Site
from plugins.search.documents import Words, make_documents
from plugins.search.facets import make_facets
from plugins.search.files import IndexFiles
from plugins.search.folding import load_variants
from plugins.search.index import Indexer
from plugins.search.terms import Analyser, stemmer_of


def connect() -> None:
    signals.all_generators_finalized.connect(build_indexes)
    signals.article_writer_finalized.connect(write_indexes)


def build_indexes(generators: list[Generator]) -> None:
    """All editions and views are made, and none is rendered yet."""
    context = generators[0].context
    site: Site = context["site"]
    if site.errors:
        return  # nothing will be written
    options, variants = generators[0].settings["SEARCH"], load_variants()
    languages = site.languages
    analyser = Analyser(variants, {key: stemmer_of(languages[key].locale) for key in languages})
    indexer = Indexer(analyser)
    views = {view.edition.lang: view for view in context["views"] if view.template == "search"}
    context["search_files"] = {}
    for lang, view in views.items():
        documents = make_documents(view.edition, _words(context, lang))
        index = IndexFiles(f"{view.url}index/", **options)
        view.variables["index"] = index.write(indexer.build(documents), documents, variants)
        view.variables["facets"] = make_facets(view.edition, documents)
        context["search_files"] |= index.files
    for address in context["search_files"]:
        site.claims.add(address, "the index of the search")


def write_indexes(generator: ArticlesGenerator, writer: Writer) -> None:
    for address, content in generator.context["search_files"].items():
        writer.write_bytes(address, content)


def _words(context: dict[str, Any], lang: str) -> Words:
    site, formats = context["site"], context["formats"][lang]

    def date_of(entry: Entry) -> str:
        if entry.event:
            return str(formats.span(entry.event))
        return str(formats.date(entry.date)) if entry.date else ""

    def group_of(entry: Entry) -> str:
        """A group is named by its file, as events name it."""
        group = context["entry_views"][entry].around.group
        owner = entry if entry.kind == "group" else group and group.entry
        return owner.key.rpartition("/")[2] if owner else ""

    return Words(
        path_of=site.path,
        tag_of=lambda key: str(site.languages[key].tag),
        date_of=date_of,
        group_of=group_of,
        name_of=lambda name: str(site.author(name).name_in(lang)),
    )
