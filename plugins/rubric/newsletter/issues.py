"""Builds issues from issue files and validates the entries they list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry, by_key
from rubric.model.issue_fields import MAX_SUBJECT, SelectedEntry
from rubric.model.kinds import EVENT, ISSUE
from rubric.model.metadata import IssueMetadata
from rubric.model.newsletter import Issue, MailingList, Piece
from rubric.model.rules import suggest
from rubric.model.site import Site
from rubric.model.typography import plain_spaces
from rubric.newsletter.history import end_of, find_issues
from rubric.newsletter.windows import instant

_KINDS = {"posts": "a post", "events": "an event"}


def build_issues(
    site: Site, lists: Mapping[str, MailingList], editions: Mapping[str, Edition]
) -> dict[Entry, Issue]:
    """Return the issue of every issue file, including drafts, numbered in its list from 1.

    Mistakes are added to the site's errors; a file with mistakes has no issue in the result.
    """
    entries = [entry for entry in site.entries if entry.kind == ISSUE]
    if not entries:
        return {}
    for entry in entries:
        _check_list(site, lists, entry)
    versions = by_key(e for e in site.entries if e.is_post or e.kind == EVENT)
    issues: dict[Entry, Issue] = {}
    for mailing in lists.values():
        own = [entry for entry in find_issues(mailing, entries) if entry.lang == mailing.lang]
        builder = _IssueBuilder(site, mailing, editions[mailing.lang], versions)
        for number, entry in enumerate(own, 1):
            if issue := builder.build(entry, number):
                issues[entry] = issue
    return issues


def _check_list(site: Site, lists: Mapping[str, MailingList], entry: Entry) -> None:
    metadata = entry.metadata
    assert isinstance(metadata, IssueMetadata)
    mailing = lists.get(metadata.list)
    if mailing is None:
        own = [key for key, known in lists.items() if known.lang == entry.lang]
        known = f"Lists are: {', '.join(lists) or 'none'}."
        fix = f"{suggest(metadata.list, own or lists, known)} Lists are defined in NEWSLETTER."
        _refuse(site, entry, "list", f"there is no mailing list “{metadata.list}”.", fix)
    elif mailing.lang != entry.lang:
        problem = f"the list {mailing.key} is in {site.languages[mailing.lang].tag}."
        fix = f"Move the file to {site.content}/{mailing.lang}/newsletter/, or name another list."
        _refuse(site, entry, "list", problem, fix)


def _refuse(site: Site, entry: Entry, name: str, problem: str, fix: str) -> None:
    line = entry.lines.get(name, 1)
    site.errors.add(site.where(entry), problem, fix, line=line, field=name)


@dataclass(slots=True)
class _IssueBuilder:
    """Builds the issues of one list in order.

    `first` maps the key of each post to the first issue that contains it. `shown` maps entries
    to the listings that readers of the list see, `by_key` keys to those entries.
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

    def build(self, entry: Entry, number: int) -> Issue | None:
        metadata = entry.metadata
        assert isinstance(metadata, IssueMetadata)
        before = len(self.site.errors)
        start, end = metadata.window_start, metadata.window_end
        if start and end and instant(start) >= instant(end):
            fix = "The next draft begins where this one ends; take both times from the draft."
            self._refuse(entry, "window_end", "is not after window_start.", fix)
        subject = metadata.subject or plain_spaces(entry.title)
        if len(subject) > MAX_SUBJECT:
            limit = f"is the subject, which has {MAX_SUBJECT} at most."
            problem = f"has {len(subject)} characters and {limit}"
            self._refuse(entry, "title", problem, "Shorten it, or write a subject.")
        posts = self._pieces(entry, "posts", metadata.posts)
        # Without rubric.events no event is published, so issues show none.
        selection = metadata.events if "events" in self.site.features else ()
        events = self._pieces(entry, "events", selection)
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

    def _pieces(
        self, entry: Entry, name: str, selection: Iterable[SelectedEntry]
    ) -> tuple[Piece, ...]:
        pieces = []
        here: set[str] = set()
        for selected in selection:
            listing = self._find(entry, name, selected.key)
            # Events may be announced again.
            earlier = self.first.setdefault(selected.key, entry) if name == "posts" else entry
            if selected.key in here:
                self._refuse(entry, name, f"“{selected.key}” is listed twice.", "Delete one.")
            elif earlier is not entry:
                problem = f"“{selected.key}” was in {self.site.where(earlier)} already."
                fix = "Remove it: readers of the list have already received it."
                self._refuse(entry, "posts", problem, fix)
            here.add(selected.key)
            if listing is not None:
                pieces.append(Piece(listing, selected.note))
        return tuple(pieces)

    def _find(self, entry: Entry, name: str, key: str) -> Listing | None:
        """Return the listing that a key refers to; None, with an error, if it can't be shown."""
        versions = self.versions.get(key)
        if versions is None:
            # The error of a file that could not be read is already reported.
            if key not in self.site.failed_keys:
                self._refuse_unknown(entry, name, key)
            return None
        some = next(iter(versions.values()))
        if some.is_post != (name == "posts"):
            other = "events" if name == "posts" else "posts"
            self._refuse(entry, name, f"“{key}” is not {_KINDS[name]}.", f"Move it to {other}.")
            return None
        fallback = None if self.mailing.fallback == "hide" else self.by_key.get(key)
        found = versions.get(self.mailing.lang) or fallback
        if found is None:
            tag = self.edition.language.tag
            fix = f"Translate it, remove it, or let {self.mailing.key} fall back to the original."
            self._refuse(entry, name, f"“{key}” has no text in {tag}.", fix)
            return None
        if not (found.is_published or self._is_published_by(found, entry)):
            problem = f"“{key}” is a draft, so readers can't open it."
            if found.status == "hidden":
                problem = f"“{key}” is hidden, so it can't be listed."
            self._refuse(entry, name, problem, "Publish it first, or remove it.")
            return None
        return self.shown.get(found) or Listing(found, self.mailing.lang, found.url)

    def _is_published_by(self, found: Entry, issue: Entry) -> bool:
        """True if a text with a future date will be published when a draft issue is sent."""
        if issue.is_published or found.metadata.status or found.date is None:
            return False
        return issue.date is not None and self.site.now < found.date <= issue.date

    def _refuse_unknown(self, entry: Entry, name: str, key: str) -> None:
        known = [
            other
            for other, versions in self.versions.items()
            if next(iter(versions.values())).is_post == (name == "posts")
        ]
        # Prefer `posts/quiet-monday` for `quiet-monday`, whatever the edit distance.
        same = [other for other in known if other.rpartition("/")[2] == key][:1]
        fix = suggest(key, known, "Write its path below the language folder.")
        if same:
            fix = f"Did you mean {same[0]}?"
        self._refuse(entry, name, f"there is no {name.removesuffix('s')} “{key}”.", fix)

    def _refuse(self, entry: Entry, name: str, problem: str, fix: str) -> None:
        _refuse(self.site, entry, name, problem, fix)
