"""MailerLite: `POST /api/campaigns` (developers.mailerlite.com); new campaigns are drafts.

Tags are `{$name}`, without an escape: an entity prevents them in HTML, an invisible character
in the subject. MailerLite creates the text part itself.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate
from rubric.newsletter.providers.files import dump, identity, settings_of, subset

DIALECT = Dialect(
    tag_start=re.compile(r"\{(?=[${%]|\Z)"),
    in_text=lambda match: f"{{{WORD_JOINER}",
    in_html=lambda match: "&#123;",
    tags={Slot.UNSUBSCRIBE: "{$unsubscribe}", Slot.BROWSER: "{$url}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `campaign.json`. Custom HTML requires a suitable plan. Replies go to the sender."""
    issue = rendering.issue
    settings = settings_of(issue, "mailerlite")
    copy = translate(rendering, DIALECT)
    email = {
        "subject": copy.subject,
        "from_name": issue.list.sender_name,
        "from": issue.list.sender_email,
        "content": copy.html,
    }
    campaign = {
        "name": identity(issue),
        "type": "regular",
        "emails": [email],
        **subset(settings, "groups", "segments", "language_id"),
    }
    return {"campaign.json": dump(campaign)}
