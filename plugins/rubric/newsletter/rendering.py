"""Renders an issue: whole HTML document and text, with slots for what a provider fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import css_inline
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined

from rubric.model.newsletter import Issue, Rendering
from rubric.model.site import Site
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.compose import Composer
from rubric.newsletter.images import Measure, Size
from rubric.newsletter.letter import Letter
from rubric.newsletter.slots import refuse_slots_of_authors
from rubric.newsletter.text import to_text
from rubric.newsletter.width import columns
from rubric.newsletter.words import Words


def _unknown(path: str) -> Size | None:
    del path
    return None


_DOCUMENT = "newsletter/issue.html"
_CHARSET = '<meta charset="utf-8">'
_DECLARED_CHARSET = re.compile(r"<meta\s+charset\b[^>]*>\n?", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Templates:
    """The sources of a letter's templates, by name; what these print is escaped, what they
    miss is an error.

    The environment knows no others, so that letters are made of these alone.
    """

    sources: Mapping[str, str]
    environment: Environment = field(init=False, compare=False)

    def __post_init__(self) -> None:
        environment = Environment(
            loader=DictLoader(self.sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        object.__setattr__(self, "environment", environment)

    @classmethod
    def read(cls, theme: Path) -> Templates:
        """A theme's letter, with every template that it or another one of these names.

        A name that templates put together from parts isn't found.
        """
        folder, sources = theme / "templates", dict[str, str]()
        names, wanted = FileSystemLoader(folder).list_templates(), [_DOCUMENT]
        while wanted:
            name = wanted.pop()
            source = sources[name] = (folder / name).read_text("utf-8")
            named = [n for n in names if f'"{n}"' in source or f"'{n}'" in source]
            wanted += [n for n in named if n not in sources]
        return cls({name: sources[name] for name in sorted(sources)})


@dataclass(frozen=True, slots=True)
class Options:
    """What all issues share; see `Composer` for the meaning of the last three.

    `utm` has the names without `utm_`; its campaign is the list and the issue's number
    unless it says otherwise.
    """

    templates: Templates
    utm: Mapping[str, str] = field(default_factory=dict)
    feedback_url: str = ""
    browser_slot: bool = False
    measure: Measure = _unknown


def render(issue: Issue, site: Site, words: Words, options: Options) -> Rendering:
    """An issue in HTML and text. Literal template marks of authors stay as they are.

    Raises ValueError where a text holds the name of a slot.
    """
    refuse_slots_of_authors(issue, site.content)
    marks = dict(options.utm)
    if marks:
        marks.setdefault("campaign", f"{issue.list.key}-{issue.number}")
    letter = Composer(
        issue,
        site,
        words,
        Addresses(site, marks),
        options.measure,
        options.feedback_url,
        options.browser_slot,
    ).compose()
    return Rendering(
        issue=issue,
        subject=issue.subject,
        preheader=issue.preheader,
        html=_to_html(letter, words, options.templates.environment),
        text=to_text(letter, words),
    )


def _to_html(letter: Letter, words: Words, environment: Environment) -> str:
    def translate(message: str, **values: object) -> str:
        text = words.gettext(message)
        return text % values if values else text

    document = environment.get_template(_DOCUMENT).render(
        letter=letter, issue=letter.issue, _=translate, quote_size=_quote_size
    )
    html: str = css_inline.inline(document, load_remote_stylesheets=False, keep_at_rules=True)
    return _with_charset_first(html) + "\n"


def _with_charset_first(html: str) -> str:
    """Move the declared encoding to the start of the head.

    css_inline puts the style sheet first, but browsers look for the encoding in the first
    1,024 bytes only.
    """
    return _HEAD.sub(r"\g<0>" + _CHARSET, _DECLARED_CHARSET.sub("", html), count=1)


def _quote_size(text: str) -> int:
    """Pixels: a short saying is set large; a Chinese character says as much as two letters."""
    length = columns(text)
    return 26 if length < 90 else 22 if length < 200 else 19
