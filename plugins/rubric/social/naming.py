"""Which page has which picture, and the address it is served from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import SocialImage, View
from rubric.social.card import HEIGHT, WIDTH, Card
from rubric.social.cards import Formats, blank_card, edition_card, entry_card
from rubric.social.font_files import FontFiles


@dataclass(frozen=True, slots=True)
class Picture:
    """A card, where it is served from, the digest it is kept under, and what pages say of it."""

    card: Card
    url: str
    digest: str
    image: SocialImage

    def __repr__(self) -> str:
        return f"<Picture {self.url}>"


def name_pictures(
    site: Site,
    editions: Mapping[str, Edition],
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    versions: str,
    fonts: FontFiles,
) -> tuple[dict[str, Picture], dict[Entry, Picture]]:
    """Each edition's picture by language key, and each entry's own.

    Services keep a picture by its address, so the address changes with what is drawn. Editions
    whose script no font has share the default picture, and their entries have none of their own.
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


def missing_fonts(site: Site, general: Mapping[str, Picture]) -> str:
    """One line about the editions that have the default picture; empty for none."""
    names = [site.languages[lang].name for lang, each in general.items() if each.card.is_blank]
    if not names:
        return ""
    return (
        f"No fonts for social images in: {', '.join(names)}. Pages there show a default image. "
        "Install Noto Sans and Noto Sans CJK; see docs/discovery.md."
    )


def _default(edition: Edition, versions: str) -> Picture:
    picture = _picture(blank_card(), "", versions)
    return replace(picture, image=replace(picture.image, alt=edition.language.site_name))


def _own(
    site: Site,
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    versions: str,
) -> Iterator[tuple[Entry, Picture]]:
    for entry, view in entry_views.items():
        card = entry_card(site, view, entry, formats[view.edition.lang])
        if card:
            yield entry, _picture(card, entry.url, versions)


def _picture(card: Card, folder: str, versions: str) -> Picture:
    digest = card.digest(versions)
    url = f"{folder}card-{digest[:8]}.png"
    return Picture(card, url, digest, SocialImage(url, WIDTH, HEIGHT, card.alt))
