"""Keila: `POST /api/v1/campaigns` (keila.io/docs/api), Liquid in subject and HTML.

Keila makes the text part from the HTML itself, and its API can't switch on its public link:
the view in the browser is the archive page.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import chosen, dump, identity, settings_of

DIALECT = Dialect(
    hazard=re.compile(r"\{(?=[{%]|\Z)"),
    in_text=lambda match: '{{ "{" }}',
    in_html=lambda match: "&#123;",
    tags={Slot.UNSUBSCRIBE: "{{ unsubscribe_link }}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """`campaign.json`; a campaign without a time to send is a draft."""
    issue = rendering.issue
    settings = settings_of(issue, "keila")
    copy = translate(rendering, DIALECT)
    campaign = {
        "subject": copy.subject,
        "preview_text": copy.preheader,
        "html_body": copy.html,
        "settings": {"type": "html", **chosen(settings, "do_not_track")},
        "data": {"issue": identity(issue)},
        **chosen(settings, "sender_id", "segment_id"),
    }
    return {"campaign.json": dump({"data": campaign})}
