"""Files that an issue is exported as: HTML, text, email, and files for each provider."""

from __future__ import annotations

import re

from rubric.model.html_tree import parse, serialize
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering
from rubric.newsletter.providers.services import export_for

_SEPARATOR = re.compile(r"\s*[·•|]\s*")
_PERSONAL_LINE = re.compile(rf"^.*{UNSUBSCRIBE_SLOT}.*(?:\n|\Z)", re.MULTILINE)


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
    """Return the HTML without the link to unsubscribe, which is different for each reader."""
    tree = parse(rendering.html)
    for link in tree.find_all("a", href=UNSUBSCRIBE_SLOT):
        for text in (link.previous_sibling, link.next_sibling):
            if text and _SEPARATOR.fullmatch(text.get_text()):
                text.extract()
                break
        link.decompose()
    return serialize(tree)


def public_text(rendering: Rendering) -> str:
    """Return the text part without the line with the link to unsubscribe."""
    return _PERSONAL_LINE.sub("", rendering.text)
