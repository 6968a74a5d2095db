"""What all views share: translations of a list, where the switcher leads, long lists split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plugins.model.edition import Edition, Listing
from plugins.model.site import Site
from plugins.model.view import Subject, Switch, View


@dataclass(frozen=True, slots=True)
class Frames:
    """Makes views that know their place among the editions of one build.

    `homes` are the addresses of the editions' first pages, by language key.
    """

    site: Site
    editions: Mapping[str, Edition]
    page_size: int
    homes: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        homes = {lang: edition.home for lang, edition in self.editions.items()}
        object.__setattr__(self, "homes", homes)

    def make_list(
        self,
        edition: Edition,
        template: str,
        path: str,
        title: str,
        description: str = "",
        subject: Subject | None = None,
        langs: Iterable[str] | None = None,
    ) -> View:
        """A list's view at `path` below the edition; `langs` have that list, all if None."""
        having = self.editions if langs is None else {edition.lang, *langs}
        alternates = {lang: f"{lang}/{path}" for lang in self.editions if lang in having}
        return View(
            template=template,
            edition=edition,
            url=f"{edition.lang}/{path}",
            title=title,
            description=description,
            alternates=alternates,
            x_default=self.x_default(alternates),
            switches=self.switches(alternates),
            subject=subject,
        )

    def split(self, first: View, listings: list[Listing]) -> Iterator[View]:
        """Split a long list; later pages stand below page/<n>/ and have no alternates."""
        size = self.page_size
        count = max(1, -(-len(listings) // size))
        urls = [first.url, *(f"{first.url}page/{n}/" for n in range(2, count + 1))]
        for number, url in enumerate(urls):
            view = first
            if number:
                view = View(
                    template=first.template,
                    edition=first.edition,
                    url=url,
                    title=first.title,
                    description=first.description,
                    switches=first.switches,
                    subject=first.subject,
                )
            view.variables = {
                "listings": listings[number * size : (number + 1) * size],
                "page_number": number + 1,
                "page_count": count,
                "previous_url": urls[number - 1] if number else "",
                "next_url": urls[number + 1] if number + 1 < count else "",
            }
            yield view

    def x_default(self, alternates: Mapping[str, str]) -> str:
        """The default language's version, else the first there is."""
        return next((alternates[lang] for lang in self.editions if lang in alternates), "")

    def switches(self, same: Mapping[str, str]) -> tuple[Switch, ...]:
        """One for each language: this page there, else that edition's home."""
        return tuple(
            [Switch(lang, same.get(lang, home), lang in same) for lang, home in self.homes.items()]
        )

    def __repr__(self) -> str:
        return f"<Frames of {self.site!r}>"
