"""Preview of newsletter issues: HTML (phone and desktop, light and dark), text and source."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering

_DARK = "(prefers-color-scheme: dark)"


def preview_page(mails: Iterable[Rendering]) -> str:
    """Return one HTML page with all issues; scripts are disabled, and slots link nowhere."""
    loader = FileSystemLoader(Path(__file__).with_name("templates"))
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True)
    template = environment.get_template("newsletter_preview.html")
    return template.render(mails=list(mails), frame=_frame)


def write_preview(folder: Path, mails: Iterable[Rendering]) -> Path:
    """Write the page to a folder, which is created if necessary; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(preview_page(mails), encoding="utf-8")
    return path


def _frame(mail: Rendering, scheme: str) -> str:
    """Return the HTML for a frame, which always has the colour scheme of the browser."""
    html = mail.html.replace(_DARK, "all" if scheme == "dark" else "not all")
    return html.replace(UNSUBSCRIBE_SLOT, "about:blank")
