"""Type per script: system fonts alone, since a mail loads nothing before it is asked to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rubric.model.script import script_of


@dataclass(frozen=True, slots=True)
class Typography:
    """Font stacks, line height, and the mark that opens a quotation.

    Stacks quote names with `'`, since they stand in style attributes. `display` and
    `heading` (a line height) are for headings; `quote` is half wide where it would seem
    indented.
    """

    sans: str
    serif: str
    display: str
    leading: str
    heading: str
    quote: str


_SANS = "'Segoe UI', -apple-system, Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
_SERIF = "Georgia, 'PT Serif', 'Noto Serif', 'Times New Roman', serif"
_HANS = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
_HANT = "'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC', sans-serif"

_ARABIC = "'Segoe UI', -apple-system, 'Geeza Pro', 'Noto Sans Arabic', Tahoma, Arial, sans-serif"

_WESTERN = Typography(_SANS, _SERIF, _SERIF, "1.6", "1.2", "“")
# Chinese headings are sans: the strokes of its serif are too thin on many screens.
_TYPOGRAPHY = {
    "Cyrl": replace(_WESTERN, quote="«"),
    "Hans": Typography(
        _HANS, "'Songti SC', 'Noto Serif CJK SC', SimSun, serif", _HANS, "1.8", "1.35", "“"
    ),
    "Hant": Typography(
        _HANT, "'Songti TC', 'Noto Serif CJK TC', PMingLiU, serif", _HANT, "1.8", "1.35", "｢"
    ),
    "Arab": Typography(
        _ARABIC, "'Noto Naskh Arabic', 'Times New Roman', serif", _ARABIC, "1.8", "1.4", "«"
    ),
}


def typography_of(tag: str) -> Typography:
    """The type for a BCP 47 tag, by its script."""
    return _TYPOGRAPHY.get(script_of(tag).id, _WESTERN)
