"""Files that an issue is exported as: HTML, text, email, and files for each provider."""

from __future__ import annotations

import html
import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.archive import archive_url
from rubric.newsletter.providers.dialect import fill_slots
from rubric.newsletter.providers.registry import export_for

_PERSONAL = (Slot.UNSUBSCRIBE, Slot.PREFERENCES)
"""Slots that are meaningful for a single reader only."""

_TOKENS = "|".join(map(re.escape, _PERSONAL))
_SEPARATOR = r"(?:\s|&nbsp;)*(?:[·•|]|&middot;|&bull;)(?:\s|&nbsp;)*"
_LINK = rf"<a\b[^>]*(?:{_TOKENS})[^>]*>(?:(?!</a>).)*</a>"
_PERSONAL_LINK = re.compile(rf"{_SEPARATOR}{_LINK}|{_LINK}(?:{_SEPARATOR})?", re.DOTALL)
_PERSONAL_LINE = re.compile(rf"^.*(?:{_TOKENS}).*(?:\n|\Z)", re.MULTILINE)


def export_files(rendering: Rendering, eml: bytes) -> dict[str, bytes]:
    """Map file names below the issue's folder to contents. The result is deterministic.

    `issue.html` and `issue.txt` are public: they contain no merge tags and no personal links.
    Raises ValueError if the settings of a provider are incomplete.
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
    """Return the HTML with a link to the archive page and without personal links."""

    def fill(slot: Slot) -> str:
        return html.escape(_filling(rendering, slot)).replace("\n", "<br>")

    return fill_slots(_PERSONAL_LINK.sub("", rendering.html), fill)


def public_text(rendering: Rendering) -> str:
    """Return the text part without lines that contain a personal link."""
    return fill_slots(
        _PERSONAL_LINE.sub("", rendering.text), lambda slot: _filling(rendering, slot)
    )


def _filling(rendering: Rendering, slot: Slot) -> str:
    if slot is Slot.BROWSER:
        return archive_url(rendering)
    return rendering.issue.list.postal_address if slot is Slot.ADDRESS else ""
