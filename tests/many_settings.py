"""Builds one site with many settings in one process, as `python -m tests.many_settings FOLDER`.

A case is a setting and its value in Python. Standard output has one JSON object a case.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pelican

import pelicanconf
from rubric.model.setting_rules import OPTIONS
from tests.building import ROOT, write_site
from tests.pages import write_text

WRONG = ('""', "None", "0", "[]", "{}", '"y"', "-1", "True", "1.5", '["a"]', '{"nope": 1}')
WRONG_OPTION = ('""', "None", "-1", "{}", '["a"]')
PELICAN = [
    "SITEURL",
    "SITENAME",
    "TIMEZONE",
    "DEFAULT_LANG",
    "PATH",
    "OUTPUT_PATH",
    "THEME",
    "CACHE_PATH",
    "PLUGINS",
    "PLUGIN_PATHS",
    "STATIC_PATHS",
    "STATIC_EXCLUDES",
    "STATIC_EXCLUDE_SOURCES",
    "IGNORE_FILES",
    "EXTRA_PATH_METADATA",
    "MARKDOWN",
    "JINJA_ENVIRONMENT",
    "JINJA_FILTERS",
    "JINJA_GLOBALS",
    "JINJA_TESTS",
    "TEMPLATE_PAGES",
    "DIRECT_TEMPLATES",
    "THEME_TEMPLATES_OVERRIDES",
    "TEMPLATE_EXTENSIONS",
    "LOG_FILTER",
    "LOCALE",
    "PAGINATION_PATTERNS",
    "PORT",
    "BIND",
    "PELICAN_CLASS",
    "ARTICLE_PATHS",
    "READERS",
    "DOCUTILS_SETTINGS",
    "PYGMENTS_RST_OPTIONS",
    "DEFAULT_CATEGORY",
    "AUTHOR",
    "DEFAULT_METADATA",
    "DEFAULT_DATE",
    "FILENAME_METADATA",
    "PATH_METADATA",
    "FORMATTED_FIELDS",
    "SUMMARY_MAX_LENGTH",
    "SUMMARY_MAX_PARAGRAPHS",
    "SUMMARY_END_SUFFIX",
    "ARTICLE_EXCLUDES",
    "PAGE_EXCLUDES",
    "OUTPUT_SOURCES_EXTENSION",
    "OUTPUT_RETENTION",
    "DEFAULT_PAGINATION",
    "FEED_MAX_ITEMS",
]
SWITCHED_OFF = [
    "LINKS",
    "FEED_ALL_ATOM",
    "TAG_FEED_ATOM",
    "ARTICLE_URL",
    "TAG_SAVE_AS",
    "INDEX_SAVE_AS",
    "SOCIAL",
    "SITEMAP",
    "TYPOGRIFY",
    "ARTICLE_ORDER_BY",
    "GZIP_CACHE",
    "THEME_STATIC_DIR",
]
BY_HAND = {
    "SITEURL": [
        '"example.org"',
        '"//example.org"',
        '"https://exa mple.org"',
        '"https://e.org/?a=b"',
    ],
    "TIMEZONE": ['"CST"', '"Mars/Olympus"', "missing"],
    "THEME": ['"no-such-theme"', '"simple"'],
    "PATH": ['"no-such-folder"'],
    "OUTPUT_PATH": ['"."', '"content"', '"content/out"'],
    "PLUGINS": ['["rubric.site"]', '[*PLUGINS, "no_such_plugin"]', "PLUGINS[1:]"],
    "MARKDOWN": ['{"extensions": ["no.such"]}', '{"extension_configs": []}', '{"nope": 1}'],
    "JINJA_ENVIRONMENT": [
        '{"trim_blocks": True, "lstrip_blocks": True}',
        '{"extensions": ["no.such"]}',
        '{"autoescape": False}',
        '{"loader": None}',
        '{"undefined": "StrictUndefined"}',
    ],
    "TEMPLATE_PAGES": ['{"no-such.html": "a.html"}', '{"a.html": "../a.html"}'],
    "EXTRA_PATH_METADATA": ['{"a": "b"}', '{"images/a.svg": {"path": "../a"}}'],
    "STATIC_PATHS": ['["../.."]', '["no-such"]', '"images"'],
    "JINJA_FILTERS": ['{"shout": "upper"}'],
    "LANGUAGES": [
        "missing",
        '{"en": {}}',
        '{"en": None}',
        '{"EN": LANGUAGES["en"]}',
        '{"en": {**LANGUAGES["en"], "locale": "nope"}}',
        '{"en": {**LANGUAGES["en"], "chain": None}}',
        '{"en": {**LANGUAGES["en"], "fallback": []}}',
        '{"en": {**LANGUAGES["en"], "colour": "red"}}',
        '{"en": {**LANGUAGES["en"], "dir": "up"}}',
        '{"en": {**LANGUAGES["en"], "tag": "not a tag"}}',
    ],
    "NEWSLETTER": [
        '{"lists": {"a": {}}}',
        '{"lists": {"a": None}}',
        '{"lists": {"a": {"lang": []}}}',
        '{"lists": {"weekly": {**letter, "sender_name": []}}}',
        '{"exports": "../../.."}',
    ],
    "FOLLOW": ['{"telegram": {"nope": "https://t.me/a"}}', '{"telegram": {"en": "t.me/a"}}'],
    "FEEDS": ['{**FEEDS, "fallback": {"en": ["nope"]}}', '{**FEEDS, "hub": "hub.example"}'],
    "CALENDARS": ['{**CALENDARS, "lock": "../events.lock"}', '{**CALENDARS, "authority": "a b"}'],
    "EVENTS": ['{"default_duration": "soon"}', '{"default_duration": "2h"}'],
}
FILES = {
    "images/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "en/posts/tea.md": write_text("Tea", "Text. #tea"),
    "en/events/tea.md": write_text(
        "Tea together",
        "Come.",
        start="2026-12-24 18:00",
        timezone="Asia/Almaty",
        online="https://example.org/tea",
    ),
}
_BASE = f"""\
import sys

sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *

letter = NEWSLETTER["lists"]["weekly-en"]
THEME = {str(ROOT / "theme")!r}
LANGUAGES = {{"en": {{**LANGUAGES["en"], "chain": []}}}}
PLUGINS = [name for name in PLUGINS if name != "rubric.search"]
NEWSLETTER = {{"lists": {{}}}}
SOCIAL_IMAGES = {{"images": False}}
INCREMENTAL = {{"workers": 1}}
PATH, OUTPUT_PATH = "content", "output"
"""


def cases() -> Iterator[tuple[str, str]]:
    """Each setting with each value that somebody could give it by mistake."""
    for name, options in OPTIONS.items():
        yield from ((name, value) for value in WRONG)
        given = getattr(pelicanconf, name)
        for option in options:
            for value in WRONG_OPTION:
                yield name, f"{{**{name}, {option!r}: {value}}}"
            if len(given) > 1:
                yield name, f"{{key: {name}[key] for key in {name} if key != {option!r}}}"
    for name in (*PELICAN, "LANGUAGES"):
        yield from ((name, value) for value in WRONG)
    yield from ((name, value) for name, values in BY_HAND.items() for value in values)


def state_of(folder: Path) -> dict[str, int]:
    """When each file was last written."""
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def build(folder: Path, name: str, value: str) -> tuple[int, str]:
    """The exit status of a build and what it printed."""
    change = f"{name} = {value}"
    if value == "missing":
        change = f"del {name}"
    settings = folder / "siteconf.py"
    settings.write_text(f"{_BASE}{change}\n", encoding="utf-8")
    printed, status = io.StringIO(), 0
    with redirect_stdout(printed), redirect_stderr(printed):
        try:
            pelican.main(["-s", str(settings), "--log-handler", "plain"])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
            if isinstance(ended.code, str):
                print(ended.code)  # as the interpreter does
    return status, printed.getvalue()


def main(folder: Path) -> None:
    write_site(folder, FILES)
    everything = " = ".join(SWITCHED_OFF)
    for name, value in [("SITENAME", '"A"'), (everything, '"x"'), *cases()]:
        before = state_of(folder / "output")
        status, printed = build(folder, name, value)
        is_same = state_of(folder / "output") == before
        print(json.dumps([name, value, status, printed, is_same]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
