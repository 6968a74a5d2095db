"""Settings and command-line options of Pelican: which have an effect, and what replaces the others.

`invoke schema` writes the tables of docs/pelican.md from this module. A test compares it with
Pelican: a setting or option that is missing here is a failure.
"""

from __future__ import annotations

from collections.abc import Mapping

_ADDRESS = "addresses follow from language, folder and slug, see docs/addresses.md"
_FEEDS = "feeds are set by FEEDS, see docs/feeds.md"
_THEME = "the theme has no place for it"
_STORE = "builds are incremental, see docs/architecture.md"
_SMARTY = 'add "markdown.extensions.smarty" to MARKDOWN'
_DATES = "dates are written as CLDR has them"
_TRANSLATIONS = "translations are linked by path or translation_key"
_SLUG = "addresses are set by the file name or slug:"
_FOLDERS = "the folders of texts are set by LANGUAGES and their kinds, see docs/kinds.md"
_ORDER = "posts are ordered by date, the newest first"
_SHEETS = "the theme's files are bundled, see docs/theme.md"

WITHOUT_EFFECT: Mapping[str, str] = {
    "TYPOGRIFY": _SMARTY,
    "TYPOGRIFY_IGNORE_TAGS": _SMARTY,
    "TYPOGRIFY_OMIT_FILTERS": _SMARTY,
    "TYPOGRIFY_DASHES": _SMARTY,
    "ARTICLE_PATHS": _FOLDERS,
    "PAGE_PATHS": _FOLDERS,
    "DEFAULT_DATE_FORMAT": _DATES,
    "DATE_FORMATS": _DATES,
    "DEFAULT_ORPHANS": "EDITIONS['page_size'] is the length of pages",
    "PAGINATED_TEMPLATES": "all long lists have pages; EDITIONS['page_size'] is their length",
    "PAGINATION_PATTERNS": "later pages of a list are at page/2/",
    "NEWEST_FIRST_ARCHIVES": _ORDER,
    "ARTICLE_ORDER_BY": _ORDER,
    "PAGE_ORDER_BY": "pages are ordered by their file names",
    "REVERSE_CATEGORY_ORDER": "rubrics are ordered as in rubrics.toml",
    "SLUGIFY_SOURCE": _SLUG,
    "SLUGIFY_USE_UNICODE": _SLUG,
    "SLUGIFY_PRESERVE_CASE": _SLUG,
    "SLUG_REGEX_SUBSTITUTIONS": _SLUG,
    "INTRASITE_LINK_REGEX": "links are written as {filename}other.md or other.md",
    "ARTICLE_PERMALINK_STRUCTURE": _ADDRESS,
    "STATIC_CREATE_LINKS": "files are copied without their private metadata",
    "STATIC_URL": "files have the address of their path; EXTRA_PATH_METADATA sets another one",
    "STATIC_SAVE_AS": "files have the address of their path; EXTRA_PATH_METADATA sets another one",
    "STATIC_CHECK_IF_MODIFIED": _STORE,
    "FEED_DOMAIN": "feeds have the address of SITEURL",
    "FEED_APPEND_REF": "readers of feeds are not tracked",
    "RSS_FEED_SUMMARY_ONLY": "feeds contain whole texts",
    "LINKS": f"{_THEME}; write a page with the links",
    "MENUITEMS": f"{_THEME}; pages are linked in the footer",
    "LINKS_WIDGET_NAME": _THEME,
    "SOCIAL_WIDGET_NAME": _THEME,
    "DISQUS_SITENAME": "there are no comments",
    "TWITTER_USERNAME": f"{_THEME}; FOLLOW is the setting of this site",
    "GITHUB_URL": f"{_THEME}; write a page with the link",
    "GOOGLE_ANALYTICS": "pages load nothing from other sites",
    "SITESUBTITLE": "write a tagline for each language in LANGUAGES",
    "DISPLAY_PAGES_ON_MENU": "pages are linked in the footer",
    "DISPLAY_CATEGORIES_ON_MENU": "rubrics are always in the menu",
    "SOCIAL": f"{_THEME}; SOCIAL_IMAGES and FOLLOW are the settings of this site",
    "SITEMAP": "sitemaps are always written; SITEMAPS is the setting of this site",
    "THEME_STATIC_DIR": _SHEETS,
    "THEME_STATIC_PATHS": _SHEETS,
    "CSS_FILE": _SHEETS,
    "CACHE_PATH": "the store is a folder beside the output, see docs/architecture.md",
    "CONTENT_CACHING_LAYER": _STORE,
    "GZIP_CACHE": _STORE,
    "CHECK_MODIFIED_METHOD": _STORE,
    "ARTICLE_TRANSLATION_ID": _TRANSLATIONS,
    "PAGE_TRANSLATION_ID": _TRANSLATIONS,
}
"""Settings of Pelican, its plugins and its themes without effect → what to use instead."""

WITH_EFFECT: Mapping[str, str] = {
    "PATH": "The content folder.",
    "OUTPUT_PATH": "The output folder; the store is beside it.",
    "THEME": "The folder of the theme.",
    "THEME_TEMPLATES_OVERRIDES": "Folders whose templates replace those of the theme.",
    "PLUGINS": "The plugins; see [settings.md](settings.md#plugins) for their order.",
    "PLUGIN_PATHS": "Folders of plugins.",
    "PELICAN_CLASS": "The class that runs a build; `RubricPelican` ends it if nothing has changed.",
    "SITENAME": "The name of the site; `LANGUAGES` can have one for each language.",
    "SITEURL": "The address of the site; empty means `http://localhost:8000`.",
    "RELATIVE_URLS": "Links and files of pages are relative to the page, except for 404 pages. "
    "Feeds, canonical links and structured data stay absolute.",
    "DEFAULT_LANG": "Must be the first language of `LANGUAGES`; otherwise a notice says so.",
    "LOCALE": "The locale of the process. Dates and numbers of pages come from CLDR.",
    "AUTHOR": "Author of posts that name none: a name, or an id of `authors.toml`.",
    "DEFAULT_METADATA": "Fields of texts that do not have them, where their kind has such a field.",
    "DEFAULT_DATE": "Date of posts that have none; otherwise they are drafts. `'fs'` has no "
    "effect, because each checkout has other file times.",
    "FILENAME_METADATA": "Named groups of the expression, matched with the file name, are fields "
    "of the text. By default, the date.",
    "PATH_METADATA": "The same for the path below the content folder.",
    "EXTRA_PATH_METADATA": "Fields of a text, or of all texts in a folder; `path` is the "
    "address of a static file.",
    "USE_FOLDER_AS_CATEGORY": "If `True`, a folder below `posts/` is a tag or the rubric with that "
    "name, unless it is a year. `pelicanconf.py` has `False`.",
    "FORMATTED_FIELDS": "If it contains `summary`, Markdown in summaries is converted; the summary "
    "is its text, because it is also used in places without markup.",
    "SUMMARY_MAX_LENGTH": "Number of words of a summary that is taken from the text; None for all. "
    "With the default, 50, it is the beginning of the first paragraph.",
    "SUMMARY_MAX_PARAGRAPHS": "Number of paragraphs that it is taken from.",
    "SUMMARY_END_SUFFIX": "End of a summary that is cut within a sentence.",
    "WITH_FUTURE_DATES": "If `False`, as in `pelicanconf.py`, texts with a date in the future are "
    "drafts until then; if `True`, they are published.",
    "ARTICLE_EXCLUDES": "Folders of texts that are not read.",
    "PAGE_EXCLUDES": "Folders of texts that are not read.",
    "IGNORE_FILES": "Names of files and folders that are neither read nor published.",
    "STATIC_PATHS": "Folders and files that are published as they are.",
    "STATIC_EXCLUDES": "Folders below them that are not.",
    "STATIC_EXCLUDE_SOURCES": "If `False`, texts in folders of `STATIC_PATHS` are published, too.",
    "OUTPUT_SOURCES": "Publishes the source of each published text beside its page, except for "
    "events with `join_url`.",
    "OUTPUT_SOURCES_EXTENSION": "Ending of these files.",
    "DEFAULT_PAGINATION": 'Sets `EDITIONS["page_size"]` unless that has another value than its '
    "default. `False` changes nothing: long lists always have pages.",
    "FEED_MAX_ITEMS": 'Sets `FEEDS["items"]` in the same way.',
    "DIRECT_TEMPLATES": "Templates of the theme that are rendered to one page each, at "
    "`<NAME>_SAVE_AS` or `<name>.html`.",
    "TEMPLATE_PAGES": "Templates of the content folder and the addresses of their pages.",
    "TEMPLATE_EXTENSIONS": "Endings of `DIRECT_TEMPLATES`.",
    "JINJA_ENVIRONMENT": "Options of Jinja, except for those of escaping, loading and caching.",
    "JINJA_FILTERS": "Your own filters of templates.",
    "JINJA_GLOBALS": "Your own names in templates.",
    "JINJA_TESTS": "Your own tests of templates.",
    "READERS": "Readers of other formats than Markdown; None disables one, such as that of "
    "reStructuredText.",
    "DOCUTILS_SETTINGS": "Options of Docutils for texts in reStructuredText.",
    "PYGMENTS_RST_OPTIONS": "Options of highlighted code in such texts.",
    "DEFAULT_CATEGORY": "The category of posts without a rubric, for plugins and templates that "
    "use Pelican's articles.",
    "MARKDOWN": "Options of Python-Markdown, including extensions.",
    "DELETE_OUTPUT_DIRECTORY": "Before a valid site is written, all files of the output folder "
    "that no build has made are removed.",
    "OUTPUT_RETENTION": "Files and folders at the top of the output folder that are not removed.",
    "CACHE_CONTENT": "With `LOAD_CONTENT_CACHE`, see `--ignore-cache`.",
    "LOAD_CONTENT_CACHE": "`False` builds from scratch if `CACHE_CONTENT` is `True`.",
    "LOG_FILTER": "Messages that are not logged, also those of Rubric.",
    "TIMEZONE": "Time zone in which `date` is read and shown.",
    "PORT": "Port of `--listen`.",
    "BIND": "Address of `--listen`.",
}
"""Settings of Pelican that have an effect → the effect, in Markdown."""

COMMAND: Mapping[str, str] = {
    "path": "The content folder.",
    "--help": "Pelican's own.",
    "--theme-path": "`THEME`.",
    "--output": "`OUTPUT_PATH`.",
    "--settings": "The settings file.",
    "--delete-output-directory": "`DELETE_OUTPUT_DIRECTORY`.",
    "--verbose": "Names the texts that are parsed and the files that are written or removed.",
    "--quiet": "No notices, warnings and progress; the errors of a failed build are printed.",
    "--debug": "Also prints the tracebacks of errors.",
    "--version": "Pelican's own.",
    "--autoreload": "Builds again when content, theme or settings change.",
    "--print-settings": "Prints the settings as given, before Rubric completes them.",
    "--relative-urls": "`RELATIVE_URLS`.",
    "--cache-path": "No effect; a notice names the store.",
    "--ignore-cache": "Builds from scratch: the store is ignored.",
    "--fatal": "Pelican's own: warnings or errors of a build are its failure.",
    "--log-handler": "Pelican's own.",
    "--logs-dedup-min-level": "Pelican's own.",
    "--listen": "Serves the output folder.",
    "--port": "`PORT`.",
    "--bind": "`BIND`.",
    "--extra-settings": "Any setting, in JSON.",
}
"""The arguments of `pelican` → their effect, in Markdown."""

SHORT_LENGTH = 50
"""Pelican's default of SUMMARY_MAX_LENGTH, in words; Rubric then cuts at the end of a sentence."""

DEFAULT_FILENAME = r"(?P<date>\d{4}-\d{2}-\d{2}).*"
"""Pelican's default of FILENAME_METADATA."""

OTHER_ADDRESSES = (
    *("FEED_ATOM", "FEED_RSS", "FEED_ALL_RSS", "CATEGORY_FEED_RSS", "TRANSLATION_FEED_RSS"),
    *("TAG_FEED_ATOM", "TAG_FEED_RSS", "FEED_ATOM_URL", "FEED_RSS_URL", "FEED_ALL_ATOM_URL"),
    *("FEED_ALL_RSS_URL", "CATEGORY_FEED_ATOM_URL", "CATEGORY_FEED_RSS_URL"),
    *("AUTHOR_FEED_ATOM_URL", "AUTHOR_FEED_RSS_URL", "TAG_FEED_ATOM_URL", "TAG_FEED_RSS_URL"),
    *("ARCHIVES_SAVE_AS", "ARCHIVES_URL"),
)
"""Settings of addresses that Pelican documents, but that have no default."""

MOVED: Mapping[str, tuple[str, str]] = {
    "DEFAULT_PAGINATION": ("EDITIONS", "page_size"),
    "FEED_MAX_ITEMS": ("FEEDS", "items"),
}
"""Settings that set an option of Rubric, unless this has another value than its default."""

TAKEN_OVER = "TAKEN_OVER"
"""Key of the values of settings that Rubric implements itself; Pelican sees them switched off."""

CLEAN = "RUBRIC_CLEAN"
"""Key that is true in settings if the store is to be ignored."""

_ADDRESS_OF = ("ARTICLE", "PAGE", "DRAFT", "CATEGORY", "TAG", "AUTHOR", "YEAR_ARCHIVE")


def reason_without_effect(name: str, templates: Mapping[str, object] | object = ()) -> str:
    """Why a setting of Pelican has no effect; empty if it has one, or is not Pelican's.

    `templates` are the DIRECT_TEMPLATES, whose `<NAME>_SAVE_AS` have an effect.
    """
    if name in WITHOUT_EFFECT:
        return WITHOUT_EFFECT[name]
    if is_feed_address(name):
        return _FEEDS
    is_address = name.endswith(("_URL", "_SAVE_AS"))
    direct = name.removesuffix("_SAVE_AS").lower()
    if isinstance(templates, list | tuple) and name.endswith("_SAVE_AS") and direct in templates:
        return ""
    if is_address and name.startswith((*_ADDRESS_OF, "MONTH_ARCHIVE", "DAY_ARCHIVE", "ARCHIVES")):
        return _ADDRESS
    return (
        f"{_ADDRESS}; it is the address of index in DIRECT_TEMPLATES"
        if (name == "INDEX_SAVE_AS")
        else ""
    )


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
