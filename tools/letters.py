"""Letters for tasks: read the site, finish its issues, export, check, show, send and push."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from rubric.bridge.dry_run import read_site
from rubric.newsletter.checks import Finding, local_addresses
from rubric.newsletter.issue_mail import IssueMail, NoCache, export_mails
from rubric.newsletter.passes import mail_builder
from rubric.newsletter.providers.registry import export_for
from tools.delivery.push import push
from tools.delivery.smtp import send
from tools.delivery.state import DraftIds
from tools.newsletter_preview import show_preview, write_preview
from tools.spam import LIMIT, spam_score


def export_all(content: Path, settings: Path, folder: Path) -> str:
    """Export every published issue. Raises ValueError if one has errors."""
    writer = mail_builder(read_site(content, settings))
    written, findings = export_mails(writer.exports(NoCache()), folder)
    _tell(findings)
    if any(finding.level == "error" for finding in findings):
        raise ValueError(f"Some issues were left out; {len(written)} files are in {folder}.")
    return f"{len(written)} files are in {folder}."


def check_all(content: Path, settings: Path) -> str:
    """Check every issue, including drafts. Raises ValueError if one has errors."""
    writer = mail_builder(read_site(content, settings))
    letters = list(writer.all())
    findings = [finding for letter in letters for finding in letter.report.findings]
    _tell(findings)
    refused = sum(not letter.report.is_sendable for letter in letters)
    for letter in letters:
        score = spam_score(letter.test_mail)
        if score is not None and score >= LIMIT:
            print(f"{letter.folder}: SpamAssassin gives {score}; {LIMIT} is the limit.")
            refused += letter.report.is_sendable
    if refused:
        raise ValueError(f"{refused} of {len(letters)} issues must be mended before they go out.")
    return f"{len(letters)} issues are ready to go."


def preview(content: Path, settings: Path, folder: Path) -> str:
    """Write a page with every issue as HTML, text and source, and open it in a browser."""
    writer = mail_builder(read_site(content, settings))
    path = write_preview(folder, (letter.rendering for letter in writer.all()))
    show_preview(path)
    return str(path)


def send_one(content: Path, settings: Path, issue: str, to: str, smtp: str) -> str:
    """Send an issue to a test address. Raises DeliveryError, or ValueError for no such issue."""
    letter = find_letter(content, settings, issue)
    send(letter.test_mail, [address.strip() for address in to.split(",")], smtp)
    return f"{letter.folder} was sent to {to}."


def push_one(
    content: Path, settings: Path, issue: str, provider: str, environment: Mapping[str, str]
) -> str:
    """Make or update an issue's draft at a provider. Raises DeliveryError or ValueError."""
    letter = find_letter(content, settings, issue)
    own = letter.rendering.issue.list.provider_settings.get(provider, {})
    ids = DraftIds(content.parent / ".cache/newsletter-drafts.json")
    return str(push(provider, export_for(letter.rendering, provider), own, environment, ids))


def find_letter(content: Path, settings: Path, name: str) -> IssueMail:
    """The letter of that `<lang>/<slug>`, the newest one for an empty name.

    Raises ValueError if there is none, or if it can't go out as it is: it fails a check, or
    links to this machine.
    """
    writer = mail_builder(read_site(content, settings))
    letters = {letter.folder: letter for letter in writer.all()}
    if not letters:
        raise ValueError("There is no issue yet. Draft one: invoke newsletter.draft --list KEY")
    if name and name not in letters:
        raise ValueError(f"There is no issue “{name}”. Issues are {', '.join(letters)}.")
    letter = letters[name] if name else list(letters.values())[-1]
    if not letter.report.is_sendable:
        _tell(letter.report.findings)
        raise ValueError(f"{letter.folder} must be mended before it goes out.")
    if local := local_addresses(letter.rendering):
        raise ValueError(
            f"{letter.folder} links to {local[0]}, which readers can't open, so it doesn't go "
            "out. Set SITEURL=https://… to the site's address, and correct such links in texts."
        )
    return letter


def _tell(findings: Iterable[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)
