"""All defaults of the site, one dict per plugin. publishconf.py adds production settings."""

import os
import sys
from typing import Any

from markdown.extensions.toc import slugify_unicode

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins"))
from rubric.bridge.pelican import RubricPelican
from rubric.bridge.reporting import report_in_one_line
from rubric.model.setting_rules import FONT_FOLDERS

report_in_one_line()  # called here, so that errors in the settings below are reported too

# The site -----------------------------------------------------------------------------

SITENAME = "Service Circle"
# SITEURL of the environment applies to every command: builds, checks, newsletters.
SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/") or "http://localhost:8000"
TIMEZONE = "Asia/Almaty"
# Dates and numbers are formatted by CLDR, so any locale that reads files as UTF-8 works.
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"

# The key is used in folders and addresses. `fallback` determines how an edition shows texts
# without a translation: hide, list (a card that links to the original) or full (a page).
LANGUAGES: dict[str, dict[str, Any]] = {
    "en": {
        "tag": "en",
        "locale": "en_GB",
        "name": "English",
        "site_name": "Service Circle",
        "tagline": "Stories, techniques and meetups from people who look after customers.",
        "fallback": "list",
        "chain": ["ru"],
    },
    "ru": {
        "tag": "ru",
        "locale": "ru",
        "name": "Русский",
        "site_name": "Сервисный круг",
        "tagline": "Истории, приёмы и встречи людей, которые заботятся о клиентах.",
        "fallback": "list",
        "chain": ["en"],
    },
    "zh-hans": {
        "tag": "zh-Hans",
        "locale": "zh_Hans",
        "name": "简体中文",
        "site_name": "服务圈",
        "tagline": "做服务的人写的故事、方法，还有身边的聚会。",
        "fallback": "list",
        "chain": ["zh-hant", "en", "ru"],
    },
    "zh-hant": {
        "tag": "zh-Hant",
        "locale": "zh_Hant",
        "name": "繁體中文",
        "site_name": "服務圈",
        "tagline": "做服務的人寫的故事、方法，還有你附近的聚會。",
        "fallback": "full",
        "chain": ["zh-hans", "en", "ru"],
    },
}

# Plugins --------------------------------------------------------------------------------

PLUGINS = [
    "rubric.bridge",
    "rubric.site",
    "rubric.reading",
    "rubric.tags",
    "rubric.markup",
    "rubric.events",
    "rubric.editions",
    "rubric.places",
    "rubric.calendars",
    "rubric.redirects",
    "rubric.structured_data",
    "rubric.social",
    "rubric.sitemap",
    "rubric.newsletter",
    "rubric.feeds",
    "rubric.search",
    "rubric.files",
    "rubric.assets",
    "rubric.store",
]

# Drafts are texts with `status: draft`, without a date, or with a future date. `show` is for
# previews. With a `secret`, drafts of a public site have addresses that cannot be guessed.
DRAFTS: dict[str, Any] = {"show": True, "secret": ""}
FRONTMATTER = {"max_bytes": 1_000_000}
EDITIONS = {"page_size": 20, "home_posts": 9, "home_events": 3, "old_after_days": 730}
EVENTS = {"default_duration": "2h", "tentative_dates": 3}
# Channels that the page “Follow” links to: {"ru": "https://t.me/name"}.
FOLLOW: dict[str, Any] = {"telegram": {}}
# `lock` is a file in the content folder that records UIDs and SEQUENCE; commit it.
CALENDARS = {
    "authority": "service-circle.example",
    "lock": "events.lock",
    "keep_days": 366,
}
# `lock` is a file in the content folder that records addresses; commit it. `map` is written
# beside the output folder, for nginx. `forced` writes 301! for Netlify; Cloudflare rejects it.
REDIRECTS = {"lock": "addresses.lock", "map": "exports/redirects.nginx.map", "forced": False}
# `authority` and `since` are part of permanent ids (RFC 4151): never change them, not even
# when the site moves to another domain.
FEEDS: dict[str, Any] = {
    "authority": "service-circle.example",
    "since": "2026",
    "items": 20,
    "archive_items": 20,  # entries per page of the archive (RFC 5005); 0 for none
    "fallback": {},  # {"ru": ["en"]}: Russian plus untranslated English
    "hub": "",  # a WebSub hub that `invoke feeds.ping` notifies of changes
    "podcast": {},  # channel data of feeds with recordings, see docs/feeds.md
}
# `max_urls` is the limit of the protocol for one sitemap; a larger site gets an index of several.
SITEMAPS = {"max_urls": 50_000}
# Social images are drawn once and cached in `cache`, relative to the working directory. `fonts` are
# folders with Noto Sans and Noto Sans CJK; "packages" means fonts that pip has installed.
SOCIAL_IMAGES = {"images": True, "cache": ".cache/social", "fonts": FONT_FOLDERS}
# Approximate size of index files in bytes, and the number of characters used for excerpts.
SEARCH = {"shard_bytes": 24_000, "chunk_bytes": 8_000, "text_limit": 20_000}
# `workers` is the number of processes that read and render; 0 for one per core.
INCREMENTAL = {"workers": 0}
PELICAN_CLASS = RubricPelican  # ends a build at once if nothing has changed
# Each list has one language. `form_action` is the address of your provider that subscribe forms
# post to; pages allow forms to post only there. `utm` is added to links in mails.
_LETTERS = {
    "cadence": "weekly",
    "sender_email": "letters@service-circle.example",
    "reply_to": "hello@service-circle.example",
    "postal_address": "Service Circle, Abylai Khan Ave 91, Almaty 050000, Kazakhstan",
    "form_action": "https://news.service-circle.example/subscription/form",
    "form_field": "email",
    "providers": ["listmonk", "mailchimp", "buttondown", "keila", "brevo", "ghost", "mailerlite"],
    # The id of the list at each provider; these are examples, like the addresses above.
    "provider_settings": {
        "listmonk": {"lists": [1], "template_id": 1},
        "mailchimp": {"list_id": "0a1b2c3d4e"},
        "brevo": {"lists": [1]},
    },
}
NEWSLETTER: dict[str, Any] = {
    "lists": {
        "weekly-en": {
            **_LETTERS,
            "lang": "en",
            "name": "The Friday letter",
            "description": "Every Friday: what we wrote this week, and where people meet next.",
            "sender_name": "Service Circle",
        },
        "weekly-ru": {
            **_LETTERS,
            "lang": "ru",
            "name": "Письмо по пятницам",
            "description": "Раз в неделю: что мы написали и где скоро встречаемся.",
            "sender_name": "Сервисный круг",
            "postal_address": "«Сервисный круг», проспект Абылай хана, 91, Алматы 050000",
        },
        "weekly-zh-hans": {
            **_LETTERS,
            "lang": "zh-hans",
            "name": "周五来信",
            "description": "每周五一封：这周写了什么，接下来在哪儿碰头。",
            "sender_name": "服务圈",
        },
        "weekly-zh-hant": {
            **_LETTERS,
            "lang": "zh-hant",
            "name": "週五的信",
            "description": "每個禮拜五一封：這週寫了什麼，接下來在哪裡聚會。",
            "sender_name": "服務圈",
        },
    },
    "utm": {"source": "newsletter", "medium": "email"},
    "feedback_url": "",  # your own service for answers; empty for a thank-you page
    "exports": "exports/newsletter",
}

MARKDOWN = {
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
        # The Content Security Policy of the pages blocks style attributes.
        "markdown.extensions.tables": {"use_align_attribute": True},
        "pymdownx.highlight": {"css_class": "codehilite", "guess_lang": False},
        "markdown.extensions.toc": {
            "marker": "",
            "slugify": slugify_unicode,
        },
    },
    "output_format": "html",
}

# Pelican: one run builds all languages; its own lists, feeds and translations are off. ------

STATIC_PATHS = ["images", "files"]  # files that are published as they are
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
WITH_FUTURE_DATES = True  # the reader makes them drafts, by the build's clock
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FORMATTED_FIELDS: list[str] = []
DEFAULT_PAGINATION = False
THEME_STATIC_PATHS: list[str] = []  # rubric.assets bundles the theme's files
CACHE_CONTENT = LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False  # rubric.store removes obsolete files
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
