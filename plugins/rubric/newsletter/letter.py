"""A letter: everything a mail says, decided once for its HTML and its text."""

from __future__ import annotations

from dataclasses import dataclass

from rubric.model.language import Language
from rubric.model.newsletter import Issue
from rubric.model.quotation import Quotation
from rubric.newsletter.images import Size
from rubric.newsletter.typography import Typography


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at the size it is shown."""

    url: str
    alt: str
    size: Size


@dataclass(frozen=True, slots=True)
class Story:
    """A post or a quotation. `badge` names its language where it is not the issue's.

    `hue` is its rubric's colour and `shade` the class that lightens it in the dark;
    `body` is set in issues that send whole texts, in place of `summary`. `typography` is
    that of the text's own language.
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
    """An event; `day` and `year` stand on its tear-off leaf, `when` says the rest.

    `status` is empty for one that takes place as planned, and `word` says it to readers.
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
class Letter:
    """An issue as its reader gets it; every address is absolute, or a slot.

    `introduction` is HTML. `feedback` are the five answers, 1 first. `shades` are the
    rubric colours in the dark, by class.
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
