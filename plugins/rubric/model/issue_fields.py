"""Types of the front matter of newsletter issues: subjects and selected entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from rubric.model.rules import suggest
from rubric.model.script import split_list

MAX_SUBJECT = 150
"""Maximum length of a subject, as accepted by Mailchimp. Phones show about forty characters."""

_NAMES = ("key", "note")


@dataclass(frozen=True, slots=True)
class SelectedEntry:
    """A post or event selected for an issue, by translation key, with the editor's note."""

    key: str
    note: str = ""


def _as_entries(value: Any) -> Any:
    if isinstance(value, str):
        value = split_list(value)
    if isinstance(value, dict):
        raise ValueError("is not a list. Begin each entry with a hyphen: - key: posts/my-post.")
    if not isinstance(value, list | tuple):
        return value
    return tuple(_as_entry(item, place) for place, item in enumerate(value, 1))


def _as_entry(item: Any, place: int) -> SelectedEntry:
    if isinstance(item, SelectedEntry):
        return item
    fields = {"key": item} if isinstance(item, str) else item
    if not isinstance(fields, dict):
        raise ValueError(f"entry {place} is neither a key nor key and note. Write - posts/my-post.")
    for name, text in fields.items():
        if name not in _NAMES:
            fix = suggest(name, _NAMES, "An entry has a key and a note.", 0.5)
            raise ValueError(f"entry {place} has “{name}”, which is not a field here. {fix}")
        if not isinstance(text, str):
            raise ValueError(f"entry {place}: {name} is not one line of text. Write {name}: …")
    key, note = fields.get("key", "").strip(), " ".join(fields.get("note", "").split())
    if not key:
        raise ValueError(f"entry {place} names nothing. Write - key: posts/my-post.")
    if any(ord(char) < 32 for char in key + note):
        raise ValueError(f"entry {place} contains a control character. Delete it.")
    return SelectedEntry(key, note)


def _as_subject(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    # A line break would end the header field and begin another (RFC 5322, 2.2).
    if any(ord(char) < 32 or char in "\x7f\x85\u2028\u2029" for char in text):
        raise ValueError("has a line break. Write it as one line.")
    if len(text) > MAX_SUBJECT:
        raise ValueError(f"has {len(text)} characters. Use {MAX_SUBJECT} at most.")
    return " ".join(text.split())


SelectedEntries = Annotated[
    tuple[SelectedEntry, ...],
    BeforeValidator(_as_entries),
    WithJsonSchema(
        {
            "type": ["array", "string"],
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {"key": {"type": "string"}, "note": {"type": "string"}},
                        "required": ["key"],
                        "additionalProperties": False,
                    },
                ]
            },
        }
    ),
]
"""Entries of an issue: keys, objects with `key` and `note`, or one comma-separated string."""

Subject = Annotated[
    str,
    BeforeValidator(_as_subject),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_SUBJECT}),
]
"""One line of text, safe in an email header."""
