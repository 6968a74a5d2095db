"""Everything that an issue is exported as: the mail, its parts, and each provider's files."""

from __future__ import annotations

import html
import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.archive import archive_url
from rubric.newsletter.providers.dialect import fill_slots
from rubric.newsletter.providers.registry import export_for

_PERSONAL = (Slot.UNSUBSCRIBE, Slot.PREFERENCES)
"""Slots that mean nothing without a reader."""

_TOKENS = "|".join(map(re.escape, _PERSONAL))
_SEPARATOR = r"(?:\s|&nbsp;)*(?:[·•|]|&middot;|&bull;)(?:\s|&nbsp;)*"
_LINK = rf"<a\b[^>]*(?:{_TOKENS})[^>]*>(?:(?!</a>).)*</a>"
_PERSONAL_LINK = re.compile(rf"{_SEPARATOR}{_LINK}|{_LINK}(?:{_SEPARATOR})?", re.DOTALL)
_PERSONAL_LINE = re.compile(rf"^.*(?:{_TOKENS}).*(?:\n|\Z)", re.MULTILINE)


def export_files(rendering: Rendering, eml: bytes) -> dict[str, bytes]:
    """File names below the issue's folder → contents, the same for the same issue.

    `issue.html` and `issue.txt` are for everyone: no merge tag, no link of one reader's.
    Raises ValueError if a provider's settings lack something; then nothing is to be written.
    """
    files = {
        "issue.html": public_html(rendering).encode(),
        "issue.txt": public_text(rendering).encode(),
        "issue.eml": eml,
    }
    for provider in rendering.issue.list.providers:
        for name, content in export_for(rendering, provider).items():
            files[f"{provider}/{name}"] = content
    return files


def public_html(rendering: Rendering) -> str:
    """The HTML with the archive page for the browser's view, and no personal link."""

    def fill(slot: Slot) -> str:
        return html.escape(_filling(rendering, slot)).replace("\n", "<br>")

    return fill_slots(_PERSONAL_LINK.sub("", rendering.html), fill)


def public_text(rendering: Rendering) -> str:
    """The text part in the same way: lines that hold a personal link are left out."""
    return fill_slots(
        _PERSONAL_LINE.sub("", rendering.text), lambda slot: _filling(rendering, slot)
    )


def _filling(rendering: Rendering, slot: Slot) -> str:
    if slot is Slot.BROWSER:
        return archive_url(rendering)
    return rendering.issue.list.postal_address if slot is Slot.ADDRESS else ""
