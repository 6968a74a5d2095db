"""Style sheets for feeds that a browser opens: one for each language, with its words."""

from __future__ import annotations

from rubric.assets.bundle import hashed_name, shrink
from rubric.model.edition import Edition


def feed_stylesheet(sheet: str, edition: Edition) -> tuple[str, bytes]:
    """Address and content of an edition's sheet; `sheet` shows its words as `var(--about)`.

    RSS names its language where CSS doesn't look, so the words and fonts are told apart by
    the file.
    """
    about = edition.gettext(
        "This is a feed. Copy the address below into a feed reader, and new texts arrive "
        "there by themselves."
    )
    tag = edition.language.tag
    body = sheet.replace(f":root:lang({tag})", ":root:root")
    # Shrinking would take white space out of the words, too.
    content = f"{shrink(body)}:root{{--about:{_string(about)}}}".encode()
    return f"theme/{hashed_name(f'feed-{edition.lang}.css', content)}", content


def _string(text: str) -> str:
    """A CSS string (CSS Syntax 3, 4.3.5): what could end it is written by code point."""
    return '"' + "".join(_char(char) for char in text) + '"'


def _char(char: str) -> str:
    return f"\\{ord(char):x} " if ord(char) < 32 or char in '"\\<>' else char
