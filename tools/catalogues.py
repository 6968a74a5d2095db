"""Updates theme/locale/*.po with the messages of templates and plugins (`invoke translations`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from rubric.editions import rhythm_messages

_METHODS = [("plugins/rubric/**.py", "python"), ("theme/templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "gettext_in": (2,), "N_": None}


def collect(root: Path) -> Catalog:
    """Return all messages in the templates and plugins below `root`."""
    catalog = Catalog(fuzzy=False)
    for _, _, message, comments, context in extract_from_dir(
        root,
        _METHODS,
        keywords=_KEYWORDS,
        directory_filter=lambda path: (
            Path(path).name in ("plugins", "rubric", "theme", "templates")
            or "plugins" in Path(path).parts
            or "templates" in Path(path).parts
        ),
    ):
        catalog.add(message, auto_comments=comments, context=context)
    for message in rhythm_messages.ALL:
        catalog.add(message)
    return catalog


def untranslated(root: Path, lang: str) -> list[str]:
    """Return the messages that are missing or incomplete in the catalogue of a language."""
    catalog = _read(root, lang)
    missing = []
    for message in collect(root):
        own = catalog.get(message.id) if message.id else None
        if message.id and (own is None or not own.string or not all(_forms(own.string))):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def update(root: Path) -> list[str]:
    """Add new messages to all catalogues and remove unused ones.

    Returns the untranslated messages, each as `<lang>.po: <message>`.
    """
    template = collect(root)
    report = []
    for path in sorted(Path(root, "theme/locale").glob("*.po")):
        catalog = _read(root, path.stem)
        template.creation_date = catalog.creation_date  # reproducible output
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, omit_header=False, sort_output=True, width=100)
        report += [f"{path.name}: {message}" for message in untranslated(root, path.stem)]
    return report


def _read(root: Path, lang: str) -> Catalog:
    with Path(root, "theme/locale", f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang.replace("-", "_"))


def _forms(string: str | Sequence[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
