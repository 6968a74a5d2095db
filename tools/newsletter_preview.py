"""Preview of newsletter issues: HTML (phone and desktop, light and dark), text and source."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterable
from html import escape
from pathlib import Path

from rubric.model.newsletter import Rendering, Slot

_DARK = "(prefers-color-scheme: dark)"
_STYLE = """
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: #dfe3e0; color: #16211d; }
header, section { padding: 16px 24px; }
nav a { margin-inline-end: 16px; }
section { border-block-start: 1px solid #b9c1bc; }
.sheets { display: flex; gap: 24px; align-items: flex-start; overflow-x: auto; }
figure { margin: 0; flex: none; }
iframe, pre { display: block; box-sizing: content-box; height: 860px; background: #fff;
  border: 1px solid #b9c1bc; border-radius: 8px; }
pre { width: 690px; height: 828px; margin: 0; padding: 16px; overflow: auto;
  font: 13px/1.5 ui-monospace, monospace; }
pre.source { white-space: pre-wrap; overflow-wrap: anywhere; }
"""


def preview_page(renderings: Iterable[Rendering]) -> str:
    """Return one HTML page with all issues; scripts are disabled, and slots link nowhere."""
    letters = list(renderings)
    links = "".join(
        f'<a href="#{number}">{escape(_name(letter))}</a>' for number, letter in enumerate(letters)
    )
    sections = "".join(map(_section, range(len(letters)), letters))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Newsletter preview</title>\n<style>{_STYLE}</style>\n"
        f"<header><h1>Newsletter preview</h1><nav>{links}</nav></header>\n{sections}</html>\n"
    )


def write_preview(folder: Path, renderings: Iterable[Rendering]) -> Path:
    """Write the page to a folder, which is created if necessary; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(preview_page(renderings), encoding="utf-8")
    return path


def show_preview(path: Path) -> bool:
    """Open a page in the browser; return False if there is none."""
    return webbrowser.open(path.resolve().as_uri())


def _section(number: int, letter: Rendering) -> str:
    size = len(letter.html.encode())
    frames = "".join(
        _frame(letter, width, scheme) for width in (390, 700) for scheme in ("light", "dark")
    )
    lang = escape(letter.issue.language.tag)
    return (
        f'<section id="{number}" lang="{lang}"><h2>{escape(letter.subject)}</h2>\n'
        f"<p>{escape(letter.preheader)}</p>\n"
        f"<p>{escape(_name(letter))} · {size / 1000:.1f} KB</p>\n"
        f'<div class="sheets">{frames}\n'
        '<figure><figcaption lang="en">Text</figcaption>'
        f"<pre>{escape(letter.text)}</pre></figure>\n"
        '<figure><figcaption lang="en">Source</figcaption>'
        f'<pre class="source">{escape(letter.html)}</pre></figure></div></section>\n'
    )


def _frame(letter: Rendering, width: int, scheme: str) -> str:
    # A frame has the color scheme of the browser, so replace the media condition.
    html = letter.html.replace(_DARK, "all" if scheme == "dark" else "not all")
    for slot in Slot:
        html = html.replace(slot.value, "about:blank")
    caption = f"{width} px, {scheme}"
    return (
        f'<figure><figcaption lang="en">{caption}</figcaption><iframe title="{caption}" '
        f'width="{width}" sandbox="allow-popups" srcdoc="{escape(html)}"></iframe></figure>\n'
    )


def _name(letter: Rendering) -> str:
    return f"{letter.issue.list.key} · {letter.issue.entry.slug}"
