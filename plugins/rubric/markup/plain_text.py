"""Skips the search for inline patterns in plain text.

Python-Markdown tries each pattern on each piece of text, though most pieces contain no inline
markup. Such pieces are passed as `AtomicString`, which patterns ignore.
"""

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
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rubric.markup.inline import AUTOLINK, AUTOMAIL, BARE_LINK, HTML, LINE_BREAK
from rubric.markup.limits import check_brackets, check_inline

_SIGNS = {
    BACKTICK_RE: "`",
    ESCAPE_RE: "\\",
    LINE_BREAK: "\\",  # or two spaces at the end of a line
    ENTITY_RE: "&",
    r"\*|_|\~": "*_~",
    BARE_LINK: "/@",  # or "www."
    "[#＃]": "#＃",
    **dict.fromkeys((LINK_RE, IMAGE_LINK_RE, r"\[\^([^\]]*)\]"), "["),
    **dict.fromkeys((AUTOLINK, AUTOMAIL, HTML), "<"),
}
"""Regular expression of a pattern → characters of which every match contains at least one."""


def skip_plain_text(md: Markdown) -> None:
    """Register processors before and after the inline patterns (20)."""
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
