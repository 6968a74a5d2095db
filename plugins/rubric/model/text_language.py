"""What the Markdown parser uses of the language of a text: locale, typography and labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rubric.model.language import Language
from rubric.model.typography import Typography, typeset

_YEAR, _MONTH = len("2026"), len("2026-11")


@dataclass(frozen=True, slots=True)
class TextLanguage:
    """The language of a text. `labels` are messages in it; see `labels_in`."""

    key: str = "en"
    locale: str = "en"
    typography: Typography | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: labels_in(str))

    @classmethod
    def of(cls, language: Language, gettext: Callable[[str], str]) -> TextLanguage:
        """Return what the parser uses of one of the site's languages."""
        return cls(language.key, language.locale, language.conventions, labels_in(gettext))

    def typeset(self, text: str) -> str:
        """Return a line of plain text with the corrections of the language."""
        return typeset(text, self.typography)

    def percent(self, share: float) -> str:
        """Format a share of 1 as a whole percentage: 0.67 → `67%`, in Russian `67 %`."""
        from babel.numbers import format_percent

        return format_percent(share, locale=self.locale)

    def number(self, value: int) -> str:
        """Format a whole number with the separators of the language."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def date(self, written: str) -> str:
        """Format a date, a month or a year (ISO 8601). Raises ValueError if there is none."""
        from babel.dates import format_date, format_skeleton

        if len(written) == _YEAR:
            return written
        if len(written) == _MONTH:
            first = date.fromisoformat(f"{written}-01")
            return format_skeleton("yMMMM", first, locale=self.locale)
        return format_date(date.fromisoformat(written), "long", locale=self.locale)


def labels_in(gettext: Callable[[str], str]) -> dict[str, str]:
    """Return the labels that the parser writes into texts, by name."""
    return {
        "footnotes": gettext("Footnotes"),
        "back": gettext("Back to the text"),
        "subscribe": gettext("Subscribe to the newsletter"),
    }
