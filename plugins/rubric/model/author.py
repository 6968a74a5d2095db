"""Authors: people of content/authors.toml, or plain names in front matter."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who writes; `name` and `bio` are by language key, `names` are all of them.

    `slug` is the address below /<lang>/authors/, one in all languages.
    """

    slug: str
    name: dict[str, str] = field(hash=False)
    bio: dict[str, str] = field(default_factory=dict, hash=False)
    url: str = ""

    def name_in(self, lang: str) -> str:
        """Return the name in a language, or the first name if there is none."""
        return self.name.get(lang) or next(iter(self.name.values()))

    def bio_in(self, lang: str) -> str:
        return self.bio.get(lang, "")
