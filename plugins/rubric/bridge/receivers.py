"""Runs the phases of the pipeline when Pelican sends its signals.

| signal | work |
|---|---|
| initialized | check the settings; select the passes of PLUGINS |
| generator_init | one Jinja environment for all generators |
| article_generator_init | begin a build |
| article_generator_pretaxonomy | read; make articles and pages; link; list the articles |
| page_generator_finalized | list the pages |
| get_writer | take over the changes of plugins; plan; check; stop if there are errors |
| article_writer_finalized, page_writer_finalized | list articles and pages again |
| finalized | make, unless `RubricPelican` has done so; print notices |

This package is the first of PLUGINS, and receivers are called in the order of PLUGINS, so other
plugins receive a signal after this one.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from rubric import pipeline
from rubric.bridge.contents import DESCRIPTIONS, Library
from rubric.bridge.lists import Lists, has_receivers, send_created
from rubric.bridge.readers import find_readers
from rubric.bridge.reporting import report_in_one_line
from rubric.bridge.session import DryRunDone, Session
from rubric.bridge.writer import writer_of
from rubric.build import Build
from rubric.markup.links import LinkResolver
from rubric.model.drafts import Drafts
from rubric.model.errors import BuildFailed
from rubric.model.features import FEATURES, plugin_names, select_features
from rubric.model.ignored import IGNORED_NAMES
from rubric.model.kinds import Kinds
from rubric.model.language import Languages
from rubric.model.moment import load_zone, stated_time
from rubric.model.now import Now
from rubric.model.settings import complete_settings
from rubric.model.site import Site
from rubric.model.user_themes import is_other_theme
from rubric.site.theme import check_theme
from rubric.store.bytecode import TemplateCache
from rubric.store.code_version import store_version
from rubric.store.options import Options
from rubric.store.output import Output
from rubric.store.progress import Bar
from rubric.store.run import Run
from rubric.store.store import Store
from rubric.store.templates import RecordingEnvironment
from rubric.store.writing import Outputs


def connect() -> None:
    """Connect to Pelican's signals; connecting again has no effect."""
    signals.initialized.connect(prepare)
    signals.generator_init.connect(share_environment)
    signals.article_generator_init.connect(begin)
    signals.article_generator_pretaxonomy.connect(read)
    signals.page_generator_init.connect(keep_pages_generator)
    signals.page_generator_finalized.connect(list_pages)
    signals.all_generators_finalized.connect(keep_generators)
    signals.get_writer.connect(check)
    signals.article_writer_finalized.connect(restore_lists)
    signals.page_writer_finalized.connect(restore_lists)
    signals.finalized.connect(finish)


def prepare(pelican: Pelican) -> None:
    """Check the settings, and select the passes of this Pelican's plugins."""
    settings = pelican.settings
    report_in_one_line()
    complete_settings(settings, DEFAULT_CONFIG, sys.argv)
    # Pelican reads no text itself: it would fail on typed front matter. Ignored names apply to
    # all generators, and to the watcher of `invoke serve`.
    settings["ARTICLE_PATHS"] = settings["PAGE_PATHS"] = []
    settings["IGNORE_FILES"] = list(dict.fromkeys([*settings["IGNORE_FILES"], *IGNORED_NAMES]))
    session = Session(pipeline.select(plugin_names(settings["PLUGINS"])))
    session.has_other_theme = is_other_theme(settings)
    session.attach(settings)
    gc.set_threshold(500_000, 50, 50)


def share_environment(generator: Generator) -> None:
    """Use one Jinja environment for all generators, with what plugins added to each."""
    session = Session.of(generator.settings)
    if session.environment is None or session.context is not generator.context:
        options = generator.settings["JINJA_ENVIRONMENT"]
        session.context = generator.context
        session.environment = RecordingEnvironment(generator.env, **options)
    session.environment.take(generator.env)
    if not session.has_other_theme:
        generator.env = session.environment


def begin(generator: ArticlesGenerator) -> None:
    """Begin a build. Pelican makes this generator first, at every run."""
    # Reading and linking produce almost no garbage. The objects of the last build are garbage now.
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    settings, context, theme = generator.settings, generator.context, Path(generator.theme)
    session = Session.of(settings)
    session.build = None
    kinds = session.pipeline.kinds
    site = _create_site(settings, Path(generator.path), kinds)
    overrides = settings["THEME_TEMPLATES_OVERRIDES"]
    if not session.has_other_theme and (
        errors := check_theme(theme, overrides, site.features, kinds)
    ):
        raise BuildFailed(errors)
    output, environment = Path(generator.output_path), session.environment
    assert environment is not None
    version = store_version(settings)
    with suppress(RuntimeError):  # There is no safe folder for the cache.
        environment.bytecode_cache = TemplateCache(environment.loader, version)
    run = Run(
        site=site,
        context=context,
        untouched=session.untouched,
        store=Store.beside(output, version),
        environment=environment,
        output=Output(output),
        options=Options.read(settings, os.environ),
        clock=perf_counter,
        progress=Bar(console, perf_counter),
    )
    session.build = Build(
        settings=settings,
        content=Path(generator.path),
        theme=theme,
        output=output,
        site=site,
        environment=environment,
        template_names=context,
        run=run,
        outputs=Outputs(run),
        readers=find_readers(generator),
    )
    session.build.share(site=site)
    run.begin_reading(Path(generator.path))


def _create_site(settings: dict[str, Any], content: Path, kinds: Kinds) -> Site:
    first, *others = settings["LANGUAGES"]
    is_flat = not others and not (content / first).is_dir()
    zone, now = load_zone(settings["TIMEZONE"]), stated_time(os.environ) or datetime.now(UTC)
    return Site(
        url=settings["SITEURL"].rstrip("/"),
        zone=zone,
        now=Now.at(now.astimezone(zone)),
        languages=Languages.from_settings(settings["LANGUAGES"]),
        content=content.name,
        only_language=first if is_flat else "",
        features=select_features(settings["PLUGINS"]),
        # The default of DRAFTS["show"] is False, so that no draft is published by mistake.
        drafts=Drafts(
            settings["DRAFTS"]["show"],
            settings["DRAFTS"]["secret"],
            has_future=not settings["WITH_FUTURE_DATES"],
        ),
        kinds=kinds,
    )


def read(generator: ArticlesGenerator) -> None:
    """Run the phases `read` and `link`, and give Pelican the articles.

    Pelican then groups them by tag, category, author and date.
    """
    session = Session.of(generator.settings)
    session.run("read")
    build = session.current
    session.library = library = Library(
        build.site,
        generator.settings,
        generator.context,
        build.content,
        has_receivers(),
        session.has_other_theme,
    )
    library.complete()
    send_created(library, generator, session.pages_generator)
    library.take_changes()
    build.run.begin_linking()
    session.run("link")
    library.is_linked = True
    library.refresh()
    # Pelican's static generator takes these from any folder.
    generator.context["static_links"] = set(build.linked_files)
    generator.context["generated_content"].update(
        {entry.source: content for entry, content in library.shown.items()}
    )
    session.lists = [Lists(generator), Lists(session.pages_generator)]
    session.lists[0].fill(library)


def keep_pages_generator(generator: PagesGenerator) -> None:
    """Keep the generator, which is the sender of signals about pages."""
    Session.of(generator.settings).pages_generator = generator


def list_pages(generator: PagesGenerator) -> None:
    """Give Pelican the pages."""
    session = Session.of(generator.settings)
    session.lists[1].fill(session.library)
    for name in ("pages", "hidden_pages", "draft_pages"):
        generator.context[name] = getattr(generator, name)


def keep_generators(generators: list[Generator]) -> None:
    """Keep the generators until all plugins have received this signal."""
    Session.of(generators[0].settings).generators = generators


def _plan(session: Session) -> None:
    """Run the phase `plan` with everything that plugins have changed."""
    build, library = session.current, session.library
    for generator in session.generators:
        if isinstance(generator, StaticGenerator):
            build.static_files = [
                (_below(file.source_path, generator.path), file.save_as)
                for file in generator.staticfiles
            ]
            # Pelican would copy each of them at every build.
            generator.staticfiles = generator.context["staticfiles"] = []
    for each in session.lists:
        each.send_write()
    if added := sum(each.count_added() for each in session.lists):
        build.notices.append(
            f"Not published, because a plugin has made them: {added:,} articles or pages. Write "
            "them as files of the content folder, or write their pages with a generator."
        )
    for entry in library.take_changes():
        if entry.references:
            entry.links = build.get(LinkResolver).resolve(entry)
    build.contents = library.shown
    session.run("plan")


def _below(path: str, folder: str) -> str:
    return Path(path).relative_to(folder).as_posix()


def check(pelican: Pelican) -> type[Writer] | None:
    """Run the phases `plan` and `check`. Raises BuildFailed if there are errors.

    Pelican sends `get_writer` after everything is read and before anything is written. With a theme
    that is not made for Rubric, Pelican's own writer is used, and Rubric writes nothing.
    """
    session = Session.of(pelican.settings)
    build = session.current
    if session.has_other_theme:
        session.library.take_changes()
        build.site.errors.raise_if_any()
        build.notices.append(_describe_plain_blog(build))
        return None
    _plan(session)
    session.run("check")
    build.site.report_conflicts()
    build.site.errors.raise_if_any()
    gc.freeze()
    gc.enable()
    if session.is_dry_run:
        raise DryRunDone
    build.run.begin_writing(build.editions.values(), DESCRIPTIONS)
    for each in session.lists:
        each.clear()
    return writer_of(build)


def _describe_plain_blog(build: Build) -> str:
    """Return the notice that names what a theme for Pelican does not show."""
    names = ", ".join(name.replace("_", " ") for name in FEATURES if name in build.site.features)
    return (
        f"The theme {build.theme.name} is not made for Rubric, so Pelican writes a plain blog in "
        f"{build.site.languages.default.name}, without editions and {names}. For these, set THEME "
        "to the folder of Rubric's theme; see docs/theme.md."
    )


def make_outputs(session: Session, *, is_processed: bool) -> None:
    """Run the phase `make`, and write all files that are out of date."""
    build = session.current
    session.run("make")
    for line in build.run.make(is_processed=is_processed):
        _print(line)


def finish(pelican: Pelican) -> None:
    """Write the files if PELICAN_CLASS is Pelican's own; print notices."""
    session = Session.of(pelican.settings)
    if not (session.has_other_theme or session.current.run.is_made):
        make_outputs(session, is_processed=False)
    for notice in session.current.notices:
        _print(notice)


def restore_lists(generator: Generator, writer: object) -> None:
    """Set the lists that Pelican counts in its last line."""
    del writer
    for each in Session.of(generator.settings).lists:
        if each.generator is generator:
            each.restore()


def _print(line: str) -> None:
    console.print(line, highlight=False, markup=False, soft_wrap=True)
