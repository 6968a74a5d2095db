"""Newsletters: mailing lists, and issues ready to be rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from rubric.model.edition import Listing
from rubric.model.entry import Entry
from rubric.model.html_tree import parse
from rubric.model.language import Language

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Cadence = Literal["daily", "weekly", "monthly"]
Provider = Literal["listmonk", "mailchimp", "buttondown", "keila", "brevo", "ghost", "mailerlite"]


@dataclass(frozen=True, slots=True)
class MailingList:
    """A mailing list in one language, e.g. `weekly-ru`.

    Attributes:
        tags: The identities of tags whose texts are selected. Without tags and groups, all are.
        groups: The file names of user groups whose texts are selected.
        is_full: Whether emails contain full texts instead of excerpts.
        fallback: `list` includes texts without a translation in their original language.
        form_action: The provider's URL to which the subscribe form is posted.
        form_field: The name of the form's email field.
        provider_settings: Settings of APIs (list ids, template ids), by provider.

    """

    key: str
    lang: str
    name: str
    description: str
    cadence: Cadence
    sender_name: str
    sender_email: str
    reply_to: str
    postal_address: str
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    is_full: bool = False
    max_posts: int = 10
    max_events: int = 5
    fallback: Literal["hide", "list"] = "hide"
    form_action: str = ""
    form_field: str = "email"
    providers: tuple[Provider, ...] = ()
    provider_settings: dict[str, dict[str, object]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Piece:
    """A post or event in an issue, with the editor's note about it."""

    listing: Listing
    note: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with all values that are rendered; `number` counts from 1 in its list.

    `entry` is the content file: its body (HTML with root-relative links) is the editor's
    introduction. `date` is zoned.
    """

    entry: Entry
    list: MailingList
    language: Language
    number: int
    subject: str
    preheader: str
    date: datetime
    posts: tuple[Piece, ...]
    events: tuple[Piece, ...]

    def __repr__(self) -> str:
        return f"<Issue {self.entry.source}>"


UNSUBSCRIBE_SLOT = "rubric-slot-unsubscribe-b7e1"
"""Placeholder for each reader's URL to unsubscribe, which only a provider can fill in.

It is safe in text and in `href`. Texts of authors must not contain it.
"""


@dataclass(frozen=True)
class Rendering:
    """An issue as an email: subject, preheader, HTML document and text part, with the slot.

    `archive` is the URL of the issue's page on the site.
    """

    issue: Issue
    subject: str
    preheader: str
    html: str
    text: str
    archive: str

    @cached_property
    def tree(self) -> BeautifulSoup:
        """The parsed HTML, which must not be changed: checks and exports share it."""
        return parse(self.html)
