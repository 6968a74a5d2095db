"""The archive page of an issue: where anyone can read it, without a provider."""

from __future__ import annotations

import re
from urllib.parse import quote

from rubric.model.newsletter import Rendering

_REST = r"(?![^\s\"'<>?#)\]])"
"""What follows an address that ends here: nothing of a longer path."""


def archive_url(rendering: Rendering) -> str:
    """The address of the issue's page, no query or fragment, as the mail itself tells.

    The mail names that page or, if it leaves the browser's view to the provider, the home
    page beside it. Raises ValueError if it names neither.
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
        "page. Put one of them with its whole address into the newsletter's template."
    )
