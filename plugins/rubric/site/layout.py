"""Checks the layout of the content folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from rubric.model.errors import ErrorLog
from rubric.model.ignored import Ignored
from rubric.model.kinds import BUILT_IN, Kinds
from rubric.model.language import Languages
from rubric.model.regular import is_utf8, printable, reason_of

# File types that are often used by mistake for texts; only Markdown is read.
_NOT_MARKDOWN = {".markdown", ".mkd", ".mdown", ".txt", ".rst", ".html", ".htm", ".docx", ".odt"}

_READABLE = "Give yourself permission to read the folder, or remove it."


def check_layout(
    content: Path,
    languages: Languages,
    static: list[str],
    errors: ErrorLog,
    ignored: Ignored | None = None,
    kinds: Kinds = BUILT_IN,
    endings: tuple[str, ...] = (".md",),
    only_language: str = "",
) -> None:
    """Report folders that are not a language or kind, and files that are not Markdown.

    Also reports links to files outside of the content folder (which would be published by
    mistake), broken and recursive links, unreadable folders, and names that are not UTF-8. Every
    folder is listed once. With `only_language`, all folders contain texts. Raises BuildFailed for
    broken and recursive links, because Pelican would fail or not terminate.
    """
    static_roots = {path.split("/")[0] for path in static}
    walk = _Walk(content, content.resolve(), errors, ignored or Ignored(), endings)
    for entry in walk.within(content):
        if only_language and not entry.is_dir() and entry.name not in static_roots:
            if not walk.ignored.has_text(entry.name):
                _check_name(walk, entry)
            continue
        is_content = not entry.name.startswith((".", "_")) and entry.name not in static_roots
        if only_language and is_content and entry.is_dir():
            _check_texts(walk, entry)
            continue
        if is_content and entry.is_dir() and entry.name in languages:
            _check_language(walk, entry, kinds.folders)
            continue
        if is_content and entry.is_dir():
            near = get_close_matches(entry.name.lower(), list(languages), 1, 0.6)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            errors.add(
                walk.place(entry),
                f"“{entry.name}” is not a language of this site.",
                f"{hint}The languages are {', '.join(languages)}; add one in LANGUAGES, or "
                "list a folder of files in STATIC_PATHS.",
            )
        elif is_content and entry.name.endswith(".md"):
            errors.add(
                walk.place(entry),
                "is not in the folder of a language, so it has no page.",
                f"Move it to {content.name}/{languages.default.key}/posts/.",
            )
        if entry.name in static_roots or not walk.ignored.has_text(entry.name):
            walk.finish(entry)
    if walk.broken_links:
        errors.raise_if_any()


def check_readable(theme: Path, errors: ErrorLog) -> None:
    """Report unreadable folders of the theme: styles or scripts would be missing."""

    def report(error: OSError) -> None:
        path = Path(error.filename)
        place = f"{theme.name}/{path.relative_to(theme).as_posix()}".removesuffix("/.")
        errors.add(place, f"can't be read: {reason_of(error)}.", _READABLE)

    for _ in os.walk(theme, onerror=report):
        pass


@dataclass(frozen=True, slots=True)
class _Walk:
    """Lists folders and checks symbolic links; `inside` is the resolved content folder.

    `endings` are those of names of texts.
    """

    content: Path
    inside: Path
    errors: ErrorLog
    ignored: Ignored
    endings: tuple[str, ...]
    broken_links: list[str] = field(default_factory=list)

    def within(self, folder: Path | os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
        """Yield the files and folders in a folder; reports an error if it is unreadable."""
        try:
            entries = os.scandir(folder)
        except OSError as error:
            problem = f"can't be read: {reason_of(error)}."
            self.errors.add(self.place(folder), problem, _READABLE)
            if folder == self.content:
                self.errors.raise_if_any()
            return
        with entries:
            for entry in entries:
                if entry.is_symlink():
                    self._check_link(entry)
                if is_utf8(entry.name):
                    yield entry
                elif not self.ignored.has_text(entry.name):
                    self.errors.add(
                        self.place(entry), "has a name that is not UTF-8.", "Rename it."
                    )

    def below(self, folder: os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
        """Yield everything below a folder; links to folders are not followed."""
        for entry in self.within(folder):
            yield entry
            is_read = not self.ignored.has_text(entry.name)
            if is_read and entry.is_dir(follow_symlinks=False):
                yield from self.below(entry)

    def finish(self, entry: os.DirEntry[str]) -> None:
        """Check the links below a folder that contains no texts."""
        if entry.is_dir(follow_symlinks=False):
            for _ in self.below(entry):
                pass

    def place(self, entry: os.DirEntry[str] | Path) -> str:
        """Return the path of a file or folder for messages, beginning with the content folder."""
        path = Path(entry).relative_to(self.content)
        return printable((self.content.name / path).as_posix())

    def _check_link(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise RuntimeError for a loop
            if not (entry.name.endswith(".md") or self.ignored.has_text(entry.name)):
                self.broken_links.append(entry.name)
                problem = "is a broken link."
                self.errors.add(self.place(entry), problem, "Correct it, or remove it.")
            return
        if path.parent.resolve().is_relative_to(target):
            self.broken_links.append(entry.name)
            problem = "is a link to a folder that contains it."
            self.errors.add(self.place(entry), problem, "Remove it.")
        elif not target.is_relative_to(self.inside):
            problem = "is a link to a file outside of the content folder."
            self.errors.add(self.place(entry), problem, "Copy the file here.")


def _check_language(walk: _Walk, folder: os.DirEntry[str], folders: Collection[str]) -> None:
    for entry in walk.within(folder):
        if walk.ignored.has_text(entry.name):
            continue
        if not entry.is_dir() or entry.name not in folders:
            near = get_close_matches(entry.name, list(folders), 1, 0.5)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            walk.errors.add(
                walk.place(entry),
                "is not in a content folder, so it has no page."
                if entry.is_file()
                else "is not a content folder, so its texts have no pages.",
                f"{hint}Content folders are {', '.join(folders)}.",
            )
            walk.finish(entry)
        else:
            _check_texts(walk, entry)


def _check_texts(walk: _Walk, folder: os.DirEntry[str]) -> None:
    for file in walk.below(folder):
        if not walk.ignored.has_text(file.name):
            _check_name(walk, file)


def _check_name(walk: _Walk, file: os.DirEntry[str]) -> None:
    if file.name.endswith(walk.endings):
        if file.is_dir():
            problem = "is a folder with the file name of a text."
            walk.errors.add(walk.place(file), problem, "Rename it without this ending.")
        return
    suffix = PurePosixPath(file.name).suffix
    if suffix.lower() == ".md":
        walk.errors.add(walk.place(file), "would be ignored.", "Rename it to end in .md.")
    elif suffix.lower() in _NOT_MARKDOWN:
        walk.errors.add(
            walk.place(file),
            f"is not Markdown, so it would be ignored ({suffix}).",
            "Save it as plain text ending in .md.",
        )
