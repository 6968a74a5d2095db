"""Values of settings that a site does not set, where Rubric's differ from Pelican's.

With them, a site made by pelican-quickstart needs only `PLUGINS = ["rubric"]` and
`THEME = rubric.THEME`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

from markdown.extensions.toc import slugify_unicode

from rubric.model.features import plugin_names
from rubric.model.rules import is_domain
from rubric.model.setting_rules import PLUGIN_ORDER

WHOLE = "rubric"
"""In PLUGINS, it stands for all plugins of Rubric."""

MARKDOWN: dict[str, Any] = {
    "extensions": [
        "markdown.extensions.abbr",
        "markdown.extensions.attr_list",
        "markdown.extensions.def_list",
        "markdown.extensions.footnotes",
        "markdown.extensions.tables",
        "markdown.extensions.toc",
        "pymdownx.highlight",
        "pymdownx.superfences",
        "pymdownx.tasklist",
        "rubric.markup.markdown",
        "rubric.tags.markdown",
    ],
    "extension_configs": {
        # The pages' CSP blocks style attributes.
        "markdown.extensions.tables": {"use_align_attribute": True},
        "pymdownx.highlight": {"css_class": "codehilite", "guess_lang": False},
        "markdown.extensions.toc": {"marker": "[TOC]", "slugify": slugify_unicode},
    },
    "output_format": "html",
}

_INSTEAD: Mapping[str, Any] = {
    "MARKDOWN": MARKDOWN,
    "STATIC_PATHS": ["images", "files"],
    "DIRECT_TEMPLATES": [],
}
"""Replaces values that are Pelican's defaults."""

_DISABLED = (
    *("DIRECT_TEMPLATES", "THEME_STATIC_PATHS", "FEED_ALL_ATOM", "CATEGORY_FEED_ATOM"),
    *("AUTHOR_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS", "FORMATTED_FIELDS"),
)
_LOCAL = "localhost.invalid"


def fill_defaults(settings: dict[str, Any], defaults: Mapping[str, Any]) -> list[str]:
    """Set what a site does not set; `defaults` are Pelican's. Returns notices."""
    plugins = settings.get("PLUGINS")
    if isinstance(plugins, list | tuple) and WHOLE in (names := plugin_names(plugins)):
        place = names.index(WHOLE)
        settings["PLUGINS"] = [*plugins[:place], *PLUGIN_ORDER, *plugins[place + 1 :]]
    for name, value in _INSTEAD.items():
        if settings.get(name) == defaults.get(name):
            settings[name] = deepcopy(value)
    if "LANGUAGES" not in settings:
        settings["LANGUAGES"] = _only_language(settings)
    return _set_authority(settings)


def restore_defaults(settings: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    """Enable what pelicanconf.py disables, for a theme with which Pelican writes the site."""
    for name in _DISABLED:
        if not settings.get(name):
            settings[name] = deepcopy(defaults[name])
    # Pelican's themes print HTML without the filter `safe`.
    settings["JINJA_ENVIRONMENT"] = {**settings["JINJA_ENVIRONMENT"], "autoescape": False}


def _only_language(settings: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return LANGUAGES with the language of DEFAULT_LANG and the name of the site."""
    from babel import Locale, UnknownLocaleError

    key = str(settings.get("DEFAULT_LANG") or "en").lower().replace("_", "-")
    try:
        locale = Locale.parse(key, sep="-")
    except (ValueError, UnknownLocaleError):
        return {}
    name = locale.get_display_name() or key
    tag = "-".join(part for part in (locale.language, locale.script, locale.territory) if part)
    return {
        key: {
            "tag": tag,
            "locale": str(locale),
            "name": name[:1].upper() + name[1:],
            "site_name": str(settings.get("SITENAME") or "A Pelican Blog"),
        }
    }


def _set_authority(settings: dict[str, Any]) -> list[str]:
    """Derive the permanent part of ids from SITEURL, where the site does not set it."""
    host = urlsplit(str(settings.get("SITEURL") or "")).hostname or ""
    is_public = "." in host and not host.rpartition(".")[2].isdecimal() and is_domain(host)
    authority = host if is_public else _LOCAL
    missing = []
    for name, values in (
        ("FEEDS", {"authority": authority, "since": "2026"}),
        ("CALENDARS", {"authority": authority}),
    ):
        given = settings.get(name, {})
        if isinstance(given, Mapping) and "authority" not in given:
            settings[name] = {**values, **given}
            missing.append(f'{name}["authority"]')
    if not missing or authority == _LOCAL:
        return []
    notice = (
        f"{' and '.join(missing)} not set: permanent ids contain {authority}, the host of SITEURL. "
        f'Set "authority": "{authority}" before the site moves to another domain.'
    )
    return [notice]
