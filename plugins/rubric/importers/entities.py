"""Blocks of a message → Markdown that shows a stranger's text literally, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rubric.importers.blocks import Block
from rubric.importers.escape import escape, escape_line_start
from rubric.importers.lines import Line, text_of
from rubric.importers.telegram import Span
from rubric.model.script import SQUARES
from rubric.model.tag import HASHTAG_OPENERS

_MARKS = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<del>", "</del>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
}
# Two runs of asterisks in a row would be read as one, and a bare URL would go on with them.
_AS_TAGS = {"bold": ("<strong>", "</strong>"), "italic": ("<em>", "</em>")}
_ENDS_WITH_URL = re.compile(r"(?:https?://|www\.|@)\S*$", re.IGNORECASE)
# The site reads `#服务#` as a hashtag, Telegram as a hashtag and a hash.
_CLOSING_HASH = {"#": "\\#", "＃": "&#65283;"}
# Prose joins lines that authors wrapped between these, and spaces would not stop it.
_HAN_LINES = re.compile(rf"(?<=[{SQUARES}])  \n(?=[{SQUARES}])")


def render(blocks: Iterable[Block]) -> str:
    """Markdown of blocks, without a line end at the end."""
    return "\n\n".join(map(_render_block, blocks))


def _render_block(block: Block) -> str:
    if block.kind == "code":
        return _render_code(block)
    lines = [escape_line_start(_render_line(line)) for line in block.lines]
    if block.kind == "text":
        return _join(lines)
    paragraphs = re.split(r"\n{2,}", "\n".join(lines))
    quoted = "\n\n".join(_join(paragraph.split("\n")) for paragraph in paragraphs)
    return "\n".join(f"> {line}" if line else ">" for line in quoted.split("\n"))


def _join(lines: list[str]) -> str:
    return _HAN_LINES.sub("<br>\n", "  \n".join(lines))


def _render_code(block: Block) -> str:
    code = "\n".join(map(text_of, block.lines))
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`+", code))])
    language = re.sub(r"[^A-Za-z0-9+#-]", "", block.language)[:30]
    return f"{fence}{language}\n{code}\n{fence}"


def _render_line(line: Line) -> str:
    done = after = ""
    for span in line:
        if span.kind == "link":
            piece = _render_link(span)
            # `!` before a link would make a picture of it.
            done = done[:-1] + "\\!" if done.endswith("!") and piece.startswith("[") else done
        elif span.kind == "hashtag":
            piece = span.text if _opens_hashtag(done, after) else f" {span.text}"
        elif span.kind == "code":
            piece = _render_inline_code(span.text)
        elif span.kind in _MARKS:
            piece = _render_emphasis(span, as_tags=_needs_tags(done, span))
        else:
            piece = escape(span.text)
            if after == "hashtag":
                piece = _CLOSING_HASH.get(piece[:1], piece[:1]) + piece[1:]
        done, after = done + piece, span.kind
    # Four spaces at a line's start would make code of it.
    return done.strip()


def _opens_hashtag(done: str, kind: str) -> bool:
    """Whether the site reads a hashtag here; behind marks it needs a space."""
    return not done or done[-1].isspace() or (kind == "plain" and done[-1] in HASHTAG_OPENERS)


def _around(text: str, before: str, inner: str, after: str) -> str:
    """Marks close to the words: `** bold**` is not bold."""
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :] if text.strip() else ""
    return f"{lead}{before}{inner}{after}{trail}" if text.strip() else text


def _needs_tags(done: str, span: Span) -> bool:
    return done.endswith("*") or any(map(_ENDS_WITH_URL.search, (done, span.text.rstrip())))


def _render_emphasis(span: Span, *, as_tags: bool) -> str:
    before, after = (as_tags and _AS_TAGS.get(span.kind)) or _MARKS[span.kind]
    return _around(span.text, before, escape(span.text.strip()), after)


def _render_link(span: Span) -> str:
    label = span.text.strip()
    # Two parameters of an address may look like a character reference: `?a=1&lt;`.
    address = re.sub(r"&(?=#?\w+;)", "&amp;", span.href)
    if label == address and label.startswith(("https://", "http://")):
        return _around(span.text, "<", label, ">")
    return _around(span.text, "[", escape(label), f"]({address})")


def _render_inline_code(text: str) -> str:
    """Backticks, or a tag where backticks would not keep the text from being read."""
    if re.search(r"[`<&\\]", text):
        return _around(text, "<code>", escape(text.strip()).replace("#", "\\#"), "</code>")
    return _around(text, "`", text.strip(), "`")
