"""Brevo: `POST /v3/emailCampaigns` (developers.brevo.com).

Its template language is derived from Django's: `{{`, `{%` and `{#` open tags. Brevo creates
the text part itself.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import dump, identity, settings_of, subset

DIALECT = Dialect(
    tag_start=re.compile(r"\{(?=[{%#]|\Z)"),
    in_text=lambda match: '{{ "{" }}',
    in_html=lambda match: "&#123;",
    tags={
        Slot.UNSUBSCRIBE: "{{ unsubscribe }}",
        Slot.BROWSER: "{{ mirror }}",
        Slot.PREFERENCES: "{{ update_profile }}",
    },
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `campaign.json`; a campaign without `scheduledAt` is a draft."""
    issue = rendering.issue
    settings = settings_of(issue, "brevo")
    copy = translate(rendering, DIALECT)
    campaign = {
        "name": identity(issue),
        "subject": copy.subject,
        "previewText": copy.preheader,
        "sender": {"name": issue.list.sender_name, "email": issue.list.sender_email},
        "replyTo": issue.list.reply_to or issue.list.sender_email,
        "recipients": {"listIds": settings.get("lists", [])},
        "htmlContent": copy.html,
        "inlineImageActivation": False,
        **subset(settings, "tag", "unsubscriptionPageId", "updateFormId"),
    }
    return {"campaign.json": dump(campaign)}
