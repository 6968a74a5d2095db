"""listmonk: `POST /api/campaigns` (listmonk.app/docs/apis/campaigns), a new campaign is a draft.

Bodies, also the plain one, go through Go's html/template: `<` in text would open an element
and `@TrackLink` after an address would make it a tracked one.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import dump, identity, sender, settings_of

_PRINTED = {"<": '{{ Safe "<" }}', "@": '{{ "@" }}', "{": '{{ "{" }}'}
_ENTITIES = {"<": "<", "@": "&#64;", "{": "&#123;"}

DIALECT = Dialect(
    hazard=re.compile(r"\{(?=[{<]|@TrackLink|\Z)|<|@(?=TrackLink)"),
    in_text=lambda match: _PRINTED[match[0]],
    in_html=lambda match: _ENTITIES[match[0]],
    tags={Slot.UNSUBSCRIBE: "{{ UnsubscribeURL }}", Slot.BROWSER: "{{ MessageURL }}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """`campaign.json`; `template_id` names a template of `{{ template "content" . }}` alone.

    No `List-Unsubscribe`: listmonk adds its own.
    """
    issue = rendering.issue
    settings = settings_of(issue, "listmonk")
    copy = translate(rendering, DIALECT)
    subject = _subject(rendering.subject)
    campaign = {
        "name": identity(issue),
        "subject": subject,
        "lists": settings.get("lists", []),
        "from_email": sender(issue),
        "type": "regular",
        "content_type": "html",
        "body": copy.html,
        "altbody": copy.text,
        "template_id": settings.get("template_id"),
        "messenger": settings.get("messenger", "email"),
        "tags": [issue.list.key, identity(issue)],
        "headers": [{"Reply-To": issue.list.reply_to}] if issue.list.reply_to else [],
    }
    return {"campaign.json": dump(campaign)}


def _subject(subject: str) -> str:
    # The subject goes through text/template, which knows no elements.
    hazard = re.compile(r"\{(?=\{|@TrackLink|\Z)|@(?=TrackLink)")
    return hazard.sub(DIALECT.in_text, subject)
