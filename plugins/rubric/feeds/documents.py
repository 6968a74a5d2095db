"""Documents: a feed or an archive page, independent of its format (RFC 5005, 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rubric.feeds.channels import Channel
from rubric.feeds.items import ItemRef


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file of a channel.

    `page` is 0 for the subscribed feed, otherwise the number of an archive page (1 is the
    oldest, `pages` the newest). `refs` are replaced by items when it is written.
    """

    channel: Channel
    id: str
    refs: Sequence[ItemRef]
    hub: str = ""
    page: int = 0
    pages: int = 0

    def relations(self, format: str) -> Iterator[tuple[str, str]]:
        """Yield link relations to other documents of the channel: relation and address."""
        url = self.channel.url
        if self.page:
            yield "current", url(format)
        older = self.page - 1 if self.page else self.pages
        if older:
            yield "prev-archive", url(format, older)
        if 0 < self.page < self.pages:
            yield "next-archive", url(format, self.page + 1)


def split(
    refs: Sequence[ItemRef], pages: int, size: int
) -> tuple[Sequence[ItemRef], list[list[ItemRef]]]:
    """Divide items, newest first, into those of the feed and full archive pages, oldest first."""
    oldest_first = refs[::-1]
    archive = [list(oldest_first[n * size : (n + 1) * size])[::-1] for n in range(pages)]
    return refs[: len(refs) - pages * size], archive
