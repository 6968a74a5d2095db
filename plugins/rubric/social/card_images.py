"""Assigns images to pages and defines their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.language import Language
from rubric.model.script import SCRIPTS
from rubric.model.site import Site
from rubric.model.view import SocialImage, View
from rubric.social.card import HEIGHT, WIDTH, Card
from rubric.social.card_content import Formats, blank_card, edition_card, entry_card
from rubric.social.font_files import FontFiles

_LEAST_WIDTH, _LEAST_HEIGHT = 600, 315
"""Smaller pictures are shown as a small square, or not at all."""


@dataclass(frozen=True, slots=True)
class CardImage:
    """A card, its address, its cache key, and the data for the page's meta tags.

    The digest is that of the card, so only digest and address are compared.
    """

    card: Card = field(compare=False)
    url: str
    digest: str
    image: SocialImage = field(compare=False)

    def __repr__(self) -> str:
        return f"<CardImage {self.url}>"


def name_images(
    site: Site,
    editions: Mapping[str, Edition],
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    fonts: FontFiles,
) -> tuple[dict[str, CardImage], dict[Entry, CardImage]]:
    """Return the image of each edition by language key, and the image of each entry.

    Services cache images by URL, so the URL contains a digest of the content. Editions whose
    script no font has share the default image, and their entries have no image of their own.
    """
    versions = {lang: fonts.versions(edition.language.script) for lang, edition in editions.items()}
    general = {
        lang: _default(edition, fonts.versions(SCRIPTS["Latn"]))
        if fonts.missing(edition.language.script)
        else _picture(edition_card(edition), edition.home, versions[lang])
        for lang, edition in editions.items()
    }
    own = {}
    for entry, view in entry_views.items():
        if general[entry.lang].card.is_blank:
            continue
        if card := entry_card(site, view, entry, formats[entry.lang]):
            own[entry] = _picture(card, entry.url, versions[entry.lang])
    return general, own


def cover_image(site: Site, entry: Entry) -> SocialImage | None:
    """Return the picture of a text as its image, if it is a photo that is large enough.

    Drafts and texts without such a picture have a drawn image.
    """
    picture = site.pictures.get(entry.cover.link) if entry.cover else None
    if picture is None or entry.cover is None or entry.status == "draft" or entry.quotation:
        return None
    shown = picture.mail
    if shown.width < _LEAST_WIDTH or shown.height < _LEAST_HEIGHT:
        return None
    address = unquote(shown.link.removeprefix(f"{site.base}/"))
    return SocialImage(address, shown.width, shown.height, entry.cover.alt)


def missing_fonts(languages: Iterable[Language], fonts: FontFiles) -> str:
    """Return a notice about languages with the default image; empty if there are none."""
    missing = {each.name: names for each in languages if (names := fonts.missing(each.script))}
    if not missing:
        return ""
    needed = dict.fromkeys(name for names in missing.values() for name in names)
    return (
        f"No fonts for social images in: {', '.join(missing)}. Pages there show a default image. "
        f"Install {' and '.join(needed)}; see docs/discovery.md."
    )


def _default(edition: Edition, versions: str) -> CardImage:
    picture = _picture(blank_card(), "", versions)
    return replace(picture, image=replace(picture.image, alt=edition.language.site_name))


def _picture(card: Card, folder: str, versions: str) -> CardImage:
    digest = card.digest(versions)
    url = f"{folder}card-{digest[:8]}.png"
    return CardImage(card, url, digest, SocialImage(url, WIDTH, HEIGHT, card.alt))
