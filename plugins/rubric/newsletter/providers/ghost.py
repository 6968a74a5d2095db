"""Ghost: `POST /ghost/api/admin/posts/?source=html` (ghost.org/docs/admin-api), a draft post.

An HTML card keeps the markup as it is. Ghost takes mails apart before it looks for
`%%{name}%%`, which undoes entities: an empty element stands between the signs instead.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate
from rubric.newsletter.providers.files import ascii_identity, chosen, dump, settings_of
from rubric.newsletter.providers.markup import fragment


def _in_tag(match: re.Match[str]) -> str:
    # In an address the brace's percent code means the same; elsewhere it would be seen.
    word = re.split(r"[\s\"']", match.string[: match.start()])[-1]
    return "%%%7B" if "://" in word else f"%{WORD_JOINER}%{{"


DIALECT = Dialect(
    hazard=re.compile(r"%%\{"),
    in_text=lambda match: match[0],  # titles are no templates
    in_html=lambda match: "%<span></span>%{",
    in_tag=_in_tag,
    tags={Slot.UNSUBSCRIBE: "%%{unsubscribe_url}%%"},
)


def _excerpt(preheader: str) -> str:
    """At most 300 characters; Ghost puts the excerpt into the mail before it looks for tags."""
    return DIALECT.hazard.sub(f"%{WORD_JOINER}%{{", preheader)[:300]


def export(rendering: Rendering) -> dict[str, bytes]:
    """`post.json`; mailed alone when published, because the archive page is the site's own."""
    issue = rendering.issue
    settings = settings_of(issue, "ghost")
    copy = translate(rendering, DIALECT)
    card = f"<!--kg-card-begin: html-->\n{fragment(copy.html)}\n<!--kg-card-end: html-->"
    post = {
        "title": copy.subject,
        "slug": ascii_identity(issue),
        "status": "draft",
        "email_only": True,
        "email_subject": copy.subject,
        "custom_excerpt": _excerpt(copy.preheader),
        "html": card,
        **chosen(settings, "tags", "authors", "visibility"),
    }
    return {"post.json": dump({"posts": [post]})}
