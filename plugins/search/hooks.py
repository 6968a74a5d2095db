"""Where the search meets Pelican."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from plugins.model.entry import Entry
from plugins.model.site import Site, save_as
from plugins.search.documents import Library, Wording
from plugins.search.encoding import dump, name_of
from plugins.search.facets import make_facets
from plugins.search.folding import load_variants
from plugins.search.indexing import FOLDER, Indexing
from plugins.search.records import Recorder
from plugins.search.roots import make_columns, make_root
from plugins.search.stemmers import stemmer_of
from plugins.search.terms import Analyser


def connect() -> None:
    signals.article_writer_finalized.connect(write_indexes)


def write_indexes(generator: ArticlesGenerator, writer: Writer) -> None:
    """All texts are linked, and the search pages, which name the index, are not made yet."""
    context, options = generator.context, generator.settings["SEARCH"]
    site: Site = context["site"]
    views = [view for view in context["views"] if view.template == "search"]
    if not any(writer.is_ours(save_as(view.url)) for view in views):
        return
    library = Library(lambda lang, name: site.author(name).name_in(lang), _groups(context))
    listed = [(view, library.add(view.edition)) for view in views]
    languages = site.languages
    algorithms = {key: stemmer_of(languages[key].locale) for key in languages}
    recorder = Recorder(
        Analyser(load_variants(), algorithms), _wording(context), options["text_limit"]
    )
    values = context["values"]
    version = values.digest(
        (options, site.base, languages, [(v.edition.lang, v.edition.gettext) for v in views])
    )
    indexing = Indexing(values, recorder, options, version, languages)
    corpora = indexing.build(library.documents)
    # A share of a build has the files of a language if it has the search page of its edition.
    pages = {view.edition.lang: view for view in views}
    files: dict[str, Callable[[], bytes]] = {}
    for lang in corpora:
        if writer.is_ours(save_as(pages.get(lang, views[0]).url)):
            files |= indexing.files(lang)
    for view, documents in listed:
        lang, columns = view.edition.lang, dump(make_columns(documents))
        names = [f"{name_of(lang, columns)}.json"]
        root = dump(make_root(lang, documents, corpora, names[0]))
        names.append(f"{name_of(lang, root)}.json")
        facets = make_facets(view.edition, documents)
        view.variables = {**view.variables, "index": f"{FOLDER}{names[1]}", "facets": facets}
        if writer.is_ours(save_as(view.url)):
            for name, content in zip(names, (columns, root), strict=True):
                files[name] = partial(bytes, content)
    for name, make in files.items():
        writer.add_content(f"{FOLDER}{name}", make)


def _groups(context: dict[str, Any]) -> dict[str, str]:
    """The user group of each text that belongs to one, by the text's source."""
    groups: dict[str, str] = {}
    for entry, view in context["entry_views"].items():
        # A group is named by its file, as events name it.
        owner = entry if entry.kind == "group" else view.around.group and view.around.group.entry
        if owner:
            groups[entry.source] = owner.key.rpartition("/")[2]
    return groups


def _wording(context: dict[str, Any]) -> Wording:
    site, formats, editions = context["site"], context["formats"], context["editions"]

    def date_of(lang: str, entry: Entry) -> str:
        if entry.event:
            return str(formats[lang].span(entry.event))
        return str(formats[lang].date(entry.date)) if entry.date else ""

    return Wording(
        path_of=site.path,
        date_of=date_of,
        title_of=lambda lang, entry: str(editions[lang].title_of(entry)),
    )
