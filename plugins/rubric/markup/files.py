"""Looks up files of the content folder by paths as authors write them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from unicodedata import normalize

from rubric.model.ignored import Ignored


@dataclass(slots=True)
class ContentFiles:
    """Finds files; each folder is listed once.

    Names are compared in NFC, because macOS may store NFD. Case is significant even on
    case-insensitive file systems, because it is on web servers. Ignored files and links to files
    outside of the folder are not found.
    """

    root: Path
    ignored: Ignored = field(default_factory=Ignored)
    _folders: dict[str, dict[str, str]] = field(default_factory=dict)
    _found: dict[str, str] = field(default_factory=dict)

    def find(self, path: str) -> str:
        """Return the path of a file as it is on disk, or ''."""
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._find(path)
        return found

    def size(self, path: str) -> int:
        """Return the size of a file in bytes; `path` is a result of `find`."""
        return (self.root / path).stat().st_size

    def similar(self, path: str, start: str) -> str:
        """Return the file probably meant by a wrong path (relative to `start`), or ''.

        Candidates: a file whose name is similar or differs in case only, a text without its
        suffix, and a file that the path matches relative to the content folder.
        """
        for folder in dict.fromkeys((start, "")):
            place, name = posixpath.split(posixpath.normpath(posixpath.join(folder, path)))
            if place.startswith(".."):
                continue
            names = self._names(place)
            by_case = {each.casefold(): each for each in names}
            stem = name.casefold().removesuffix(".html")
            exact = by_case.get(name.casefold()) or by_case.get(f"{stem}.md")
            near = [exact] if exact else get_close_matches(name, names, 1, 0.8)
            # Suggest only files with the same suffix.
            if near and (exact or Path(near[0]).suffix == Path(name).suffix):
                found = posixpath.join(place, near[0])
                if self.find(found):
                    is_beside = folder and not posixpath.relpath(found, start).startswith("..")
                    return posixpath.relpath(found, start) if is_beside else f"/{found}"
        return ""

    def _find(self, path: str) -> str:
        found = ""
        for name in path.split("/"):
            real = self._names(found).get(normalize("NFC", name))
            if real is None:
                return ""
            found = posixpath.join(found, real)
        if self.ignored.has_file(found):
            return ""
        file = self.root / found
        is_inside = file.resolve().is_relative_to(self.root.resolve())
        return found if file.is_file() and is_inside else ""

    def _names(self, folder: str) -> dict[str, str]:
        """Map the NFC names in a folder to the names on disk."""
        names = self._folders.get(folder)
        if names is None:
            try:
                listed = sorted(path.name for path in (self.root / folder).iterdir())
            except OSError:
                listed = []
            names = self._folders[folder] = {normalize("NFC", name): name for name in listed}
        return names
