"""Documents: a feed, or a page of its archive, before it has a format (RFC 5005, 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rubric.feeds.channels import Channel
from rubric.feeds.items import Slot


@dataclass(frozen=True, slots=True)
class Document:
    """What one file of a channel says, whatever its format.

    `page` is 0 for the feed one subscribes to, else the number of a page of its archive,
    the oldest being 1 and the newest `pages`. `slots` are filled with items when it is
    written; `updated` is then that of the newest item.
    """

    channel: Channel
    id: str
    slots: Sequence[Slot]
    hub: str = ""
    page: int = 0
    pages: int = 0

    def relations(self, format: str) -> Iterator[tuple[str, str]]:
        """How it is chained to its siblings: relation and address below the root."""
        url = self.channel.url
        if self.page:
            yield "current", url(format)
        older = self.page - 1 if self.page else self.pages
        if older:
            yield "prev-archive", url(format, older)
        if 0 < self.page < self.pages:
            yield "next-archive", url(format, self.page + 1)


def split(slots: Sequence[Slot], pages: int, size: int) -> tuple[Sequence[Slot], list[list[Slot]]]:
    """Slots, newest first → those of the feed, and full pages of the archive, oldest first."""
    oldest_first = slots[::-1]
    archive = [list(oldest_first[n * size : (n + 1) * size])[::-1] for n in range(pages)]
    return slots[: len(slots) - pages * size], archive
