"""Style sheets for feeds opened in a browser: one for each language, with its texts."""

from __future__ import annotations

from rubric.assets.bundle import hashed_name, minify_css
from rubric.model.edition import Edition


def feed_stylesheet(sheet: str, edition: Edition) -> tuple[str, bytes]:
    """Return address and content of an edition's style sheet, which shows texts by `var(--about)`.

    In RSS, CSS has no access to the language, so each language has a style sheet of its own.
    """
    about = edition.gettext(
        "This is a feed. Copy the address below into a feed reader, and new texts arrive "
        "there by themselves."
    )
    tag = edition.language.tag
    body = sheet.replace(f":root:lang({tag})", ":root:root")
    # Appended after minifying, which would remove white space from the text.
    content = f"{minify_css(body)}:root{{--about:{_string(about)}}}".encode()
    return f"theme/{hashed_name(f'feed-{edition.lang}.css', content)}", content


def _string(text: str) -> str:
    """Return a CSS string (CSS Syntax 3, 4.3.5) with special characters escaped."""
    return '"' + "".join(_char(char) for char in text) + '"'


def _char(char: str) -> str:
    return f"\\{ord(char):x} " if ord(char) < 32 or char in '"\\<>' else char
