"""What may lie where in the content folder."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from plugins.model.errors import ErrorLog
from plugins.model.language import Languages
from plugins.model.metadata import FOLDERS

# Files people leave where a post is meant, though only Markdown is read there.
_NOT_MARKDOWN = {".markdown", ".mkd", ".mdown", ".txt", ".rst", ".html", ".htm", ".docx", ".odt"}


def check_layout(content: Path, languages: Languages, static: list[str], errors: ErrorLog) -> None:
    """Report folders that are no language, folders that are no kind, files not Markdown."""
    static_roots = {path.split("/")[0] for path in static}
    _check_links(content, errors)
    for entry in sorted(content.iterdir()):
        if entry.name.startswith((".", "_")) or entry.name in static_roots:
            continue
        place = f"{content.name}/{entry.name}"
        if entry.is_dir() and entry.name not in languages:
            near = get_close_matches(entry.name.lower(), list(languages), 1, 0.6)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            errors.add(
                place,
                f"“{entry.name}” is not a language of this site.",
                f"{hint}The languages are {', '.join(languages)}; add one in LANGUAGES, or "
                "list a folder of files in STATIC_PATHS.",
            )
        elif entry.is_dir():
            _check_language(entry, place, errors)
        elif entry.suffix == ".md":
            errors.add(
                place,
                "lies outside every language, so it has no page.",
                f"Move it to {content.name}/{languages.default.key}/posts/.",
            )


def _check_links(content: Path, errors: ErrorLog) -> None:
    """Links to files outside would publish what nobody meant to."""
    inside = content.resolve()
    for path in content.rglob("*"):
        if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(inside):
            errors.add(
                f"{content.name}/{path.relative_to(content).as_posix()}",
                "is a link to a file outside of the content folder.",
                "Copy the file here.",
            )


def _check_language(folder: Path, place: str, errors: ErrorLog) -> None:
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "_")):
            continue
        if not entry.is_dir() or entry.name not in FOLDERS:
            near = get_close_matches(entry.name, list(FOLDERS), 1, 0.5)
            hint = f"Did you mean “{near[0]}”? " if near else ""
            errors.add(
                f"{place}/{entry.name}",
                "lies in no folder for texts, so it has no page."
                if entry.is_file()
                else "is no folder for texts, so what is in it has no pages.",
                f"{hint}Texts stand in {', '.join(FOLDERS)}.",
            )
            continue
        for path in sorted(entry.rglob("*")):
            name = f"{place}/{path.relative_to(folder).as_posix()}"
            if path.suffix != ".md" and path.suffix.lower() == ".md":
                errors.add(name, "would be left out.", "Write its ending as .md.")
            elif path.suffix.lower() in _NOT_MARKDOWN:
                errors.add(
                    name,
                    f"is not Markdown, so it would be left out ({path.suffix}).",
                    "Save it as plain text ending in .md.",
                )
