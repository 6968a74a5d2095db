"""Tasks for newsletter issues: export, check, preview, send and push."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterable, Mapping
from pathlib import Path

from rubric.bridge.dry_run import read_site
from rubric.model.finding import Finding
from rubric.newsletter.checks import local_addresses
from rubric.newsletter.issue_mail import IssueMail, MailBuilder, NoCache, export_mails
from rubric.newsletter.passes import mail_builder
from rubric.newsletter.providers.services import export_for
from tools.delivery.providers import push
from tools.delivery.smtp import send
from tools.delivery.state import DeliveryState
from tools.newsletter_preview import write_preview
from tools.spam import LIMIT, spam_score


def export_all(content: Path, settings: Path, folder: Path) -> str:
    """Write the files of every published issue below `folder`; return a message.

    Raises ValueError if an issue has errors; its files are not written.
    """
    exports = _read_issues(content, settings).exports(NoCache())
    written, findings = export_mails(exports, folder)
    _print_findings(findings)
    if any(finding.level == "error" for finding in findings):
        raise ValueError(
            f"Issues with errors were not exported; {folder} has {len(written)} files."
        )
    return f"{len(written)} files are in {folder}."


def check_all(content: Path, settings: Path) -> str:
    """Check every issue, including drafts; return a message. Raises ValueError for errors."""
    mails = list(_read_issues(content, settings).all())
    _print_findings(finding for mail in mails for finding in mail.report.findings)
    refused = sum(not mail.report.is_sendable for mail in mails)
    for mail in mails:
        score = spam_score(mail.test_mail)
        if score is not None and score >= LIMIT:
            print(f"{mail.folder}: the SpamAssassin score is {score}; the limit is {LIMIT}.")
            refused += mail.report.is_sendable
    if refused:
        raise ValueError(f"{refused} of {len(mails)} issues must be corrected before sending.")
    return f"{len(mails)} issues are ready to send."


def preview(content: Path, settings: Path, folder: Path) -> str:
    """Write a page that shows every issue, and open it in a browser; return its path."""
    mails = _read_issues(content, settings).all()
    path = write_preview(folder, (mail.rendering for mail in mails))
    webbrowser.open(path.resolve().as_uri())
    return str(path)


def send_one(content: Path, settings: Path, issue: str, to: str, smtp: str) -> str:
    """Send an issue to test addresses, separated by commas; return a message.

    Raises DeliveryError, and ValueError as `find_issue` does.
    """
    mail = find_issue(content, settings, issue)
    send(mail.test_mail, [address.strip() for address in to.split(",")], smtp)
    return f"{mail.folder} was sent to {to}."


def push_one(
    content: Path, settings: Path, issue: str, provider: str, environment: Mapping[str, str]
) -> str:
    """Create or update the draft of an issue at a provider; return a message.

    Raises DeliveryError, and ValueError as `find_issue` does.
    """
    rendering = find_issue(content, settings, issue).rendering
    own = rendering.issue.list.provider_settings.get(provider, {})
    state = DeliveryState(content.parent / ".cache/newsletter-drafts.json")
    return str(push(provider, export_for(rendering, provider), own, environment, state))


def find_issue(content: Path, settings: Path, name: str) -> IssueMail:
    """Return the issue named `<lang>/<slug>`, or the newest one for an empty name.

    Raises ValueError if it does not exist, or must not be sent because it has errors or links
    to a local address.
    """
    mails = {mail.folder: mail for mail in _read_issues(content, settings).all()}
    if not mails:
        raise ValueError("There is no issue yet. Draft one: invoke newsletter.draft --list KEY")
    if name and name not in mails:
        raise ValueError(f"There is no issue “{name}”. Issues are {', '.join(mails)}.")
    mail = mails[name or list(mails)[-1]]
    if not mail.report.is_sendable:
        _print_findings(mail.report.findings)
        raise ValueError(f"{mail.folder} must be corrected before it is sent.")
    if local := local_addresses(mail.rendering):
        raise ValueError(
            f"{mail.folder} links to {local[0]}, which readers can't open, so it is not sent. "
            "Set SITEURL=https://… to the site's address, and correct such links in texts."
        )
    return mail


def _read_issues(content: Path, settings: Path) -> MailBuilder:
    return mail_builder(read_site(content, settings))


def _print_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        print(finding, file=sys.stderr)
