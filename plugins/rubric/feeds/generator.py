"""The classes of feedgen, with what feedgen 1.0 writes wrongly or not at all put right.

`tests/unit/test_feedgen.py` fails when a later version makes a correction unnecessary. Elements
that feedgen does not have are in `extensions.py`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml.etree import SubElement

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Entry(FeedEntry):
    """An item of an RSS feed or an entry of an Atom feed; one object per format.

    Its element is created once and shared by all feeds that contain it. lxml moves an element to
    the tree that it is added to, so each feed must be serialised before the next one is created.
    """

    def __init__(self, id: str, title: str, published: datetime, updated: datetime) -> None:
        super().__init__()
        self._element: Any = None
        self.id(id)
        self.title(title)
        self.published(_whole_seconds(published))
        self.updated(_whole_seconds(updated))  # the default is the current time

    def extend(self, name: str, extension: BaseExtension) -> None:
        self.register_extension(name, lambda: extension)

    def rss_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001 (as in feedgen)
        if self._element is None:
            self._element = super().rss_entry(extensions)
            if self._element.find(CONTENT) is None:
                # Without a summary, feedgen writes the content as description.
                description = self._element.find("description")
                SubElement(self._element, CONTENT).text = description.text
                description.text = None
        return self._element

    def atom_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001
        if self._element is None:
            self._element = super().atom_entry(extensions)
            # feedgen loses all attributes of links but `href` (lkiesow/python-feedgen#135).
            elements = self._element.iterfind("link")
            for element, attributes in zip(elements, self.link(), strict=True):
                element.attrib.update(attributes)
        return self._element


class Feed(FeedGenerator):
    """An RSS or Atom feed."""

    def __init__(self, id: str, title: str, updated: datetime) -> None:
        super().__init__()
        self.id(id)
        self.title(title)
        self.updated(_whole_seconds(updated))  # the default is the current time
        self.generator("Rubric")
        self.docs("https://www.rssboard.org/rss-specification")

    def extend(self, name: str, extension: BaseExtension) -> None:
        self.register_extension(name, lambda: extension)


def _whole_seconds(time: datetime) -> datetime:
    """Leave out microseconds, which feedgen would write.

    Times have a zone (see `Item`); feedgen raises ValueError for others.
    """
    return time.replace(microsecond=0)
