"""The rules of every setting: our own with their defaults, and those of Pelican that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from rubric.model.features import FEATURES
from rubric.model.rules import (
    BOOLEAN,
    Rule,
    dict_of,
    is_domain,
    is_duration,
    is_relative,
    is_text,
    is_url,
    is_zone,
    list_of,
    text,
    whole,
)

FONT_PACKAGES = "packages"
FONT_FOLDERS = (
    FONT_PACKAGES,
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/Library/Fonts", "~/Library/Fonts", "/opt/homebrew/share/fonts"),
    *("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
)
"""Where fonts of social images are looked for: Python packages, then the system's folders."""

REQUIRED = object()
"""The default of an option that must be given."""


class Option(NamedTuple):
    """An option of one of our settings, and its value where none is given."""

    rule: Rule
    default: object


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_secret(value: object) -> bool:
    return isinstance(value, str) and (not value or len(value) >= 16)


def _lock(name: str) -> Option:
    return Option(text("the name of a file in the content folder", name, is_relative), name)


_AUTHORITY = Option(text("a domain that you own", "example.org", is_domain), REQUIRED)
_ADDRESS = text("a web address", "https://example.org/answers", lambda v: not v or is_url(v))
_OPTIONAL_URL = Rule(_ADDRESS.kind, lambda v: v == "" or _ADDRESS.accepts(v), _ADDRESS.example)

OPTIONS: Mapping[str, Mapping[str, Option]] = {
    "FRONTMATTER": {"max_bytes": Option(whole(1, None, 1_000_000), 1_000_000)},
    "DRAFTS": {
        "show": Option(BOOLEAN, False),
        "secret": Option(
            Rule("a text of at least 16 characters", _is_secret, "2f6b9d0c4e8a7135"), ""
        ),
    },
    "EDITIONS": {
        "page_size": Option(whole(1, None, 20), 20),
        "home_posts": Option(whole(0, None, 9), 9),
        "home_events": Option(whole(0, None, 3), 3),
        "old_after_days": Option(whole(0, 100_000, 730), 730),
    },
    "EVENTS": {
        "default_duration": Option(text("a length of time", "2h", is_duration), "2h"),
        "tentative_dates": Option(whole(0, 100, 3), 3),
    },
    "FOLLOW": {
        "telegram": Option(
            dict_of(
                "a dict of web addresses by language",
                {"ru": "https://t.me/name"},
                lambda v: is_text(v) and is_url(v),
            ),
            {},
        ),
    },
    "CALENDARS": {
        "authority": _AUTHORITY,
        "lock": _lock("events.lock"),
        "keep_days": Option(whole(0, 100_000, 366), 366),
    },
    "REDIRECTS": {
        "lock": _lock("addresses.lock"),
        "map": Option(
            text("a path beside the output folder", "exports/redirects.nginx.map", is_relative),
            "exports/redirects.nginx.map",
        ),
        "forced": Option(BOOLEAN, False),
    },
    "FEEDS": {
        "authority": _AUTHORITY,
        "since": Option(
            text("a year or a date (RFC 4151)", "2026", lambda v: v[:4].isdecimal()), REQUIRED
        ),
        "items": Option(whole(1, None, 20), 20),
        "archive_items": Option(whole(0, None, 20), 20),
        "fallback": Option(
            dict_of(
                "a dict of lists of languages by language",
                {"ru": ["en"]},
                lambda v: isinstance(v, list | tuple) and all(map(is_text, v)),
            ),
            {},
        ),
        "hub": Option(_OPTIONAL_URL, ""),
        "podcast": Option(
            dict_of("a dict of options", {"category": ["Business"], "image": "images/show.png"}), {}
        ),
    },
    "SITEMAPS": {"max_urls": Option(whole(1, 50_000, 50_000), 50_000)},
    "SOCIAL_IMAGES": {
        "images": Option(BOOLEAN, True),
        "cache": Option(text("a folder", ".cache/social"), ".cache/social"),
        "fonts": Option(list_of("a list of folders", ["packages"], _is_name), FONT_FOLDERS),
    },
    "SEARCH": {
        "shard_bytes": Option(whole(1, None, 24_000), 24_000),
        "chunk_bytes": Option(whole(1, None, 8_000), 8_000),
        "text_limit": Option(whole(0, None, 20_000), 20_000),
    },
    "INCREMENTAL": {"workers": Option(whole(0, 1024, 0), 0)},
    "NEWSLETTER": {
        "lists": Option(
            dict_of("a dict of lists by key", {}, lambda v: isinstance(v, Mapping)), {}
        ),
        "utm": Option(
            dict_of("a dict of texts", {"source": "newsletter", "medium": "email"}, is_text), {}
        ),
        "feedback_url": Option(_OPTIONAL_URL, ""),
        "exports": Option(
            text("a folder beside the output folder", "exports/newsletter", is_relative),
            "exports/newsletter",
        ),
    },
}

_FOLDER = text("the path of a folder", "content")
_FILES = "a list of paths below the content folder"
_NAMES = "a list of names"
_FUNCTIONS = dict_of("a dict of functions by name", {"shout": str.upper}, callable)

PELICAN: Mapping[str, Rule] = {
    "SITEURL": text("the absolute address of the site", "https://example.org", is_url),
    "SITENAME": Rule("a text", is_text, "Service Circle"),
    "TIMEZONE": text("an IANA time zone", "Asia/Almaty", is_zone),
    "DEFAULT_LANG": text("a language", "en"),
    "PATH": _FOLDER,
    "OUTPUT_PATH": text("the path of a folder", "output"),
    "THEME": text("the path of a folder", "theme"),
    "CACHE_PATH": text("the path of a folder", "cache"),
    "PLUGINS": list_of("a list of plugins", ["rubric.site"], lambda v: _is_name(v) or v),
    "PLUGIN_PATHS": list_of("a list of folders", ["my_plugins"], _is_name),
    "STATIC_PATHS": list_of(_FILES, ["images"], is_relative),
    "STATIC_EXCLUDES": list_of(_FILES, ["images/raw"], lambda v: isinstance(v, str)),
    "STATIC_EXCLUDE_SOURCES": BOOLEAN,
    "IGNORE_FILES": list_of("a list of patterns", ["**/.*"], _is_name),
    "EXTRA_PATH_METADATA": dict_of(
        "a dict of dicts by path",
        {"files/favicon.ico": {"path": "favicon.ico"}},
        lambda v: isinstance(v, Mapping) and is_relative(v.get("path", "x")),
    ),
    "MARKDOWN": dict_of("a dict of Python-Markdown's options", {"output_format": "html"}),
    "JINJA_ENVIRONMENT": dict_of("a dict of Jinja's options", {"trim_blocks": True}),
    "JINJA_FILTERS": _FUNCTIONS,
    "JINJA_GLOBALS": dict_of("a dict of values by name", {"year": 2026}),
    "JINJA_TESTS": _FUNCTIONS,
    "TEMPLATE_PAGES": dict_of(
        "a dict of addresses by template", {"about.html": "about/index.html"}, is_relative
    ),
    "DIRECT_TEMPLATES": list_of(_NAMES, [], _is_name),
    "THEME_TEMPLATES_OVERRIDES": list_of("a list of folders", ["overrides"], _is_name),
    "TEMPLATE_EXTENSIONS": Rule(
        "a list of endings that has .html",
        lambda v: isinstance(v, list | tuple) and all(map(_is_name, v)) and ".html" in v,
        [".html"],
    ),
    "PELICAN_CLASS": Rule(
        "a class of Pelican or its dotted path",
        lambda v: isinstance(v, type) or (is_text(v) and "." in v.strip(".")),
        "pelican.Pelican",
    ),
    "LOG_FILTER": list_of(
        "a list of pairs of a level and a message",
        [],
        lambda v: isinstance(v, tuple) and len(v) == 2 and isinstance(v[1], str),
    ),
    "LOCALE": Rule(
        "a locale or a list of them",
        lambda v: isinstance(v, str) or (isinstance(v, list | tuple) and all(map(is_text, v))),
        "C.UTF-8",
    ),
    "ARTICLE_PATHS": list_of(_FILES, [""], lambda v: isinstance(v, str)),
    "ARTICLE_EXCLUDES": list_of(_FILES, [], lambda v: isinstance(v, str)),
    "PAGE_PATHS": list_of(_FILES, ["pages"], lambda v: isinstance(v, str)),
    "PAGE_EXCLUDES": list_of(_FILES, [], lambda v: isinstance(v, str)),
    "THEME_STATIC_PATHS": list_of("a list of folders of the theme", [], _is_name),
    "CSS_FILE": Rule("the name of a file", lambda v: v is None or is_text(v), ""),
    "READERS": dict_of("a dict of readers by ending", {"html": None}),
    "PAGINATION_PATTERNS": list_of("a list of rules", [], lambda v: isinstance(v, list | tuple)),
    "DEFAULT_METADATA": dict_of("a dict of texts", {}),
    "PORT": whole(1, 65_535, 8000),
    "BIND": text("an address", "127.0.0.1"),
    "DELETE_OUTPUT_DIRECTORY": BOOLEAN,
}
"""Those of Pelican's settings that a build uses, or on which Pelican itself would fail."""

_FIRST = ("bridge", "site", "reading", "tags", "markup", "editions")
_LAST = ("files", "assets", "store")
PLUGINS_NEEDED = tuple(f"rubric.{name}" for name in (*_FIRST, *_LAST))
"""Without these there is no site; all others can be left out."""

PLUGIN_ORDER = tuple(f"rubric.{name}" for name in (*_FIRST, *FEATURES, *_LAST))
"""The order of our plugins: features that make pages come before those that describe pages."""


def completed(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """One of our settings with the defaults of what isn't given."""
    options = OPTIONS[name]
    missing = {key: o.default for key, o in options.items() if o.default is not REQUIRED}
    return {**missing, **{key: value for key, value in given.items() if key in options}}
