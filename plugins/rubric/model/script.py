"""Writing systems as data: one record per script, and what follows for texts in several of them.

A text may mix scripts, so most code uses the patterns and sets at the end of this module, which
are made of all records. theme/static/js/search_index.js has the same ranges; a test compares them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from babel.core import get_global

_HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KANA = "\u3040-\u30ff"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7a3\ud7b0-\ud7ff"
# All that is set in a square: Han, kana, Bopomofo, radicals, strokes, full-width forms.
_SQUARES = (
    "\u2e80-\u30ff\u3105-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff"
)


@dataclass(frozen=True, slots=True)
class Script:
    """A writing system. `id` is its ISO 15924 code, as CLDR's likely subtags have it.

    Sets of characters are strings; `letters`, `squares` and `marks` are bodies of character
    classes of `re`. Properties that Unicode defines, such as the direction of a character,
    are not repeated here.
    """

    id: str
    letters: str
    """Ranges of its letters."""
    direction: Literal["ltr", "rtl"] = "ltr"
    is_spaced: bool = True
    """Whether spaces separate words. If not, lines break between any two characters."""
    squares: str = ""
    """Ranges of characters that are set in a square, punctuation included."""
    comma: str = ", "
    """What separates words and facts in one line."""
    list_separators: str = ","
    """Separators of lists in front matter."""
    clause_marks: str = ",;:"
    sentence_endings: str = ".!?…"
    opening: str = "([{"
    """Brackets and quotation marks before a word; no line ends with them."""
    closing: str = ")]}"
    """Brackets and quotation marks after a word; no line begins with them."""
    quotation_marks: tuple[tuple[str, str], ...] = ()
    not_first: str = "—–·%/"
    """What besides closing marks, clause marks and endings begins no line."""
    not_last: str = "$#№"
    """What besides opening marks ends no line."""
    marks: str = ""
    """Ranges of marks that search ignores, as they are after NFKD."""
    variants: tuple[tuple[str, str], ...] = ()
    """Characters that are the same to a search, and the one each is searched as."""
    fonts: tuple[str, ...] = ()
    """Font families that social images need, the script's own first."""
    reading_speed: int = 200
    """Words read silently in a minute; characters if spaces do not separate words."""
    is_known: bool = True
    """Whether it has a record here; others are treated as Latin in all but letters and fonts."""


_LATIN = Script(
    id="Latn",
    letters=(
        "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f"
        "\ua720-\ua7ff\uff21-\uff3a\uff41-\uff5a"
    ),
    opening="([{“‘«‹„",
    closing=")]}”’»›",
    quotation_marks=(("“", "”"), ("„", "“"), ("”", "”"), ('"', '"'), ("«", "»")),
    marks="\u0300-\u036f",
    reading_speed=200,
    fonts=("Noto Sans",),
)
_CYRILLIC = replace(
    _LATIN,
    id="Cyrl",
    letters="\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    reading_speed=184,
    quotation_marks=(("«", "»"), ("„", "“")),
)
_GREEK = replace(
    _LATIN,
    id="Grek",
    letters="\u0370-\u03ff\u1f00-\u1fff",
    clause_marks=",:\u0387",
    sentence_endings=".!;\u037e…",
    quotation_marks=(("«", "»"), ("“", "”")),
)
_SIMPLIFIED = Script(
    id="Hans",
    letters=_HAN,
    is_spaced=False,
    reading_speed=255,
    squares=_SQUARES,
    comma="，",
    list_separators="，、",
    clause_marks="，、；：",
    sentence_endings="。！？…",
    opening="（【《〈「『〔［｛“‘",
    closing="）】》〉」』〕］｝”’",
    quotation_marks=(("“", "”"), ("「", "」"), ("『", "』")),
    not_first="．—–·・～％々ー",
    not_last="￥¥＄＃",
    fonts=("Noto Sans CJK", "Noto Sans"),
)
_TRADITIONAL = replace(
    _SIMPLIFIED, id="Hant", quotation_marks=(("「", "」"), ("『", "』"), ("“", "”"))
)
_JAPANESE = replace(_TRADITIONAL, id="Jpan", letters=_HAN + _KANA, comma="、")
_KOREAN = replace(
    _LATIN, id="Kore", letters=_HANGUL + _HAN, fonts=("Noto Sans CJK", "Noto Sans"), marks=""
)
_ARABIC = Script(
    id="Arab",
    reading_speed=138,
    letters=(
        "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff"
        "\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdfb\ufe70-\ufefc"
    ),
    direction="rtl",
    comma="، ",
    list_separators=",،؛",
    clause_marks=",;:،؛",
    sentence_endings=".!?…؟۔",
    opening="([{«“",
    closing=")]}»”",
    quotation_marks=(("«", "»"), ("“", "”")),
    not_first="—–·%/٪",
    # Harakat, signs of the Quran, tatweel; and what NFKD makes of hamza and madda on a letter.
    marks=(
        "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    ),
    variants=(
        *(("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ة", "ه"), ("ک", "ك")),
        *zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True),
        *zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True),
    ),
    fonts=("Noto Sans Arabic", "Noto Sans"),
)
_HEBREW = replace(
    _LATIN,
    id="Hebr",
    reading_speed=187,
    letters="\u05d0-\u05ea\u05ef-\u05f2\ufb1d-\ufb4f",
    direction="rtl",
    quotation_marks=(("”", "”"), ('"', '"')),
    not_first="—–·%/־",
    marks="\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7",
    fonts=("Noto Sans Hebrew", "Noto Sans"),
)

SCRIPTS = {
    script.id: script
    for script in (
        *(_LATIN, _CYRILLIC, _GREEK),
        *(_SIMPLIFIED, _TRADITIONAL, _JAPANESE, _KOREAN),
        *(_ARABIC, _HEBREW),
    )
}
"""The scripts that have rules, by ISO 15924 code."""

# Written from right to left, without rules of their own here (Unicode Bidi_Class R and AL).
_OTHERS_RTL = frozenset(("Adlm", "Aran", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))


def script_code(tag: str) -> str:
    """Return the ISO 15924 code of a language from its BCP 47 tag or CLDR's likely subtags.

    `tag` may also be a key such as `zh-hant`, or a CLDR locale such as `zh_TW`.
    """
    subtags = tag.replace("_", "-").split("-")
    for subtag in subtags[1:]:
        if len(subtag) == 4 and subtag.isalpha():
            return subtag.title()
    language, region = subtags[0].lower(), subtags[-1].upper()
    likely = get_global("likely_subtags")
    whole = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return next((each for each in whole.split("_") if len(each) == 4 and each.isalpha()), "Latn")


@lru_cache(maxsize=256)
def script_of(tag: str) -> Script:
    """Return the script of a language; Latin if there is no record.

    >>> script_of("ar-EG").direction
    'rtl'
    """
    code = script_code(tag)
    if code in SCRIPTS:
        return SCRIPTS[code]
    direction: Literal["ltr", "rtl"] = "rtl" if code in _OTHERS_RTL else "ltr"
    return replace(_LATIN, id=code, letters="", direction=direction, fonts=(), is_known=False)


def characters(name: str, *, spaced: bool | None = None) -> str:
    """Return the characters or ranges in a field of all records, each once.

    `spaced` limits it to scripts with spaces between words, or without.
    """
    texts = (
        str(getattr(script, name))
        for script in SCRIPTS.values()
        if spaced is None or script.is_spaced == spaced
    )
    if name in ("letters", "squares", "marks"):
        return "".join(dict.fromkeys(part for text in texts for part in _ranges(text)))
    return "".join(dict.fromkeys("".join(texts)))


def _ranges(body: str) -> list[str]:
    return re.findall(".-.|.", body, re.DOTALL)


LIST_SEPARATORS = characters("list_separators")
CLAUSE_MARKS = characters("clause_marks")
SENTENCE_ENDINGS = "".join(c for c in characters("sentence_endings") if c not in CLAUSE_MARKS)
"""Marks that end a sentence in any script. What is a clause mark elsewhere, as the Greek
question mark, ends one in its own script only."""
OPENING, CLOSING = characters("opening"), characters("closing")
QUOTATION_MARKS = dict(pair for script in SCRIPTS.values() for pair in script.quotation_marks)
"""The closing mark of each opening one."""

NOT_FIRST = frozenset(
    CLOSING + CLAUSE_MARKS + characters("sentence_endings") + characters("not_first")
)
"""Characters that no line begins with (JIS X 4051; W3C, Requirements for Chinese Text Layout)."""
NOT_LAST = frozenset(OPENING + characters("not_last"))
"""Characters that no line ends with."""

UNSPACED = characters("letters", spaced=False)
"""Ranges of the letters that are written without spaces: Han and kana. One of them says about
as much as two letters of an alphabet."""
SQUARES = characters("squares")
"""Ranges of the characters that are set in a square; see Script.squares."""
MARKS = characters("marks")
"""Ranges of the marks that search ignores."""
SEARCH_VARIANTS = {old: new for script in SCRIPTS.values() for old, new in script.variants}


def split_list(text: str) -> list[str]:
    """Split a list in one line into its items, without empty ones.

    >>> split_list("أ، ب")
    ['أ', 'ب']
    """
    parts = re.split(f"[{re.escape(LIST_SEPARATORS)}]", text)
    return [part.strip() for part in parts if part.strip()]


@lru_cache(maxsize=8)
def sentence_end(script: Script) -> re.Pattern[str]:
    """Return a pattern for the end of a sentence, including closing marks.

    Where spaces separate words, a space must follow; abbreviations are not recognized.
    """
    own = "".join(dict.fromkeys(SENTENCE_ENDINGS + script.sentence_endings))
    square = "".join(char for char in own if char in characters("sentence_endings", spaced=False))
    spaced = "".join(char for char in own if char == "…" or char not in square)
    closing, quotes = re.escape(CLOSING), "\"'"
    return re.compile(
        rf"[{re.escape(spaced)}]+[{closing}{quotes}]*(?=\s)|[{re.escape(square)}]+[{closing}]*"
    )


_LETTERS = tuple((script, re.compile(f"[{script.letters}]")) for script in SCRIPTS.values())


def main_script(text: str) -> Script:
    """Return the script of most letters in a text; Latin if there are no letters."""
    return max(_LETTERS, key=lambda pair: len(pair[1].findall(text)))[0]
