"""Which spellings are one city: Almaty, Алматы and 阿拉木图 are, two Birminghams are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from plugins.model.tag import identify, slugify


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an event or a group says it is, in one of its languages.

    `key` is the event's or group's own, the same in all its languages; `country` an ISO
    3166-1 alpha-2 code or empty; the coordinates are degrees, both None where unknown.
    """

    key: str
    lang: str
    text: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A city that something happens in. `key` is its path segment; `names` are by language."""

    key: str
    country: str
    names: dict[str, str]
    latitude: float | None = None
    longitude: float | None = None

    def name_in(self, lang: str, chain: Iterable[str] = ()) -> str:
        """The name in a language, else in one it falls back to, else any."""
        own = (self.names[each] for each in (lang, *chain) if each in self.names)
        return next(own, next(iter(self.names.values())))


def identify_cities(mentions: Iterable[Mention], languages: Sequence[str]) -> dict[str, City]:
    """The city of every mention's `key`; keys that name no city are left out.

    Mentions are of one city if they share a key, or a country and a spelling (but for
    case, width and punctuation), directly or through others. A city's `key` is spelled in
    the first of `languages` that it has a name in, plus the country where two cities would
    share it. The commonest spelling is the name; the coordinates are medians.
    """
    told = sorted(
        {each for each in mentions if each.text.strip()},
        key=lambda each: (each.key, each.lang, each.text, each.country, _where(each)),
    )
    places = _Joined()
    for each in told:
        spelling = slugify(each.text) or identify(each.text)
        places.join(("key", each.key), ("spelling", f"{each.country.upper()} {spelling}"))
    together: dict[Node, list[Mention]] = {}
    for each in told:
        together.setdefault(places.find(("key", each.key)), []).append(each)
    drafts = [_describe(group, languages) for group in together.values()]
    cities = dict(zip(together, _tell_apart(drafts), strict=True))
    return {each.key: cities[places.find(("key", each.key))] for each in told}


Node = tuple[str, str]


class _Joined:
    """Sets that grow together (union-find, with path halving)."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def find(self, node: Node) -> Node:
        above = self._above
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    def join(self, one: Node, other: Node) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._above[second] = first


def _describe(mentions: Sequence[Mention], languages: Sequence[str]) -> City:
    """One city out of all that is said of it."""
    spoken = {each.lang for each in mentions}
    order = [lang for lang in languages if lang in spoken]
    order += sorted(spoken - set(order))
    names = {
        lang: _commonest(each.text.strip() for each in mentions if each.lang == lang)
        for lang in order
    }
    first = names[order[0]]
    spots = [_where(each) for each in mentions if _where(each)]
    return City(
        key=slugify(first) or "city",
        country=_commonest(each.country.upper() for each in mentions if each.country),
        names=names,
        latitude=median(spot[0] for spot in spots) if spots else None,
        longitude=median(spot[1] for spot in spots) if spots else None,
    )


def _tell_apart(cities: Sequence[City]) -> list[City]:
    """The same cities, no two with one key."""
    counts = Counter(city.key for city in cities)
    taken: set[str] = {key for key, count in counts.items() if count == 1}
    result = []
    for city in cities:
        key = city.key
        if counts[key] > 1:
            stem = "-".join(filter(None, (key, city.country.lower())))
            tries = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10_000))
            key = next(each for each in tries if each not in taken)
        taken.add(key)
        result.append(City(key, city.country, city.names, city.latitude, city.longitude))
    return result


def _where(mention: Mention) -> tuple[float, ...]:
    if mention.latitude is None or mention.longitude is None:
        return ()
    return mention.latitude, mention.longitude


def _commonest(texts: Iterable[str]) -> str:
    """The text told most often; of equals the first in order; empty if there is none."""
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], text), default="")
