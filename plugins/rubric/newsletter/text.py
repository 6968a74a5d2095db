"""Renders the text part of an email from the same content as its HTML."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.model.columns import columns
from rubric.newsletter.issue_content import IssueContent, Link, Meetup, Story
from rubric.newsletter.localizer import Localizer
from rubric.newsletter.paragraphs import to_paragraphs
from rubric.newsletter.width import wrap

_RULE = "—" * 24


def to_text(content: IssueContent, localizer: Localizer) -> str:
    """Return plain text wrapped at 72 columns, with every URL of the HTML, unbroken."""
    blocks = [
        *_head(content),
        *_introduction(content),
        *(block for story in content.stories for block in _story(story, localizer)),
        *_meetups(content, localizer),
        *_foot(content, localizer),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _head(content: IssueContent) -> Iterator[str]:
    issue = content.issue
    yield wrap(issue.language.site_name)
    yield wrap(f"{issue.list.name} · {content.number} · {content.date}")
    yield _underlined(issue.entry.title)


def _introduction(content: IssueContent) -> Iterator[str]:
    yield from map(_paragraph, to_paragraphs(content.introduction))


def _story(story: Story, localizer: Localizer) -> Iterator[str]:
    yield _RULE
    yield wrap(" · ".join(filter(None, [story.rubric, story.badge])))
    yield _note(story.note)
    quotation = story.quotation
    if quotation:
        # A quotation needs no heading; its title is for lists only.
        paragraphs = quotation.text.split("\n\n")
        yield "\n\n".join(wrap(text, indent="> ") for text in [f"> {p}" for p in paragraphs])
        about = localizer.formats.joined([quotation.by, quotation.role, quotation.source])
        yield wrap(f"— {about}") if about else ""
        yield quotation.source_url
    else:
        yield _underlined(story.title)
    if story.picture:
        yield "\n".join(filter(None, [wrap(story.picture.alt), story.picture.url]))
    yield wrap(story.summary) if story.summary and not quotation else ""
    yield from map(_paragraph, to_paragraphs(story.body))
    yield "\n".join(filter(None, [wrap(story.byline), story.url]))


def _meetups(content: IssueContent, localizer: Localizer) -> Iterator[str]:
    _ = localizer.gettext
    if content.meetups:
        yield _RULE
        yield _underlined(_("Next events"))
    for event in content.meetups:
        yield from _meetup(event, localizer)
    if content.more:
        yield _RULE
        yield "\n".join(map(_link, content.more))


def _meetup(event: Meetup, localizer: Localizer) -> Iterator[str]:
    _ = localizer.gettext
    label = f"[{event.word}] {event.title}" if event.word else event.title
    yield wrap(" · ".join(filter(None, [label, event.badge])))
    former = f"{_('formerly')} {event.former}" if event.former else ""
    zoned = " · ".join(filter(None, [event.when, event.zone]))
    where = " · ".join(filter(None, [event.where, event.spoken]))
    yield "\n".join(wrap(line) for line in (zoned, former, where) if line)
    yield _note(event.note)
    yield wrap(event.summary) if event.summary else ""
    yield "\n".join([event.url, *map(_link, event.actions)])


def _foot(content: IssueContent, localizer: Localizer) -> Iterator[str]:
    _, issue = localizer.gettext, content.issue
    yield _RULE
    scale = _("1 is not at all, 5 is very much.")
    yield "\n".join([wrap(_("How useful was this issue?")), wrap(scale)])
    yield "\n".join(map(_link, content.feedback))
    yield _RULE
    subscribed = _("You get this letter because you subscribed to “%(list)s”.")
    yield wrap(subscribed % {"list": issue.list.name})
    yield _link(Link(_("Unsubscribe"), content.unsubscribe))
    yield _link(Link(_("View in browser"), content.browser))
    yield "\n".join([wrap(issue.language.site_name), content.home])
    yield wrap(content.address)


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
