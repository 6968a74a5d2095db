"""Languages: one lowercase key inside, one BCP 47 tag on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, Literal

from babel import Locale, UnknownLocaleError, localedata

from rubric.model.rules import suggest
from rubric.model.script import Script, script_of
from rubric.model.typography import CORRECTIONS, Typography, typography_of

Fallback = Literal["hide", "list", "full"]

_KEY = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*")
_LISTS = {"chain": "a list of languages", "typography": "a list of corrections"}
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site.

    `key` is lowercase and stands in folders and addresses (`zh-hans`); `tag` is the BCP 47
    spelling for output (`zh-Hans`); `locale` is the CLDR locale Babel loads; `name` is the
    language's own name. `dir` is the direction of its script unless the
    setting gives another. `fallback` says what an edition does with entries it has no
    translation of: `hide`, `list` (a card that leads to the original) or `full` (a page
    with the original's body). `chain` orders the languages it falls back to. `typography` are the
    typographic corrections of its texts, None for all; `quotes` are the four quotation marks that
    replace those of the language.
    """

    key: str
    tag: str
    locale: str
    name: str
    site_name: str
    tagline: str = ""
    dir: Literal["ltr", "rtl"] = "ltr"
    fallback: Fallback = "hide"
    chain: tuple[str, ...] = ()
    typography: tuple[str, ...] | None = None
    quotes: str = ""

    @property
    def conventions(self) -> Typography | None:
        """Return the typographic conventions of its texts; None if there are none."""
        return typography_of(self.tag, self.typography, self.quotes)

    @property
    def script(self) -> Script:
        """Return the script of the language."""
        return script_of(self.tag)


def _check_options(key: str, options: Any) -> None:
    """Raise ValueError for a missing or unknown option, or one of a wrong type."""
    where = f"LANGUAGES[{key!r}]"
    if not isinstance(options, Mapping):
        raise ValueError(f"{where}: is not a dict of options. See docs/settings.md.")
    known = [each for each in fields(Language) if each.name != "key"]
    names = [each.name for each in known]
    for name in options:
        if name not in names:
            fix = suggest(str(name), names, f"Options are {', '.join(names)}.")
            raise ValueError(f"{where}: {name} is not an option. {fix}")
    missing = [e.name for e in known if e.default is MISSING and not options.get(e.name)]
    if missing:
        raise ValueError(f"{where}: lacks {', '.join(missing)}. See docs/settings.md.")
    for name, value in options.items():
        if name in _LISTS:
            is_right = isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
            kind = _LISTS[name]
        else:
            is_right, kind = isinstance(value, str), "a text"
        if not is_right:
            raise ValueError(f"{where}: {name} {value!r} is not {kind}. See docs/settings.md.")
    _check_codes(where, options)


def _check_codes(where: str, options: Mapping[str, str]) -> None:
    if options.get("dir", "ltr") not in ("ltr", "rtl"):
        raise ValueError(f"{where}: dir “{options['dir']}” is unknown. Choose ltr or rtl.")
    for name in options.get("typography", ()):
        if name not in CORRECTIONS:
            fix = suggest(name, CORRECTIONS, f"Choose from {', '.join(CORRECTIONS)}.")
            raise ValueError(f"{where}: typography “{name}” is unknown. {fix}")
    quotes = options.get("quotes", "")
    if quotes and (len(quotes) != 4 or not quotes.isprintable() or set(quotes) & set(" \"'<>&")):
        raise ValueError(f"{where}: quotes “{quotes}” are not four quotation marks. Write «»„“.")
    if not _TAG.fullmatch(options["tag"]):
        raise ValueError(f"{where}: tag “{options['tag']}” is no language tag. Write zh-Hans.")
    if not _is_locale(options["locale"]):
        raise ValueError(
            f"{where}: locale “{options['locale']}” is unknown to CLDR. Write en_GB or zh_Hant."
        )


def _is_locale(name: str) -> bool:
    if localedata.exists(name):
        return True
    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return False
    return True


class Languages(Mapping[str, Language]):
    """The site's languages in their configured order; the first is the default."""

    def __init__(self, languages: list[Language]) -> None:
        self._by_key = {language.key: language for language in languages}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Mapping[str, Any]]) -> Languages:
        """Build from the `LANGUAGES` setting.

        Raises ValueError, which names the option, what is wrong with it and the way out.
        """
        if not isinstance(settings, Mapping) or not settings:
            raise ValueError(
                "LANGUAGES: is empty or no dict. Name a language, as docs/settings.md does."
            )
        languages = []
        for key, options in settings.items():
            if not isinstance(key, str) or not _KEY.fullmatch(key):
                lower = str(key).lower()
                example = lower if _KEY.fullmatch(lower) else "zh-hans"
                raise ValueError(
                    f"LANGUAGES: “{key}” is not a key. Write it in lowercase: “{example}”."
                )
            _check_options(key, options)
            fallback = options.get("fallback", "hide")
            if fallback not in ("hide", "list", "full"):
                raise ValueError(
                    f"LANGUAGES[{key!r}]: fallback “{fallback}” is unknown. "
                    "Choose hide, list or full."
                )
            chain = tuple(options.get("chain", ()))
            for link in chain:
                if link not in settings or link == key:
                    raise ValueError(
                        f"LANGUAGES[{key!r}]: chain names “{link}”, which is not another "
                        f"language of the site. Choose from {', '.join(settings)}."
                    )
            direction = script_of(options["tag"]).direction
            values = {"dir": direction, **options, "chain": chain}
            if "typography" in options:
                values["typography"] = tuple(options["typography"])
            languages.append(Language(key=key, **values))
        return cls(languages)

    @property
    def default(self) -> Language:
        return next(iter(self._by_key.values()))

    def __getitem__(self, key: str) -> Language:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def __repr__(self) -> str:
        return f"<Languages {', '.join(self)}>"
