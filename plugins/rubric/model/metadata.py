"""Front matter: one model per kind, for validation, JSON Schema and the reference in docs/."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rubric.model.event_fields import Capacity, Latitude, Longitude, Price, Year
from rubric.model.fields import (
    AliasList,
    Country,
    Currency,
    Duration,
    FileName,
    Key,
    KindId,
    LanguageList,
    Line,
    LineList,
    Link,
    LinkList,
    LocalMoment,
    MaybeEmptyLine,
    Publication,
    Slug,
    TagList,
    TemplateName,
    WebUrl,
    Zone,
)
from rubric.model.issue_fields import SelectedEntries, Subject

Status = Literal["published", "draft", "hidden"]
EventStatus = Literal["scheduled", "cancelled", "postponed", "moved"]


class Metadata(BaseModel):
    """The fields of every kind."""

    # Deferred: most builds read texts of one kind, and building each kind's validator takes time.
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    title: Line = Field(description="The heading of the page.")
    lang: Line | None = Field(
        None, description="Language code. Set by the folder; if given, it must match."
    )
    kind: KindId | None = Field(
        None,
        description="post, story or quote for posts, faq for pages. The default depends on the "
        "folder and the rubric.",
    )
    date: Publication | None = Field(
        None,
        description="Time of publication, in the site's time zone. The default is the date at the "
        "start of the file name. A post, event or issue without either is a draft.",
    )
    modified: Publication | None = Field(None, description="Time of the last change.")
    slug: Slug | None = Field(
        None, description="Last part of the address. Default: the file name without its date."
    )
    tags: TagList = Field((), description="Tags in addition to the hashtags in the text.")
    authors: LineList = Field((), description="Author ids from content/authors.toml, or names.")
    summary: Line | None = Field(
        None, description="One or two sentences for cards, feeds and search engines."
    )
    status: Status | None = Field(
        None,
        description="draft: shown only in previews; hidden: has a page, but is not listed "
        "anywhere; published: the default, unless the date is missing or in the future.",
    )
    translation_key: Key | None = Field(
        None,
        description="Permanent identity of a text in all languages. Default: the path below the "
        "language folder. When you move or rename a file, write its old path here.",
    )
    aliases: AliasList = Field((), description="Former addresses that redirect to this text.")
    gone: bool | None = Field(
        None,
        description="true takes a published text offline permanently: its addresses answer "
        "410 Gone.",
    )
    template: TemplateName | None = Field(
        None,
        description="Template of the theme for this page, without .html. The default depends on "
        "the kind.",
    )
    toc: bool | None = Field(
        None,
        description="Whether the page has a table of contents. By default, long texts have one.",
    )
    image: Line | None = Field(None, description="Path of a picture below content/.")
    image_alt: MaybeEmptyLine | None = Field(
        None,
        description="Text alternative for people who cannot see the picture; required with image. "
        '"" if it adds nothing to the text.',
    )
    image_credit: Line | None = Field(None, description="Creator of the picture.")


class PostMetadata(Metadata):
    """An article."""

    rubric: Line | None = Field(
        None, description="Rubric id. Default: the first rubric among the hashtags."
    )
    group: FileName | None = Field(
        None, description="File name of the user group that the text is about."
    )
    series: Line | None = Field(None, description="Name of the series that the text belongs to.")
    series_part: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Number within the series."
    )


class QuoteMetadata(PostMetadata):
    """A quotation with its author and source."""

    quote: Line | None = Field(None, description="The quotation. Default: the body.")
    by: Line | None = Field(None, description="Author of the quotation.")
    role: Line | None = Field(None, description="Short description of the author.")
    source: Line | None = Field(
        None, description="Book, talk or letter that contains the quotation."
    )
    source_url: WebUrl | None = Field(None, description="Address of the source.")
    portrait: Line | None = Field(
        None, description="Path of a portrait of the author below content/."
    )


class EventMetadata(Metadata):
    """A meetup, talk or workshop. Facts are stated once; translations inherit them."""

    start: LocalMoment | None = Field(None, description="Local start: a date, or a date and time.")
    end: LocalMoment | None = Field(None, description="Local end: a date, or a date and time.")
    duration: Duration | None = Field(None, description="Length, such as 2h30m, instead of end.")
    timezone: Zone | None = Field(
        None, description="IANA time zone of the start, such as Asia/Almaty."
    )
    fold: Annotated[int, Field(ge=0, le=1)] | None = Field(
        None,
        description="0 or 1: the first or second of two equal local times when clocks go back.",
    )
    all_day: bool | None = Field(
        None, description="true for an event of whole days, from start to end inclusive."
    )
    event_status: EventStatus | None = Field(
        None, description="scheduled (the default), cancelled, postponed or moved."
    )
    moved_from: LocalMoment | None = Field(None, description="The former start of a moved event.")
    group: FileName | None = Field(None, description="File name of the user group that meets.")
    online: WebUrl | None = Field(None, description="Public page of the online part.")
    venue: Line | None = Field(None, description="Name of the venue.")
    street: Line | None = Field(None, description="Street and number.")
    city: Line | None = Field(None, description="City, in the language of the file.")
    country: Country | None = Field(None, description="Country code of two letters, ISO 3166-1.")
    access: Line | None = Field(None, description="How to enter the building.")
    latitude: Latitude | None = Field(None, description="Latitude in degrees.")
    longitude: Longitude | None = Field(None, description="Longitude in degrees.")
    event_languages: LanguageList = Field((), description="Languages spoken at the event.")
    interpretation: LanguageList = Field((), description="Languages of the interpretation.")
    speakers: LineList = Field((), description="Speakers: names or author ids.")
    registration: Link | None = Field(None, description="Address of the registration.")
    registration_until: LocalMoment | None = Field(
        None, description="Local deadline of the registration."
    )
    price: Price | None = Field(None, description="Price; 0 means free.")
    currency: Currency | None = Field(None, description="Currency code of three letters, ISO 4217.")
    capacity: Capacity | None = Field(None, description="Number of seats.")
    sold_out: bool | None = Field(None, description="true if no seats are left.")
    promo_code: Line | None = Field(None, description="Promotion code for readers.")
    promo_text: Line | None = Field(None, description="What readers get for the code.")
    promo_until: LocalMoment | None = Field(
        None, description="Last day on which the code is valid."
    )
    join_url: WebUrl | None = Field(None, description="Private link; never published anywhere.")
    recording: WebUrl | None = Field(None, description="Video or audio of a past event.")
    slides: WebUrl | None = Field(None, description="Slides of a past event.")
    recap: FileName | None = Field(
        None, description="File name of the post about the past event, or none."
    )


class GroupMetadata(Metadata):
    """A user group that meets at one place."""

    city: Line | None = Field(None, description="City, in the language of the file.")
    country: Country | None = Field(None, description="Country code of two letters, ISO 3166-1.")
    latitude: Latitude | None = Field(None, description="Latitude in degrees.")
    longitude: Longitude | None = Field(None, description="Longitude in degrees.")
    timezone: Zone | None = Field(None, description="IANA time zone of the meetings.")
    languages: LanguageList = Field((), description="Languages spoken at the meetings.")
    meets: Line | None = Field(None, description="Rhythm of the meetings: an RRULE, or words.")
    meets_at: Line | None = Field(None, description="Local time of the meetings, such as 18:30.")
    duration: Duration | None = Field(None, description="Length of a meeting.")
    founded: Year | None = Field(None, description="Year, or year and month, of the foundation.")
    organisers: LineList = Field((), description="Organisers: author ids or names.")
    links: LinkList = Field((), description="Links to the chat, mail and page of the group.")


class PageMetadata(Metadata):
    """A page without a date, such as about or contact."""


class FaqMetadata(PageMetadata):
    """A page of questions and answers. Each question is a second-level heading."""


class IssueMetadata(Metadata):
    """An issue of a newsletter, drafted by `invoke newsletter.draft`, completed by an editor."""

    list: Line = Field(description="Key of the mailing list in NEWSLETTER.")
    subject: Subject | None = Field(None, description="Subject of the mail. Default: the title.")
    preheader: Subject | None = Field(
        None, description="Text that mail programs show after the subject. Default: the summary."
    )
    posts: SelectedEntries = Field(
        (),
        description="Posts in order, by translation key such as posts/my-post. With an editor's "
        "note: an entry with `key` and `note`.",
    )
    events: SelectedEntries = Field((), description="Events in order, in the same format.")
    window_start: Publication | None = Field(
        None, description="Start of the period of the issue: the end of the previous one."
    )
    window_end: Publication | None = Field(
        None, description="End of the period of the issue, exclusive: the start of the next one."
    )
    considered: LineList = Field(
        (),
        description="Everything that the draft offered, written by the draft task. These texts are "
        "not offered again, even if you delete them from posts or events.",
    )
