"""Runs the phases of the pipeline when Pelican sends its signals.

| signal | work |
|---|---|
| initialized | check the settings; select the passes of PLUGINS |
| generator_init | one Jinja environment for all generators |
| article_generator_init | begin a build |
| article_generator_finalized | read |
| page_generator_finalized | link |
| all_generators_finalized | plan |
| get_writer | check; stop if there are errors; lock the output folder |
| article_writer_finalized, page_writer_finalized | Pelican's counts for its last line |
| finalized | make, unless `RubricPelican` has done so; print notices |
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable
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
from rubric.bridge.reporting import report_in_one_line
from rubric.bridge.session import DryRunDone, Session
from rubric.bridge.writer import writer_of
from rubric.build import Build
from rubric.model.drafts import Drafts
from rubric.model.entry import Entry
from rubric.model.errors import BuildFailed
from rubric.model.features import plugin_names, select_features
from rubric.model.ignored import IGNORED_NAMES
from rubric.model.kinds import Kinds
from rubric.model.language import Languages
from rubric.model.metadata import Status
from rubric.model.moment import load_zone, stated_time
from rubric.model.now import Now
from rubric.model.settings import complete_settings
from rubric.model.site import Site
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
    signals.article_generator_finalized.connect(read)
    signals.page_generator_finalized.connect(link)
    signals.all_generators_finalized.connect(plan)
    signals.get_writer.connect(check)
    signals.article_writer_finalized.connect(count_articles)
    signals.page_writer_finalized.connect(count_pages)
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
    Session(pipeline.select(plugin_names(settings["PLUGINS"]))).attach(settings)
    gc.set_threshold(500_000, 50, 50)


def share_environment(generator: Generator) -> None:
    """Use one Jinja environment for all generators, with what plugins added to each."""
    session = Session.of(generator.settings)
    if session.environment is None or session.context is not generator.context:
        options = generator.settings["JINJA_ENVIRONMENT"]
        session.context = generator.context
        session.environment = RecordingEnvironment(generator.env, **options)
    session.environment.take(generator.env)
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
    site = _create_site(settings, Path(generator.path).name, kinds)
    if errors := check_theme(theme, settings["THEME_TEMPLATES_OVERRIDES"], site.features, kinds):
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
    )
    session.build.share(site=site)
    run.begin_reading(Path(generator.path))


def _create_site(settings: dict[str, Any], content: str, kinds: Kinds) -> Site:
    zone, now = load_zone(settings["TIMEZONE"]), stated_time(os.environ) or datetime.now(UTC)
    return Site(
        url=settings["SITEURL"].rstrip("/"),
        zone=zone,
        now=Now.at(now.astimezone(zone)),
        languages=Languages.from_settings(settings["LANGUAGES"]),
        content=content,
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
    """Run the phase `read`."""
    Session.of(generator.settings).run("read")
    for unused in ("generate_tags", "generate_categories", "generate_authors"):
        # Nothing is written, but Pelican would compile a template for each.
        setattr(generator, unused, lambda write: None)


def link(generator: PagesGenerator) -> None:
    """Run the phase `link`."""
    session = Session.of(generator.settings)
    session.current.run.begin_linking()
    session.run("link")
    # Pelican's static generator takes these from any folder.
    generator.context["static_links"] = set(session.current.linked_files)


def plan(generators: list[Generator]) -> None:
    """Run the phase `plan`. Pelican's static files are known now."""
    session = Session.of(generators[0].settings)
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            session.current.static_files = [
                (_below(file.source_path, generator.path), file.save_as)
                for file in generator.staticfiles
            ]
            # Pelican would copy each of them at every build.
            generator.staticfiles = generator.context["staticfiles"] = []
    session.run("plan")


def _below(path: str, folder: str) -> str:
    return Path(path).relative_to(folder).as_posix()


def check(pelican: Pelican) -> type[Writer]:
    """Run the phase `check`. Raises BuildFailed if there are errors.

    Pelican sends `get_writer` after everything is read and before anything is written.
    """
    session = Session.of(pelican.settings)
    session.run("check")
    build = session.current
    build.site.report_conflicts()
    build.site.errors.raise_if_any()
    gc.freeze()
    gc.enable()
    if session.is_dry_run:
        raise DryRunDone
    build.run.begin_writing(build.editions.values())
    return writer_of(build)


def make_outputs(session: Session, *, is_processed: bool) -> None:
    """Run the phase `make`, and write all files that are out of date."""
    build = session.current
    session.run("make")
    for line in build.run.make(is_processed=is_processed):
        _print(line)


def finish(pelican: Pelican) -> None:
    """Write the files if PELICAN_CLASS is Pelican's own; print notices."""
    session = Session.of(pelican.settings)
    if not session.current.run.is_made:
        make_outputs(session, is_processed=False)
    for notice in session.current.notices:
        _print(notice)


def count_articles(generator: ArticlesGenerator, writer: object) -> None:
    """Set the articles that Pelican counts in its last line."""
    del writer
    site = Session.of(generator.settings).current.site
    entries = [entry for entry in site.entries if entry.kind.is_article]
    generator.articles = _with_status("published", entries)
    generator.drafts = _with_status("draft", entries)
    generator.hidden_articles = _with_status("hidden", entries)


def count_pages(generator: PagesGenerator, writer: object) -> None:
    """Set the pages that Pelican counts in its last line."""
    del writer
    site = Session.of(generator.settings).current.site
    entries = [entry for entry in site.entries if not entry.kind.is_article]
    generator.pages = _with_status("published", entries)
    generator.draft_pages = _with_status("draft", entries)
    generator.hidden_pages = _with_status("hidden", entries)


def _with_status(status: Status, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.status == status]


def _print(line: str) -> None:
    console.print(line, highlight=False, markup=False, soft_wrap=True)
