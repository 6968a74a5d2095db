"""Where social images meet Pelican."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.model.entry import Entry
from plugins.social.cache import Cache
from plugins.social.naming import name_pictures
from plugins.social.tags import share_tags


def connect() -> None:
    signals.all_generators_finalized.connect(attach_tags)
    signals.article_writer_finalized.connect(write_pictures)


def attach_tags(generators: list[Generator]) -> None:
    """All views are made, and none is rendered yet."""
    context, settings = generators[0].context, generators[0].settings["SOCIAL_IMAGES"]
    site, views = context["site"], context["views"]
    context["social_pictures"] = []
    if settings["images"]:
        from plugins.social.fonts import versions

        general, own = name_pictures(
            site, context["editions"], context["entry_views"], context["formats"], versions()
        )
        context["social_pictures"] = [*general.values(), *own.values()]
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
    gallery = Gallery(cache, Painter(Fonts()))
    for picture in generator.context["social_pictures"]:
        writer.add_file(picture.url, gallery.show, picture)
