"""Parses the JSON export of Telegram Desktop into chats and messages.

The format is defined by telegramdesktop/tdesktop, export/output/export_output_json.cpp. The
export is untrusted: malformed parts are left out or become plain text, and raise no exception.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rubric.importers.report import ImportFailed

# Exports contain \x0C where JSON requires \u000C (tdesktop #27571).
_BAD_ESCAPE = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# What YAML or UTF-8 can't contain: control characters, the byte-order mark, noncharacters.
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
    """A run of text of one kind.

    `kind` is Telegram's entity type, such as `bold` or `text_link`; `href` is the URL of a
    `text_link`, and `language` the programming language of a `pre`.
    """

    kind: str
    text: str
    href: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a chat.

    `kind` is `message`, `service` or `unsupported`. `unixtime` is in seconds since 1970, UTC;
    it is None in older exports, which only have `local`, an ISO 8601 time in an unknown zone.
    `attachments` names everything besides the text, such as `photo`. `forwarded_from` is the
    name of the original author, '' if it is hidden, and None if the message is not forwarded.
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
    """A chat and its messages, in the order of the export.

    `malformed` is the number of messages that could not be parsed.
    """

    id: int
    name: str
    messages: tuple[Message, ...]
    malformed: int = 0


def read_chats(raw: bytes, where: object) -> list[Chat]:
    """Parse a result.json, which contains one chat or all chats of an account.

    `where` is the path for error messages. Raises ImportFailed if it is not such a file.
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
            "contains no chat of a Telegram export.",
            "Choose the result.json that Telegram Desktop wrote, or its folder.",
        )
    return chats


def choose_chat(chats: list[Chat], wanted: str | None, where: object) -> Chat:
    """Return the only chat, or the one whose id or name is `wanted`. Raises ImportFailed."""
    matches = [
        chat for chat in chats if wanted is None or wanted.strip() in (str(chat.id), chat.name)
    ]
    if len(matches) == 1:
        return matches[0]
    names = "; ".join(f"{chat.name or '(no name)'} ({chat.id})" for chat in matches or chats)
    problem = "contains several chats" if matches else f"contains no chat “{wanted}”"
    raise ImportFailed(where, f"{problem}.", f"Choose one by its id: {names}.")


def clean(text: str) -> str:
    """Normalize a text to NFC and LF line ends, and remove control characters."""
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
    valid = tuple(message for message in messages if message)
    name = clean(str(data.get("name") or "")).strip()
    return Chat(number, name, valid, len(messages) - len(valid))


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
    """Return the original author; '' if the name is hidden, None if it isn't forwarded."""
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
    """Return an integer or a string of digits as int, else None: ids become file names."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 2**63 else None
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
        return int(value)
    return None
