"""The content of an issue's email, decided once for its HTML and its text part."""

from __future__ import annotations

from dataclasses import dataclass

from rubric.model.image_size import Size
from rubric.model.language import Language
from rubric.model.newsletter import Issue
from rubric.model.quotation import Quotation
from rubric.newsletter.typography import Typography


@dataclass(frozen=True, slots=True)
class Link:
    """A label with its URL."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with the size it is displayed at."""

    url: str
    alt: str
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text in an issue.

    `badge` names its language if that is not the issue's. `hue` is the rubric's colour, `shade`
    the CSS class with the lighter colour for dark mode, e.g. `#0d6558` and `hue-0d6558`. `note`
    was written by the editor of the issue.
    """

    title: str
    url: str
    language: Language
    badge: str
    hue: str
    shade: str
    summary: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story(Item):
    """A post or quotation.

    In issues with full texts, `body` is set and `summary` is empty. `typography` is that of the
    text's own language.
    """

    typography: Typography
    rubric: str
    body: str
    picture: Picture | None
    byline: str
    quotation: Quotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetup(Item):
    """An event.

    `day` and `year` are shown on a calendar leaf, `when` is the full time. `status` is empty if
    the event takes place as planned; otherwise `word` is its localized label.
    """

    day: str
    year: str
    when: str
    zone: str
    former: str
    where: str
    spoken: str
    status: str
    word: str
    is_on: bool
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IssueContent:
    """Everything the templates print. All URLs are absolute, or slots.

    `introduction` is HTML. `feedback` are five links, for ratings 1 to 5. `shades` maps CSS
    classes to the rubric colours for dark mode.
    """

    issue: Issue
    typography: Typography
    number: str
    date: str
    home: str
    archive: str
    browser: str
    unsubscribe: str
    address: str
    introduction: str
    stories: tuple[Story, ...]
    meetups: tuple[Meetup, ...]
    more: tuple[Link, ...]
    feedback: tuple[Link, ...]
    shades: dict[str, str]
