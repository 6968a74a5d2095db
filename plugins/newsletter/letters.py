"""Issues as finished letters: rendered, checked, and as the files they are exported as."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.model.edition import Edition
from plugins.model.entry import Entry
from plugins.model.newsletter import Issue, Rendering
from plugins.model.site import Site
from plugins.newsletter.export import export_files
from plugins.newsletter.gates import Finding, check
from plugins.newsletter.images import Size, read_size
from plugins.newsletter.mail import to_eml, to_mbox
from plugins.newsletter.rendering import Options, make_environment, render
from plugins.newsletter.words import Formats, Words


@dataclass(frozen=True, slots=True)
class Letter:
    """One issue, finished; `folder` is its place below the exports."""

    rendering: Rendering
    eml: bytes
    findings: list[Finding]

    @property
    def folder(self) -> str:
        entry = self.rendering.issue.entry
        return f"{entry.lang}/{entry.slug}"

    @property
    def is_sound(self) -> bool:
        return all(finding.level != "error" for finding in self.findings)

    def files(self) -> dict[str, bytes]:
        """Everything that is exported of it. Raises ValueError for a setting a provider lacks."""
        return export_files(self.rendering, self.eml)


@dataclass(frozen=True, slots=True)
class LetterWriter:
    """Finishes the issues of one build; `known` holds the addresses there will be."""

    site: Site
    issues: Mapping[Entry, Issue]
    editions: Mapping[str, Edition]
    formats: Mapping[str, Formats]
    options: Options
    authority: str
    known: Container[str]

    @classmethod
    def from_context(cls, context: Mapping[str, Any], content: Path) -> LetterWriter:
        """From a build's context, once everything is read and every file is claimed."""
        site: Site = context["site"]
        settings = context["NEWSLETTER"]

        def measure(address: str) -> Size | None:
            path = content / address.removeprefix(f"{site.base}/")
            return read_size(path.read_bytes()) if path.is_file() else None

        return cls(
            site=site,
            issues=context["issues"],
            editions=context["editions"],
            formats=context["formats"],
            options=Options(
                environment=make_environment(Path(context["THEME"])),
                utm=settings.get("utm", {}),
                feedback_url=settings.get("feedback_url", ""),
                measure=measure,
            ),
            authority=context["FEEDS"]["authority"],
            known=site.claims.addresses(),
        )

    def published(self) -> Iterator[Letter]:
        """The letters of all published issues, oldest first."""
        yield from self._letters(
            issue for issue in self.issues.values() if issue.entry.is_published
        )

    def all(self) -> Iterator[Letter]:
        """Letters of drafts, too, for a look before sending."""
        yield from self._letters(iter(self.issues.values()))

    def _letters(self, issues: Iterator[Issue]) -> Iterator[Letter]:
        for issue in sorted(issues, key=lambda issue: (issue.date, issue.entry.source)):
            edition = self.editions[issue.language.key]
            words = Words(edition.gettext, edition.ngettext, self.formats[issue.language.key])
            rendering = render(issue, self.site, words, self.options)
            eml = to_eml(rendering, self.site, self.authority)
            yield Letter(rendering, eml, check(rendering, self.site, self.known))


def export_letters(letters: Iterator[Letter], folder: Path) -> tuple[list[Path], list[Finding]]:
    """Write each sound letter's files below `folder`, and an mbox of all of them.

    Unchanged files keep their time. A letter that fails a gate is left out as a whole; the
    findings of all are returned with the paths.
    """
    written: list[Path] = []
    findings: list[Finding] = []
    mails = []
    for letter in letters:
        findings += letter.findings
        if not letter.is_sound:
            continue
        for name, data in letter.files().items():
            written.append(_write(folder / letter.folder / name, data))
        mails.append(letter.eml)
    if mails:
        written.append(_write(folder / "all.mbox", to_mbox(mails)))
    return written, findings


def _write(path: Path, data: bytes) -> Path:
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(data)
        partial.replace(path)
    return path
