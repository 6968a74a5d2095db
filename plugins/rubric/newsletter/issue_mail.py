"""Complete emails of issues: rendered, checked, and exported as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.finding import Finding
from rubric.model.memo import MemoResult, MemoTask, Values
from rubric.model.newsletter import Issue, Rendering
from rubric.model.site import Site
from rubric.newsletter.checks import CheckReport, check
from rubric.newsletter.compose import pictures_of
from rubric.newsletter.export import export_files
from rubric.newsletter.folder import sync_folder
from rubric.newsletter.localizer import Formats, Localizer
from rubric.newsletter.mail import to_eml, to_mbox
from rubric.newsletter.rendering import Options, render


@dataclass(frozen=True, slots=True)
class IssueMail:
    """The email of one issue. `folder` is its path below the export folder.

    `eml` has a placeholder that a mailing program replaces with each reader's unsubscribe URL;
    in `test_mail` a working address takes its place.
    """

    rendering: Rendering
    eml: bytes
    test_mail: bytes
    report: CheckReport

    @property
    def folder(self) -> str:
        entry = self.rendering.issue.entry
        return f"{entry.lang}/{entry.slug}"


@dataclass(frozen=True, slots=True)
class IssueExport:
    """Files of an issue by name below `folder`, and its part of the mbox with all issues.

    Both are empty if the issue has errors.
    """

    folder: str
    files: Mapping[str, bytes]
    mbox: bytes
    report: CheckReport


def build_mail(
    issue: Issue, site: Site, localizer: Localizer, options: Options, authority: str
) -> IssueMail:
    """Render and check an issue. Links to the site are not checked yet."""
    rendering = render(issue, site, localizer, options)
    return IssueMail(
        rendering,
        eml=to_eml(rendering, authority),
        test_mail=to_eml(rendering, authority, unsubscribe=""),
        report=check(rendering, site),
    )


def make_export(
    issue: Issue, site: Site, localizer: Localizer, options: Options, authority: str
) -> tuple[IssueExport, None]:
    """Return an issue's export for the store. Raises ValueError for a missing provider setting."""
    mail = build_mail(issue, site, localizer, options, authority)
    if not mail.report.is_sendable:
        return IssueExport(mail.folder, {}, b"", mail.report), None
    files = export_files(mail.rendering, mail.eml)
    return IssueExport(mail.folder, files, to_mbox([mail.eml]), mail.report), None


class NoCache:
    """Computes values without storing them."""

    def get(self, jobs: Sequence[MemoTask]) -> list[MemoResult]:
        return [MemoResult(*job.function(*job.arguments)) for job in jobs]


@dataclass(frozen=True, slots=True)
class MailBuilder:
    """Builds the emails of all issues; `exists` returns whether the site has an address."""

    site: Site
    issues: Mapping[Entry, Issue]
    editions: Mapping[str, Edition]
    formats: Mapping[str, Formats]
    options: Options
    authority: str
    exists: Callable[[str], bool]

    def exports(self, values: Values) -> list[IssueExport]:
        """Return the exports of all published issues, oldest first, with links checked."""
        jobs = [
            MemoTask(f"mail {issue.entry.source}", IssueExport, make_export, self._plan(issue))
            for issue in self._in_order()
            if issue.entry.is_published
        ]
        exports: list[IssueExport] = [value.kept for value in values.get(jobs)]
        # Links of unchanged issues may break or work again, so they are always checked.
        return [replace(each, report=each.report.with_link_checks(self.exists)) for each in exports]

    def all(self) -> Iterator[IssueMail]:
        """Yield the emails of all issues, including drafts, with links checked."""
        for issue in self._in_order():
            mail = build_mail(*self._plan(issue))
            yield replace(mail, report=mail.report.with_link_checks(self.exists))

    def _in_order(self) -> list[Issue]:
        return sorted(self.issues.values(), key=lambda issue: (issue.date, issue.entry.source))

    def _plan(self, issue: Issue) -> tuple[Issue, Site, Localizer, Options, str]:
        """Return the arguments of `build_mail`: only what the result depends on."""
        edition, lang = self.editions[issue.language.key], issue.language.key
        sizes = {address: self.options.measure(address) for address in pictures_of(issue)}
        return (
            issue,
            self.site,
            Localizer(edition.gettext, self.formats[lang]),
            replace(self.options, measure=sizes.get),
            self.authority,
        )


def export_mails(exports: Sequence[IssueExport], folder: Path) -> tuple[list[Path], list[Finding]]:
    """Write the files of each issue without errors, and an mbox of all, below `folder`.

    Unchanged files keep their modification time; files of earlier exports that no longer apply
    are deleted. Issues with errors are left out. Returns the written paths and all findings.
    """
    sound = [export for export in exports if export.report.is_sendable]
    files = {f"{e.folder}/{name}": data for e in sound for name, data in e.files.items()}
    if sound:
        files["all.mbox"] = b"".join(export.mbox for export in sound)
    sync_folder(folder, files)
    findings = [finding for export in exports for finding in export.report.findings]
    return [folder / name for name in files], findings
