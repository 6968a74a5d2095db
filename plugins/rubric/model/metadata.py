"""Front matter, one model a kind: validation, JSON Schema and reference in one place."""

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
    Publication,
    Slug,
    TagList,
    WebUrl,
    Zone,
)
from rubric.model.picks import PickList, Subject

Status = Literal["published", "draft", "hidden"]
EventStatus = Literal["scheduled", "cancelled", "postponed", "moved"]


class Metadata(BaseModel):
    """The fields every kind has."""

    # Deferred, for most builds read texts of one kind, and each kind's checks take time to make.
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)

    title: Line = Field(description="The heading of the page.")
    lang: Line | None = Field(
        None, description="The language; the folder says it already, so it may only agree."
    )
    kind: KindId | None = Field(
        None,
        description="post, story or quote among posts, faq among pages; "
        "the folder or the rubric says it otherwise.",
    )
    date: Publication | None = Field(
        None,
        description="When it is published, in the site's time zone. Without one, a date at the "
        "start of the file name counts; a post or event with neither stays a draft.",
    )
    modified: Publication | None = Field(None, description="When the text last changed.")
    slug: Slug | None = Field(
        None, description="Last part of the address; the file name without its date otherwise."
    )
    tags: TagList = Field((), description="Tags beside the hashtags in the text.")
    authors: LineList = Field((), description="Author ids of content/authors.toml, or names.")
    summary: Line | None = Field(
        None, description="One or two sentences for cards, feeds and search engines."
    )
    status: Status | None = Field(
        None, description="draft: a page of its own, listed nowhere; hidden: reachable, unlisted."
    )
    translation_key: Key | None = Field(
        None,
        description="Permanent identity over languages, moves and renames; the path below the "
        "language folder otherwise. Write the old path here when you move a file.",
    )
    aliases: AliasList = Field((), description="Former addresses that lead here.")
    gone: bool | None = Field(
        None,
        description="true takes a published text offline for good: its addresses say so "
        "(410 Gone) instead of showing it.",
    )
    image: Line | None = Field(None, description="Picture: a path below content/.")
    image_alt: Line | None = Field(
        None, description="What the picture shows, for who can't see it."
    )
    image_credit: Line | None = Field(None, description="Who made the picture.")


class PostMetadata(Metadata):
    """An article."""

    rubric: Line | None = Field(None, description="Rubric id, if no hashtag names it.")
    group: FileName | None = Field(None, description="File name of the user group it is about.")
    series: Line | None = Field(None, description="Name of the series it belongs to.")
    series_part: Annotated[int, Field(ge=1)] | None = Field(None, description="Its place there.")


class QuoteMetadata(PostMetadata):
    """A quotation: who said what, and where."""

    quote: Line | None = Field(None, description="The quotation; the body otherwise.")
    by: Line | None = Field(None, description="Who said it.")
    role: Line | None = Field(None, description="Who that is: a few words.")
    source: Line | None = Field(None, description="Book, talk or letter it is from.")
    source_url: WebUrl | None = Field(None, description="Where to read it.")
    portrait: Line | None = Field(
        None, description="Picture of the speaker: a path below content/."
    )


class EventMetadata(Metadata):
    """A meetup, talk or workshop. Facts stand in one language; translations inherit them."""

    start: LocalMoment | None = Field(None, description="Local start: date, or date and time.")
    end: LocalMoment | None = Field(None, description="Local end.")
    duration: Duration | None = Field(None, description="Length, instead of end.")
    timezone: Zone | None = Field(None, description="IANA zone of the start.")
    fold: Annotated[int, Field(ge=0, le=1)] | None = Field(
        None, description="Which of two equal local times is meant when clocks go back."
    )
    all_day: bool | None = Field(None, description="Whole days, from start to end inclusive.")
    event_status: EventStatus | None = Field(
        None, description="scheduled (unless said), cancelled, postponed or moved."
    )
    moved_from: LocalMoment | None = Field(None, description="The former start.")
    group: FileName | None = Field(None, description="File name of the user group that meets.")
    online: WebUrl | None = Field(None, description="Public page of the online part.")
    venue: Line | None = Field(None, description="Name of the place.")
    street: Line | None = Field(None, description="Street and number.")
    city: Line | None = Field(None, description="City, in the language of the file.")
    country: Country | None = Field(None, description="Two letters, ISO 3166-1.")
    access: Line | None = Field(None, description="How to get in.")
    latitude: Latitude | None = Field(None, description="Degrees.")
    longitude: Longitude | None = Field(None, description="Degrees.")
    event_languages: LanguageList = Field((), description="Languages spoken there.")
    interpretation: LanguageList = Field((), description="Languages interpreted into.")
    speakers: LineList = Field((), description="Who speaks: names or author ids.")
    registration: Link | None = Field(None, description="Where to register.")
    registration_until: LocalMoment | None = Field(None, description="Local deadline.")
    price: Price | None = Field(None, description="0 is free.")
    currency: Currency | None = Field(None, description="Three letters, ISO 4217.")
    capacity: Capacity | None = Field(None, description="Seats.")
    sold_out: bool | None = Field(None, description="No seat left.")
    promo_code: Line | None = Field(None, description="Code for readers.")
    promo_text: Line | None = Field(None, description="What the code gives.")
    promo_until: LocalMoment | None = Field(None, description="Last day of the code.")
    join_url: WebUrl | None = Field(None, description="Private link; never published anywhere.")
    recording: WebUrl | None = Field(None, description="Video or audio of a past event.")
    slides: WebUrl | None = Field(None, description="Slides of a past event.")
    recap: FileName | None = Field(
        None, description="File name of the post about the event afterwards; none if there is none."
    )


class GroupMetadata(Metadata):
    """A user group that meets at one place."""

    city: Line | None = Field(None, description="City, in the language of the file.")
    country: Country | None = Field(None, description="Two letters, ISO 3166-1.")
    latitude: Latitude | None = Field(None, description="Degrees.")
    longitude: Longitude | None = Field(None, description="Degrees.")
    timezone: Zone | None = Field(None, description="IANA zone of the meetings.")
    languages: LanguageList = Field((), description="Languages spoken.")
    meets: Line | None = Field(None, description="Rhythm: an RRULE, or words.")
    meets_at: Line | None = Field(None, description="Local time of the meetings, such as 18:30.")
    duration: Duration | None = Field(None, description="Length of a meeting.")
    founded: Year | None = Field(None, description="Year, or year and month.")
    organisers: LineList = Field((), description="Author ids or names.")
    links: LinkList = Field((), description="Chat, mail, page of the group.")


class PageMetadata(Metadata):
    """A page that stands by itself: about, contact."""


class FaqMetadata(PageMetadata):
    """A page of questions, each a second-level heading, and their answers."""


class IssueMetadata(Metadata):
    """An issue of a newsletter; `invoke newsletter.draft` writes it, an editor completes it."""

    list: Line = Field(description="Key of the mailing list, as NEWSLETTER names it.")
    subject: Subject | None = Field(None, description="Subject of the mail; the title otherwise.")
    preheader: Subject | None = Field(
        None, description="What mail programs show after the subject; the summary otherwise."
    )
    posts: PickList = Field(
        (),
        description="Posts in their order, by translation key such as posts/my-post; "
        "`key` and `note` for one with a note of the editor's.",
    )
    events: PickList = Field((), description="Events in their order, in the same way.")
    window_start: Publication | None = Field(
        None, description="Posts from here on were looked at; the end of the issue before."
    )
    window_end: Publication | None = Field(
        None, description="Posts before this were looked at; the next issue begins here."
    )
    considered: LineList = Field(
        (),
        description="What the draft offered, written by the draft task: what stands here is "
        "not offered again, also when you take it out of posts or events.",
    )
