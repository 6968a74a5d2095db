"""Telegram Desktop's JSON export: bytes in, chats and messages out.

Source: telegramdesktop/tdesktop, export/output/export_output_json.cpp. The export is input
from strangers: whatever is malformed in it becomes absent or plain text, never a crash.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rubric.importers.errors import ImportFailed

# Exports hold \x0C where JSON wants \u000C (tdesktop #27571).
_BAD_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# What YAML or UTF-8 can't hold: control characters, the byte-order mark, non-characters.
_UNPRINTABLE = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ATTACHMENTS = {
    "photo": "photo",
    "file": "file",
    "poll": "poll",
    "todo_list": "to-do list",
    "location_information": "place",
    "contact_information": "contact",
    "giveaway_information": "giveaway",
    "giveaway_results": "giveaway",
    "game_title": "game",
    "invoice_information": "invoice",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one kind: Telegram's entity type, and what belongs to it."""

    kind: str
    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message; `kind` is message, service or unsupported.

    `unixtime` counts seconds of UTC and is None in older exports, whose `local` is a wall
    clock of an unnamed zone. `attachments` names what the message has beside its text.
    """

    id: int
    kind: str
    unixtime: int | None
    local: str
    spans: tuple[Span, ...]
    attachments: tuple[str, ...] = ()
    forwarded_from: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and its messages, in the order of the export; malformed ones are counted."""

    id: int
    name: str
    messages: tuple[Message, ...]
    malformed: int = 0


def read_chats(raw: bytes, where: object) -> list[Chat]:
    """Read the chats of a result.json, of one chat or of an account.

    Raises ImportFailed that names `where` for anything else.
    """
    try:
        root = json.loads(_BAD_ESCAPE.sub(rb"\1\\u00\2", raw).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ImportFailed(
            where,
            f"is not JSON ({error}).",
            "Export the chat again in Telegram Desktop, with the format “Machine-readable JSON”.",
        ) from None
    chats = [chat for data in _chat_objects(root) if (chat := _chat(data))]
    if not chats:
        raise ImportFailed(
            where,
            "holds no chat of a Telegram export.",
            "Give the result.json that Telegram Desktop wrote, or its folder.",
        )
    return chats


def choose_chat(chats: list[Chat], wanted: str | None, where: object) -> Chat:
    """The only chat, or the one with the id or name `wanted`. Raises ImportFailed."""
    found = [
        chat for chat in chats if wanted is None or wanted.strip() in (str(chat.id), chat.name)
    ]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{chat.name or '(no name)'} ({chat.id})" for chat in found or chats)
    problem = "holds several chats" if found else f"holds no chat “{wanted}”"
    raise ImportFailed(where, f"{problem}.", f"Choose one by its id: {names}.")


def clean(text: str) -> str:
    """Text in the form it is stored in: NFC, LF line ends, no control characters."""
    text = _LINE_ENDS.sub("\n", _SURROGATE.sub("\ufffd", text))
    return _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))


def _chat_objects(root: Any) -> Iterator[Any]:
    if not isinstance(root, dict):
        return
    if "messages" in root:
        yield root
    for name in ("chats", "left_chats"):
        group = root.get(name)
        if isinstance(group, dict) and isinstance(group.get("list"), list):
            yield from group["list"]


def _chat(data: Any) -> Chat | None:
    if not isinstance(data, dict) or not isinstance(data.get("messages"), list):
        return None
    number = _integer(data.get("id"))
    if number is None:
        return None
    messages = [_message(item) for item in data["messages"]]
    sound = tuple(message for message in messages if message)
    name = clean(str(data.get("name") or "")).strip()
    return Chat(number, name, sound, len(messages) - len(sound))


def _message(data: Any) -> Message | None:
    number = _integer(data.get("id")) if isinstance(data, dict) else None
    if number is None:
        return None
    return Message(
        id=number,
        kind=str(data.get("type", "message")),
        unixtime=_integer(data.get("date_unixtime")),
        local=str(data.get("date") or ""),
        spans=tuple(_spans(data.get("text_entities") or data.get("text"))),
        attachments=tuple(dict.fromkeys(_attachments(data))),
        forwarded_from=_forwarded_from(data),
    )


def _forwarded_from(data: dict[str, Any]) -> str | None:
    """Whose message it is; empty if the name is hidden, None if it isn't forwarded."""
    if "forwarded_from" not in data:
        return None
    return clean(str(data["forwarded_from"] or "")).strip()


def _attachments(data: dict[str, Any]) -> Iterator[str]:
    for field, name in _ATTACHMENTS.items():
        if field in data:
            kind = str(data.get("media_type") or name) if field == "file" else name
            yield re.sub(r"[^a-z]+", " ", kind)
    if data.get("inline_bot_buttons"):
        yield "buttons"


def _spans(text: Any) -> Iterator[Span]:
    for part in text if isinstance(text, list) else [text]:
        if isinstance(part, str):
            yield Span("plain", clean(part))
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            yield Span(
                str(part.get("type", "plain")),
                clean(part["text"]),
                clean(str(part.get("href") or "")),
                str(part.get("language") or ""),
            )


def _integer(value: Any) -> int | None:
    """A number, or a string of digits: ids go into file names, so nothing else will do."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 2**63 else None
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
        return int(value)
    return None
