"""Inline syntax of CommonMark and GFM that Python-Markdown lacks or parses differently."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    BacktickInlineProcessor,
    HtmlInlineProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, AtomicString

from rubric.markup.limits import check_brackets, check_inline
from rubric.markup.syntax import ELEMENTS, OPEN_OR_CLOSING_TAG
from rubric.model.script import CLAUSE_MARKS, CLOSING, OPENING, SENTENCE_ENDINGS

_LINE_BREAK = r"(?:  |\\)\n"
_AUTOLINK = r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>"
_AUTOMAIL = r"<([^\s<>@!/:\"']+@[^\s<>@!/:\"']+)>"
_HTML = (
    rf"<(?:{OPEN_OR_CLOSING_TAG}"
    r"|!--(?:(?!<!--|-->).)*-->"
    r"|[?](?:(?!<[?]|[?]>).)*[?]>"
    r"|![A-Za-z][^<>]*>"
    r"|!\[CDATA\[(?:(?!<!\[CDATA\[|\]\]>).)*\]\]>)"
)
_BARE_LINK = r"(?<![A-Za-z0-9_/.@-])(?:(?:[Hh]ttps?|ftp)://|www\.)(?=\w)|(?<=\w)@(?=\w)"

_TRAILING = frozenset("?!.,:;*_~'’‘…–—|\\")
_PUNCTUATION = "".join(
    char
    for char in OPENING + CLOSING + CLAUSE_MARKS + SENTENCE_ENDINGS
    if not (char.isascii() or char in _TRAILING)
)
# Neither white space, markup and placeholders nor punctuation beyond ASCII belong to a URL.
_URL_PATH = re.compile(f'[^\\s<>"`\x02\x03{_PUNCTUATION}]*')
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_ENTITY_END = re.compile(r"&[A-Za-z0-9]+;$")
_LOCAL_PART = re.compile(r"[\w.+-]*\w$")
_MAIL_DOMAIN = re.compile(r"[^\W_][\w-]*(?:\.[\w-]*[^\W_])+")
_LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
_BACKTICKS = re.compile("`+")
_STORED = re.compile("\x02wzxhzdk:(\\d+)\x03")
_TAGS_LOOKED_AT = 50


def register_inline(md: Markdown) -> None:
    """Replace patterns of Python-Markdown, and add new ones with suitable priorities."""
    patterns = md.inlinePatterns
    patterns.register(_CodeSpan(BACKTICK_RE), "backtick", 190)
    patterns.register(_Autolink(_AUTOLINK, md), "autolink", 120)
    patterns.register(_Autolink(_AUTOMAIL, md), "automail", 110)
    # After escapes (180), so that an escaped backslash at the end of a line is not a line break.
    patterns.register(SubstituteTagInlineProcessor(_LINE_BREAK, "br"), "linebreak", 100)
    patterns.register(_Html(_HTML, md), "html", 90)
    patterns.register(_BareLink(_BARE_LINK, md), "bare_link", 85)
    if md.delimiters is not None:
        md.delimiters.add("~", "del", double=True)
        # As in CommonMark; an escaped quotation mark is not changed by typography.
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "~", '"', "'"]


class _CodeSpan(BacktickInlineProcessor):
    """Code spans end with as many backticks as they begin with (CommonMark 6.1).

    Only runs of backticks are compared; upstream examines every character again for each run.
    """

    def find_code_spans(  # type: ignore[override]  # the stubs are wrong
        self, start: int, text: str
    ) -> tuple[int, int | None]:
        opening = _BACKTICKS.match(text, start)
        assert opening
        length = len(opening[0])
        for closing in _BACKTICKS.finditer(text, opening.end()):
            if len(closing[0]) == length:
                return opening.end(), closing.start()
        return opening.end(), None


def _make_link(address: str, text: str) -> Element:
    link = Element("a", {"href": address})
    link.text = AtomicString(text)
    return link


class _Autolink(InlineProcessor):
    """`<scheme:…>` with any scheme, and `<name@example.org>` (CommonMark 6.5)."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        address = self.unescape(m[1])
        scheme = "" if self.pattern == _AUTOLINK else "mailto:"
        return _make_link(scheme + address, address), m.start(0), m.end(0)


class _Html(HtmlInlineProcessor):
    """_HTML tags, comments and declarations; anything else in angle brackets is text."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[str | None, int | None, int | None]:
        del data
        if m["name"] and m["name"].lower() not in ELEMENTS:
            return None, None, None
        html = self.backslash_unescape(self.unescape(m[0]))
        stored = self.md.htmlStash.store(html)
        return stored, m.start(0), m.end(0)


class _BareLink(InlineProcessor):
    """`https://…`, `www.…` and `name@example.org` in running text (GFM 6.9).

    They need not be separated by spaces, which Chinese does not use. They are not recognized
    inside links of Markdown or _HTML.
    """

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        find = _find_email if m[0] == "@" else _find_url
        found = find(data, m.start(0), m.end(0))
        if found is None or self._is_in_html_link(data, found[0]):
            return None, None, None
        start, end = found
        written = data[start:end]  # character references are kept
        scheme = {"@": "mailto:", "www.": "http://"}.get(m[0], "")
        return _make_link(scheme + written, written), start, end

    def _is_in_html_link(self, data: str, position: int) -> bool:
        """True if the last `<a …>` or `</a>` before a position opens a link."""
        for _ in range(_TAGS_LOOKED_AT):
            position = data.rfind(INLINE_PLACEHOLDER_PREFIX, 0, position)
            if position < 0:
                return False
            tag = self._stored_html(data, position)[:3].lower()
            if tag in ("<a ", "<a>", "<a\n", "</a"):
                return tag != "</a"
        return True

    def _stored_html(self, data: str, position: int) -> str:
        """Return the _HTML stored for the placeholder at a position; '' if there is none."""
        assert self.md
        placeholder = INLINE_PLACEHOLDER_RE.match(data, position)
        nodes: dict[str, object] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        node = nodes.get(placeholder[1]) if placeholder else None
        stored = _STORED.fullmatch(node) if isinstance(node, str) else None
        return str(self.md.htmlStash.rawHtmlBlocks[int(stored[1])]) if stored else ""


def _find_url(data: str, start: int, after: int) -> tuple[int, int] | None:
    """Return start and end of a URL; its scheme, or `www.`, is at [start, after)."""
    path = _URL_PATH.match(data, after)
    assert path
    end = start + len(_trim(data[start : path.end()]))
    if end <= after or (data[after - 1] == "." and "." not in data[after:end].partition("/")[0]):
        return None
    return start, end


def _trim(url: str) -> str:
    """Remove trailing punctuation that belongs to the sentence."""
    counts = {sign: url.count(sign) for pair in _CLOSERS.items() for sign in pair}
    end = len(url)
    while end:
        last = url[end - 1]
        if last == ";" and (entity := _ENTITY_END.search(url, max(0, end - 32), end)):
            end = entity.start()
        elif last in _TRAILING:
            end -= 1
        elif last in _CLOSERS and counts[last] > counts[_CLOSERS[last]]:
            counts[last] -= 1
            end -= 1
        else:
            break
    return url[:end]


def _find_email(data: str, at: int, after: int) -> tuple[int, int] | None:
    """Return start and end of the email address whose `@` is at position `at`."""
    first = max(0, at - _LONGEST_LOCAL_PART)
    local = _LOCAL_PART.search(data[first:at])
    domain = _MAIL_DOMAIN.match(data, after)
    if not local or not domain or data.startswith("@", domain.end()):
        return None
    start = first + local.start()
    if start and data[start - 1] in "/:@":
        return None
    return start, domain.end()


_SIGNS = {
    BACKTICK_RE: "`",
    ESCAPE_RE: "\\",
    _LINE_BREAK: "\\",  # or two spaces at the end of a line
    ENTITY_RE: "&",
    r"\*|_|\~": "*_~",
    _BARE_LINK: "/@",  # or "www."
    "[#＃]": "#＃",
    **dict.fromkeys((LINK_RE, IMAGE_LINK_RE, r"\[\^([^\]]*)\]"), "["),
    **dict.fromkeys((_AUTOLINK, _AUTOMAIL, _HTML), "<"),
}
"""Regular expression of a pattern → characters of which every match contains at least one."""


def skip_plain_text(md: Markdown) -> None:
    """Skip the search for inline patterns in plain text.

    Python-Markdown tries each pattern on each piece of text, though most pieces contain no
    inline markup. Such pieces are passed as `AtomicString`, which patterns ignore.
    """
    before = _Before(md)
    md.treeprocessors.register(before, "plain_text", 21)
    md.treeprocessors.register(_After(before), "plain_text_after", 19)


class _Before(Treeprocessor):
    """Converts texts without inline markup, and checks limits of the others."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.parser = md
        self.skipped: list[Element] = []

    def run(self, root: Element) -> None:
        self.skipped.clear()
        cost = 0
        for element in root.iter():
            text = element.text
            if text and not isinstance(text, AtomicString):
                if self._may_match(text):
                    cost += check_inline(text)
                    check_brackets(cost, text)
                else:
                    element.text = AtomicString(text)
                    self.skipped.append(element)
            if element.tail:
                check_inline(element.tail)

    @cached_property
    def _may_match(self) -> Callable[[str], bool]:
        """Returns whether a pattern may match a text. Patterns without known signs are tried.

        Created when it is first used: by then, all extensions have registered their patterns.
        """
        patterns = list(self.parser.inlinePatterns)
        signs = "".join(_SIGNS.get(pattern.pattern, "") for pattern in patterns)
        searches = [re.compile(f"[{re.escape(signs)}]|  \n|www[.]").search]
        searches += [p.getCompiledRegExp().search for p in patterns if p.pattern not in _SIGNS]
        return lambda text: any(search(text) for search in searches)


class _After(Treeprocessor):
    """Converts skipped texts back to strings for later processors, such as abbreviations."""

    def __init__(self, before: _Before) -> None:
        super().__init__(before.md)
        self._before = before

    def run(self, root: Element) -> None:
        del root
        for element in self._before.skipped:
            element.text = str(element.text)
