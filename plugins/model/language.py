"""Languages: one lowercase key inside, one BCP 47 tag on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Fallback = Literal["hide", "list", "full"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site.

    `key` is lowercase and stands in folders and addresses (`zh-hans`); `tag` is the BCP 47
    spelling for output (`zh-Hans`); `locale` is the CLDR locale Babel loads; `name` is the
    language's own name. `fallback` says what an edition does with entries it has no
    translation of: `hide`, `list` (a card that leads to the original) or `full` (a page
    with the original's body). `chain` orders the languages it falls back to.
    """

    key: str
    tag: str
    locale: str
    name: str
    site_name: str
    tagline: str
    dir: Literal["ltr", "rtl"] = "ltr"
    fallback: Fallback = "hide"
    chain: tuple[str, ...] = ()


class Languages(Mapping[str, Language]):
    """The site's languages in their configured order; the first is the default."""

    def __init__(self, languages: list[Language]) -> None:
        self._by_key = {language.key: language for language in languages}

    @classmethod
    def from_settings(cls, settings: Mapping[str, Mapping[str, Any]]) -> Languages:
        """Build from the `LANGUAGES` setting.

        Raises ValueError for a key that is not lowercase, an unknown option or fallback
        policy, or a fallback chain that names an unknown language.
        """
        if not settings:
            raise ValueError("LANGUAGES: is empty. Name at least one language.")
        languages = []
        for key, options in settings.items():
            if key != key.lower():
                raise ValueError(f"LANGUAGES: write the key “{key}” in lowercase: “{key.lower()}”.")
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
            try:
                languages.append(Language(key=key, **{**options, "chain": chain}))
            except TypeError as error:
                raise ValueError(f"LANGUAGES[{key!r}]: {error}.") from None
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
