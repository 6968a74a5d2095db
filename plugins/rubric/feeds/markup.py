"""Writes XML elements; all escaping is done here."""

from __future__ import annotations

from html import escape

from rubric.model.markup import to_xml_text

PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element with a text; attributes without a value are omitted.

    In attribute names, `_` is written as `:`, and a trailing `_` is removed (`type_`).
    """
    return wrap(name, _kept(escape(to_xml_text(text), quote=False)), **attributes)


def wrap(name: str, content: str, /, **attributes: str) -> str:
    """Return an element around escaped markup."""
    written = "".join(
        f' {key.rstrip("_").replace("_", ":")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _attribute(value: str) -> str:
    return _kept(escape(to_xml_text(value))).replace("\n", "&#10;").replace("\t", "&#9;")


def _kept(text: str) -> str:
    r"""Escape carriage returns, which parsers would replace (XML 1.0, 2.11 and 3.3.3)."""
    return text.replace("\r", "&#13;")
