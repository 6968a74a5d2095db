"""Finds scripts in SVG and HTML files: opened directly, they run with the site's origin."""

from __future__ import annotations

import re
from xml.parsers import expat

from rubric.files.rejection import FileRejected
from rubric.model.html_tree import parse

_FIX = "Export it without scripts: a browser would run them as a part of the site."
_ELEMENTS = frozenset(
    (
        *("script", "handler", "listener", "iframe", "frame", "frameset"),
        *("object", "embed", "applet", "portal", "base"),
    )
)
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_ADDRESS = re.compile(
    r"(?:^|[;,\s=])(?:(?:javascript|vbscript|livescript):"
    r"|data:(?:text/html|text/xml|application/xhtml|application/xml|image/svg))"
)


def check_xml(data: bytes) -> None:
    """Raise FileRejected for XML that could run a script or is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2].lower()
        refuse(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def refuse(element: str, attributes: dict[str, str]) -> None:
        if found := _script_in(element, attributes):
            raise FileRejected(f"has a script ({found}).", _FIX, parser.CurrentLineNumber)

    def instruct(target: str, content: str) -> None:
        if target.lower() == "xml-stylesheet" and "text/css" not in content.lower():
            found = "a style sheet that may be a program"
            raise FileRejected(f"has {found} (<?{target}?>).", _FIX, parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.ProcessingInstructionHandler = instruct
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        problem = f"is not well-formed XML: {expat.ErrorString(error.code)}."
        raise FileRejected(problem, "Export it again.", error.lineno) from None


def check_html(data: bytes) -> None:
    """Raise FileRejected for HTML that could run a script."""
    if b"\x00" in data:
        raise FileRejected("is not UTF-8, so it can't be checked for scripts.", "Save it as UTF-8.")
    text = data.decode("utf-8", "replace")
    if found := re.search(r"<\s*/?\s*script", text, re.IGNORECASE):
        raise FileRejected("has a script (<script>).", _FIX, text.count("\n", 0, found.start()) + 1)
    for element in parse(text).find_all():
        attributes = {name: str(value) for name, value in element.attrs.items()}
        if script := _script_in(element.name, attributes):
            raise FileRejected(f"has a script ({script}).", _FIX, element.sourceline or 0)


def _script_in(element: str, attributes: dict[str, str]) -> str:
    """Return the part of an element that could run a script; empty if there is none."""
    if element in _ELEMENTS:
        return f"<{element}>"
    for name, value in attributes.items():
        if name.lower().startswith("on"):
            return name
        if element in ("set", "animate") and name == "attributeName":
            if value.lower().startswith("on"):
                return f"{name}={value}"
        elif _is_program(element, name.lower(), value):
            return f"{name}={value[:40]}"
    return ""


def _is_program(element: str, name: str, value: str) -> bool:
    """True if a URL, or a list of attribute values, is a script or a document with scripts."""
    folded = _BLANKS.sub("" if name != "values" else " ", value).lower()
    match = _ADDRESS.search(folded)
    if match is None:
        return False
    # Scripts in embedded images do not run.
    is_shown = element in ("image", "img", "feimage", "source") and "image/svg" in match[0]
    # Drawing programs store their own data in `content` attributes.
    return not is_shown and (name in _ADDRESSES or (name, element) == ("content", "meta"))


_ADDRESSES = frozenset(
    (
        *("href", "src", "srcdoc", "data", "action", "formaction", "poster", "background"),
        *("to", "from", "by", "values", "xlink:href", "cite", "ping"),
    )
)
