"""Views of what a page of events, groups or a place has no room for.

Such a page shows the start of each of its lists; the rest is on pages below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from rubric.model.edition import Listing, Occasion
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory, by_age, in_chunks

Item = TypeVar("Item")

Cards = Literal["occasions", "events", "groups", "posts", "places"]
"""What a list has; templates choose the cards by it."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Splits the lists of one page; `views` are the pages with the items that it does not show.

    `size` is the number of cards on a page.
    """

    factory: ViewFactory
    parent: View
    size: int
    views: list[View] = field(default_factory=list)

    def continue_forward(
        self, items: Sequence[Item], cards: Cards, title: str, path: str = "page/"
    ) -> tuple[Sequence[Item], str]:
        """Return the first items, and the address of the next page: page/2/, page/3/ and so on."""
        first, *rest = in_chunks(items, self.size)
        numbers = range(2, len(rest) + 2)
        return first, self._add(rest, numbers, path, cards, title, is_forward=True)

    def continue_by_age(
        self, listings: Sequence[Listing], cards: Cards, title: str, path: str
    ) -> tuple[Sequence[Listing], str]:
        """Return the newest items, and the address of older ones; `by_age` numbers the pages."""
        front, older = by_age(listings, self.size)
        numbers = range(len(older), 0, -1)
        return front, self._add(older, numbers, path, cards, title, is_forward=False)

    def dates(
        self, upcoming: Sequence[Occasion], past: Sequence[Listing], name: str
    ) -> dict[str, object]:
        """Return the variables of a page with upcoming and past events."""
        _ = self.parent.edition.gettext
        coming, later_url = self.continue_forward(
            upcoming, "occasions", self.title(_("Next dates"), name)
        )
        over, earlier_url = self.continue_by_age(
            past, "events", self.title(_("Past events"), name), "past/"
        )
        return {
            "upcoming": coming,
            "later_url": later_url,
            "past": over,
            "earlier_url": earlier_url,
        }

    def title(self, label: str, name: str) -> str:
        return self.parent.edition.gettext("%(site)s: %(part)s") % {"site": label, "part": name}

    def _add(
        self,
        chunks: Sequence[Sequence[object]],
        numbers: Sequence[int],
        path: str,
        cards: Cards,
        title: str,
        *,
        is_forward: bool,
    ) -> str:
        """Add a page for each chunk; return the address of the first one, "" if there is none."""
        parent = self.parent
        around = [parent.url, *(f"{parent.url}{path}{number}/" for number in numbers), ""]
        for place, (number, chunk) in enumerate(zip(numbers, chunks, strict=True), 1):
            view = self.factory.later_page(parent, around[place])
            view.template, view.title, view.subject = "rest", title, None
            view.document_title = title
            view.description = parent.description or title
            view.is_indexed = parent.is_indexed
            view.variables = {
                "cards": cards,
                "listings": chunk,
                "parent_title": parent.title,
                "parent_url": parent.url,
                "page_label": self.factory.page_label(parent, number),
                "previous_url": around[place - 1],
                "next_url": around[place + 1],
                "is_forward": is_forward,
            }
            self.views.append(view)
        return around[1]
