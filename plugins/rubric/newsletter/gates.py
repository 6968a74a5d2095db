"""What must be right before a letter leaves: refused where readers would be hurt by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import unquote, urlsplit

from rubric.model.newsletter import Rendering, Slot
from rubric.model.site import Site
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.document import Document, read_document
from rubric.newsletter.support import FORBIDDEN_AT_RULES, FORBIDDEN_ELEMENTS, unfit_declarations
from rubric.newsletter.width import columns

SIZE_ADVISED, SIZE_REFUSED = 90_000, 102_000
"""Bytes of HTML; Gmail cuts a letter off above 102 KB, and providers add to it."""
SHEET_REFUSED = 16_000
"""Characters of `<style>`; Gmail drops all of it above 16 KB."""
SUBJECT_ADVISED, SUBJECT_REFUSED = 70, 150
"""Columns that lists of mails show; characters that Mailchimp takes."""

_OWN_FOLDERS = {"images", "files", "theme"}
"""Folders below the root, besides those of languages, that a build alone fills."""

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_UNFIT_PICTURE = re.compile(r"\.(?:webp|avif|svgz?|tiff?|bmp|heic|jxl)$", re.IGNORECASE)
_MERGE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\*\|.*?\|\*|\{\$\w+\}|%%\{|%[A-Z_]{4,}%", re.DOTALL)
_TOKEN = re.compile(r"rubric-slot-[\w-]*", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """Something to mend (`error`) or to know (`advice`) in the issue's file `path`."""

    level: Literal["error", "advice"]
    path: str
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem} {self.fix}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a letter, advice first, none twice; `links` are the addresses of the
    site that it leads to, with what is wrong if nothing is there.
    """

    findings: tuple[Finding, ...]
    links: Mapping[str, Finding]

    @property
    def is_sound(self) -> bool:
        """Whether it may go out, as far as is known."""
        return all(finding.level != "error" for finding in self.findings)

    def given(self, exists: Callable[[str], bool]) -> Verdict:
        """The same once links are followed: `exists` tells of an address if it will be there."""
        dead = {finding for address, finding in self.links.items() if not exists(address)}
        return Verdict(tuple(sorted({*self.findings, *dead})), {})


Found = Iterator[tuple[Literal["error", "advice"], str, str]]


def check(rendering: Rendering, site: Site) -> Verdict:
    """Everything that is wrong with a rendering, but links to the own site: see `Verdict`."""
    path = site.where(rendering.issue.entry)
    document = read_document(rendering.html)
    gates: tuple[Callable[[], Found], ...] = (
        lambda: _subject(rendering),
        lambda: _size(rendering, document),
        lambda: _slots(rendering),
        lambda: _addresses(document, site),
        lambda: _pictures(rendering, document),
        lambda: _code(document),
        lambda: _text(rendering, document),
    )
    found = {Finding(level, path, problem, fix) for gate in gates for level, problem, fix in gate()}
    links = {address: _dead_link(address, path, site) for address in _own_addresses(document, site)}
    return Verdict(tuple(sorted(found)), links)


def _dead_link(address: str, path: str, site: Site) -> Finding:
    """What to report if the site has nothing at an address.

    Folders other than the site's own may belong to another program on the same host, such as
    a registration form.
    """
    folder = address.partition("/")[0]
    is_own = folder in site.languages or folder in _OWN_FOLDERS
    level: Literal["error", "advice"] = "error" if is_own else "advice"
    return Finding(level, path, f"links to “{address}”, where nothing is.", "Correct the address.")


def _subject(rendering: Rendering) -> Found:
    subject = rendering.subject
    if not subject.strip():
        yield "error", "has no subject.", "Write subject: or title: in its front matter."
    for name, value in (("subject", subject), ("preheader", rendering.preheader)):
        if re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", value):
            yield "error", f"{name} has a line break or control character.", "Write it in one line."
    if len(subject) > SUBJECT_REFUSED:
        yield "error", f"subject has {len(subject)} characters.", f"{SUBJECT_REFUSED} is the most."
    elif columns(subject) > SUBJECT_ADVISED:
        yield "advice", "subject is long, and phones cut it off.", "Put what matters first."
    if not rendering.preheader.strip():
        yield "advice", "has no preheader.", "Say in one line what the letter is about."


def _size(rendering: Rendering, document: Document) -> Found:
    size = len(rendering.html.encode())
    fix = "Drop entries, or send excerpts instead of whole texts."
    if size >= SIZE_REFUSED:
        yield "error", f"its HTML has {size} bytes; Gmail cuts off what is above 102 KB.", fix
    elif size >= SIZE_ADVISED:
        yield "advice", f"its HTML has {size} bytes; Gmail cuts off what is above 102 KB.", fix
    if sum(map(len, document.sheets)) > SHEET_REFUSED:
        yield "error", "<style> has more than 16 KB, and Gmail drops all of it.", "Shorten it."


def _slots(rendering: Rendering) -> Found:
    for name, content in (("HTML", rendering.html), ("text", rendering.text)):
        tokens = _TOKEN.findall(content)
        for token in sorted(set(tokens) - set(Slot)):
            yield "error", f"{name} holds “{token}”, which no provider fills in.", "Take it out."
        if tokens.count(Slot.UNSUBSCRIBE) != 1:
            yield (
                "error",
                f"{name} has {tokens.count(Slot.UNSUBSCRIBE)} ways to unsubscribe.",
                "Readers need exactly one: mend theme/templates/newsletter/.",
            )
    texts = (rendering.subject, rendering.preheader, rendering.text)
    for tag in sorted({match for text in texts for match in _MERGE_TAG.findall(text)}):
        yield (
            "advice",
            f"holds “{tag[:60]}”, and readers will see exactly that.",
            "Take it out if you meant a provider to fill it in.",
        )


def local_addresses(rendering: Rendering) -> list[str]:
    """The letter's addresses that work on the reader's own machine only, each once."""
    found = (url for _tag, _name, url in read_document(rendering.html).addresses)
    return [url for url in dict.fromkeys(found) if _is_local(url)]


def _is_local(url: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
        if host == "localhost" or host.endswith((".localhost", ".localdomain")):
            return True
        address = ip_address(host)
    except ValueError:  # a name, or no address at all
        return False
    return address.is_loopback or address.is_unspecified


def _addresses(document: Document, site: Site) -> Found:
    if _is_local(site.url):
        yield "advice", f"its links lead to {site.url}.", "Set SITEURL before it is sent."
    for tag, name, url in document.addresses:
        if tag == "a" and any(url == slot.value for slot in Slot):
            continue
        if _MERGE_TAG.search(unquote(url)):
            yield "error", f"has a merge tag in {name}: “{url[:80]}”.", "Write an address."
        elif not url.lower().startswith(_SCHEMES):
            yield (
                "error",
                f"has a link that works on the site alone: “{url[:80]}”.",
                "Write it with https:// and the site's name.",
            )
        elif _is_local(url) and not _is_local(site.url):
            yield (
                "advice",
                f"links to “{url[:80]}”, which readers can't open.",
                "Write an address on the Internet before it is sent.",
            )


def _own_addresses(document: Document, site: Site) -> Iterator[str]:
    """Where links and pictures lead on the site: addresses below its root."""
    own = Addresses(site)
    for _tag, _name, url in document.addresses:
        if own.is_own(url) and not _MERGE_TAG.search(unquote(url)):
            yield unquote(urlsplit(url).path).removeprefix(site.base).lstrip("/")


def _pictures(rendering: Rendering, document: Document) -> Found:
    for image in document.images:
        name = image.get("src") or "a picture"
        if "alt" not in image:
            yield "error", f"{name} has no alt text.", "Say what it shows: ![what](file.jpg)."
        if not all((image.get(side) or "").isdigit() for side in ("width", "height")):
            yield "error", f"the size of {name} is unknown.", "Use a PNG or JPEG of this site."
        if _UNFIT_PICTURE.search(urlsplit(name).path) or name.startswith("data:"):
            yield "error", f"{name} is no PNG or JPEG.", "Other kinds stay empty in Outlook."
    shown = {urlsplit(image.get("src") or "").path for image in document.images}
    for piece in rendering.issue.posts:
        entry = piece.listing.entry
        if entry.picture and not entry.quotation and entry.picture not in shown:
            fix = "Only PNG and JPEG files whose size can be read are sent."
            yield "advice", f"the picture of “{entry.title}” is left out.", fix


def _code(document: Document) -> Found:
    for tag in sorted(document.elements & FORBIDDEN_ELEMENTS):
        yield "error", f"has <{tag}>, which mail programs leave out.", "Link to it instead."
    if document.comments:
        yield "error", "has HTML comments, which some providers choke on.", "Take them out."
    sheet = "".join(document.sheets)
    for rule in re.findall(r"@(?:-\w+-)?([\w-]+)", sheet):
        if rule.lower() in FORBIDDEN_AT_RULES:
            yield "error", f"<style> has @{rule}, which Gmail drops.", "Take it out."
    if re.search(r"@[^{};]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*@", sheet):
        yield "error", "<style> has an @ rule inside of another.", "Gmail drops all of it."
    blocks = re.findall(r"\{([^{}]*)\}", sheet)
    # The same few styles stand on every cell.
    for style in dict.fromkeys([*document.styles, *blocks]):
        for declaration in unfit_declarations(style):
            yield (
                "error",
                f"style “{declaration}” is not for mails.",
                "See plugins/rubric/newsletter/support.py.",
            )


def _text(rendering: Rendering, document: Document) -> Found:
    if not rendering.text.strip():
        yield "error", "its text part is empty.", "Many filters take such mails for spam."
        return
    for _tag, _name, url in document.addresses:
        if url not in rendering.text:
            yield "error", f"the text part lacks “{url[:80]}”.", "Both parts say the same."
