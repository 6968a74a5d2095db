"""Passes that add Open Graph tags and draw an image for each shareable page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2.runtime import Context

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.language import Languages
from rubric.model.script import Script
from rubric.model.templates import of_page
from rubric.model.view import MetaTag
from rubric.social.cache import Cache
from rubric.social.card_images import CardImage, cover_image, missing_fonts, name_images
from rubric.social.font_files import FontFiles, find_fonts, has_shaping
from rubric.social.renderer import CardRenderer
from rubric.social.tags import share_tags


@dataclass(frozen=True, slots=True)
class SocialImages:
    """The images of the site, and the fonts they are drawn with."""

    images: list[CardImage]
    fonts: FontFiles


def scripts_of(languages: Languages) -> list[Script]:
    """Return the scripts of the languages of a site."""
    return [language.script for language in languages.values()]


def add_function(build: Build) -> None:
    """Add the template function `share_tags`."""
    build.environment.globals["share_tags"] = tags_of_page


@of_page
def tags_of_page(context: Context) -> list[MetaTag]:
    """Return the `meta` elements of the page for sharing services."""
    return share_tags(context["site"], context["view"])


def plan_images(build: Build) -> None:
    """Set `image` on all views and claim the addresses of all images."""
    if not build.settings["SOCIAL_IMAGES"]["images"]:
        return
    languages = build.site.languages
    folders = build.settings["SOCIAL_IMAGES"]["fonts"]
    files = find_fonts(folders, scripts_of(languages), has_shaping=has_shaping())
    drawn = {
        entry: view
        for entry, view in build.entry_views.items()
        if cover_image(build.site, entry) is None
    }
    general, own = name_images(build.site, build.editions, drawn, build.formats, files)
    # Editions without fonts share one image.
    images = {picture.url: picture for picture in (*general.values(), *own.values())}
    if line := missing_fonts(languages.values(), files):
        build.notices.append(line)
    for view in build.views:
        entry = view.subject if isinstance(view.subject, Entry) else None
        picture = own.get(entry) if entry else None
        cover = cover_image(build.site, entry) if entry else None
        view.image = cover or (picture or general[view.edition.lang]).image
    build.site.claims.add_all((url, "a social image") for url in images)
    build.keep(SocialImages(list(images.values()), files))


def draw_images(build: Build) -> None:
    """Draw all images that are not in the cache."""
    plan = build.find(SocialImages)
    if plan is None or not plan.images:
        return
    cache = Cache(Path(build.settings["SOCIAL_IMAGES"]["cache"]))
    renderer = CardRenderer(cache, plan.fonts)
    for picture in plan.images:
        build.outputs.add_file(picture.url, renderer.render, picture, is_hashed=True)
