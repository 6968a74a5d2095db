"""Writes the tables of docs/theme.md: templates, their variables, and design tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, meta, nodes

SHARED = {
    "view": "the page: `title`, `description`, `url`, `edition`, `language_links`, `feeds`, "
    "`calendars`, `context` (what surrounds a text, such as `series`, `related`, `group`)",
    "site": "languages, rubrics, authors, all texts, `features`, `now`",
    "editions": "the editions by language",
    "scripts": "the addresses of scripts by name",
    "stylesheet": "the address of the style sheet",
    "page_styles": "the addresses of style sheets of some pages by name",
    "picture": "prints a picture in all its sizes and formats",
    "_": "translates a message",
    "ngettext": "translates a message with a number",
    "gettext_in": "translates a message into another language",
    "link": "makes a link to an address of the site",
    "absolute": "makes a complete URL of an address",
    "part": "renders a component once for all pages with the same values",
    "language_of": "the language of a key",
    "feed_names": "the names of feed formats",
    "contents": "the headings of a text for its table of contents, each with `id`, `text`, `level`",
    "has_blocks": "whether the page shows a text with blocks, tables or code",
    "has_code": "whether the page shows a text with code",
    "text_parts": "the HTML of a text in parts, with a form for the newsletter between them",
    "share_tags": "Open Graph tags of the page; from `rubric.social`",
    "structured_data": "JSON-LD of the page; from `rubric.structured_data`",
    "maps": "a map of each edition; from `rubric.places`",
    "gazetteers": "the address of a list of cities for each edition; from `rubric.places`",
    "form_hosts": "hosts to which forms may be sent; from `rubric.newsletter`",
    "player_origins": "sites whose players a page may show; from `rubric.images`",
    "issues": "all newsletter issues; from `rubric.newsletter`",
    "lists_by_lang": "the newsletters of each language; from `rubric.newsletter`",
}
"""Names that every template has, and their meaning."""

OWN = {
    "authors": "pages of authors",
    "cards": "the kind of cards: `occasions`, `events`, `groups` or `places`",
    "cities": "pages of the cities of a country",
    "concealed": "whether a card is shown only by the filter",
    "content": "the content of a mail: addresses, note, texts, events",
    "earlier_url": "the page with earlier dates",
    "entry": "the text: `title`, `body`, `summary`, `date`, `tags`, `metadata`, `event`, `group`",
    "event": "an event: `starts_at`, `ends_at`, `place`, `registration`, `status`",
    "facets": "the filters of the search",
    "feeds": "feeds of the edition",
    "finder": "the choices of the filter",
    "grid": "the CSS class of a list",
    "group": "a user group: `city`, `rhythm`, `organisers`",
    "groups": "cards or pages of user groups",
    "has_more_tags": "whether there are more tags than shown",
    "has_search": "whether the site has a search page",
    "heading": "the level of the headings of cards",
    "here": "the path of the current section",
    "id": "the id of a heading",
    "index": "the address of the search index",
    "is_cut": "whether the list of a year is incomplete",
    "is_first": "whether a text is the first of a mail",
    "is_forward": "whether a list goes forward in time",
    "is_front": "whether the page is that of the section itself",
    "issue": "a newsletter issue: `subject`, `list`, `date`, `language`",
    "item": "a text in a list: `title`, `url`, `entry`, `is_fallback`",
    "items": "texts in a list",
    "language": "the language of a mail",
    "later_url": "the page with later dates",
    "letters": "the page of the newsletter",
    "listings": "texts of a list, or of one page of it",
    "meetups": "the page of events",
    "months": "texts or links of a year by month",
    "more_cities_url": "the page with further cities",
    "more_groups_url": "the page with further groups",
    "more_posts_url": "the page with earlier posts",
    "name": "the name of an icon",
    "newest": "texts of the newest month",
    "next": "the next date of a group: an event, or a meeting that follows from its rhythm",
    "next_url": "the next page of a list",
    "occasion": "an event, or a meeting that follows from a rhythm",
    "occasions": "upcoming dates",
    "older_years": "links to further years",
    "page": "a page whose feeds are listed",
    "page_count": "the number of pages of a list",
    "page_label": "“Page 2 of 5”; empty on a first page",
    "page_number": "the number of the page",
    "pages": "pages of rubrics",
    "parent_title": "the title of the page whose list is continued",
    "parent_url": "the address of that page",
    "past": "past events",
    "piece": "a text of a mail with the editor's note",
    "pieces": "texts of an issue with the editor's notes",
    "place": "the number of a form for the newsletter within a text",
    "places": "pages of cities and countries",
    "posts": "cards of posts",
    "previous_url": "the previous page of a list",
    "quote_size": "the font size of a quotation in a mail, in pixels",
    "rubrics": "pages of rubrics",
    "shown": "the number of dates that are shown without the filter",
    "sketch": "a map with the place of an event; from `rubric.places`",
    "story": "a text in a mail",
    "tags": "pages of tags",
    "telegram": "the address of the Telegram channel",
    "title": "a heading",
    "upcoming": "upcoming dates",
    "url": "the address of a page",
    "whole": "the home page, whose feeds contain everything",
    "year": "a year",
    "years": "years with links or texts",
}
"""Names that some templates have, and their meaning."""

_SUMMARY = re.compile(r"\{#-?\s*(.+?)\s*-?#\}")
_TOKEN = re.compile(r"^  (--[\w-]+): (.+);$", re.MULTILINE)
_GROUPS = {"pages": "", "components": "partials", "mail": "newsletter"}
"""The folder of each table."""


class _AnyFilter(dict[str, Any]):
    """Stands in for the filters and tests of a site, which only a build adds."""

    def __contains__(self, _: object) -> bool:
        return True

    def get(self, *_: object) -> Any:
        return str


def own_variables(source: str) -> set[str]:
    """Return the names that a template reads and that not every template has."""
    environment = Environment()  # noqa: S701 - nothing is rendered
    environment.filters = _AnyFilter(environment.filters)
    environment.tests = _AnyFilter(environment.tests)
    tree = environment.parse(source)
    # Jinja also finds names that are set in one branch of the template and read in another.
    assigned = {
        name.name
        for node in tree.find_all(nodes.Assign)
        for name in [node.target, *node.target.find_all(nodes.Name)]
        if isinstance(name, nodes.Name)
    }
    return meta.find_undeclared_variables(tree) - SHARED.keys() - assigned


def templates(folder: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Yield name, summary and own variables of each template.

    The summary is the comment in the first line, or empty: `("partials/card", "A text in a list.",
    {"item"})`.
    """
    for path in sorted(folder.rglob("*.html")):
        source = path.read_text("utf-8")
        summary = _SUMMARY.match(source)
        name = path.relative_to(folder).with_suffix("").as_posix()
        yield name, summary[1] if summary else "", own_variables(source)


def tokens(sheet: str) -> dict[str, str]:
    """Return the custom properties of the first rule of a style sheet, and their values."""
    return dict(_TOKEN.findall(sheet.partition("\n}")[0]))


def theme(text: str, folder: Path) -> str:
    """Return docs/theme.md with its tables, which are between `<!-- theme:… -->` markers.

    `folder` is that of the theme.
    """
    found = [*templates(folder / "templates")]
    for group, part in _GROUPS.items():
        rows = [
            (f"`{name.rpartition('/')[2]}`", summary, _names(variables))
            for name, summary, variables in found
            if name.rpartition("/")[0] == part
        ]
        text = _fill(text, group, ("template", "content", "variables"), rows)
    for block, meanings in (("shared", SHARED), ("own", OWN)):
        named = [(f"`{name}`", meaning) for name, meaning in meanings.items()]
        text = _fill(text, block, ("variable", "meaning"), named)
    sheet = (folder / "static/css/tokens.css").read_text("utf-8")
    values = [(f"`{name}`", f"`{value}`") for name, value in tokens(sheet).items()]
    return _fill(text, "tokens", ("token", "value"), values)


def _names(variables: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(variables))


def _fill(text: str, block: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Write the table between the markers of a block."""
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    start, end = f"<!-- theme:{block} -->", f"<!-- /theme:{block} -->"
    before, found, rest = text.partition(start)
    if not found:
        raise ValueError(f"docs/theme.md has no {start}.")
    return "\n".join([before + start, *lines, end]) + rest.partition(end)[2]
