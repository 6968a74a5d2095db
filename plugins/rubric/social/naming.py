"""Which page has which picture, and the address it is served from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.language import Language
from rubric.model.script import SCRIPTS, Script
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
    versions: Callable[[Script], str],
    fonts: FontFiles,
) -> tuple[dict[str, Picture], dict[Entry, Picture]]:
    """Each edition's picture by language key, and each entry's own.

    Services keep a picture by its address, so the address changes with what is drawn. Editions
    whose script no font has share the default picture, and their entries have none of their own.
    `versions` are those of fonts and libraries that draw a script.
    """
    general = {
        lang: _default(edition, versions(SCRIPTS["Latn"]))
        if fonts.missing(edition.language.script)
        else _picture(edition_card(edition), edition.home, versions(edition.language.script))
        for lang, edition in editions.items()
    }
    drawn = {
        entry: view
        for entry, view in entry_views.items()
        if not general[view.edition.lang].card.is_blank
    }
    return general, dict(_own(site, drawn, formats, versions))


def missing_fonts(languages: Iterable[Language], fonts: FontFiles) -> str:
    """One line about the languages whose pages have the default picture; empty for none."""
    missing = {each.name: names for each in languages if (names := fonts.missing(each.script))}
    if not missing:
        return ""
    needed = dict.fromkeys(name for names in missing.values() for name in names)
    return (
        f"No fonts for social images in: {', '.join(missing)}. Pages there show a default image. "
        f"Install {' and '.join(needed)}; see docs/discovery.md."
    )


def _default(edition: Edition, versions: str) -> Picture:
    picture = _picture(blank_card(), "", versions)
    return replace(picture, image=replace(picture.image, alt=edition.language.site_name))


def _own(
    site: Site,
    entry_views: Mapping[Entry, View],
    formats: Mapping[str, Formats],
    versions: Callable[[Script], str],
) -> Iterator[tuple[Entry, Picture]]:
    for entry, view in entry_views.items():
        card = entry_card(site, view, entry, formats[view.edition.lang])
        if card:
            yield entry, _picture(card, entry.url, versions(view.edition.language.script))


def _picture(card: Card, folder: str, versions: str) -> Picture:
    digest = card.digest(versions)
    url = f"{folder}card-{digest[:8]}.png"
    return Picture(card, url, digest, SocialImage(url, WIDTH, HEIGHT, card.alt))
