"""MailerLite: `POST /api/campaigns` (developers.mailerlite.com), a new campaign is a draft.

Tags are `{$name}`, without an escape: an entity breaks them in HTML, an invisible character
in the subject. The text part is MailerLite's own.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate
from rubric.newsletter.providers.files import chosen, dump, identity, settings_of

DIALECT = Dialect(
    hazard=re.compile(r"\{(?=[${%]|\Z)"),
    in_text=lambda match: f"{{{WORD_JOINER}",
    in_html=lambda match: "&#123;",
    tags={Slot.UNSUBSCRIBE: "{$unsubscribe}", Slot.BROWSER: "{$url}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """`campaign.json`; HTML of one's own needs a plan that has it. Replies go to the sender."""
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
        **chosen(settings, "groups", "segments", "language_id"),
    }
    return {"campaign.json": dump(campaign)}
