"""What a letter is made of: all of it counts, and it is the same where nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rubric.model.edition import Edition
from rubric.model.image_size import Size, measure_image
from rubric.model.memo import MemoResult, MemoTask
from rubric.model.newsletter import Issue
from rubric.newsletter.compose import pictures_of
from rubric.newsletter.issue_mail import MailBuilder, NoCache, export_mails, make_export
from rubric.newsletter.rendering import Options, Templates, render
from rubric.store.fingerprints import Fingerprints
from tests.cases import cases
from tests.edits.site import picture
from tests.letters import LANGUAGES, make_issue, make_localizer, make_options, make_site


@dataclass
class Notes:
    """Values that are made anew; notes what they are made of."""

    seen: list[bytes] = field(default_factory=list)

    def get(self, jobs: Sequence[MemoTask]) -> list[MemoResult]:
        self.seen += [Fingerprints().of(job.arguments) for job in jobs]
        return NoCache().get(jobs)


def make_writer(issue: Issue, options: Options, dead: str = "") -> MailBuilder:
    localizer = make_localizer("ru")
    edition = Edition(
        LANGUAGES["ru"], localizer.gettext, lambda one, many, n: one if n == 1 else many
    )
    return MailBuilder(
        site=make_site(),
        issues={issue.entry: issue},
        editions={"ru": edition},
        formats={"ru": localizer.formats},
        options=options,
        authority="circle.example",
        exists=lambda address: address != dead,
    )


def inputs(issue: Issue, options: Options) -> bytes:
    notes = Notes()
    make_writer(issue, options).exports(notes)
    return notes.seen[0]


def test_the_same_letter_is_made_of_the_same():
    """Nothing is among it that can't be looked into: that would never be the same twice."""
    assert inputs(make_issue("ru"), make_options()) == inputs(make_issue("ru"), make_options())


@cases(
    "change",
    [
        {"utm": {"source": "x"}},
        {"feedback_url": "https://a.example/"},
        {"measure": {"/blog/images/tea.jpg": Size(1601, 900)}.get},
        {"templates": Templates({"newsletter/issue.html": "<p>{{ content.archive }}</p>"})},
    ],
)
def test_an_option_is_part_of_it(change: dict[str, object]):
    before = inputs(make_issue("ru"), make_options())
    assert inputs(make_issue("ru"), make_options(**change)) != before


def test_a_picture_counts_by_its_size_also_before_it_is_there(tmp_path: Path):
    def measure(address: str) -> Size | None:
        return measure_image(tmp_path / address.rpartition("/")[2], ("PNG", "JPEG"))

    file, seen = tmp_path / "tea.jpg", []
    for data in (None, picture(8, 6, 1), picture(8, 6, 2), picture(8, 7, 2), b"", b"\xff\xd8\xff"):
        if data is not None:
            file.write_bytes(data)
        seen.append(inputs(make_issue("ru"), make_options(measure=measure)))
    none, first, repainted, resized, empty, broken = seen
    assert first == repainted
    assert none == empty == broken
    assert len({none, first, resized}) == 3


@cases("is_full", [False, True])
def test_pictures_of_an_issue_are_those_that_are_measured(*, is_full: bool):
    issue = make_issue("ru")
    issue = replace(issue, list=replace(issue.list, is_full=is_full))
    issue.entry.rewrite(
        issue.entry.body + "<IMG SRC='/a.png?x=1&amp;y=2'><p><img alt=x><img src=/b.png /></p>"
    )
    issue.posts[1].listing.entry.rewrite('<figure><img src="/c.png" src="/d.png"></figure>')
    issue.events[0].listing.entry.rewrite('<img src="/event.png">')
    measured: list[str] = []
    options = make_options(measure=measured.append)
    render(issue, make_site(), make_localizer("ru"), options)
    assert set(pictures_of(issue)) == set(measured)
    assert "/a.png?x=1&y=2" in measured
    assert ("/c.png" in measured) == is_full


class Unread:
    """HTML that nobody need take from the store."""

    def read(self) -> str:
        raise AssertionError("It is looked through for pictures.")


def test_texts_without_pictures_are_not_looked_through():
    issue = make_issue("ru")
    issue = replace(issue, list=replace(issue.list, is_full=True))
    for entry in (issue.entry, *(piece.listing.entry for piece in issue.posts)):
        entry.rewrite("<p>No picture.</p>")
        entry.picture, entry.html = "", Unread()
    assert list(pictures_of(issue)) == []


def test_templates_are_those_that_are_named(tmp_path: Path):
    sources = {
        "newsletter/issue.html": "{% include \"newsletter/foot.html\" %}{% include 'a.html' %}",
        "newsletter/foot.html": '{% include ["none.html", "deep/b.css"] ignore missing %}',
        "a.html": '{# it\'s #}{% include "newsletter/foot.html" %}',
        "deep/b.css": "p {}",
        "page.html": "not in letters",
    }
    for name, source in sources.items():
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    (tmp_path / "templates/.issue.html.swp").write_bytes(b"\xff\xfe\0")
    found = Templates.read(tmp_path)
    assert found.sources == {n: s for n, s in sources.items() if n != "page.html"}
    rendered = found.environment.get_template("newsletter/issue.html").render()
    assert rendered == "p {}p {}"


def test_a_dead_link_leaves_a_kept_letter_out(tmp_path: Path):
    issue = make_issue("ru")
    sound = make_writer(issue, make_options()).exports(NoCache())
    unsound = make_writer(issue, make_options(), dead="ru/tea/").exports(NoCache())
    assert sound[0].files == unsound[0].files  # nothing else has changed
    paths, findings = export_mails(sound, tmp_path / "letters")
    assert findings == []
    assert (tmp_path / "letters/all.mbox") in paths
    paths, findings = export_mails(unsound, tmp_path / "letters")
    assert paths == []
    assert [finding.problem for finding in findings] == [
        "links to “ru/tea/”, which does not exist."
    ]
    assert not (tmp_path / "letters").exists()


def test_a_letter_that_can_t_go_out_has_no_files():
    issue = replace(make_issue("ru"), subject="")
    export, _ = make_export(issue, make_site(), make_localizer("ru"), make_options(), "a.example")
    assert not export.report.is_sendable
    assert (export.files, export.mbox) == ({}, b"")
