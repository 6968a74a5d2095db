"""Front matter of Pelican, Hugo, Jekyll, Docusaurus, VitePress, Hexo and Ghost.

Fields with an unambiguous meaning are accepted under their names. For others, the error
message says how to change them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from rubric.model.fields import as_alias
from rubric.reading.source import Problem

FIELD_ALIASES = {
    "author": "authors",
    "description": "summary",
    "excerpt": "summary",
    "custom_excerpt": "summary",
    "meta_description": "summary",
    "lastmod": "modified",
    "update": "modified",
    "updated": "modified",
    "updated_at": "modified",
    "updateddate": "modified",
    "last_modified_at": "modified",
    "date_modified": "modified",
    "publishdate": "date",
    "publish_date": "date",
    "pubdate": "date",
    "published_at": "date",
    "date_published": "date",
    "redirect_from": "aliases",
    "alias": "aliases",
    "language": "lang",
    "translationkey": "translation_key",
    "series_index": "series_part",
    "series_order": "series_part",
}
"""Field names of other generators → names of this one."""

_NAMES = ("name", "label", "title")
_TAGS = ("tags", "tag", "categories", "category")
# Field → the value that has an effect, and the status it stands for.
_STATUS = {
    "draft": ("true", "draft"),
    "published": ("false", "draft"),
    "publish": ("false", "draft"),
    "unlisted": ("true", "hidden"),
    "hidden": ("true", "hidden"),
}
FOREIGN_NAMES = frozenset((*FIELD_ALIASES, *_TAGS, *_STATUS))
"""Names of fields that are accepted in addition to those of the models."""
_TRUTH = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}
_IMAGES = (
    *("cover", "banner", "thumbnail", "thumb", "heroimage", "images", "header_image"),
    *("featured_image", "feature_image", "featuredimage", "featured_media"),
    *("og_image", "twitter_image", "top_img", "index_img"),
)
_OWN_ADDRESSES = ("url", "save_as")
"""Pelican's fields for the address of a text. Rubric makes them aliases."""
_ADDRESSES = ("permalink", "url", "save_as", "path", "abbrlink")
_PRESETS = ("pretty", "none", "date", "ordinal")  # Jekyll's styles of permalinks
_RENAMED = {"location": "venue", "tz": "timezone", "subject_line": "subject", "keywords": "tags"}
_WITHOUT_EFFECT = {
    "layout": "the folder decides how it is shown",
    "type": "the folder decides how it is shown",
    "comments": "there are no comments",
    "sidebar_position": "posts are ordered by date",
    "weight": "posts are ordered by date",
    "translation": "the folder is the language",
    "expirydate": "gone: true takes a text offline",
    "password": "every page is public",
    "subtitle": "put it into the title or the text",
}


def normalize_fields(
    given: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, str], list[Problem]]:
    """Return fields under their own names, the names they were written as, and contradictions."""
    fields = {name: value for name, value in given.items() if not is_empty(name, value)}
    written: dict[str, str] = {}
    problems: list[Problem] = []
    for name, ours in FIELD_ALIASES.items():
        if name not in fields:
            continue
        value = fields.pop(name)
        if ours == "aliases":
            value = [*_flat(fields.get(ours, [])), *_flat(value)]
            fields.pop(ours, None)
        if ours in fields and fields[ours] != value:
            other = written.get(ours, ours)
            problem = f"means the same as {other}, which is also set."
            problems.append(Problem(problem, "Delete the line.", field=name))
            continue
        fields[ours], written[ours] = value, name
    _add_aliases(fields, written)
    if any(name in fields for name in _TAGS[1:]) or isinstance(fields.get("tags"), list):
        written["tags"] = next(name for name in _TAGS if name in fields)
        own = _named(fields.pop("tags", []))
        others = [_flat(fields.pop(name)) for name in _TAGS[1:] if name in fields]
        fields["tags"] = [item for items in (own, *others) for item in items]
    if isinstance(fields.get("authors"), list | dict):
        fields["authors"] = _named(fields["authors"])
    problems += _normalize_status(fields, written)
    return fields, written, problems


def _add_aliases(fields: dict[str, Any], written: dict[str, str]) -> None:
    """Make Pelican's fields of addresses aliases. Other values keep their names."""
    for name in _OWN_ADDRESSES:
        if alias := _alias(fields.get(name)):
            del fields[name]
            aliases = _flat(fields.get("aliases", []))
            if alias not in aliases:
                fields["aliases"] = [*aliases, alias]
                written.setdefault("aliases", name)


def is_empty(name: str, value: Any) -> bool:
    """True if a field counts as absent; exports write null for empty fields."""
    if name == "image_alt" and value == "":
        return False  # the picture adds nothing to the text
    if isinstance(value, str):
        return not value.strip() or (name != "title" and value.strip() in ("null", "~"))
    return not value


def _normalize_status(fields: dict[str, Any], written: dict[str, str]) -> Iterator[Problem]:
    status = fields.get("status")
    if isinstance(status, str):
        fields["status"] = "published" if status.lower() == "publish" else status.lower()
    for name, (wanted, meaning) in _STATUS.items():
        value = fields.get(name)
        truth = _TRUTH.get(str(value).lower(), str(value).lower())
        if value is None or (name == "published" and truth not in ("true", "false")):
            continue
        del fields[name]
        if truth not in ("true", "false"):
            problem = f"“{value}” is neither true nor false."
            yield Problem(problem, "Delete the line, or write true or false.", field=name)
        elif truth == wanted and fields.setdefault("status", meaning) != meaning:
            problem = f"contradicts status: {fields['status']}."
            yield Problem(problem, "Delete the line.", field=name)
        elif truth == wanted:
            written.setdefault("status", name)
    if "published" in fields and "date" not in fields:
        fields["date"], written["date"] = fields.pop("published"), "published"


def _flat(value: Any) -> list[Any]:
    """Flatten nested lists, such as the categories of Hexo."""
    items = _named(value)
    return [item for each in items for item in (_flat(each) if isinstance(each, list) else [each])]


def _named(value: Any) -> list[Any]:
    """Return a list in which mappings with a name (Docusaurus, Hugo) are replaced by it."""
    if isinstance(value, str):
        separators = ";" if ";" in value else "[,，、]"
        return [part.strip() for part in re.split(separators, value) if part.strip()]
    items = [value] if isinstance(value, dict) else value
    return [next((item[key] for key in _NAMES if key in item), item)
            if isinstance(item, dict) else item for item in items]  # fmt: skip


def suggest(name: str, value: Any, fields: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    """Return the fix for an unknown field, or ''; `known` are the fields of the model."""
    if name in _ADDRESSES:
        return _suggest_alias(value, fields)
    if name in _IMAGES and "image" not in fields:
        picture = _picture(value)
        if picture:
            return (
                "Save the picture below content/images/, and write "
                f"“image: images/{picture}” instead."
            )
        return "Delete the line."
    ours = _RENAMED.get(name)
    if ours in known and ours not in fields and isinstance(value, str | list):
        text = value if isinstance(value, str) else ", ".join(map(str, value))
        return f"Write “{ours}: {text}” instead."
    if name in _WITHOUT_EFFECT:
        return f"Delete the line; {_WITHOUT_EFFECT[name]}."
    return "Delete the line." if name in _RENAMED or name in _IMAGES else ""


def _suggest_alias(value: Any, fields: Mapping[str, Any]) -> str:
    delete = "Delete the line; the file name or slug: is the address."
    alias = _alias(value)
    if not alias:
        return delete
    if "aliases" in fields:
        return f"Delete the line, and add {alias} to aliases; that address then redirects here."
    # Without brackets, which are not supported in Pelican's header.
    return f"Write “aliases: {alias}” instead; that address then redirects here."


def _alias(value: Any) -> str:
    """Return the alias for an address that other generators write; '' if there is none."""
    path = urlsplit(value).path if isinstance(value, str) else ""
    path = path.removesuffix("index.html")
    if not path.strip("/") or path in _PRESETS:
        return ""
    try:
        return str(as_alias(f"/{path.lstrip('/')}"))
    except ValueError:  # such as /:year/:title/
        return ""


def _picture(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = next((value[key] for key in ("image", "path", "src", "url") if key in value), "")
    if not isinstance(value, str) or value.lower() in ("true", "false"):
        return ""
    return urlsplit(value).path.rpartition("/")[2]
