"""Syntax of lines that begin a block (CommonMark 0.31, 4 and 5), and names of HTML elements.

Other names in angle brackets are treated as text.
"""

from __future__ import annotations

import re

LIST_MARKER = re.compile(
    r" {0,3}(?P<marker>(?P<bullet>[-+*])|(?P<number>\d{1,9})(?P<delimiter>[.)]))"
    r"(?:(?P<space> +)(?P<rest>.*)|$)"
)
QUOTE = re.compile(r" {0,3}> ?")
RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
CONTAINER = re.compile(r":{3,}")
PLACEHOLDER = re.compile(" {0,3}\x02wzxhzdk:\\d+\x03 *")
"""A line that represents a code block or HTML block stored by Python-Markdown."""


def list_marker(line: str) -> re.Match[str] | None:
    """Return the list marker at the start of a line; a thematic break such as `- - -` has none."""
    return None if RULE.fullmatch(line) else LIST_MARKER.match(line)


def content_offset(marker: re.Match[str]) -> int:
    """Return the column where the content of a list item begins."""
    spaces = len(marker["space"] or "")
    return marker.end("marker") + (spaces if 1 <= spaces <= 4 and marker["rest"] else 1)


def interrupts(marker: re.Match[str]) -> bool:
    """True if a list with this marker may begin below a line of text without a blank line."""
    return bool(marker["rest"]) and (marker["number"] is None or int(marker["number"]) == 1)


_BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details "
    "dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html iframe legend li link main menu menuitem nav ol optgroup option p param "
    "search section summary table tbody td tfoot th thead tr track ul"
)
_RAW = "pre script style"
# `title`, `textarea`, `xmp`, `noembed`, `noframes` and `plaintext` are left out, as on GitHub
# (GFM 6.11): they would turn the rest of a page into text.
_INLINE = (
    "a abbr acronym area audio b bdi bdo big br button canvas cite code data datalist del dfn em "
    "embed font hgroup i img input ins kbd label map mark marquee math meta meter nobr noscript "
    "object output picture progress q rb rp rt rtc ruby s samp select slot small source span "
    "strike strong sub sup svg template time tt u var video wbr"
)
_SVG_AND_MATHML = (
    "animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feComposite "
    "feColorMatrix feFlood feGaussianBlur feMerge feMergeNode feOffset filter foreignObject g "
    "image line linearGradient marker mask metadata mpath path pattern polygon polyline "
    "radialGradient rect set stop switch symbol text textPath tspan use view "
    "annotation merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow ms mspace "
    "msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics"
)

BLOCK_ELEMENTS = frozenset(_BLOCKS.split())
"""Elements that begin an HTML block (CommonMark 0.31, 4.6, condition 6)."""

RAW_ELEMENTS = frozenset(_RAW.split())
"""Elements that only their own end tag closes (CommonMark 0.31, 4.6, condition 1)."""

ELEMENTS = (
    BLOCK_ELEMENTS
    | RAW_ELEMENTS
    | frozenset(_INLINE.split())
    | frozenset(_SVG_AND_MATHML.lower().split())
)
"""All elements, in lower case."""

_HTML = re.compile(
    r" {0,3}<(?P<start>!--|\?|!\[CDATA\[|![A-Za-z]|(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?=[\s/>]|$))"
)
_ATTRIBUTE = r"""\s++[A-Za-z_:@][^\s"'=<>/]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
OPEN_OR_CLOSING_TAG = rf"/?(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?:{_ATTRIBUTE})*+\s*+/?>"
"""A tag without its `<`. Quantifiers are possessive, so matching takes linear time."""

WHOLE_TAG = re.compile(rf" {{0,3}}<{OPEN_OR_CLOSING_TAG}\s*")
_RAW_END = re.compile(rf"</(?:{'|'.join(sorted(RAW_ELEMENTS))})>", re.IGNORECASE)
_ENDS = {"!--": re.compile("-->"), "?": re.compile(r"\?>"), "![CDATA[": re.compile(r"\]\]>")}
_DECLARATION_END = re.compile(">")


def html_start(rest: str, *, in_paragraph: bool) -> re.Pattern[str] | bool:
    """Return what ends the HTML block that begins here: a pattern, or True for a blank line.

    Returns False if no HTML block begins.
    """
    html = _HTML.match(rest)
    if not html:
        return False
    name = (html["name"] or "").lower()
    if not name:
        return _ENDS.get(html["start"], _DECLARATION_END)
    if name in RAW_ELEMENTS and not html["end"]:
        return _RAW_END
    if name in BLOCK_ELEMENTS:
        return True
    return name in ELEMENTS and not in_paragraph and bool(WHOLE_TAG.fullmatch(rest))
