"""Which page has which picture, and the address it is served from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plugins.model.edition import Edition
from plugins.model.entry import Entry
from plugins.model.site import Site
from plugins.model.view import SocialImage, View
from plugins.social.card import HEIGHT, WIDTH, Card
from plugins.social.cards import Formats, edition_card, entry_card


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
) -> tuple[dict[str, Picture], dict[Entry, Picture]]:
    """Each edition's picture by language key, and each entry's own.

    Services keep a picture by its address, so the address changes with what is drawn.
    """
    general = {
        lang: _picture(edition_card(edition), edition.home, versions)
        for lang, edition in editions.items()
    }
    own = dict(_own(site, entry_views, formats, versions))
    return general, own


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
