"""Issues as finished letters: rendered, checked, and as the files they are exported as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.keeping import Job, Value, Values
from rubric.model.newsletter import Issue, Rendering
from rubric.model.site import Site
from rubric.newsletter.compose import pictures_of
from rubric.newsletter.export import export_files
from rubric.newsletter.folder import fill
from rubric.newsletter.gates import Finding, Verdict, check
from rubric.newsletter.mail import to_eml, to_mbox
from rubric.newsletter.rendering import Options, render
from rubric.newsletter.words import Formats, Words


@dataclass(frozen=True, slots=True)
class Letter:
    """One issue, finished; `folder` is its place below the exports.

    `eml` has a placeholder where a mailing program inserts each reader's address to
    unsubscribe; `test_mail` is the same mail with a working address instead.
    """

    rendering: Rendering
    eml: bytes
    test_mail: bytes
    verdict: Verdict

    @property
    def folder(self) -> str:
        entry = self.rendering.issue.entry
        return f"{entry.lang}/{entry.slug}"


@dataclass(frozen=True, slots=True)
class Export:
    """A letter's files by name below `folder`, and its part of the mbox of all letters.

    One that can't go out as it is has neither.
    """

    folder: str
    files: Mapping[str, bytes]
    mbox: bytes
    verdict: Verdict


def finish(issue: Issue, site: Site, words: Words, options: Options, authority: str) -> Letter:
    """Render and check an issue; links to the own site aren't followed yet."""
    rendering = render(issue, site, words, options)
    return Letter(
        rendering,
        eml=to_eml(rendering, site, authority),
        test_mail=to_eml(rendering, site, authority, unsubscribe=""),
        verdict=check(rendering, site),
    )


def make_export(
    issue: Issue, site: Site, words: Words, options: Options, authority: str
) -> tuple[Export, None]:
    """An issue's export, to be kept. Raises ValueError for a setting a provider lacks."""
    letter = finish(issue, site, words, options, authority)
    if not letter.verdict.is_sound:
        return Export(letter.folder, {}, b"", letter.verdict), None
    files = export_files(letter.rendering, letter.eml)
    return Export(letter.folder, files, to_mbox([letter.eml]), letter.verdict), None


class Anew:
    """Values that nobody keeps."""

    def get(self, jobs: Sequence[Job]) -> list[Value]:
        return [Value(*job.function(*job.arguments)) for job in jobs]


@dataclass(frozen=True, slots=True)
class LetterWriter:
    """Finishes the issues of one build; `exists` tells of an address if it will be there."""

    site: Site
    issues: Mapping[Entry, Issue]
    editions: Mapping[str, Edition]
    formats: Mapping[str, Formats]
    options: Options
    authority: str
    exists: Callable[[str], bool]

    def exports(self, values: Values) -> list[Export]:
        """The exports of all published issues, oldest first; links are followed."""
        jobs = [
            Job(f"letter {issue.entry.source}", Export, make_export, self._plan(issue))
            for issue in self._in_order()
            if issue.entry.is_published
        ]
        exports: list[Export] = [value.kept for value in values.get(jobs)]
        # New pages make and mend dead links of letters that stay as they are.
        return [replace(each, verdict=each.verdict.given(self.exists)) for each in exports]

    def all(self) -> Iterator[Letter]:
        """Letters of drafts, too, for a look before sending; links are followed."""
        for issue in self._in_order():
            letter = finish(*self._plan(issue))
            yield replace(letter, verdict=letter.verdict.given(self.exists))

    def _in_order(self) -> list[Issue]:
        return sorted(self.issues.values(), key=lambda issue: (issue.date, issue.entry.source))

    def _plan(self, issue: Issue) -> tuple[Issue, Site, Words, Options, str]:
        """What a letter is made of, and nothing that takes no part in it."""
        edition, lang = self.editions[issue.language.key], issue.language.key
        sizes = {address: self.options.measure(address) for address in pictures_of(issue)}
        return (
            issue,
            self.site,
            Words(edition.gettext, edition.ngettext, self.formats[lang]),
            replace(self.options, measure=sizes.get),
            self.authority,
        )


def export_letters(exports: Sequence[Export], folder: Path) -> tuple[list[Path], list[Finding]]:
    """Have each sound letter's files below `folder`, an mbox of all of them, and no others.

    Unchanged files keep their time; files that no export wrote are left alone. A letter that
    fails a gate is left out as a whole; the findings of all are returned with the paths.
    """
    sound = [export for export in exports if export.verdict.is_sound]
    files = {f"{e.folder}/{name}": data for e in sound for name, data in e.files.items()}
    if sound:
        files["all.mbox"] = b"".join(export.mbox for export in sound)
    fill(folder, files)
    findings = [finding for export in exports for finding in export.verdict.findings]
    return [folder / name for name in files], findings
