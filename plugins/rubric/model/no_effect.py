"""Settings of Pelican, its plugins and its themes that change nothing here."""

from __future__ import annotations

from collections.abc import Mapping

_LISTS = "lists are set by EDITIONS, see docs/settings.md"
_ADDRESSES = "addresses follow from language, folder and slug, see docs/addresses.md"
_FEEDS = "feeds are set by FEEDS, see docs/feeds.md"
_THEME = "the theme has no place for it"
_FRONT_MATTER = "texts have typed front matter, see docs/front-matter.md"
_STORE = "builds are incremental, see docs/architecture.md"

WITHOUT_EFFECT: Mapping[str, str] = {
    **dict.fromkeys(
        ("AUTHOR", "DEFAULT_CATEGORY", "DEFAULT_DATE", "DEFAULT_METADATA"), _FRONT_MATTER
    ),
    **dict.fromkeys(("FILENAME_METADATA", "PATH_METADATA", "FORMATTED_FIELDS"), _FRONT_MATTER),
    **dict.fromkeys(("USE_FOLDER_AS_CATEGORY", "READERS"), _FRONT_MATTER),
    **dict.fromkeys(("TYPOGRIFY", "SUMMARY_MAX_LENGTH", "SUMMARY_MAX_PARAGRAPHS"), _FRONT_MATTER),
    **dict.fromkeys(("SUMMARY_END_SUFFIX", "ARTICLE_PATHS", "PAGE_PATHS"), _FRONT_MATTER),
    **dict.fromkeys(("DEFAULT_DATE_FORMAT", "DATE_FORMATS"), "dates are written as CLDR has them"),
    **dict.fromkeys(("DEFAULT_PAGINATION", "DEFAULT_ORPHANS", "PAGINATED_TEMPLATES"), _LISTS),
    **dict.fromkeys(
        ("NEWEST_FIRST_ARCHIVES", "REVERSE_CATEGORY_ORDER", "ARTICLE_ORDER_BY"), _LISTS
    ),
    **dict.fromkeys(("SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE"), _ADDRESSES),
    **dict.fromkeys(("RELATIVE_URLS", "STATIC_CREATE_LINKS", "INDEX_SAVE_AS"), _ADDRESSES),
    **dict.fromkeys(("FEED_MAX_ITEMS", "FEED_DOMAIN_NAME", "FEED_APPEND_REF"), _FEEDS),
    **dict.fromkeys(("RSS_FEED_SUMMARY_ONLY",), _FEEDS),
    **dict.fromkeys(("LINKS", "MENUITEMS", "LINKS_WIDGET_NAME", "DISQUS_SITENAME"), _THEME),
    **dict.fromkeys(("TWITTER_USERNAME", "GITHUB_URL", "GOOGLE_ANALYTICS", "SITESUBTITLE"), _THEME),
    **dict.fromkeys(("DISPLAY_PAGES_ON_MENU", "DISPLAY_CATEGORIES_ON_MENU"), _THEME),
    "SOCIAL": f"{_THEME}; SOCIAL_IMAGES and FOLLOW are the settings of this site",
    "SITEMAP": "sitemaps are always written; SITEMAPS is the setting of this site",
    **dict.fromkeys(("OUTPUT_SOURCES", "THEME_STATIC_DIR", "THEME_STATIC_PATHS"), _STORE),
    **dict.fromkeys(("CACHE_CONTENT", "LOAD_CONTENT_CACHE", "STATIC_CHECK_IF_MODIFIED"), _STORE),
    "DELETE_OUTPUT_DIRECTORY": "files that a build no longer makes are removed from the output",
    "WITH_FUTURE_DATES": "texts with a date in the future are drafts until then",
    "ARTICLE_TRANSLATION_ID": "translations are linked by path or translation_key",
    "PAGE_TRANSLATION_ID": "translations are linked by path or translation_key",
}
"""Settings of Pelican, its plugins and themes that change nothing here, and the reason."""

_ADDRESS_OF = ("ARTICLE", "PAGE", "DRAFT", "CATEGORY", "TAG", "AUTHOR", "YEAR_ARCHIVE")


def reason_without_effect(name: str) -> str:
    """Why a setting of Pelican has no effect; empty if it has one, or is not Pelican's."""
    if name in WITHOUT_EFFECT:
        return WITHOUT_EFFECT[name]
    if is_feed_address(name):
        return _FEEDS
    is_address = name.endswith(("_URL", "_SAVE_AS"))
    if is_address and name.startswith((*_ADDRESS_OF, "MONTH_ARCHIVE", "DAY_ARCHIVE", "ARCHIVES")):
        return _ADDRESSES
    return ""


def is_feed_address(name: str) -> bool:
    """Return whether a setting is like `FEED_ALL_ATOM`, `TAG_FEED_RSS` or `FEED_RSS_URL`."""
    is_feed = name.startswith("FEED_") or "_FEED_" in name
    return is_feed and name.removesuffix("_URL").endswith(("ATOM", "RSS"))


def value_when_off(name: str, default: object) -> object:
    """Return the value that disables a setting; `default` is Pelican's default."""
    if is_feed_address(name):
        return None
    if name in ("AUTHOR_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS"):
        return ""
    return [] if name in ("THEME_STATIC_PATHS", "FORMATTED_FIELDS") else default
