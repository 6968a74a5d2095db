"""Buttondown: `POST /v1/emails` (docs.buttondown.com/api-emails-create).

Its templates are Django's, run over a body that it has taken apart before: `templatetag`
survives that, an entity may not. The text part is Buttondown's own.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import Dialect, translate
from rubric.newsletter.providers.files import (
    ascii_identity,
    chosen,
    dump,
    identity,
    settings_of,
)

MODE = "<!-- buttondown-editor-mode: fancy -->"
"""Says that the body is HTML; Buttondown guesses otherwise."""


def _brace(match: re.Match[str]) -> str:
    del match
    return "{% templatetag openbrace %}"


DIALECT = Dialect(
    hazard=re.compile(r"\{(?=[{%#]|\Z)"),
    in_text=_brace,
    in_html=_brace,
    tags={
        Slot.UNSUBSCRIBE: "{{ unsubscribe_url }}",
        Slot.BROWSER: "{{ email_url }}",
        Slot.PREFERENCES: "{{ manage_subscription_url }}",
    },
)


def export(rendering: Rendering) -> dict[str, bytes]:
    """`email.json`; its `status` is written, because Buttondown's default is to send."""
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
        **chosen(settings, "template", "filters", "archival_mode"),
    }
    return {"email.json": dump(email)}
