"""Renders an issue as an HTML document and as text, with a slot that a provider fills in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import css_inline
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined

from rubric.model.columns import columns
from rubric.model.html_tree import parse, serialize
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Issue, Rendering
from rubric.model.site import Site
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.body import Measure
from rubric.newsletter.compose import Composer
from rubric.newsletter.issue_content import IssueContent
from rubric.newsletter.localizer import Localizer
from rubric.newsletter.text import to_text

_DOCUMENT = "newsletter/issue.html"


@dataclass(frozen=True, slots=True)
class Templates:
    """Sources of the email's templates by name. Output is escaped; undefined names are errors.

    The environment has no other templates, so the result depends on these sources only.
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
        """Read the issue template of a theme and all templates that it refers to, directly or not.

        Only names written as literals are found.
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
    """Options shared by all issues; see `Composer` for the last two.

    Keys of `utm` are written without `utm_`. By default, its campaign is the list and the
    issue's number.
    """

    templates: Templates
    utm: Mapping[str, str] = field(default_factory=dict)
    feedback_url: str = ""
    measure: Measure = lambda path: None


def render(issue: Issue, site: Site, localizer: Localizer, options: Options) -> Rendering:
    """Render an issue as HTML and text. Template syntax written by authors is kept literally.

    Raises ValueError if a text contains the slot.
    """
    _refuse_slots_of_authors(issue, site.content)
    utm = dict(options.utm)
    if utm:
        utm.setdefault("campaign", f"{issue.list.key}-{issue.number}")
    content = Composer(
        issue,
        site,
        localizer,
        Addresses(site, utm),
        options.measure,
        options.feedback_url,
    ).compose()
    return Rendering(
        issue=issue,
        subject=issue.subject,
        preheader=issue.preheader,
        html=_to_html(content, localizer, options.templates.environment),
        text=to_text(content, localizer),
        archive=content.archive,
    )


def _to_html(content: IssueContent, localizer: Localizer, environment: Environment) -> str:
    def translate(message: str, **values: object) -> str:
        text = localizer.gettext(message)
        return text % values if values else text

    document = environment.get_template(_DOCUMENT).render(
        content=content, issue=content.issue, _=translate, quote_size=_quote_size
    )
    html: str = css_inline.inline(document, load_remote_stylesheets=False, keep_at_rules=True)
    return _with_charset_first(html) + "\n"


def _with_charset_first(html: str) -> str:
    """Declare the encoding at the start of `<head>`.

    css_inline inserts the style sheet first, but browsers look for the encoding in the first
    1,024 bytes only.
    """
    tree = parse(html)
    for declared in tree.find_all("meta", charset=True):
        declared.decompose()
    if tree.head:
        tree.head.insert(0, tree.new_tag("meta", charset="utf-8"))
    return serialize(tree)


def _quote_size(text: str) -> int:
    """Return the font size of a quotation in pixels; a wide character counts as two."""
    length = columns(text)
    return 26 if length < 90 else 22 if length < 200 else 19


def _refuse_slots_of_authors(issue: Issue, content: str) -> None:
    """Raise ValueError if a text contains the slot. `content` is the content folder."""
    for source, text in _texts(issue):
        if UNSUBSCRIBE_SLOT in text:
            raise ValueError(
                f"{content}/{source}: contains “{UNSUBSCRIBE_SLOT}”, which providers would replace "
                "with an address for each reader. Remove it."
            )


def _texts(issue: Issue) -> Iterator[tuple[str, str]]:
    own, mailing_list = issue.entry, issue.list
    names = [mailing_list.name, mailing_list.description, mailing_list.postal_address]
    for text in (issue.subject, issue.preheader, own.title, own.body, *names):
        yield own.source, text
    for piece in (*issue.posts, *issue.events):
        yield own.source, piece.note
        entry = piece.listing.entry
        # repr() covers all fields of an event.
        shown = (entry.title, entry.url, entry.summary, entry.body, entry.picture)
        yield entry.source, "\n".join([*shown, repr(entry.quotation), repr(entry.event)])
        yield entry.source, repr(entry.metadata)
