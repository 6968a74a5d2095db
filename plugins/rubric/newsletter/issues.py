"""Issue files → issues ready to be shown and rendered, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry, by_key
from rubric.model.metadata import IssueMetadata
from rubric.model.newsletter import Issue, MailingList, Piece
from rubric.model.picks import MAX_SUBJECT, Pick
from rubric.model.site import Site
from rubric.newsletter.ledger import end_of, find_issues
from rubric.newsletter.windows import instant

_KINDS = {"posts": "post", "events": "event"}


def build_issues(
    site: Site, lists: Mapping[str, MailingList], editions: Mapping[str, Edition]
) -> dict[Entry, Issue]:
    """Make an issue of every issue file, drafts too, numbered in its list from 1.

    Mistakes go to the site's error log; a file with mistakes gives no issue.
    """
    entries = [entry for entry in site.entries if entry.kind == "issue"]
    if not entries:
        return {}
    for entry in entries:
        _check_list(site, lists, entry)
    versions = by_key(e for e in site.entries if e.is_post or e.kind == "event")
    issues: dict[Entry, Issue] = {}
    for mailing in lists.values():
        own = [entry for entry in find_issues(mailing, entries) if entry.lang == mailing.lang]
        desk = _Desk(site, mailing, editions[mailing.lang], versions)
        for number, entry in enumerate(own, 1):
            issue = desk.make(entry, number)
            if issue is not None:
                issues[entry] = issue
    return issues


def _check_list(site: Site, lists: Mapping[str, MailingList], entry: Entry) -> None:
    metadata = entry.metadata
    assert isinstance(metadata, IssueMetadata)
    mailing = lists.get(metadata.list)
    if mailing is None:
        own = [key for key, known in lists.items() if known.lang == entry.lang]
        near = get_close_matches(metadata.list, own or list(lists), 1, 0.6)
        hint = f"Did you mean {near[0]}?" if near else f"Lists are: {', '.join(lists) or 'none'}."
        fix = f"{hint} Lists stand in NEWSLETTER."
        _refuse(site, entry, "list", f"there is no mailing list “{metadata.list}”.", fix)
    elif mailing.lang != entry.lang:
        problem = f"the list {mailing.key} is in {site.languages[mailing.lang].tag}."
        fix = f"Move the file to {site.content}/{mailing.lang}/newsletter/, or name another list."
        _refuse(site, entry, "list", problem, fix)


def _refuse(site: Site, entry: Entry, name: str, problem: str, fix: str) -> None:
    line = entry.lines.get(name, 1)
    site.errors.add(site.where(entry), problem, fix, line=line, field=name)


@dataclass(slots=True)
class _Desk:
    """One list's issues, made in their order; `first` tells which had a post already.

    `shown` is what readers of the list see of each entry, `by_key` of each key.
    """

    site: Site
    mailing: MailingList
    edition: Edition
    versions: Mapping[str, Mapping[str, Entry]]
    first: dict[str, Entry] = field(default_factory=dict)
    shown: dict[Entry, Listing] = field(init=False)
    by_key: dict[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        listings = [*self.edition.posts, *self.edition.events]
        self.shown = {item.entry: item for item in listings}
        self.by_key = {item.entry.key: item.entry for item in listings}

    def make(self, entry: Entry, number: int) -> Issue | None:
        metadata = entry.metadata
        assert isinstance(metadata, IssueMetadata)
        before = len(self.site.errors)
        self._check_window(entry, metadata)
        subject = metadata.subject or entry.title
        if len(subject) > MAX_SUBJECT:
            _refuse(
                self.site,
                entry,
                "title",
                f"has {len(subject)} characters and is the subject, which has {MAX_SUBJECT} "
                "at most.",
                "Shorten it, or write a subject.",
            )
        posts = self._pieces(entry, "posts", metadata.posts)
        # Without rubric.events no event is published, so issues show none.
        picked = metadata.events if "events" in self.site.features else ()
        events = self._pieces(entry, "events", picked)
        if len(self.site.errors) > before:
            return None
        return Issue(
            entry=entry,
            list=self.mailing,
            language=self.edition.language,
            number=number,
            subject=subject,
            preheader=metadata.preheader or entry.summary,
            date=entry.date or end_of(entry) or self.site.now,
            posts=posts,
            events=events,
        )

    def _check_window(self, entry: Entry, metadata: IssueMetadata) -> None:
        start, end = metadata.window_start, metadata.window_end
        if start and end and instant(start) >= instant(end):
            fix = "The next draft begins where this one ends; take both times from the draft."
            self._refuse(entry, "window_end", "is not after window_start.", fix)

    def _pieces(self, entry: Entry, name: str, picks: Iterable[Pick]) -> tuple[Piece, ...]:
        pieces = []
        here: set[str] = set()
        for pick in picks:
            listing = self._find(entry, name, pick.key)
            if pick.key in here:
                self._refuse(entry, name, f"“{pick.key}” stands here twice.", "Delete one.")
            elif name == "posts":
                self._check_first(entry, pick.key)
            here.add(pick.key)
            if listing is not None:
                pieces.append(Piece(listing, pick.note))
        return tuple(pieces)

    def _check_first(self, entry: Entry, key: str) -> None:
        """An event may be told again when it changes; a post never."""
        earlier = self.first.setdefault(key, entry)
        if earlier is not entry:
            self._refuse(
                entry,
                "posts",
                f"“{key}” was in {self.site.where(earlier)} already.",
                "Take it out: readers of the list have had it.",
            )

    def _find(self, entry: Entry, name: str, key: str) -> Listing | None:
        """What a key names, as this list's readers see it; None where it can't be shown."""
        versions = self.versions.get(key)
        if versions is None:
            # A file that could not be read has been told of already.
            if key not in self.site.failed_keys:
                self._refuse_unknown(entry, name, key)
            return None
        some = next(iter(versions.values()))
        if some.is_post != (name == "posts"):
            other = "events" if name == "posts" else "posts"
            self._refuse(entry, name, f"“{key}” is no {_KINDS[name]}.", f"Move it to {other}.")
            return None
        stand_in = None if self.mailing.fallback == "hide" else self.by_key.get(key)
        found = versions.get(self.mailing.lang) or stand_in
        if found is None:
            tag = self.edition.language.tag
            fix = f"Translate it, take it out, or let {self.mailing.key} fall back to the original."
            self._refuse(entry, name, f"“{key}” has no text in {tag}.", fix)
            return None
        if not (found.is_published or self._comes_in_time(found, entry)):
            problem = f"“{key}” is a {found.status} text, which readers can't open."
            if found.status == "hidden":
                problem = f"“{key}” is hidden, so no list may show it."
            self._refuse(entry, name, problem, "Publish it first, or take it out.")
            return None
        return self.shown.get(found) or Listing(found, self.mailing.lang, found.url)

    def _comes_in_time(self, found: Entry, issue: Entry) -> bool:
        """Whether a text that waits for its date appears no later than an unsent issue."""
        if issue.is_published or found.metadata.status or found.date is None:
            return False
        return issue.date is not None and self.site.now < found.date <= issue.date

    def _refuse_unknown(self, entry: Entry, name: str, key: str) -> None:
        known = [
            other
            for other, versions in self.versions.items()
            if next(iter(versions.values())).is_post == (name == "posts")
        ]
        near = get_close_matches(key, known, 1, 0.6)
        # `quiet-monday` for `posts/quiet-monday` is nearer than it is spelled.
        near = [other for other in known if other.rpartition("/")[2] == key][:1] or near
        fix = f"Did you mean {near[0]}?" if near else "Write its path below the language folder."
        self._refuse(entry, name, f"there is no {_KINDS[name]} “{key}”.", fix)

    def _refuse(self, entry: Entry, name: str, problem: str, fix: str) -> None:
        _refuse(self.site, entry, name, problem, fix)
