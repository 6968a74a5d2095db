"""gettext catalogues, read from `.po` files without a compilation step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rubric.model.language import Language

_SHOWN = 3


@dataclass(slots=True)
class Catalogues:
    """The catalogues of a theme, `<folder>/<lang>.po`, each read once.

    A message without a translation is shown in English, the language of the templates.
    """

    folder: Path
    _read: dict[str, Catalog | None] = field(default_factory=dict)

    def load(self, lang: str, locale: str) -> NullTranslations:
        """Return the translations of a language; without a file, messages stay in English."""
        catalogue = self._catalogue(lang, locale)
        if catalogue is None:
            return NullTranslations()
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return GNUTranslations(compiled)

    def missing(self, languages: Iterable[Language]) -> str:
        """Return a line that lists missing translations; empty if there are none.

        The messages are those of all catalogues of the folder. English needs no catalogue.
        """
        own = [each for each in languages if not each.locale.startswith("en")]
        if not own:
            return ""
        locales = {each.key: each.locale for each in own}
        known: dict[str, None] = {}
        for path in sorted(self.folder.glob("*.po")):
            locale = locales.get(path.stem, path.stem.replace("-", "_"))
            known |= dict.fromkeys(_messages(self._catalogue(path.stem, locale)))
        parts = []
        for language in own:
            translated = _translated(self._catalogue(language.key, language.locale))
            lacking = [message for message in known if message not in translated]
            name = f"{language.key}.po ({language.name})"
            if self._catalogue(language.key, language.locale) is None:
                parts.append(f"there is no {name}")
            elif lacking:
                shown = ", ".join(f"“{message}”" for message in lacking[:_SHOWN])
                more = ", …" if len(lacking) > _SHOWN else ""
                parts.append(f"{name} lacks {len(lacking)} of {len(known)}: {shown}{more}")
        if not parts:
            return ""
        return (
            f"Messages without a translation are in English: {'; '.join(parts)}. "
            "invoke catalogues lists all of them; see docs/settings.md."
        )

    def _catalogue(self, lang: str, locale: str) -> Catalog | None:
        if lang not in self._read:
            path = self.folder / f"{lang}.po"
            self._read[lang] = None
            if path.is_file():
                with path.open("rb") as file:
                    self._read[lang] = read_po(file, locale=locale)
        return self._read[lang]


def _messages(catalogue: Catalog | None) -> list[str]:
    """Return the messages of a catalogue; only the first form of plurals."""
    return [_id(message.id) for message in catalogue or () if message.id]


def _translated(catalogue: Catalog | None) -> set[str]:
    found = set()
    for message in catalogue or ():
        forms = (
            [message.string] if isinstance(message.string, str) else list(message.string or [""])
        )
        if message.id and all(forms) and not message.fuzzy:
            found.add(_id(message.id))
    return found


def _id(id: str | tuple[str, ...] | list[str]) -> str:
    return id if isinstance(id, str) else id[0]
