"""Keila: `POST /api/v1/campaigns` (keila.io/docs/api), Liquid in subject and HTML.

Keila creates the text part from the HTML. Its API can't enable its public link, so "view in
browser" leads to the archive page.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import dump, identity, settings_of, subset

DIALECT = Dialect(
    tag_start=re.compile(r"\{(?=[{%]|\Z)"),
    in_text=lambda match: '{{ "{" }}',
    in_html=lambda match: "&#123;",
    tags={Slot.UNSUBSCRIBE: "{{ unsubscribe_link }}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `campaign.json`; a campaign without a scheduled time is a draft."""
    issue = rendering.issue
    settings = settings_of(issue, "keila")
    copy = translate(rendering, DIALECT)
    campaign = {
        "subject": copy.subject,
        "preview_text": copy.preheader,
        "html_body": copy.html,
        "settings": {"type": "html", **subset(settings, "do_not_track")},
        "data": {"issue": identity(issue)},
        **subset(settings, "sender_id", "segment_id"),
    }
    return {"campaign.json": dump({"data": campaign})}
