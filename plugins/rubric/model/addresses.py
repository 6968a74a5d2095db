"""Addresses: what can be one, and who writes what where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from unicodedata import normalize

from rubric.model.tracking import Tracked

LONGEST = 200
"""Bytes of a path segment; file systems take 255."""


def check_segment(segment: str) -> bool:
    """Return whether a path segment is valid as a file name and in URLs on all systems.

    No dots alone, and nothing an address gives another meaning.
    """
    return (
        0 < len(segment.encode()) <= LONGEST
        and segment not in (".", "..")
        and segment.isprintable()
        and not set(segment) & set("/\\?#%&<>\"'|*:;\u2028\u2029")
    )


def is_slug(text: str) -> bool:
    """Letters, digits, their combining marks, `_`, hyphens, and dots within; at most 200 bytes.

    Marks are vowel signs of Hindi or Thai, for example; the text begins with a letter or digit.
    """
    return (
        text[:1].isalnum()
        and not text.endswith(".")
        and all(char in "_.-" or char.isalnum() or _is_mark(char) for char in text)
        and check_segment(text)
    )


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Mc")


def former_address(alias: str) -> str:
    """Return a former address in front matter as a path; without a file name, it is a folder."""
    address = alias.strip("/")
    is_file = not alias.endswith("/") and address.endswith((".html", ".htm", ".php"))
    return address if is_file else f"{address}/"


def file_key(address: str) -> str:
    """Return a key that is equal for two addresses if macOS or Windows has one file for both."""
    return address.casefold() if address.isascii() else normalize("NFC", address.casefold())


@dataclass(frozen=True, slots=True, order=True)
class AddressConflict:
    """A conflict: `owner` claims an address that `other` has already claimed."""

    owner: str
    other: str
    address: str


@dataclass(slots=True)
class Claims(Tracked):
    """The addresses of all files that a build writes, and their owners.

    An owner is the path of a content file, or a description such as "a feed". Conflicts are
    reported for content files, because only their authors can choose another address.
    """

    owners: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def tracking_key(self) -> str:
        return "claimed addresses"

    def add(self, address: str, owner: str) -> None:
        """Claim the address of a file below the output folder; upper and lower case are equal."""
        self.add_all([(address, owner)])

    def add_all(self, claims: Iterable[tuple[str, str]]) -> None:
        """Claim the addresses of several files, given as (address, owner)."""
        owners = self.owners
        for address, owner in claims:
            key = file_key(address)
            owners[key] = (*owners.get(key, ()), (owner, address))

    def __contains__(self, address: str) -> bool:
        """Return whether a file, or the page of a folder, is claimed."""
        file = f"{address}index.html" if address.endswith("/") or not address else address
        return any(claimed == file for _, claimed in self.owners.get(file_key(file), ()))

    def addresses(self) -> frozenset[str]:
        """Return all claimed files, and the folders of pages."""
        files = [address for claims in self.owners.values() for _, address in claims]
        pages = [file.removesuffix("index.html") for file in files]
        return frozenset(chain(files, pages))

    def conflicts(self) -> Iterator[AddressConflict]:
        """Return all conflicts, including files at an address that must be a folder."""
        folders = self.owners.keys() & self._folders()
        if not folders and all(len(claims) == 1 for claims in self.owners.values()):
            return
        for key, claims in sorted(self.owners.items()):
            for owner, address in claims[1:]:
                yield _conflict(owner, claims[0][0], address)
            for folder in sorted(folders.intersection(_above(key))):
                for other, _ in self.owners[folder]:
                    yield _conflict(claims[0][0], other, claims[0][1])

    def _folders(self) -> set[str]:
        """Return the folders of all claimed files."""
        found: set[str] = set()
        for key in self.owners:
            for folder in _above(key):
                if folder in found:
                    break
                found.add(folder)
        return found

    def __repr__(self) -> str:
        return f"<Claims: {len(self.owners)}>"


def _above(address: str) -> Iterator[str]:
    """Return the parent folders of an address, the nearest first."""
    folder, slash, _ = address.rpartition("/")
    while slash:
        yield folder
        folder, slash, _ = folder.rpartition("/")


def _conflict(one: str, two: str, address: str) -> AddressConflict:
    # Descriptions contain spaces, so a content file comes first.
    owner, other = sorted((one, two), key=lambda owner: (" " in owner, owner))
    return AddressConflict(owner, other, address)
