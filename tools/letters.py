"""Newsletter issues for tasks: export, check, preview, send and push them."""

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
    """Write the files of every published issue below `folder`; return a message.

    Raises ValueError if an issue has errors; its files are not written.
    """
    writer = mail_builder(read_site(content, settings))
    written, findings = export_mails(writer.exports(NoCache()), folder)
    _print_findings(findings)
    if any(finding.level == "error" for finding in findings):
        raise ValueError(
            f"Issues with errors were not exported; {folder} has {len(written)} files."
        )
    return f"{len(written)} files are in {folder}."


def check_all(content: Path, settings: Path) -> str:
    """Check every issue, including drafts; return a message. Raises ValueError for errors."""
    writer = mail_builder(read_site(content, settings))
    letters = list(writer.all())
    findings = [finding for letter in letters for finding in letter.report.findings]
    _print_findings(findings)
    refused = sum(not letter.report.is_sendable for letter in letters)
    for letter in letters:
        score = spam_score(letter.test_mail)
        if score is not None and score >= LIMIT:
            print(f"{letter.folder}: the SpamAssassin score is {score}; the limit is {LIMIT}.")
            refused += letter.report.is_sendable
    if refused:
        raise ValueError(f"{refused} of {len(letters)} issues must be corrected before sending.")
    return f"{len(letters)} issues are ready to send."


def preview(content: Path, settings: Path, folder: Path) -> str:
    """Write a page that shows every issue, and open it in a browser; return its path."""
    writer = mail_builder(read_site(content, settings))
    path = write_preview(folder, (letter.rendering for letter in writer.all()))
    show_preview(path)
    return str(path)


def send_one(content: Path, settings: Path, issue: str, to: str, smtp: str) -> str:
    """Send an issue to test addresses, separated by commas; return a message.

    Raises DeliveryError, and ValueError as `find_letter` does.
    """
    letter = find_letter(content, settings, issue)
    send(letter.test_mail, [address.strip() for address in to.split(",")], smtp)
    return f"{letter.folder} was sent to {to}."


def push_one(
    content: Path, settings: Path, issue: str, provider: str, environment: Mapping[str, str]
) -> str:
    """Create or update the draft of an issue at a provider; return a message.

    Raises DeliveryError, and ValueError as `find_letter` does.
    """
    letter = find_letter(content, settings, issue)
    own = letter.rendering.issue.list.provider_settings.get(provider, {})
    ids = DraftIds(content.parent / ".cache/newsletter-drafts.json")
    return str(push(provider, export_for(letter.rendering, provider), own, environment, ids))


def find_letter(content: Path, settings: Path, name: str) -> IssueMail:
    """Return the issue named `<lang>/<slug>`, or the newest one for an empty name.

    Raises ValueError if it does not exist, or must not be sent because it has errors or links
    to a local address.
    """
    writer = mail_builder(read_site(content, settings))
    letters = {letter.folder: letter for letter in writer.all()}
    if not letters:
        raise ValueError("There is no issue yet. Draft one: invoke newsletter.draft --list KEY")
    if name and name not in letters:
        raise ValueError(f"There is no issue “{name}”. Issues are {', '.join(letters)}.")
    letter = letters[name] if name else list(letters.values())[-1]
    if not letter.report.is_sendable:
        _print_findings(letter.report.findings)
        raise ValueError(f"{letter.folder} must be corrected before it is sent.")
    if local := local_addresses(letter.rendering):
        raise ValueError(
            f"{letter.folder} links to {local[0]}, which readers can't open, so it is not sent. "
            "Set SITEURL=https://… to the site's address, and correct such links in texts."
        )
    return letter


def _print_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)
