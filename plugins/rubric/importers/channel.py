"""Imports the export of a Telegram channel: writes one Markdown file per message.

The folder of the posts has a record of the imported files, `.imported.json`, by which a later
import detects edits by hand. Builds ignore it, because its name starts with a dot. It should be
committed together with the posts.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from rubric.importers.posts import Post, build_post
from rubric.importers.report import ImportFailed, Report
from rubric.importers.telegram import Message, choose_chat, read_chats
from rubric.importers.urls import url_of
from rubric.model.atomic import write_atomically

RECORD_NAME = ".imported.json"


def import_telegram(
    path: Path,
    content: Path,
    lang: str,
    zone: ZoneInfo,
    *,
    chat: str | None = None,
) -> Report:
    """Write the messages of an export to content/<lang>/posts/telegram/.

    The import can be repeated: it then updates the posts whose message changed, unless they
    were edited, moved or deleted by hand. Posts whose message is not in the export are kept,
    because exports can be limited by date.

    Args:
        path: A result.json written by Telegram Desktop, or its folder.
        content: The content folder of the site.
        lang: The language key of the posts, such as `zh-hans`.
        zone: The time zone of the dates in the posts.
        chat: The name or id of the chat, required if the export contains several.

    Returns:
        A report about every message.

    Raises:
        ImportFailed: The input cannot be used; nothing was written.

    """
    if not re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", lang):
        raise ImportFailed(
            f"“{lang}”", "is not a language folder.", "Write a key of LANGUAGES: ru or zh-hans."
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
    records = load_records(folder)
    report = Report()
    if chosen.malformed:
        report.warnings.append(f"skipped {chosen.malformed} entries of the export without an id")
    seen: set[int] = set()
    for message in chosen.messages:
        if message.id in seen:
            report.skip(message.id, "duplicate id")
            continue
        seen.add(message.id)
        name = f"{chosen.id}-{message.id}.md"
        slug = records[name].slug if name in records else ""
        post = _post(message, chosen.id, zone, slug, report)
        if post:
            _write_post(folder / name, post, message.id, records, report)
    save_records(folder, records)
    return report


def _post(
    message: Message,
    chat: int,
    zone: ZoneInfo,
    slug: str,
    report: Report,
) -> Post | None:
    """Return the post of a message, or None and add the reason to the report."""
    if message.kind != "message":
        known = message.kind in ("service", "unsupported")
        report.skip(message.id, f"{message.kind} message" if known else "unknown kind of message")
        return None
    try:
        post = build_post(message, chat, zone, slug)
    except ValueError:
        report.skip(message.id, "no date")
        return None
    if post is None:
        attachments = ", ".join(message.attachments)
        reason = f"{attachments} without text (not imported yet)" if attachments else "no text"
        report.skip(message.id, reason)
        return None
    _report_omissions(message, report)
    return post


def _report_omissions(message: Message, report: Report) -> None:
    """Report everything of a message that its post does not contain."""
    for attachment in message.attachments:
        report.omit(message.id, f"{attachment} (not imported yet)")
    if message.unixtime is None:
        report.omit(message.id, "time zone (older export; local times were used unchanged)")
    if message.forwarded_from is not None:
        author = message.forwarded_from or "a hidden name"
        report.warnings.append(
            f"message {message.id} was forwarded from {author}: name the author in the post, "
            "or delete it"
        )
    report.warnings += [
        f"message {message.id}: “{span.text.strip()}” has no link, because “{span.href}” is "
        "not a safe URL"
        for span in message.spans
        if span.kind == "text_link" and not url_of(span)
    ]


def _write_post(
    path: Path, post: Post, message: int, records: dict[str, ImportedFile], report: Report
) -> None:
    """Write a post, unless its file was edited, moved or deleted since the last import."""
    previous = records.get(path.name)
    new = ImportedFile(digest(post.text), post.slug)
    current = digest(path.read_text("utf-8", errors="replace")) if path.exists() else ""
    if previous and not current:
        report.removed.append(message)
        return
    if current == new.sha256:
        report.unchanged.append(message)
    elif not current or (previous and current == previous.sha256):
        write_atomically(path, post.text.encode())
        (report.updated if current else report.written).append(message)
    else:
        report.edited.append(message)
        if previous is None or previous.sha256 != new.sha256:
            report.warnings.append(
                f"message {message} differs from {path}, which was edited by hand: compare them"
            )
        return
    records[path.name] = new


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The last imported version of a file: the SHA-256 of its text, and its slug."""

    sha256: str
    slug: str


def digest(text: str) -> str:
    """Return the SHA-256 of a text; line ends are normalized, since Git may change them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def load_records(folder: Path) -> dict[str, ImportedFile]:
    """Read the record of a folder, by file name. Raises ImportFailed if it is damaged."""
    path = folder / RECORD_NAME
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: ImportedFile(str(e["sha256"]), str(e["slug"])) for name, e in data.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ImportFailed(
            path,
            "can't be read, so posts edited by hand can't be recognized.",
            "Restore it from version control, or delete it: existing posts stay unchanged.",
        ) from None


def save_records(folder: Path, records: dict[str, ImportedFile]) -> None:
    """Write the record of a folder if it changed."""
    entries = {name: asdict(file) for name, file in records.items()}
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = folder / RECORD_NAME
    if entries and not (path.exists() and path.read_text(encoding="utf-8") == text):
        write_atomically(path, text.encode())
