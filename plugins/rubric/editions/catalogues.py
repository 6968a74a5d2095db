"""gettext catalogues, read from `.po` files so that nobody has to compile them."""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def load_catalogue(folder: Path, lang: str, locale: str) -> NullTranslations:
    """Read `<folder>/<lang>.po`; a language without a file speaks the templates' English."""
    path = folder / f"{lang}.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
