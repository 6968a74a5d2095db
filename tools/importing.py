"""Runs importers with the settings of the site."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pelicanconf
from rubric.importers.channel import import_telegram
from rubric.importers.report import Report


def run_telegram(path: Path, content: Path, lang: str, zone: ZoneInfo, chat: str | None) -> Report:
    """Import a Telegram export; see `import_telegram`.

    Raises ValueError if `lang` is not a language of the site, and ImportFailed.
    """
    if lang not in pelicanconf.LANGUAGES:
        known = ", ".join(pelicanconf.LANGUAGES)
        raise ValueError(f"“{lang}” is not a language of this site. Choose from {known}.")
    return import_telegram(path, content, lang, zone, chat=chat)
