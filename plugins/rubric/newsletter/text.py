"""The text part of a mail, made of the same letter as its HTML."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.newsletter.letter import Letter, Link, Meetup, Story
from rubric.newsletter.plain import to_paragraphs
from rubric.newsletter.width import columns, wrap
from rubric.newsletter.words import Words

_RULE = "—" * 24


def to_text(letter: Letter, words: Words) -> str:
    """Plain text, wrapped at 72 columns; every address of the HTML is in it, unbroken."""
    blocks = [
        *_head(letter),
        *_introduction(letter),
        *(block for story in letter.stories for block in _story(story, words)),
        *_meetups(letter, words),
        *_foot(letter, words),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _head(letter: Letter) -> Iterator[str]:
    issue = letter.issue
    yield wrap(issue.language.site_name)
    yield wrap(f"{issue.list.name} · {letter.number} · {letter.date}")
    yield _underlined(issue.entry.title)


def _introduction(letter: Letter) -> Iterator[str]:
    yield from map(_paragraph, to_paragraphs(letter.introduction))


def _story(story: Story, words: Words) -> Iterator[str]:
    yield _RULE
    yield wrap(" · ".join(filter(None, [story.rubric, story.badge])))
    yield _note(story.note)
    quotation = story.quotation
    if quotation:
        # A quotation is its own heading; its title is for lists.
        paragraphs = quotation.text.split("\n\n")
        yield "\n\n".join(wrap(text, indent="> ") for text in [f"> {p}" for p in paragraphs])
        about = words.formats.joined([quotation.by, quotation.role, quotation.source])
        yield wrap(f"— {about}") if about else ""
        yield quotation.source_url
    else:
        yield _underlined(story.title)
    if story.picture:
        yield "\n".join(filter(None, [wrap(story.picture.alt), story.picture.url]))
    yield wrap(story.summary) if story.summary and not quotation else ""
    yield from map(_paragraph, to_paragraphs(story.body))
    yield "\n".join(filter(None, [wrap(story.byline), story.url]))


def _meetups(letter: Letter, words: Words) -> Iterator[str]:
    _ = words.gettext
    if letter.meetups:
        yield _RULE
        yield _underlined(_("Next events"))
    for event in letter.meetups:
        yield from _meetup(event, words)
    if letter.more:
        yield _RULE
        yield "\n".join(map(_link, letter.more))


def _meetup(event: Meetup, words: Words) -> Iterator[str]:
    _ = words.gettext
    said = f"[{event.word}] {event.title}" if event.word else event.title
    yield wrap(" · ".join(filter(None, [said, event.badge])))
    former = f"{_('formerly')} {event.former}" if event.former else ""
    zoned = " · ".join(filter(None, [event.when, event.zone]))
    where = " · ".join(filter(None, [event.where, event.spoken]))
    yield "\n".join(wrap(line) for line in (zoned, former, where) if line)
    yield _note(event.note)
    yield wrap(event.summary) if event.summary else ""
    yield "\n".join([event.url, *map(_link, event.actions)])


def _foot(letter: Letter, words: Words) -> Iterator[str]:
    _, issue = words.gettext, letter.issue
    yield _RULE
    scale = _("1 is not at all, 5 is very much.")
    yield "\n".join([wrap(_("How useful was this issue?")), wrap(scale)])
    yield "\n".join(map(_link, letter.feedback))
    yield _RULE
    subscribed = _("You get this letter because you subscribed to “%(list)s”.")
    yield wrap(subscribed % {"list": issue.list.name})
    yield _link(Link(_("Unsubscribe"), letter.unsubscribe))
    yield _link(Link(_("View in browser"), letter.browser))
    yield "\n".join([wrap(issue.language.site_name), letter.home])
    yield wrap(letter.address)


def _paragraph(text: str) -> str:
    mark = text[: len(text) - len(text.lstrip("> "))]
    indent = mark or ("  " if text.startswith("- ") else "")
    return "\n".join(wrap(line, indent=indent) for line in text.split("\n"))


def _note(note: str) -> str:
    return wrap(f"* {note}", indent="  ") if note else ""


def _link(link: Link) -> str:
    return f"{link.text}: {link.url}"


def _underlined(title: str) -> str:
    lines = wrap(title)
    return f"{lines}\n{'=' * max(map(columns, lines.splitlines()))}"
