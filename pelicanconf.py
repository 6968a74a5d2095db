"""Every default of the site, one dict a plugin. publishconf.py adds what production needs."""

import os
import sys
from typing import Any

from markdown.extensions.toc import slugify_unicode

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "plugins"))
from rubric.bridge.pelican import RubricPelican
from rubric.bridge.receivers import report_in_one_line
from rubric.model.setting_rules import FONT_FOLDERS

report_in_one_line()  # from here on, so that mistakes in settings are reported, too

# The site -----------------------------------------------------------------------------

SITENAME = "Service Circle"
# The environment's SITEURL applies to every command: builds, checks, newsletters.
SITEURL = os.environ.get("SITEURL", "").strip().rstrip("/") or "http://localhost:8000"
TIMEZONE = "Asia/Almaty"
# CLDR writes dates and numbers, so any locale will do that reads files as UTF-8.
LOCALE = ["C.UTF-8", "en_US.UTF-8", "C"]
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"

# A key stands in folders and addresses. `fallback` is what an edition does with texts it
# has no translation of: hide, list (a card that leads to the original) or full (a page).
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
DRAFTS: dict[str, Any] = {"show": True, "secret": ""}
FRONTMATTER = {"max_bytes": 1_000_000}
EDITIONS = {"page_size": 20, "home_posts": 9, "home_events": 3, "old_after_days": 730}
EVENTS = {"default_duration": "2h", "tentative_dates": 3}
# Channels elsewhere that the page “Follow” leads to: {"ru": "https://t.me/name"}.
FOLLOW: dict[str, Any] = {"telegram": {}}
# `lock` is a file of the content folder that remembers UIDs and SEQUENCE; commit it.
CALENDARS = {
    "authority": "service-circle.example",
    "lock": "events.lock",
    "keep_days": 366,
}
# `lock` is a file of the content folder that remembers addresses; commit it. `map` is written
# beside the output folder, for nginx. `forced` writes 301! for Netlify; Cloudflare can't read it.
REDIRECTS = {"lock": "addresses.lock", "map": "exports/redirects.nginx.map", "forced": False}
# `authority` and `since` make permanent ids (RFC 4151): never change them, also not when
# the site moves to another domain.
FEEDS: dict[str, Any] = {
    "authority": "service-circle.example",
    "since": "2026",
    "items": 20,
    "archive_items": 20,  # entries a page of the archive (RFC 5005); 0 for none
    "fallback": {},  # {"ru": ["en"]}: Russian plus untranslated English
    "hub": "",  # a WebSub hub that `invoke feeds.ping` tells of news
}
# `max_urls` is the protocol's own limit of one sitemap; a larger site gets an index of several.
SITEMAPS = {"max_urls": 50_000}
# Social images are drawn once and kept in `cache`, relative to where the build runs. `fonts` are
# folders with Noto Sans and Noto Sans CJK; "packages" is what pip has installed of them.
SOCIAL_IMAGES = {"images": True, "cache": ".cache/social", "fonts": FONT_FOLDERS}
# About how many bytes a file of the index has, and how much of a text excerpts come from.
SEARCH = {"shard_bytes": 24_000, "chunk_bytes": 8_000, "text_limit": 20_000}
# `workers` are processes that read and render; 0 for one a core.
INCREMENTAL = {"workers": 0}
PELICAN_CLASS = RubricPelican  # ends a build at once if nothing has changed since the last
# One list has one language. `form_action` is your provider's address that a subscribe form
# posts to; pages allow forms to post there and nowhere else. `utm` goes on links of mails.
_LETTERS = {
    "cadence": "weekly",
    "sender_email": "letters@service-circle.example",
    "reply_to": "hello@service-circle.example",
    "postal_address": "Service Circle, Abylai Khan Ave 91, Almaty 050000, Kazakhstan",
    "form_action": "https://news.service-circle.example/subscription/form",
    "form_field": "email",
    "providers": ["listmonk", "mailchimp", "buttondown", "keila", "brevo", "ghost", "mailerlite"],
    # What each provider calls the list; examples, as the addresses above are.
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
    "feedback_url": "",  # your own collector of answers; empty for the site's thank-you page
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
        # Styles in tags are blocked by the pages' own policy.
        "markdown.extensions.tables": {"use_align_attribute": True},
        "pymdownx.highlight": {"css_class": "codehilite", "guess_lang": False},
        "markdown.extensions.toc": {
            "marker": "",
            "slugify": slugify_unicode,
        },
    },
    "output_format": "html",
}

# Pelican: one run reads all languages; its own lists, feeds and translations stay off. ----

STATIC_PATHS = ["images", "files"]  # folders of files that are published as they are
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
WITH_FUTURE_DATES = True  # the reader makes drafts of them, by the build's own "now"
DIRECT_TEMPLATES: list[str] = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FORMATTED_FIELDS: list[str] = []
DEFAULT_PAGINATION = False
THEME_STATIC_PATHS: list[str] = []  # rubric.assets bundles the theme's files
CACHE_CONTENT = LOAD_CONTENT_CACHE = False
DELETE_OUTPUT_DIRECTORY = False  # rubric.store removes what has vanished
JINJA_ENVIRONMENT = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
