"""listmonk: `POST /api/campaigns` (listmonk.app/docs/apis/campaigns); new campaigns are drafts.

All bodies, including plain text, are Go html/template: `<` in text would open an element,
and `@TrackLink` after a URL would make it a tracked link.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import dump, identity, sender, settings_of

_PRINTED = {"<": '{{ Safe "<" }}', "@": '{{ "@" }}', "{": '{{ "{" }}'}
_ENTITIES = {"<": "<", "@": "&#64;", "{": "&#123;"}

DIALECT = Dialect(
    tag_start=re.compile(r"\{(?=[{<]|@TrackLink|\Z)|<|@(?=TrackLink)"),
    in_text=lambda match: _PRINTED[match[0]],
    in_html=lambda match: _ENTITIES[match[0]],
    tags={Slot.UNSUBSCRIBE: "{{ UnsubscribeURL }}", Slot.BROWSER: "{{ MessageURL }}"},
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `campaign.json`; `template_id` is a template with only `{{ template "content" . }}`.

    `List-Unsubscribe` is omitted: listmonk adds its own.
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
    # The subject is a text/template, where `<` is literal.
    tag_start = re.compile(r"\{(?=\{|@TrackLink|\Z)|@(?=TrackLink)")
    return tag_start.sub(DIALECT.in_text, subject)
