"""Renders blocks of a message as Markdown. All text is escaped, because it is untrusted.

The escapes are as few as possible. The tests compare the result with the output of
Python-Markdown under the site's settings. Characters for which it has no backslash escape become
character references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rubric.importers.blocks import Block, Line, text_of
from rubric.importers.telegram import Span
from rubric.model.script import SQUARES
from rubric.model.tag import HASHTAG_OPENERS

# An underscore between letters has no meaning in Markdown, so snake_case needs no escape.
_INLINE = re.compile(r"[\\`*\[\]{]|(?<![^\W_])_|_(?![^\W_])|<|&(?=#?\w+;)|&(?=#)|~(?=~)")
_REFERENCES = {"<": "&lt;", "&": "&amp;"}
# What starts a block at the start of a line: `- `, `1. `, `# `, `>`, a definition's `: `,
# a fence's `~~~`, or the underline `===` of a heading.
_LINE_START = re.compile(
    r"(?P<backslash>[-+](?=\s|$)|#(?=#*(?:\s|$))|>)"
    r"|(?P<number>\d+)(?P<delimiter>[.)])(?=\s|$)"
    r"|(?P<reference>:(?=\s|$|::)|~(?=~~)|=(?==*\s*$))"
)
# A horizontal rule, the underline of a heading, or the row below the head of a table.
_RULE = re.compile(r"[:\s]*(?P<first>[-|])[-:|\s]*")


def escape(text: str) -> str:
    """Escape a run of text inside a line."""
    return _INLINE.sub(lambda match: _REFERENCES.get(match[0], "\\" + match[0]), text)


def escape_line_start(line: str) -> str:
    """Escape a rendered line that would start a list, heading, table, rule or other block."""
    rule = _RULE.fullmatch(line)
    if rule:
        first = rule["first"]
        line = line.replace(first, "\\-" if first == "-" else "&#124;", 1)
    start = _LINE_START.match(line)
    return _escape_start(start) + line[start.end() :] if start else line


def _escape_start(match: re.Match[str]) -> str:
    if match["backslash"]:
        return "\\" + match[0]
    if match["number"]:
        return f"{match['number']}\\{match['delimiter']}"
    return f"&#{ord(match[0])};"


_MARKS = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<del>", "</del>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
}
# Used next to other asterisks, which would be read as one run, and to bare URLs, which would
# include the asterisks.
_AS_TAGS = {"bold": ("<strong>", "</strong>"), "italic": ("<em>", "</em>")}
_ENDS_WITH_URL = re.compile(r"(?:https?://|www\.|@)\S*$", re.IGNORECASE)
# For the site, `#服务#` is one hashtag; for Telegram, it is a hashtag and a `#`.
_CLOSING_HASH = {"#": "\\#", "＃": "&#65283;"}
# `rubric.markup` joins lines between these characters, even after two spaces.
_HAN_LINES = re.compile(rf"(?<=[{SQUARES}])  \n(?=[{SQUARES}])")


def render(blocks: Iterable[Block]) -> str:
    """Return the Markdown of blocks, without a line end at the end."""
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
    result = previous = ""
    for span in line:
        if span.kind == "link":
            piece = _render_link(span)
            # `!` before a link would turn it into an image.
            if result.endswith("!") and piece.startswith("["):
                result = result[:-1] + "\\!"
        elif span.kind == "hashtag":
            piece = span.text if _can_start_hashtag(result, previous) else f" {span.text}"
        elif span.kind == "code":
            piece = _render_inline_code(span.text)
        elif span.kind in _MARKS:
            piece = _render_emphasis(span, as_tags=_needs_tags(result, span))
        else:
            piece = escape(span.text)
            if previous == "hashtag":
                piece = _CLOSING_HASH.get(piece[:1], piece[:1]) + piece[1:]
        result, previous = result + piece, span.kind
    # Four spaces at the start of a line would turn it into code.
    return result.strip()


def _can_start_hashtag(before: str, kind: str) -> bool:
    """Return whether the site recognizes a hashtag after the Markdown `before`.

    `kind` is the kind of the span before. After other than plain text, a hashtag needs a space.
    """
    return not before or before[-1].isspace() or (kind == "plain" and before[-1] in HASHTAG_OPENERS)


def _wrap(text: str, before: str, inner: str, after: str) -> str:
    """Put marks around `inner`, and outside of them the white space around `text`.

    Marks must touch the words: `** bold**` is not bold.
    """
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :] if text.strip() else ""
    return f"{lead}{before}{inner}{after}{trail}" if text.strip() else text


def _needs_tags(before: str, span: Span) -> bool:
    return before.endswith("*") or any(map(_ENDS_WITH_URL.search, (before, span.text.rstrip())))


def _render_emphasis(span: Span, *, as_tags: bool) -> str:
    before, after = (as_tags and _AS_TAGS.get(span.kind)) or _MARKS[span.kind]
    return _wrap(span.text, before, escape(span.text.strip()), after)


def _render_link(span: Span) -> str:
    label = span.text.strip()
    # Query parameters may look like a character reference: `?a=1&lt;`.
    url = re.sub(r"&(?=#?\w+;)", "&amp;", span.href)
    if label == url and label.startswith(("https://", "http://")):
        return _wrap(span.text, "<", label, ">")
    return _wrap(span.text, "[", escape(label), f"]({url})")


def _render_inline_code(text: str) -> str:
    """Render code with backticks, or with a `code` tag if the text needs escaping."""
    if re.search(r"[`<&\\]", text):
        return _wrap(text, "<code>", escape(text.strip()).replace("#", "\\#"), "</code>")
    return _wrap(text, "`", text.strip(), "`")
