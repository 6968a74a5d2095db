"""Sites whose players pages can show after a click."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Player(NamedTuple):
    """The player of a page: its URL, its origin for the policy, and the site that is named."""

    url: str
    origin: str
    site: str


@dataclass(frozen=True, slots=True)
class EmbedSite:
    """A site with players. `page` matches its pages; its group is the id in the URL `player`."""

    site: str
    page: re.Pattern[str]
    player: str

    @property
    def origin(self) -> str:
        return "/".join(self.player.split("/")[:3])


EMBED_SITES: Mapping[str, EmbedSite] = {
    "youtube": EmbedSite(
        "youtube.com",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/)"
            r"|youtu\.be/)([\w-]{11})(?![\w-]).*"
        ),
        "https://www.youtube-nocookie.com/embed/{}?autoplay=1",
    ),
    "vimeo": EmbedSite(
        "vimeo.com",
        re.compile(r"https://(?:www\.)?vimeo\.com/(\d+)(?:[?#].*)?"),
        "https://player.vimeo.com/video/{}?autoplay=1&dnt=1",
    ),
    "rutube": EmbedSite(
        "rutube.ru",
        re.compile(r"https://rutube\.ru/video/([0-9a-f]{32})/?(?:[?#].*)?"),
        "https://rutube.ru/play/embed/{}",
    ),
    "bilibili": EmbedSite(
        "bilibili.com",
        re.compile(r"https://www\.bilibili\.com/video/(BV\w{10})/?(?:[?#].*)?"),
        "https://player.bilibili.com/player.html?bvid={}",
    ),
}
"""By name in the setting IMAGES. YouTube's player is that without cookies."""


def find_player(url: str, allowed: Collection[str]) -> Player | None:
    """Return the player of a page; None if the site is unknown or not allowed.

    >>> find_player("https://vimeo.com/76979871", ["vimeo"]).origin
    'https://player.vimeo.com'
    """
    for name in allowed:
        site = EMBED_SITES[name]
        if match := site.page.fullmatch(url):
            return Player(site.player.format(match[1]), site.origin, site.site)
    return None
