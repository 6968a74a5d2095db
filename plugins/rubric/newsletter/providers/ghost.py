"""Ghost: `POST /ghost/api/admin/posts/?source=html` (ghost.org/docs/admin-api), a draft post.

An HTML card keeps the markup unchanged. Ghost parses emails before it replaces `%%{name}%%`,
which decodes entities; so an empty element is inserted between the characters instead.
"""

from __future__ import annotations

import re

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.dialect import WORD_JOINER, Dialect, translate
from rubric.newsletter.providers.files import ascii_identity, dump, settings_of, subset
from rubric.newsletter.providers.markup import fragment


def _in_tag(match: re.Match[str]) -> str:
    # In a URL, %7B is equivalent to the brace; elsewhere it would be visible.
    word = re.split(r"[\s\"']", match.string[: match.start()])[-1]
    return "%%%7B" if "://" in word else f"%{WORD_JOINER}%{{"


DIALECT = Dialect(
    tag_start=re.compile(r"%%\{"),
    in_text=lambda match: match[0],  # titles are not templates
    in_html=lambda match: "%<span></span>%{",
    in_tag=_in_tag,
    tags={Slot.UNSUBSCRIBE: "%%{unsubscribe_url}%%"},
)


def _excerpt(preheader: str) -> str:
    """Truncate to 300 characters and escape tags, which Ghost replaces in the excerpt, too."""
    return DIALECT.tag_start.sub(f"%{WORD_JOINER}%{{", preheader)[:300]


def export(rendering: Rendering) -> dict[str, bytes]:
    """Return `post.json`, an email-only post: the site has its own archive page."""
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
        **subset(settings, "tags", "authors", "visibility"),
    }
    return {"post.json": dump({"posts": [post]})}
