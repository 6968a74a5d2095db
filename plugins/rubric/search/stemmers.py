"""Stemmers: the Snowball algorithm of a language, in Python and as a script for browsers."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import snowballstemmer
from babel import Locale

from rubric.model.language import Language

_FOLDER = Path(__file__).with_name("data") / "stemmers"

_NOTICE = "// Snowball, BSD 3-Clause: https://snowballstem.org/license.html"


def stemmer_of(locale: str) -> str:
    """Return the Snowball algorithm of a CLDR locale; empty if there is none, as for Chinese.

    Algorithms without a script for browsers are not used: queries must be stemmed like texts.
    """
    name = (Locale.parse(locale).get_language_name("en") or "").lower()
    is_known = name in snowballstemmer.algorithms() and (_FOLDER / f"{name}.js").is_file()
    return name if is_known else ""


def missing_stemmers(
    languages: Iterable[Language], algorithms: Mapping[str, str], indexed: Container[str]
) -> str:
    """One line about languages of texts that have no stemmer but would need one; or empty.

    What is written without spaces is found by its characters.
    """
    names = [
        each.name
        for each in languages
        if each.key in indexed and each.script.is_spaced and not algorithms[each.key]
    ]
    if not names:
        return ""
    return (
        f"No stemmer for the search in: {', '.join(names)}. A word is found as it is written, "
        "and by its beginning; see docs/search.md."
    )


def load_script(algorithm: str) -> bytes:
    """Return the JavaScript module of an algorithm; it exports `stem`."""
    base, stemmer = ((_FOLDER / f"{n}.js").read_text("utf-8") for n in ("base", algorithm))
    return (
        f"{_NOTICE}\nvar BaseStemmer;\n{base}\n{stemmer}\n"
        f"const stemmer = new {algorithm.capitalize()}Stemmer();\n"
        "export const stem = (word) => stemmer.stemWord(word);\n"
    ).encode()
