"""Fonts per script: system fonts only, since emails must not load fonts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rubric.model.script import script_of


@dataclass(frozen=True, slots=True)
class Typography:
    """Font stacks, line heights and the opening quotation mark of a language.

    Stacks quote names with `'` because they are used in style attributes. `leading` is the line
    height of text, `heading` that of headings, whose font stack is `display`. `quote` is
    half-width in scripts whose full-width mark would look indented.
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
# Chinese headings are sans-serif: serif strokes are too thin on many screens.
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
    """Return the typography of a BCP 47 tag, by its script; Western by default."""
    return _TYPOGRAPHY.get(script_of(tag).id, _WESTERN)
