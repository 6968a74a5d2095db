"""Passes that make the search pages, and write the search index of all editions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.site import save_as
from rubric.search.documents import Library, Wording
from rubric.search.encoding import dump, name_of
from rubric.search.facets import make_facets
from rubric.search.folding import load_variants
from rubric.search.indexing import FOLDER, Indexing
from rubric.search.records import Recorder
from rubric.search.roots import make_columns, make_root
from rubric.search.stemmers import stemmer_of
from rubric.search.terms import Analyser
from rubric.search.views import make_search_views


def plan_pages(build: Build) -> None:
    """Make the search page of each edition."""
    build.list_views += make_search_views(build.frames)


def write_indexes(build: Build) -> None:
    """Index all texts, and set the variables of the search pages, which name the index."""
    site, options, outputs = build.site, build.settings["SEARCH"], build.outputs
    views = [view for view in build.views if view.template == "search"]
    if not any(outputs.in_shard(save_as(view.url)) for view in views):
        return
    library = Library(lambda lang, name: site.author(name).name_in(lang), _groups(build))
    listed = [(view, library.add(view.edition)) for view in views]
    languages = site.languages
    algorithms = {key: stemmer_of(languages[key].locale) for key in languages}
    recorder = Recorder(
        Analyser(load_variants(), algorithms), _wording(build), options["text_limit"]
    )
    values = build.run.values
    version = values.digest(
        (options, site.base, languages, [(v.edition.lang, v.edition.gettext) for v in views])
    )
    indexing = Indexing(values, recorder, options, version, languages)
    corpora = indexing.build(library.documents)
    # A shard has the files of a language if it has the search page of its edition.
    pages = {view.edition.lang: view for view in views}
    files: dict[str, Callable[[], bytes]] = {}
    for lang in corpora:
        if outputs.in_shard(save_as(pages.get(lang, views[0]).url)):
            files |= indexing.files(lang)
    for view, documents in listed:
        lang, columns = view.edition.lang, dump(make_columns(documents))
        names = [f"{name_of(lang, columns)}.json"]
        root = dump(make_root(lang, documents, corpora, names[0]))
        names.append(f"{name_of(lang, root)}.json")
        facets = make_facets(view.edition, documents)
        view.variables = {**view.variables, "index": f"{FOLDER}{names[1]}", "facets": facets}
        if outputs.in_shard(save_as(view.url)):
            for name, content in zip(names, (columns, root), strict=True):
                files[name] = partial(bytes, content)
    for name, make in files.items():
        outputs.add_content(f"{FOLDER}{name}", make)


def _groups(build: Build) -> dict[str, str]:
    """The user group of each text that belongs to one, by the source of the text."""
    groups: dict[str, str] = {}
    for entry, view in build.entry_views.items():
        # A group is named by its file, as in the front matter of events.
        owner = entry if entry.kind == "group" else view.around.group and view.around.group.entry
        if owner:
            groups[entry.source] = owner.key.rpartition("/")[2]
    return groups


def _wording(build: Build) -> Wording:
    formats, editions = build.formats, build.editions

    def date_of(lang: str, entry: Entry) -> str:
        if entry.event:
            return str(formats[lang].span(entry.event))
        return str(formats[lang].date(entry.date)) if entry.date else ""

    return Wording(
        path_of=build.site.path,
        date_of=date_of,
        title_of=lambda lang, entry: str(editions[lang].title_of(entry)),
    )
