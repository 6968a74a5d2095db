"""Small sites for tests of newsletters: entries made in memory, issues read back as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.event import EventFacts, Place, Registration
from rubric.model.kinds import EVENT, ISSUE, POST
from rubric.model.language import Language, Languages
from rubric.model.metadata import EventMetadata, Metadata, PostMetadata, Status
from rubric.model.moment import load_zone
from rubric.model.newsletter import MailingList
from rubric.model.site import Site
from rubric.model.tag import parse_tag
from rubric.reading.assembly import assemble
from rubric.reading.check import check
from rubric.reading.header import parse_header

ZONE = load_zone("Asia/Almaty")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_site(zone: ZoneInfo = ZONE, now: datetime = NOW) -> Site:
    languages = [Language(key, key, key, key, "S", "T") for key in ("en", "ru")]
    return Site("https://example.org", zone, now, Languages(languages))


def make_list(**options: Any) -> MailingList:
    given: dict[str, Any] = {
        "key": "weekly-en",
        "lang": "en",
        "name": "Letter",
        "description": "",
        "cadence": "weekly",
        "sender_name": "S",
        "sender_email": "a@example.org",
        "reply_to": "a@example.org",
        "postal_address": "Street 1",
        **options,
    }
    return MailingList(**given)


def make_post(
    name: str,
    date: datetime,
    lang: str = "en",
    tags: str = "",
    status: Status = "published",
    title: str = "",
    **fields: Any,
) -> Entry:
    metadata = PostMetadata.model_validate({"title": title or name, **fields})
    return Entry(
        kind=POST,
        lang=lang,
        key=f"posts/{name}",
        source=f"{lang}/posts/{name}.md",
        slug=name,
        url=f"{lang}/{name}/",
        status=status,
        title=title or name,
        metadata=metadata,
        html="",
        tags=tuple(map(parse_tag, tags.split())),
        date=date,
    )


def make_event(
    name: str,
    starts_at: datetime,
    announced: datetime,
    lang: str = "en",
    event_status: Any = "scheduled",
    **facts: Any,
) -> Entry:
    event = EventFacts(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        has_stated_end=True,
        zone=ZONE,
        all_day=False,
        status=event_status,
        attendance="in_person",
        place=Place(),
        registration=Registration(),
    )
    return Entry(
        kind=EVENT,
        lang=lang,
        key=f"events/{name}",
        source=f"{lang}/events/{name}.md",
        slug=name,
        url=f"{lang}/events/{name}/",
        status="published",
        title=name,
        metadata=EventMetadata(title=name),
        html="",
        date=announced,
        event=replace(event, **facts),
    )


def make_edition(site: Site, *entries: Entry, lang: str = "en") -> Edition:
    """The edition a build would make: own texts, and originals where there are none."""
    own = {entry.key for entry in entries if entry.lang == lang}
    shown = [e for e in entries if e.is_published and (e.lang == lang or e.key not in own)]
    listings = [Listing(entry, lang, entry.url) for entry in shown]
    return Edition(
        language=site.languages[lang],
        gettext=lambda message: message,
        ngettext=lambda one, many, n: one if n == 1 else many,
        posts=[item for item in listings if item.entry.is_post],
        events=[item for item in listings if item.entry.event],
    )


def read_issue(site: Site, text: str, name: str = "weekly-1", lang: str = "en") -> Entry:
    """Read an issue file the way a build does."""
    header = parse_header(text)
    metadata = check(ISSUE, header.fields, site.zone)
    assert isinstance(metadata, Metadata), metadata
    source = f"{lang}/newsletter/{name}.md"
    return assemble(site, source, metadata, header.body, (), header.lines)
