"""Passes that make the search pages and write the search index of all editions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.site import save_as
from rubric.search.documents import DocumentCollection, ResultLabels
from rubric.search.encoding import dump, name_of
from rubric.search.facets import make_facets
from rubric.search.folding import load_variants
from rubric.search.indexing import FOLDER, Indexer
from rubric.search.manifests import make_columns, make_manifest
from rubric.search.records import Recorder
from rubric.search.stemmers import missing_stemmers, stemmer_of
from rubric.search.terms import Analyser
from rubric.search.views import make_search_views


def plan_pages(build: Build) -> None:
    """Make the search page of each edition."""
    build.list_views += make_search_views(build.view_factory)


def write_indexes(build: Build) -> None:
    """Index all texts and set the variables of the search pages, which refer to the index."""
    site, options, outputs = build.site, build.settings["SEARCH"], build.outputs
    views = [view for view in build.views if view.template == "search"]
    if not any(outputs.in_shard(save_as(view.url)) for view in views):
        return
    collection = DocumentCollection(
        lambda lang, name: site.author(name).name_in(lang), _groups(build)
    )
    listed = [(view, collection.add(view.edition)) for view in views]
    languages = site.languages
    algorithms = {key: stemmer_of(languages[key].locale) for key in languages}
    if line := missing_stemmers(languages.values(), algorithms, collection.documents):
        build.notices.append(line)
    recorder = Recorder(
        Analyser(load_variants(), algorithms), _labels(build), options["text_limit"]
    )
    values = build.run.values
    version = values.digest(
        (options, site.base, languages, [(v.edition.lang, v.edition.gettext) for v in views])
    )
    indexer = Indexer(values, recorder, options, version, languages)
    indexes = indexer.build(collection.documents)
    # A build shard writes the files of a language if it writes that edition's search page.
    pages = {view.edition.lang: view for view in views}
    files: dict[str, Callable[[], bytes]] = {}
    for lang in indexes:
        if outputs.in_shard(save_as(pages.get(lang, views[0]).url)):
            files |= indexer.files(lang)
    for view, documents in listed:
        lang, columns = view.edition.lang, dump(make_columns(documents))
        names = [f"{name_of(lang, columns)}.json"]
        manifest = dump(make_manifest(lang, documents, indexes, names[0]))
        names.append(f"{name_of(lang, manifest)}.json")
        facets = make_facets(view.edition, documents, site.kinds)
        view.variables = {**view.variables, "index": f"{FOLDER}{names[1]}", "facets": facets}
        if outputs.in_shard(save_as(view.url)):
            for name, content in zip(names, (columns, manifest), strict=True):
                files[name] = partial(bytes, content)
    for name, make in files.items():
        outputs.add_content(f"{FOLDER}{name}", make)


def _groups(build: Build) -> dict[str, str]:
    """Map the source of each text to the user group it belongs to."""
    groups: dict[str, str] = {}
    for entry, view in build.entry_views.items():
        # The key of a group is its file name, as in the front matter of events.
        is_group = entry.kind.section == "groups"
        owner = entry if is_group else view.context.group and view.context.group.entry
        if owner:
            groups[entry.source] = owner.key.rpartition("/")[2]
    return groups


def _labels(build: Build) -> ResultLabels:
    formats, editions = build.formats, build.editions

    def date_of(lang: str, entry: Entry) -> str:
        if entry.event:
            return str(formats[lang].span(entry.event))
        return str(formats[lang].date(entry.date)) if entry.date else ""

    return ResultLabels(
        path_of=build.site.path,
        date_of=date_of,
        title_of=lambda lang, entry: str(editions[lang].title_of(entry)),
    )
