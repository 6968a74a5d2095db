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


@dataclass(frozen=True, slots=True)
class Story:
    """A post or quotation.

    `badge` names its language if that is not the issue's. `hue` is the rubric's colour, `shade`
    the CSS class with the lighter colour for dark mode. `body` is set instead of `summary` in
    issues with full texts. `typography` is that of the text's own language.
    """

    title: str
    url: str
    language: Language
    typography: Typography
    badge: str
    rubric: str
    hue: str
    shade: str
    summary: str
    body: str
    picture: Picture | None
    byline: str
    note: str
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class Meetup:
    """An event.

    `day` and `year` are shown on a calendar leaf, `when` is the full time. `status` is empty if
    the event takes place as planned; otherwise `word` is its localized label.
    """

    title: str
    url: str
    language: Language
    badge: str
    day: str
    year: str
    when: str
    zone: str
    former: str
    where: str
    spoken: str
    summary: str
    status: str
    word: str
    is_on: bool
    hue: str
    shade: str
    actions: tuple[Link, ...]
    note: str


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
