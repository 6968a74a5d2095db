"""Passes that add Open Graph tags, and draw an image for each page that is shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2.runtime import Context

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.language import Languages
from rubric.model.script import Script
from rubric.model.templates import of_page
from rubric.model.view import MetaTag
from rubric.social.cache import Cache
from rubric.social.font_files import FontFiles, find_fonts
from rubric.social.naming import Picture, missing_fonts, name_pictures
from rubric.social.tags import share_tags


@dataclass(frozen=True, slots=True)
class SocialImages:
    """The images of the site, and the fonts they are drawn with."""

    pictures: list[Picture]
    fonts: FontFiles


def font_version(settings: Mapping[str, Any]) -> str:
    """The version of the system's fonts; empty without images."""
    if not settings["SOCIAL_IMAGES"]["images"]:
        return ""
    languages = Languages.from_settings(settings["LANGUAGES"])
    return find_fonts(settings["SOCIAL_IMAGES"]["fonts"], scripts_of(languages)).version


def scripts_of(languages: Languages) -> list[Script]:
    """The scripts of a site's languages."""
    return [language.script for language in languages.values()]


def add_function(build: Build) -> None:
    """Add the template function `share_tags`."""
    build.environment.globals["share_tags"] = tags_of_page


@of_page
def tags_of_page(context: Context) -> list[MetaTag]:
    """The `meta` elements for services where the page is shared."""
    return share_tags(context["site"], context["view"])


def plan_images(build: Build) -> None:
    """Set `image` on all views, and claim the addresses of all images."""
    if not build.settings["SOCIAL_IMAGES"]["images"]:
        return
    from rubric.social.fonts import has_shaping, versions

    languages = build.site.languages
    folders = build.settings["SOCIAL_IMAGES"]["fonts"]
    files = find_fonts(folders, scripts_of(languages), has_shaping=has_shaping())
    general, own = name_pictures(
        build.site,
        build.editions,
        build.entry_views,
        build.formats,
        partial(versions, files),
        files,
    )
    # Editions without fonts share one picture.
    pictures = {picture.url: picture for picture in (*general.values(), *own.values())}
    if line := missing_fonts(languages.values(), files):
        build.notices.append(line)
    for view in build.views:
        entry = view.subject if isinstance(view.subject, Entry) else None
        picture = own[entry] if entry in own else general[view.edition.lang]
        view.image = picture.image
    for url in pictures:
        build.site.claims.add(url, "a social image")
    build.keep(SocialImages(list(pictures.values()), files))


def draw_images(build: Build) -> None:
    """Draw all images that are not in the cache."""
    plan = build.find(SocialImages)
    if plan is None or not plan.pictures:
        return
    # Pillow takes long to import.
    from rubric.social.drawing import Painter
    from rubric.social.fonts import Fonts
    from rubric.social.gallery import Gallery

    cache = Cache(Path(build.settings["SOCIAL_IMAGES"]["cache"]))
    gallery = Gallery(cache, Painter(Fonts(plan.fonts)))
    for picture in plan.pictures:
        build.outputs.add_file(picture.url, gallery.show, picture)
