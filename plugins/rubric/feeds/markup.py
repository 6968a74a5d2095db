"""XML as text: elements whose every value is escaped in this one place."""

from __future__ import annotations

from html import escape

from rubric.model.markup import to_xml_text

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """One element with a text; attributes without a value are left out.

    In their names `_` stands for `:`, a trailing one for none (`type_`).
    """
    return wrap(name, _kept(escape(to_xml_text(text), quote=False)), **attributes)


def wrap(name: str, content: str, /, **attributes: str) -> str:
    """One element around markup that is escaped already."""
    told = "".join(
        f' {key.rstrip("_").replace("_", ":")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def _attribute(value: str) -> str:
    return _kept(escape(to_xml_text(value))).replace("\n", "&#10;").replace("\t", "&#9;")


def _kept(text: str) -> str:
    r"""Parsers make spaces of white space in attributes, and of `\r` anywhere.

    See XML 1.0, 2.11 and 3.3.3.
    """
    return text.replace("\r", "&#13;")
