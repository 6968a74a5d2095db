"""Checks of a rendered issue. Errors prevent sending; advice is printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import chain
from urllib.parse import unquote, urlsplit

from rubric.model.columns import columns
from rubric.model.finding import Finding, Level
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering
from rubric.model.site import Site
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.document import Document, read_document
from rubric.newsletter.unsupported import (
    UNSUPPORTED_AT_RULES,
    UNSUPPORTED_ELEMENTS,
    unsupported_declarations,
)

SIZE_ADVICE, SIZE_LIMIT = 90_000, 102_000
"""Bytes of HTML. Gmail clips messages above 102 KB, and providers add markup of their own."""
STYLE_SHEET_LIMIT = 16_000
"""Characters in `<style>`. Gmail drops style sheets above 16 KB."""
SUBJECT_ADVICE, SUBJECT_LIMIT = 70, 150
"""Columns shown in a list of messages; characters accepted by Mailchimp."""

_OWN_FOLDERS = {"images", "files", "theme"}
"""Top-level output folders, besides those of languages, that only the build writes to."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_UNFIT_PICTURE = re.compile(r"\.(?:webp|avif|svgz?|tiff?|bmp|heic|jxl)$", re.IGNORECASE)
_MERGE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|.*?\|\*|\{\$\w+\}|%%\{|%[A-Z_]{4,}%", re.DOTALL)
_TOKEN = re.compile(r"rubric-slot-[\w-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of all checks. `findings` are sorted and unique, advice first.

    `links` maps each address of the site that the email links to, to the finding to report if
    that address does not exist.
    """

    findings: tuple[Finding, ...]
    links: Mapping[str, Finding]

    @property
    def is_sendable(self) -> bool:
        """True if there are no errors."""
        return all(finding.level != "error" for finding in self.findings)

    def with_link_checks(self, exists: Callable[[str], bool]) -> CheckReport:
        """Return the report with findings for links to addresses for which `exists` is false."""
        dead = {finding for address, finding in self.links.items() if not exists(address)}
        return CheckReport(tuple(sorted({*self.findings, *dead})), {})


Problems = Iterator[tuple[Level, str, str]]
"""Level, problem and fix of each finding."""


def check(rendering: Rendering, site: Site) -> CheckReport:
    """Run all checks on a rendering, except for links to the site: see `CheckReport.links`."""
    path = site.where(rendering.issue.entry)
    document = read_document(rendering.tree)
    problems = chain(
        _subject(rendering),
        _size(rendering, document),
        _slots(rendering),
        _addresses(document, site),
        _pictures(rendering, document),
        _code(document),
        _text(rendering, document),
    )
    found = {Finding(level, path, problem, fix) for level, problem, fix in problems}
    links = {address: _dead_link(address, path, site) for address in _own_addresses(document, site)}
    return CheckReport(tuple(sorted(found)), links)


def _dead_link(address: str, path: str, site: Site) -> Finding:
    """Return the finding for a link to an address that the site does not have.

    Outside of the site's own folders it is advice only: another program on the same host, such
    as a registration form, may serve the address.
    """
    folder = address.partition("/")[0]
    is_own = folder in site.languages or folder in _OWN_FOLDERS
    problem = f"links to “{address}”, which does not exist."
    return Finding("error" if is_own else "advice", path, problem, "Correct the address.")


def _subject(rendering: Rendering) -> Problems:
    subject = rendering.subject
    if not subject.strip():
        yield "error", "has no subject.", "Write subject: or title: in its front matter."
    for name, value in (("subject", subject), ("preheader", rendering.preheader)):
        if re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", value):
            yield "error", f"{name} has a line break or control character.", "Write it in one line."
    if len(subject) > SUBJECT_LIMIT:
        yield "error", f"subject has {len(subject)} characters.", f"Use {SUBJECT_LIMIT} at most."
    elif columns(subject) > SUBJECT_ADVICE:
        yield "advice", "subject is long, and phones cut it off.", "Put what matters first."
    if not rendering.preheader.strip():
        yield "advice", "has no preheader.", "Summarize the issue in one line."


def _size(rendering: Rendering, document: Document) -> Problems:
    size = len(rendering.html.encode())
    if size >= SIZE_ADVICE:
        yield (
            "error" if size >= SIZE_LIMIT else "advice",
            f"its HTML has {size} bytes; Gmail cuts off what is above 102 KB.",
            "Drop entries, or send excerpts instead of whole texts.",
        )
    if len(document.style_sheet) > STYLE_SHEET_LIMIT:
        yield "error", "<style> has more than 16 KB, and Gmail drops all of it.", "Shorten it."


def _slots(rendering: Rendering) -> Problems:
    for name, content in (("HTML", rendering.html), ("text", rendering.text)):
        tokens = _TOKEN.findall(content)
        for token in sorted(set(tokens) - {UNSUBSCRIBE_SLOT}):
            yield "error", f"{name} contains “{token}”, which no provider replaces.", "Remove it."
        if tokens.count(UNSUBSCRIBE_SLOT) != 1:
            yield (
                "error",
                f"{name} has {tokens.count(UNSUBSCRIBE_SLOT)} ways to unsubscribe.",
                "Exactly one is needed: fix theme/templates/newsletter/.",
            )
    texts = (rendering.subject, rendering.preheader, rendering.text)
    for tag in sorted({match for text in texts for match in _MERGE_TAG.findall(text)}):
        yield (
            "advice",
            f"contains “{tag[:60]}”, which readers will see literally.",
            "Remove it if a provider was supposed to replace it.",
        )


def local_addresses(rendering: Rendering) -> list[str]:
    """Return the URLs that lead to the local machine, such as localhost, without duplicates."""
    found = (url for _tag, _name, url in read_document(rendering.tree).addresses)
    return [url for url in dict.fromkeys(found) if _is_local(url)]


def _is_local(url: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        if host == "localhost" or host.endswith((".localhost", ".localdomain")):
            return True
        address = ip_address(host)
    except ValueError:  # a host name, or not a URL
        return False
    return address.is_loopback or address.is_unspecified


def _addresses(document: Document, site: Site) -> Problems:
    if _is_local(site.url):
        yield "advice", f"its links lead to {site.url}.", "Set SITEURL before it is sent."
    for tag, name, url in document.addresses:
        if tag == "a" and url == UNSUBSCRIBE_SLOT:
            continue
        if _MERGE_TAG.search(unquote(url)):
            yield "error", f"has a merge tag in {name}: “{url[:80]}”.", "Write an address."
        elif not url.lower().startswith(_SCHEMES):
            yield (
                "error",
                f"has a link that only works on the site: “{url[:80]}”.",
                "Write it with https:// and the site's name.",
            )
        elif _is_local(url) and not _is_local(site.url):
            yield (
                "advice",
                f"links to “{url[:80]}”, which readers can't open.",
                "Write an address on the Internet before it is sent.",
            )


def _own_addresses(document: Document, site: Site) -> Iterator[str]:
    """Yield the addresses of all links and images on the site, relative to its root."""
    own = Addresses(site)
    for _tag, _name, url in document.addresses:
        if own.is_own(url) and not _MERGE_TAG.search(unquote(url)):
            yield unquote(urlsplit(url).path).removeprefix(site.base).lstrip("/")


def _pictures(rendering: Rendering, document: Document) -> Problems:
    images = [attributes for name, attributes in document.elements if name == "img"]
    for image in images:
        name = image.get("src") or "a picture"
        if "alt" not in image:
            yield "error", f"{name} has no alt text.", "Describe it: ![description](file.jpg)."
        if not all(image.get(side, "").isdigit() for side in ("width", "height")):
            yield "error", f"the size of {name} is unknown.", "Use a PNG or JPEG of this site."
        if _UNFIT_PICTURE.search(urlsplit(name).path) or name.startswith("data:"):
            yield "error", f"{name} is not a PNG or JPEG.", "Outlook does not show other formats."
    shown = {urlsplit(image.get("src", "")).path for image in images}
    for piece in rendering.issue.posts:
        entry = piece.listing.entry
        if entry.picture and not entry.quotation and entry.picture not in shown:
            fix = "Only PNG and JPEG files whose size can be read are sent."
            yield "advice", f"the picture of “{entry.title}” is left out.", fix


def _code(document: Document) -> Problems:
    names = {name for name, _ in document.elements}
    for tag in sorted(names & UNSUPPORTED_ELEMENTS):
        yield "error", f"has <{tag}>, which mail programs leave out.", "Link to it instead."
    if document.has_comments:
        yield "error", "has HTML comments, which some providers can't process.", "Remove them."
    sheet = document.style_sheet
    for rule in re.findall(r"@(?:-\w+-)?([\w-]+)", sheet):
        if rule.lower() in UNSUPPORTED_AT_RULES:
            yield "error", f"<style> has @{rule}, which Gmail drops.", "Remove it."
    if re.search(r"@[^{};]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*@", sheet):
        yield "error", "<style> has an @ rule inside of another.", "Gmail drops all of it."
    blocks = re.findall(r"\{([^{}]*)\}", sheet)
    styles = [attributes.get("style", "") for _, attributes in document.elements]
    # Every table cell repeats the same few styles.
    for style in dict.fromkeys([*styles, *blocks]):
        for declaration in unsupported_declarations(style):
            yield (
                "error",
                f"style “{declaration}” is not supported in mails.",
                "See plugins/rubric/newsletter/unsupported.py.",
            )


def _text(rendering: Rendering, document: Document) -> Problems:
    if not rendering.text.strip():
        yield "error", "its text part is empty.", "Many filters classify such mails as spam."
        return
    for _tag, _name, url in document.addresses:
        if url not in rendering.text:
            yield "error", f"the text part lacks “{url[:80]}”.", "Both parts need the same links."
