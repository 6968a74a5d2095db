"""Assigns images to pages and defines their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import SocialImage, View
from rubric.social.card import HEIGHT, WIDTH, Card
from rubric.social.card_content import Formats, blank_card, edition_card, entry_card
from rubric.social.font_files import FontFiles


@dataclass(frozen=True, slots=True)
class CardImage:
    """A card, its address, its cache key, and the data for the page's meta tags."""

    card: Card
    url: str
    digest: str
    image: SocialImage

    def __repr__(self) -> str:
        return f"<CardImage {self.url}>"


def name_images(
    site: Site,
    editions: Mapping[str, Edition],
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    versions: str,
    fonts: FontFiles,
) -> tuple[dict[str, CardImage], dict[Entry, CardImage]]:
    """Return the image of each edition by language key, and the image of each entry.

    Services cache images by URL, so the URL contains a digest of the content. Editions whose
    script has no font share the default image, and their entries have no image of their own.
    """
    general = {
        lang: _picture(edition_card(edition), edition.home, versions)
        if fonts.can_write(edition.language.name)
        else _default(edition, versions)
        for lang, edition in editions.items()
    }
    drawn = {
        entry: view
        for entry, view in entry_views.items()
        if not general[view.edition.lang].card.is_blank
    }
    return general, dict(_own(site, drawn, formats, versions))


def missing_fonts(site: Site, general: Mapping[str, CardImage]) -> str:
    """Return a notice about editions with the default image; empty if there are none."""
    names = [site.languages[lang].name for lang, each in general.items() if each.card.is_blank]
    if not names:
        return ""
    return (
        f"No fonts for social images in: {', '.join(names)}. Pages there show a default image. "
        "Install Noto Sans and Noto Sans CJK; see docs/discovery.md."
    )


def _default(edition: Edition, versions: str) -> CardImage:
    picture = _picture(blank_card(), "", versions)
    return replace(picture, image=replace(picture.image, alt=edition.language.site_name))


def _own(
    site: Site,
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    versions: str,
) -> Iterator[tuple[Entry, CardImage]]:
    for entry, view in entry_views.items():
        card = entry_card(site, view, entry, formats[view.edition.lang])
        if card:
            yield entry, _picture(card, entry.url, versions)


def _picture(card: Card, folder: str, versions: str) -> CardImage:
    digest = card.digest(versions)
    url = f"{folder}card-{digest[:8]}.png"
    return CardImage(card, url, digest, SocialImage(url, WIDTH, HEIGHT, card.alt))
