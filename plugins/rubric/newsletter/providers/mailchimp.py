"""Mailchimp: `POST /campaigns`, then `PUT /campaigns/{id}/content` (Marketing API 3.0).

Merge tags have no escape. An entity prevents them in HTML, percent-encoding in URLs, and an
invisible character in other text.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate
from rubric.newsletter.providers.files import dump, identity, settings_of, subset


def _in_text(match: re.Match[str]) -> str:
    word = re.split(r"\s", match.string[: match.start()])[-1]
    return "%2A" if "://" in word else f"*{WORD_JOINER}"


DIALECT = Dialect(
    tag_start=re.compile(r"\*(?=\||%7C|\Z)", re.IGNORECASE),
    in_text=_in_text,
    in_html=lambda match: "&#42;",
    tags={
        Slot.UNSUBSCRIBE: "*|UNSUB|*",
        Slot.BROWSER: "*|ARCHIVE|*",
        Slot.PREFERENCES: "*|UPDATE_PROFILE|*",
        Slot.ADDRESS: "*|HTML:LIST_ADDRESS_HTML|*",
    },
    text_tags={Slot.ADDRESS: "*|LIST:ADDRESSLINE|*"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `campaign.json` and `content.json`; a campaign is a draft until it is scheduled."""
    issue = rendering.issue
    settings = settings_of(issue, "mailchimp")
    copy = translate(rendering, DIALECT)
    campaign = {
        "type": "regular",
        "recipients": subset(settings, "list_id", "segment_opts"),
        "settings": {
            "title": identity(issue),
            "subject_line": copy.subject,
            "preview_text": copy.preheader,
            "from_name": issue.list.sender_name,
            "reply_to": issue.list.reply_to or issue.list.sender_email,
            "auto_footer": False,
            "inline_css": False,
        },
    }
    content = {"html": copy.html, "plain_text": copy.text}
    return {"campaign.json": dump(campaign), "content.json": dump(content)}
