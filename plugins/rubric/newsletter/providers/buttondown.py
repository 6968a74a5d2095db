"""Buttondown: `POST /v1/emails` (docs.buttondown.com/api-emails-create).

Its templates are Django's, applied to a body that is parsed and serialized first:
`templatetag` survives that, an entity may not. Buttondown creates the text part itself.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import (
    ascii_identity,
    dump,
    identity,
    settings_of,
    subset,
)

MODE = "<!-- buttondown-editor-mode: fancy -->"
"""Marks the body as HTML; without it, Buttondown guesses the format."""


def _brace(match: re.Match[str]) -> str:
    del match
    return "{% templatetag openbrace %}"


DIALECT = Dialect(
    tag_start=re.compile(r"\{(?=[{%#]|\Z)"),
    in_text=_brace,
    in_html=_brace,
    tags={
        Slot.UNSUBSCRIBE: "{{ unsubscribe_url }}",
        Slot.BROWSER: "{{ email_url }}",
        Slot.PREFERENCES: "{{ manage_subscription_url }}",
    },
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `email.json`; `status` is always set because Buttondown sends by default."""
    issue = rendering.issue
    settings = settings_of(issue, "buttondown")
    copy = translate(rendering, DIALECT)
    email = {
        "subject": copy.subject,
        "status": "draft",
        "slug": ascii_identity(issue),
        "description": copy.preheader,
        "body": f"{MODE}{copy.html}",
        "template": "naked",
        "metadata": {"issue": identity(issue)},
        **subset(settings, "template", "filters", "archival_mode"),
    }
    return {"email.json": dump(email)}
