"""What Telegram Desktop exports can be read, in all its editions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rubric.importers.report import ImportFailed
from rubric.importers.telegram import Span, choose_chat, read_chats
from tests.cases import cases


def export(**fields: Any) -> bytes:
    """An export of one chat with one message."""
    message = {"id": 7, "type": "message", "date_unixtime": "1709355600", "text": "чай"} | fields
    return json.dumps({"name": "Касса", "id": 5, "messages": [message]}).encode()


def test_reads_the_invalid_escapes_of_tdesktop() -> None:
    """\\x0C is no JSON; an escaped backslash before x0C is."""
    raw = rb'{"id": 5, "messages": [{"id": 1, "text": "a\x0Cb \\x0C"}]}'
    [chat] = read_chats(raw, "result.json")
    assert chat.messages[0].spans == (Span("plain", "a\nb \\x0C"),)


def test_reads_the_text_of_older_exports() -> None:
    """Without text_entities, text is a string or a list of strings and objects."""
    [chat] = read_chats(export(text=["раз ", {"type": "bold", "text": "два"}, 3]), "x")
    assert chat.messages[0].spans == (Span("plain", "раз "), Span("bold", "два"))
    [chat] = read_chats(export(date_unixtime=None, date="2020-01-01T10:00:00"), "x")
    assert (chat.messages[0].unixtime, chat.messages[0].local) == (None, "2020-01-01T10:00:00")


def test_malformed_messages_are_counted() -> None:
    """An id that could leave the folder is no id."""
    raw = json.dumps({"id": 5, "messages": [{"id": "../../x"}, None, {"id": 2}]}).encode()
    [chat] = read_chats(raw, "x")
    assert ([message.id for message in chat.messages], chat.malformed) == ([2], 2)


def test_cleans_what_no_file_can_hold() -> None:
    """Control characters and lone surrogates don't reach a file."""
    [chat] = read_chats(export(text="а\u0000\u0002\ufeffб\ud83d\r\nв"), "x")
    assert chat.messages[0].spans[0].text == "аб\ufffd\nв"


def test_chooses_a_chat_of_a_full_export() -> None:
    """By id or name; without a choice the error lists what there is."""
    chats = [{"name": "Касса", "id": 5, "messages": []}, {"name": None, "id": 6, "messages": []}]
    raw = json.dumps({"chats": {"list": chats[:1]}, "left_chats": {"list": chats[1:]}}).encode()
    found = read_chats(raw, "x")
    assert choose_chat(found, "Касса", "x").id == choose_chat(found, "5", "x").id == 5
    with pytest.raises(ImportFailed, match=r"several chats.*Касса \(5\); \(no name\) \(6\)"):
        choose_chat(found, None, "x")
    with pytest.raises(ImportFailed, match="no chat “чай”"):
        choose_chat(found, "чай", "x")


@cases("raw", [b"<html>", b"\xff", b"[" * 100_000, b"[1]", b'{"id": 1}'])
def test_refuses_what_is_no_export(raw: bytes) -> None:
    """The error names the file and the way out."""
    with pytest.raises(ImportFailed, match=r"my\.json: .*result\.json|my\.json: .*JSON"):
        read_chats(raw, "my.json")
