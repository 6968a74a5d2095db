"""Where social images meet Pelican."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.log import console
from pelican.writers import Writer

from plugins.model.entry import Entry
from plugins.social.cache import Cache
from plugins.social.font_files import find_fonts
from plugins.social.naming import missing_fonts, name_pictures
from plugins.social.tags import share_tags


def connect() -> None:
    signals.initialized.connect(note_fonts)
    signals.all_generators_finalized.connect(attach_tags)
    signals.article_writer_finalized.connect(write_pictures)


def note_fonts(pelican: Pelican) -> None:
    """Fonts of the system decide about pictures as settings do: new ones begin a build."""
    settings = pelican.settings
    if settings["SOCIAL_IMAGES"]["images"]:
        settings["SOCIAL_IMAGES_FONTS"] = find_fonts(_folders(settings)).version


def _folders(settings: Mapping[str, Any]) -> Iterable[str]:
    folders: Iterable[str] = settings["SOCIAL_IMAGES"]["fonts"]
    return folders


def attach_tags(generators: list[Generator]) -> None:
    """All views are made, and none is rendered yet."""
    context, settings = generators[0].context, generators[0].settings
    site, views = context["site"], context["views"]
    context["social_pictures"] = []
    if settings["SOCIAL_IMAGES"]["images"]:
        from plugins.social.fonts import versions

        files = context["font_files"] = find_fonts(_folders(settings))
        general, own = name_pictures(
            site,
            context["editions"],
            context["entry_views"],
            context["formats"],
            versions(files),
            files,
        )
        # Editions without fonts share one picture.
        pictures = {picture.url: picture for picture in (*general.values(), *own.values())}
        context["social_pictures"] = list(pictures.values())
        if line := missing_fonts(site, general):
            console.print(line, highlight=False, markup=False, soft_wrap=True)
        for view in views:
            entry = view.subject if isinstance(view.subject, Entry) else None
            picture = own[entry] if entry in own else general[view.edition.lang]
            view.image = picture.image
    for picture in context["social_pictures"]:
        site.claims.add(picture.url, "a social image")
    share = partial(share_tags, site)
    for view in views:
        view.share = share


def write_pictures(generator: ArticlesGenerator, writer: Writer) -> None:
    if not generator.context["social_pictures"]:
        return
    # What draws takes long to load.
    from plugins.social.drawing import Painter
    from plugins.social.fonts import Fonts
    from plugins.social.gallery import Gallery

    cache = Cache(Path(generator.settings["SOCIAL_IMAGES"]["cache"]))
    gallery = Gallery(cache, Painter(Fonts(generator.context["font_files"])))
    for picture in generator.context["social_pictures"]:
        writer.add_file(picture.url, gallery.show, picture)
