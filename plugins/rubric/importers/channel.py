"""Imports a Telegram channel: an export in, one post file a message out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from rubric.importers.addresses import address_of
from rubric.importers.errors import ImportFailed
from rubric.importers.ledger import Written, digest, load_ledger, save_ledger, write_whole
from rubric.importers.posts import Post, build_post
from rubric.importers.report import Report
from rubric.importers.telegram import Message, choose_chat, read_chats


def import_telegram(
    path: Path,
    content: Path,
    lang: str,
    zone: ZoneInfo,
    *,
    chat: str | None = None,
    authors: Sequence[str] = (),
) -> Report:
    """Write the messages of an export to content/<lang>/posts/telegram/.

    `path` is a result.json or its folder; `zone` dates the posts; `chat` is the name or id
    of one chat where the export has several. Run again, it changes nothing, except posts
    whose message has changed and that nobody has edited, moved or deleted. Messages that
    the export lacks keep their posts: exports can be limited by date. Raises ImportFailed
    before anything is written.
    """
    if not re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", lang):
        raise ImportFailed(
            f"“{lang}”", "is not a language folder.", "Write it as in LANGUAGES: ru or zh-hans."
        )
    source = path / "result.json" if path.is_dir() else path
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise ImportFailed(
            source, f"can't be read ({error.strerror}).", "Give a result.json, or its folder."
        ) from None
    chosen = choose_chat(read_chats(raw, source), chat, source)
    folder = content / lang / "posts" / "telegram"
    ledger = load_ledger(folder)
    report = Report()
    if chosen.malformed:
        report.warnings.append(f"{chosen.malformed} entries of the export have no id; skipped")
    seen: set[int] = set()
    for message in chosen.messages:
        if message.id in seen:
            report.skip(message.id, "an id that was there before")
            continue
        seen.add(message.id)
        name = f"{chosen.id}-{message.id}.md"
        slug = ledger[name].slug if name in ledger else ""
        post = _post(message, chosen.id, zone, authors, slug, report)
        if post:
            _store(folder / name, post, message.id, ledger, report)
    save_ledger(folder, ledger)
    return report


def _post(
    message: Message,
    chat: int,
    zone: ZoneInfo,
    authors: Sequence[str],
    slug: str,
    report: Report,
) -> Post | None:
    """The post of a message, or None, with the reason in the report."""
    if message.kind != "message":
        known = message.kind in ("service", "unsupported")
        report.skip(message.id, f"{message.kind} message" if known else "unknown kind of message")
        return None
    try:
        post = build_post(message, chat, zone, authors, slug)
    except ValueError:
        report.skip(message.id, "no date")
        return None
    if post is None:
        what = ", ".join(message.attachments)
        reason = f"{what} without words (not imported yet)" if what else "no words"
        report.skip(message.id, reason)
        return None
    _tell_losses(message, report)
    return post


def _tell_losses(message: Message, report: Report) -> None:
    for what in message.attachments:
        report.leave_out(message.id, f"{what} (not imported yet)")
    if message.unixtime is None:
        report.leave_out(message.id, "time zone (an older export; local time taken as it stands)")
    if message.forwarded_from is not None:
        whose = message.forwarded_from or "a hidden name"
        report.warnings.append(
            f"message {message.id} was forwarded from {whose}: say so in the post, or delete it"
        )
    report.warnings += [
        f"message {message.id}: “{span.text.strip()}” is no link: “{span.href}” is no safe address"
        for span in message.spans
        if span.kind == "text_link" and not address_of(span)
    ]


def _store(
    path: Path, post: Post, message: int, ledger: dict[str, Written], report: Report
) -> None:
    """Write a post unless its file is somebody's own by now."""
    known = ledger.get(path.name)
    written = Written(digest(post.text), post.slug)
    if not path.exists():
        if known:
            report.kept_away.append(message)
            return
        write_whole(path, post.text)
        report.written.append(message)
    else:
        there = digest(path.read_text(encoding="utf-8", errors="replace"))
        if there == written.sha256:
            report.unchanged.append(message)
        elif known and there == known.sha256:
            write_whole(path, post.text)
            report.updated.append(message)
        else:
            report.kept_edits.append(message)
            if known is None or known.sha256 != written.sha256:
                report.warnings.append(
                    f"message {message} differs from {path}, which was edited by hand: compare them"
                )
            return
    ledger[path.name] = written
