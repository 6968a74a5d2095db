"""The archive page of an issue: its public page on the site."""

from __future__ import annotations

import re
from urllib.parse import quote

from rubric.model.newsletter import Rendering

_REST = r"(?![^\s\"'<>?#)\]])"
"""Lookahead after an address: it must end here."""


def archive_url(rendering: Rendering) -> str:
    """Return the URL of the issue's page, without query or fragment, as found in the email.

    The root is taken from a link to that page or, if the provider fills in the "view in browser"
    link, to the home page. Raises ValueError if the email contains neither.
    """
    entry = rendering.issue.entry
    home = entry.url.partition("/")[0] + "/"
    for path in (entry.url, home):
        paths = "|".join(re.escape(form) for form in (quote(path), path))
        named = re.compile(rf"(?P<root>https?://[^\s\"'<>?#]+?/)(?:{paths}){_REST}")
        for part in (rendering.text, rendering.html):
            if found := named.search(part):
                return found["root"] + quote(entry.url)
    raise ValueError(
        f"{entry.source}: the mail names neither the issue's page, {entry.url}, nor the home "
        "page. Add the full address of one of them to the newsletter's template."
    )
