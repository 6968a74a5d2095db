"""All settings: rules, defaults and help of Rubric's options, and rules of Pelican's settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from rubric.model.embeds import EMBED_SITES
from rubric.model.features import FEATURES
from rubric.model.rules import (
    BOOLEAN,
    Rule,
    among,
    date_text,
    dict_of,
    is_domain,
    is_duration,
    is_moment,
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
"""Sources of fonts for social images: Python packages, then folders of the system."""

REQUIRED = object()
"""The default of a required option."""


class Option(NamedTuple):
    """An option of one of Rubric's settings; `help` is a line of Markdown for docs/settings.md."""

    rule: Rule
    default: object
    help: str


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_field(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z][a-z0-9_-]*", value))


def _is_secret(value: object) -> bool:
    return isinstance(value, str) and (not value or len(value) >= 16)


def _is_width(value: object) -> bool:
    return whole(16, 8_000, 480).accepts(value)


def _is_embed_site(value: object) -> bool:
    return isinstance(value, str) and value in EMBED_SITES


_SEVERAL = list_of("a list of widths in pixels, from 16 to 8,000", [480, 800, 1200], _is_width)
_WIDTHS = Rule(_SEVERAL.kind, lambda v: _SEVERAL.accepts(v) and len(v) > 0, _SEVERAL.example)

_AUTHORITY = text("a domain that you own", "example.org", is_domain)
_LOCK = text("the name of a file in the content folder", "events.lock", is_relative)
_ADDRESS = text("a web address", "https://example.org/answers", lambda v: not v or is_url(v))
_OPTIONAL_URL = Rule(_ADDRESS.kind, lambda v: v == "" or _ADDRESS.accepts(v), _ADDRESS.example)

OPTIONS: Mapping[str, Mapping[str, Option]] = {
    "FRONTMATTER": {
        "max_bytes": Option(
            whole(1, None, 1_000_000),
            1_000_000,
            "Maximum size of a text in bytes; a larger file is an error.",
        ),
        "custom_fields": Option(
            list_of("a list of names", ["mood"], _is_field),
            (),
            "Names of fields of your own. Templates show them as `entry.custom.mood`.",
        ),
    },
    "DRAFTS": {
        "show": Option(
            BOOLEAN,
            False,
            "Whether drafts have pages and a list, `/<lang>/drafts/`. `pelicanconf.py` sets it to "
            "`True` for previews, `publishconf.py` to `False`.",
        ),
        "secret": Option(
            Rule("a text of at least 16 characters", _is_secret, "2f6b9d0c4e8a7135"),
            "",
            "A random text of at least 16 characters. With it, drafts have pages at addresses that "
            "cannot be guessed and that no page links to. `publishconf.py` takes it from "
            "`DRAFTS_SECRET`; see [writing.md](writing.md#drafts).",
        ),
    },
    "EDITIONS": {
        "page_size": Option(
            whole(1, None, 20),
            20,
            "Number of cards on a page of a list. Longer lists continue on pages below it: "
            "`page/2/`, or `past/3/` for past events of a group or place.",
        ),
        "home_posts": Option(whole(0, None, 9), 9, "Number of posts on a home page."),
        "home_events": Option(whole(0, None, 3), 3, "Number of events on a home page."),
        "old_after_days": Option(
            whole(0, 100_000, 730),
            730,
            "Posts that were last changed more than this number of days ago show when they were "
            "written; 0 disables this.",
        ),
        "contents_from": Option(
            whole(0, 1000, 5),
            5,
            "Number of headings from which a text has a table of contents; 0 disables it. "
            "`toc: true` or `toc: false` in the front matter of a text takes precedence.",
        ),
    },
    "EVENTS": {
        "default_duration": Option(
            text("a length of time", "2h", is_duration), "2h", "Duration of an event without `end`."
        ),
        "tentative_dates": Option(
            whole(0, 100, 3), 3, "Number of unconfirmed dates of a group that are shown."
        ),
    },
    "FOLLOW": {
        "telegram": Option(
            dict_of(
                "a dict of web addresses by language",
                {"ru": "https://t.me/name"},
                lambda v: is_text(v) and is_url(v),
            ),
            {},
            "Address of a Telegram channel by language, shown on the page `/<lang>/follow/` of "
            "`rubric.feeds`.",
        ),
    },
    "CALENDARS": {
        "authority": Option(
            _AUTHORITY,
            REQUIRED,
            "Permanent part of every UID: a domain you own. **Never change it.**",
        ),
        "lock": Option(
            _LOCK, "events.lock", "File in the content folder that records UIDs and SEQUENCE."
        ),
        "keep_days": Option(
            whole(0, 100_000, 366),
            366,
            "Number of days for which calendars for subscription contain past events.",
        ),
    },
    "REDIRECTS": {
        "lock": Option(
            _LOCK,
            "addresses.lock",
            "File in the content folder that records addresses; see [addresses.md](addresses.md).",
        ),
        "map": Option(
            text("a path beside the output folder", "exports/redirects.nginx.map", is_relative),
            "exports/redirects.nginx.map",
            "Path of the nginx map, relative to the parent of the output folder.",
        ),
        "forced": Option(
            BOOLEAN,
            False,
            "Write `301!` in `_redirects`, which Netlify needs and Cloudflare does not support.",
        ),
    },
    "FEEDS": {
        "authority": Option(
            _AUTHORITY,
            REQUIRED,
            "Permanent part of every feed ID (RFC 4151): a domain you own. **Never change it.**",
        ),
        "since": Option(
            text("a year or a date (RFC 4151)", "2026", lambda v: v[:4].isdecimal()),
            REQUIRED,
            "A year or date when you owned the domain; part of every feed ID. **Never change it.**",
        ),
        "items": Option(
            whole(1, None, 20),
            20,
            "Number of entries in a feed; with an archive, the minimum, see [feeds.md](feeds.md).",
        ),
        "archive_items": Option(
            whole(0, None, 20),
            20,
            "Number of entries per page of a feed archive; 0 disables the archive.",
        ),
        "fallback": Option(
            dict_of(
                "a dict of lists of languages by language",
                {"ru": ["en"]},
                lambda v: isinstance(v, list | tuple) and all(map(is_text, v)),
            ),
            {},
            "Languages whose untranslated texts are included in the feeds of an edition: "
            '`{"ru": ["en"]}`.',
        ),
        "hub": Option(
            _OPTIONAL_URL,
            "",
            "Address of a WebSub hub that `invoke feeds.ping` notifies of changes.",
        ),
        "podcast": Option(
            dict_of("a dict of options", {"category": ["Business"], "image": "images/show.png"}),
            {},
            "Channel data of feeds with recordings; see [feeds.md](feeds.md#podcasts).",
        ),
    },
    "SITEMAPS": {
        "max_urls": Option(
            whole(1, 50_000, 50_000),
            50_000,
            "Number of pages in one sitemap, at most 50,000 (the limit of the protocol). A larger "
            "site has an index of sitemaps.",
        ),
    },
    "SOCIAL_IMAGES": {
        "images": Option(
            BOOLEAN, True, "Whether social images are drawn; see [discovery.md](discovery.md)."
        ),
        "cache": Option(
            text("a folder", ".cache/social"),
            ".cache/social",
            "Cache folder for drawn images, relative to the working directory of the build.",
        ),
        "fonts": Option(
            list_of("a list of folders", ["packages"], _is_name),
            FONT_FOLDERS,
            "Folders with fonts, in order of preference; `packages` means Python packages. The "
            "default also contains the font folders of Linux, macOS and Windows.",
        ),
    },
    "IMAGES": {
        "widths": Option(
            _WIDTHS,
            (480, 800, 1200),
            "Widths in pixels of the pictures in texts. Browsers choose one by the width of the "
            "column and the resolution of the screen.",
        ),
        "large": Option(
            whole(16, 8_000, 2_000),
            2_000,
            "Width in pixels of the picture that a reader sees after enlarging it.",
        ),
        "formats": Option(
            list_of("a list of avif and webp", ["avif", "webp"], lambda v: v in ("avif", "webp")),
            ("avif", "webp"),
            "Modern formats, in the order in which browsers try them. There is always a fallback "
            "in JPEG or PNG.",
        ),
        "quality": Option(
            dict_of(
                "a dict of qualities from 1 to 100 by format",
                {"avif": 55, "webp": 75, "jpeg": 80},
                lambda v: whole(1, 100, 80).accepts(v),
            ),
            {"avif": 55, "webp": 75, "jpeg": 80},
            "Quality by format, from 1 to 100.",
        ),
        "max_megapixels": Option(
            whole(1, 170, 50),
            50,
            "Number of megapixels of the largest picture; a larger one is an error, because "
            "decoding it takes too much memory.",
        ),
        "embeds": Option(
            list_of(f"a list of {among(EMBED_SITES)}", ["youtube"], _is_embed_site),
            (),
            "Sites whose players a page may show after a click; see [images.md](images.md#embeds).",
        ),
    },
    "SEARCH": {
        "shard_bytes": Option(
            whole(1, None, 24_000), 24_000, "Approximate size of an index file with terms."
        ),
        "chunk_bytes": Option(
            whole(1, None, 8_000), 8_000, "Approximate size of an index file with texts."
        ),
        "text_limit": Option(
            whole(0, None, 20_000),
            20_000,
            "Number of characters of a text from which excerpts are taken; the whole text is "
            "indexed.",
        ),
    },
    "INCREMENTAL": {
        "workers": Option(
            whole(0, 1024, 0),
            0,
            "Number of processes that read and render; 0 means one per core. See "
            "[architecture.md](architecture.md#the-store).",
        ),
    },
    "NEWSLETTER": {
        "lists": Option(
            dict_of("a dict of lists by key", {}, lambda v: isinstance(v, Mapping)),
            {},
            "The mailing lists by key, one language each; see below and "
            "[newsletter.md](newsletter.md).",
        ),
        "utm": Option(
            dict_of("a dict of texts", {"source": "newsletter", "medium": "email"}, is_text),
            {},
            "`source` and `medium` that are added to links in emails.",
        ),
        "feedback_url": Option(
            _OPTIONAL_URL,
            "",
            "Address for answers to “was it useful”; by default a thank-you page of the site.",
        ),
        "exports": Option(
            text("a folder beside the output folder", "exports/newsletter", is_relative),
            "exports/newsletter",
            "Folder of exported issues, relative to the parent of the output folder.",
        ),
    },
}
"""All options of Rubric's settings. `invoke schema` generates the table in docs/settings.md."""

_FOLDER = text("the path of a folder", "content")
_FILES = "a list of paths below the content folder"
_NAMES = "a list of names"
_FUNCTIONS = dict_of("a dict of functions by name", {"shout": str.upper}, callable)


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return value == "fs" or is_moment(value)
    if isinstance(value, list | tuple):
        return is_moment(date_text(value))
    return value is None or isinstance(value, date)


def _is_reader(value: object) -> bool:
    return value is None or callable(value)


def _is_pattern(value: object) -> bool:
    try:
        return not value or bool(re.compile(value) if isinstance(value, str) else False)
    except re.error:
        return False


def _is_count_or_off(value: object) -> bool:
    return not value or (isinstance(value, int) and value is not True and value > 0)


_PATTERN = Rule("a regular expression", _is_pattern, r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)")
_COUNT = Rule("a whole number or None", lambda v: v is None or whole(1, None, 1).accepts(v), 50)

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
    "READERS": dict_of("a dict of readers by ending", {"html": None}, _is_reader),
    "DOCUTILS_SETTINGS": dict_of("a dict of options of Docutils", {"smart_quotes": True}),
    "PYGMENTS_RST_OPTIONS": dict_of("a dict of options", {"linenos": "table"}),
    "DEFAULT_CATEGORY": text("a name", "misc"),
    "PAGINATION_PATTERNS": list_of("a list of rules", [], lambda v: isinstance(v, list | tuple)),
    "DEFAULT_METADATA": dict_of("a dict of texts", {"status": "draft"}),
    "DEFAULT_DATE": Rule("a date", _is_date, "2026-11-05"),
    "FILENAME_METADATA": _PATTERN,
    "PATH_METADATA": _PATTERN,
    "USE_FOLDER_AS_CATEGORY": BOOLEAN,
    "FORMATTED_FIELDS": list_of("a list of fields", ["summary"], _is_name),
    "AUTHOR": text("a name", "Ann Lee"),
    "SUMMARY_MAX_LENGTH": _COUNT,
    "SUMMARY_MAX_PARAGRAPHS": _COUNT,
    "SUMMARY_END_SUFFIX": Rule("a text", is_text, "…"),
    "WITH_FUTURE_DATES": BOOLEAN,
    "DEFAULT_PAGINATION": Rule("a whole number or False", _is_count_or_off, 10),
    "FEED_MAX_ITEMS": Rule("a whole number or None", _is_count_or_off, 20),
    "OUTPUT_SOURCES": BOOLEAN,
    "OUTPUT_SOURCES_EXTENSION": text(
        "an ending", ".text", lambda v: v.startswith(".") and not set(v) & set("/\\")
    ),
    "OUTPUT_RETENTION": list_of("a list of names", [".git"], _is_name),
    "RELATIVE_URLS": BOOLEAN,
    "CACHE_CONTENT": BOOLEAN,
    "LOAD_CONTENT_CACHE": BOOLEAN,
    "PORT": whole(1, 65_535, 8000),
    "BIND": text("an address", "127.0.0.1"),
    "DELETE_OUTPUT_DIRECTORY": BOOLEAN,
}
"""Pelican's settings that a build uses, or with which Pelican itself would fail."""

_FIRST = ("bridge", "site", "reading", "tags", "markup", "editions")
_LAST = ("files", "assets", "store")
PLUGINS_NEEDED = tuple(f"rubric.{name}" for name in (*_FIRST, *_LAST))
"""The required plugins; all others are optional."""

PLUGIN_ORDER = tuple(f"rubric.{name}" for name in (*_FIRST, *FEATURES, *_LAST))
"""The order of plugins: features that make pages come before those that describe pages."""


def completed(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return one of Rubric's settings, completed by the defaults."""
    options = OPTIONS[name]
    missing = {key: o.default for key, o in options.items() if o.default is not REQUIRED}
    return {**missing, **{key: value for key, value in given.items() if key in options}}
