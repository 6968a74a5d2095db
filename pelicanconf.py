"""All defaults, one dict per plugin; content/site.toml has the values of the site."""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins"))
from rubric.bridge.pelican import RubricPelican
from rubric.bridge.reporting import report_in_one_line
from rubric.model import default_settings
from rubric.model.errors import BuildFailed
from rubric.model.setting_rules import FONT_FOLDERS
from rubric.model.site_file import read_site_file

report_in_one_line()  # from here on, so that mistakes in settings are reported, too

# The site -----------------------------------------------------------------------------

# The values of the site are in site.toml of the content folder. RUBRIC_SITE selects the folder of
# another site.
PATH = os.environ.get("RUBRIC_SITE") or "content"
try:
    _site = read_site_file(Path(__file__).resolve().parent / PATH / "site.toml")
except BuildFailed as error:
    sys.exit(str(error))
_own = _site.options
SITENAME = _site.name
# SITEURL of the environment applies to every command: builds, checks, newsletters.
SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/") or _site.url or "http://localhost:8000"
TIMEZONE = _site.timezone
# Dates and numbers come from CLDR, so any locale that reads files as UTF-8 will do.
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]
LANGUAGES: dict[str, dict[str, Any]] = _site.languages
DEFAULT_LANG = "en"  # the first of LANGUAGES is the default; Docutils warns of others than “en”
OUTPUT_PATH = "output"
THEME = "theme"

# Plugins --------------------------------------------------------------------------------

# Each feature is one line, and a line can be deleted: docs/settings.md says what goes away with
# it. Keep the order.
PLUGINS = [
    "rubric.bridge",
    "rubric.site",
    "rubric.reading",
    "rubric.tags",
    "rubric.markup",
    "rubric.editions",
    # Optional features:
    "rubric.redirects",
    "rubric.events",
    "rubric.newsletter",
    "rubric.search",
    "rubric.images",
    "rubric.feeds",
    "rubric.places",
    "rubric.calendars",
    "rubric.structured_data",
    "rubric.social",
    "rubric.sitemap",
    # Needed again:
    "rubric.files",
    "rubric.assets",
    "rubric.store",
]

# Drafts are texts with `status: draft`, without a date, or of the future. `show` is for previews;
# a `secret` gives drafts of a public site addresses that can't be guessed.
DRAFTS: dict[str, Any] = {"show": True, "secret": "", **_own["DRAFTS"]}
# `custom_fields` are names of fields that templates show as `entry.custom.name`.
FRONTMATTER = {"max_bytes": 1_000_000, "custom_fields": (), **_own["FRONTMATTER"]}
EDITIONS = {
    "page_size": 20,
    "home_posts": 9,
    "home_events": 3,
    "old_after_days": 730,
    "contents_from": 5,  # headings
    **_own["EDITIONS"],
}
EVENTS = {"default_duration": "2h", "tentative_dates": 3, **_own["EVENTS"]}
# Channels elsewhere that the page “Follow” leads to: {"ru": "https://t.me/name"}.
FOLLOW: dict[str, Any] = {"telegram": {}, **_own["FOLLOW"]}
# `lock` is a file of the content folder that records UIDs and SEQUENCE; commit it.
CALENDARS = {
    "authority": _site.authority,
    "lock": "events.lock",
    "keep_days": 366,
    **_own["CALENDARS"],
}
# `lock` is a file of the content folder that records addresses; commit it. `map` is written
# beside the output folder, for nginx. `forced` writes 301! for Netlify, which Cloudflare rejects.
REDIRECTS = {
    "lock": "addresses.lock",
    "map": "exports/redirects.nginx.map",
    "forced": False,
    **_own["REDIRECTS"],
}
# `authority` and `since` make permanent ids (RFC 4151): never change them, also not when
# the site moves to another domain.
FEEDS: dict[str, Any] = {
    "authority": _site.authority,
    "since": _site.since,
    "items": 20,
    "archive_items": 20,  # entries per page of the archive (RFC 5005); 0 for none
    "fallback": {},  # {"ru": ["en"]}: Russian plus untranslated English
    "hub": "",  # a WebSub hub that `invoke feeds.ping` notifies of changes
    "podcast": {},  # channel data of feeds with recordings, see docs/feeds.md
    **_own["FEEDS"],
}
# `max_urls` is the limit of the protocol for one sitemap; a larger site gets an index of several.
SITEMAPS = {"max_urls": 50_000, **_own["SITEMAPS"]}
# Social images are drawn once and cached in `cache`, relative to the working directory. `fonts` are
# folders with Noto Sans and Noto Sans CJK; "packages" means fonts that pip has installed.
SOCIAL_IMAGES = {
    "images": True,
    "cache": ".cache/social",
    "fonts": FONT_FOLDERS,
    **_own["SOCIAL_IMAGES"],
}
# Pictures of texts in several sizes and formats, made from the files in the content folder.
IMAGES: dict[str, Any] = {
    "widths": (480, 800, 1200),
    "large": 2000,  # the width of a picture that a reader enlarges
    "formats": ("avif", "webp"),
    "quality": {"avif": 55, "webp": 75, "jpeg": 80},
    "max_megapixels": 50,
    "embeds": (),  # sites whose players pages may show after a click: ["youtube", "vimeo"]
    **_own["IMAGES"],
}
# Approximate size of index files in bytes, and the number of characters used for excerpts.
SEARCH = {"shard_bytes": 24_000, "chunk_bytes": 8_000, "text_limit": 20_000, **_own["SEARCH"]}
# `workers` is the number of processes that read and render; 0 for one per core.
INCREMENTAL = {"workers": 0, **_own["INCREMENTAL"]}
PELICAN_CLASS = RubricPelican  # ends a build at once if nothing has changed since the last
# Mailing lists are in site.toml.
NEWSLETTER: dict[str, Any] = {
    "lists": {},
    "utm": {"source": "newsletter", "medium": "email"},
    "feedback_url": "",  # your own service for answers; empty for a thank-you page
    "exports": "exports/newsletter",
    **_own["NEWSLETTER"],
}

# Extensions of Python-Markdown and their options. Append to MARKDOWN["extensions"] to add one.
MARKDOWN = default_settings.MARKDOWN

# Pelican: one run reads all languages; its own lists, feeds and translations are disabled. --

STATIC_PATHS = ["images", "files"]  # folders of files that are copied unchanged
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
WITH_FUTURE_DATES = False  # texts of the future are drafts until then
USE_FOLDER_AS_CATEGORY = False  # folders below posts/ may have any name
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
THEME_STATIC_PATHS: list[str] = []  # rubric.assets bundles the theme's files
CACHE_CONTENT = LOAD_CONTENT_CACHE = True  # `--ignore-cache` builds from scratch
DELETE_OUTPUT_DIRECTORY = False  # obsolete files are always removed
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
