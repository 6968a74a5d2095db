"""Finds code fences and HTML blocks, whose content is not Markdown.

Both may be inside lists, quotations, footnotes and definitions. Python-Markdown's
preprocessors ignore these containers, so that code in a list would become headings. Here,
each line is parsed with its containers (CommonMark 0.31, 5), and blocks are replaced by
placeholders. pymdownx.superfences renders the fences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from rubric.markup.limits import check_fences
from rubric.markup.syntax import (
    HEADING,
    LIST_MARKER,
    QUOTE,
    RULE,
    WHOLE_TAG,
    content_offset,
    html_start,
    interrupts,
    list_marker,
)

_TRIGGER = re.compile(r"```|~~~|<[A-Za-z/!?]|#{2,6}[^\s#]").search
# The content of footnotes and definitions is indented by four spaces.
_INDENTING = re.compile(r" {0,3}(?:\[\^[^\]]+\]: ?|: +)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>.*)")
_LANGUAGE = re.compile(r"\{?[. ]*(?P<name>[\w#+-][\w#.+-]*)")
_OPTION = re.compile(r"""(?<!\S)\{?(title|hl_lines|linenums)=("[^"]*"|'[^']*')""")
_TIGHT_HEADING = re.compile(r" {0,3}#{2,6}[^\s#]")
_PARSED = re.compile(r"""\s+markdown=(?:"[^"]*"|'[^']*'|\w+)""")
_TIGHT_PROBLEM = "a line begins with hashes, but is not a heading: the space after them is missing."
_TIGHT_FIX = "Write ## Title, or put a backslash before the hashes."


@dataclass(slots=True)
class _Block:
    """An open fence or HTML block, nested in `depth` containers; `before` is the preceding text.

    `end` matches the line that ends it; if it is None, a blank line does.
    """

    depth: int
    before: str
    end: re.Pattern[str] | None = None
    fence: str = ""
    info: str = ""
    indent: int = 0
    lines: list[str] = field(default_factory=list)


class RawBlocks(Preprocessor):
    """Replaces fences and HTML blocks; `renderer` is the preprocessor that renders a fence.

    The parser's `notices` are warnings: line (counted from 1), problem and fix.
    """

    def __init__(self, md: Markdown, renderer: Preprocessor | None) -> None:
        super().__init__(md)
        self.parser = md
        self.renderer = renderer

    def run(self, lines: list[str]) -> list[str]:
        scanner = _Scanner(self.parser, self.renderer)
        self.parser.notices = scanner.notices  # type: ignore[attr-defined]
        return scanner.scan(lines) if _TRIGGER("\n".join(lines)) else lines


class _Scanner:
    """Parses the lines of one text."""

    def __init__(self, md: Markdown, renderer: Preprocessor | None) -> None:
        self.notices: list[tuple[int, str, str]] = []
        self._stash = md.htmlStash
        self._renderer = renderer
        self._fences = 0
        # Indentation of the content of each open container; 0 for a quotation.
        self._containers: list[int] = []
        self._block: _Block | None = None
        self._in_paragraph = False
        self._written: list[str] = []

    def scan(self, lines: list[str]) -> list[str]:
        for number, line in enumerate(lines, 1):
            depth, position = self._continue(line)
            if self._block and depth >= self._block.depth:
                if self._extend(self._block, line[position:]):
                    continue
            elif self._block:
                self._close(self._block)
            self._start(line, depth, position, number)
        if self._block:
            self._close(self._block)
        return self._written

    def _continue(self, line: str) -> tuple[int, int]:
        """Return how many open containers a line continues, and where their content begins."""
        position = 0
        for depth, width in enumerate(self._containers):
            if not width:
                quote = QUOTE.match(line[position:])
                if not quote:
                    return depth, position
                position += quote.end()
            elif line.startswith(" " * width, position):
                position += width
            elif line[position:].strip():
                return depth, position
            else:
                position = len(line)
        return len(self._containers), position

    def _start(self, line: str, depth: int, position: int, number: int) -> None:
        """Process a line outside of fences and HTML blocks."""
        rest = line[position:]
        is_blank = not rest.strip()
        if depth < len(self._containers):
            if self._in_paragraph and not is_blank and _is_lazy_continuation(rest):
                self._written.append(line)
                return
            del self._containers[depth:]
            self._in_paragraph = False
        if is_blank:
            self._in_paragraph = False
            self._written.append(line)
            return
        while not rest.startswith("    ") and (entered := self._enter(rest)):
            position += entered
            rest = line[position:]
            self._in_paragraph = False
        if rest.startswith("    ") or not rest:
            self._written.append(line)
            return
        if self._open(line[:position], rest):
            return
        if _TIGHT_HEADING.match(rest):
            self.notices.append((number, _TIGHT_PROBLEM, _TIGHT_FIX))
        self._in_paragraph = not (HEADING.match(rest) or RULE.fullmatch(rest))
        self._written.append(line)

    def _enter(self, rest: str) -> int:
        """Enter the container that begins here; returns the offset of its content, or 0."""
        if quote := QUOTE.match(rest):
            self._containers.append(0)
            return quote.end()
        marker = list_marker(rest)
        if marker and (interrupts(marker) or not self._in_paragraph):
            offset = content_offset(marker)
            self._containers.append(offset)
            return min(offset, len(rest))
        if not marker and (indenting := _INDENTING.match(rest)):
            self._containers.append(4)
            return indenting.end()
        return 0

    def _open(self, before: str, rest: str) -> bool:
        """Open the fence or HTML block that begins here; returns False if there is none."""
        block = _Block(len(self._containers), before)
        if fence := _FENCE.match(rest):
            mark = block.fence = fence["fence"]
            block.info = fence["info"]
            block.indent = fence.start("fence")
            block.end = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$")
        elif html := html_start(rest, in_paragraph=self._in_paragraph):
            block.end = html if isinstance(html, re.Pattern) else None
        else:
            return False
        self._block, self._in_paragraph = block, False
        if not block.fence:
            parsed = _PARSED.search(rest) if WHOLE_TAG.fullmatch(rest) else None
            if parsed:
                rest = rest.replace(parsed[0], "")
            self._extend(block, rest.lstrip())
            if parsed and self._block:
                self._close(block)
        return True

    def _extend(self, block: _Block, rest: str) -> bool:
        """Add a line; returns False if the line ends the block without being part of it."""
        if block.fence:
            if block.end and block.end.match(rest):
                block.end = None
                self._close(block)
            else:
                indent = min(block.indent, len(rest) - len(rest.lstrip(" ")))
                block.lines.append(rest[indent:])
            return True
        if block.end is None and not rest.strip():
            self._close(block)
            return False
        block.lines.append(rest)
        if block.end and block.end.search(rest):
            block.end = None
            self._close(block)
        return True

    def _close(self, block: _Block) -> None:
        if block.fence:
            if block.end:  # unclosed: ended by its container
                block.lines = "\n".join(block.lines).rstrip().split("\n")
            placeholder = self._store_fence(block.fence, block.info, block.lines)
        else:
            html = "\n".join(block.lines)
            # An unclosed comment or <pre> would affect the rest of the page.
            html = f"<p>{escape(html)}</p>" if block.end else html
            placeholder = self._stash.store(html)
        self._written.append(block.before + placeholder)
        self._block = None

    def _store_fence(self, mark: str, info: str, code: list[str]) -> str:
        """Store a code block and return its placeholder."""
        self._fences += 1
        check_fences(self._fences, f"{mark}{info}")
        if self._renderer:
            rendered = self._renderer.run([f"{mark}{_clean_info(info)}", *code, mark])
            placeholder = "\n".join(rendered).strip()
            if placeholder.startswith("\x02") and "\n" not in placeholder:
                return placeholder
        text = "".join(f"{line}\n" for line in code)
        return self._stash.store(f"<pre><code>{escape(text, quote=False)}</code></pre>")


def _is_lazy_continuation(rest: str) -> bool:
    """True if a line without container markers continues their paragraph."""
    return rest.startswith("    ") or not (
        QUOTE.match(rest)
        or LIST_MARKER.match(rest)
        or HEADING.match(rest)
        or RULE.fullmatch(rest)
        or _FENCE.match(rest)
        or html_start(rest, in_paragraph=True)
    )


def _clean_info(info: str) -> str:
    """Reduce an info string of any tool to the language and the options of superfences."""
    language = _LANGUAGE.match(info)
    name = language["name"] if language and not info.startswith(language["name"] + "=") else ""
    options = [f"{match[1]}={match[2]}" for match in _OPTION.finditer(info)]
    return " ".join([name, *options]).rstrip()
