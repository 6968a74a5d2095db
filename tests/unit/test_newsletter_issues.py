"""Issue files as issues: numbers, order, notes, and every mistake told."""

from __future__ import annotations

from datetime import datetime, timedelta

from rubric.model.entry import Entry
from rubric.model.errors import SiteError
from rubric.model.kinds import ISSUE
from rubric.model.newsletter import Issue
from rubric.model.site import Site
from rubric.newsletter.issues import build_issues
from rubric.reading.check import check
from rubric.reading.header import parse_header
from tests.cases import cases
from tests.newsletters import (
    ZONE,
    make_edition,
    make_event,
    make_list,
    make_post,
    make_site,
    read_issue,
)

START = datetime(2026, 11, 2, 9, tzinfo=ZONE)
LISTS = {
    "weekly-en": make_list(),
    "monthly-en": make_list(key="monthly-en", cadence="monthly", fallback="list"),
    "weekly-ru": make_list(key="weekly-ru", lang="ru"),
}


def texts() -> list[Entry]:
    return [
        make_post("a", START),
        make_post("b", START),
        make_post("только", START, lang="ru"),
        make_post("draft", START, status="draft"),
        make_post("hidden", START, status="hidden"),
        make_event("e", START + timedelta(days=60), START),
    ]


def issue_file(site: Site, name: str = "one", lang: str = "en", **fields: str) -> Entry:
    given = {"title": "T", "list": "weekly-en", "date": "2026-11-09 09:00", **fields}
    header = "\n".join(f"{key}: {value}" for key, value in given.items())
    return read_issue(site, f"---\n{header}\n---\n<p>Hello</p>", name, lang)


def build(
    *files: dict[str, str], entries: list[Entry] | None = None
) -> tuple[list[Issue], list[SiteError]]:
    site = make_site()
    site.entries = texts() if entries is None else entries
    editions = {lang: make_edition(site, *site.entries, lang=lang) for lang in ("en", "ru")}
    site.entries += [issue_file(site, f"n{n}", **fields) for n, fields in enumerate(files)]
    return list(build_issues(site, LISTS, editions).values()), list(site.errors)


def told(*files: dict[str, str]) -> str:
    issues, errors = build(*files)
    assert len(issues) == len(files) - 1
    (error,) = errors
    return str(error)


def test_pieces_keep_the_editors_order_and_notes():
    posts = "[posts/b, {key: posts/a, note: Read it.}]"
    (issue,), errors = build({"posts": posts, "events": "events/e"})
    assert errors == []
    pieces = [(piece.listing.entry.key, piece.note) for piece in issue.posts]
    assert pieces == [("posts/b", ""), ("posts/a", "Read it.")]
    assert [piece.listing.url for piece in issue.events] == ["en/events/e/"]


def test_issues_are_numbered_by_date_in_each_list_drafts_too():
    issues, errors = build(
        {"date": "2026-11-16 09:00", "posts": "posts/b"},
        {"date": "2026-11-09 09:00", "posts": "posts/a"},
        {"date": "2026-11-20 09:00", "status": "draft"},
        {"list": "monthly-en", "posts": "posts/a"},
    )
    assert errors == []
    numbers = {issue.entry.source.rpartition("/")[2]: issue.number for issue in issues}
    assert numbers == {"n0.md": 2, "n1.md": 1, "n2.md": 3, "n3.md": 1}


def test_subject_and_preheader_default_to_title_and_summary():
    (plain, stated), _ = build(
        {"summary": "S"}, {"subject": "X", "preheader": "Y", "date": "2026-11-10"}
    )
    assert (plain.subject, plain.preheader) == ("T", "S")
    assert (stated.subject, stated.preheader) == ("X", "Y")


def test_original_stands_where_the_list_falls_back():
    (issue,), errors = build({"list": "monthly-en", "posts": "posts/только"})
    assert errors == []
    assert issue.posts[0].listing.is_fallback


def test_post_that_appears_by_the_time_of_the_issue_may_stand_in_it():
    entries = [make_post("soon", datetime(2026, 11, 25, tzinfo=ZONE), status="draft")]
    (issue,), errors = build({"date": "2026-11-27", "posts": "posts/soon"}, entries=entries)
    assert errors == []
    assert issue.posts[0].listing.entry.key == "posts/soon"
    entries = [make_post("soon", datetime(2026, 11, 28, tzinfo=ZONE), status="draft")]
    assert build({"date": "2026-11-27", "posts": "posts/soon"}, entries=entries)[0] == []


def test_event_may_be_told_again():
    issues, errors = build({"events": "events/e"}, {"events": "events/e", "date": "2026-11-16"})
    assert (len(issues), errors) == (2, [])


@cases(
    ("fields", "problem"),
    [
        (
            {"list": "weekly-ne"},
            (
                "list: there is no mailing list “weekly-ne”. Did you mean weekly-en? Lists are "
                "defined in NEWSLETTER."
            ),
        ),
        (
            {"list": "weekly-ru"},
            (
                "list: the list weekly-ru is in ru. Move the file to content/ru/newsletter/, or "
                "name another list."
            ),
        ),
        (
            {"posts": "posts/c, posts/b"},
            "posts: there is no post “posts/c”. Did you mean posts/b?",
        ),
        ({"posts": "a"}, "posts: there is no post “a”. Did you mean posts/a?"),
        ({"posts": "events/e"}, "posts: “events/e” is not a post. Move it to events."),
        ({"events": "posts/a"}, "events: “posts/a” is not an event. Move it to posts."),
        (
            {"posts": "posts/draft"},
            (
                "posts: “posts/draft” is a draft, so readers can't open it. Publish it first, "
                "or remove it."
            ),
        ),
        (
            {"posts": "posts/hidden"},
            (
                "posts: “posts/hidden” is hidden, so it can't be listed. Publish it first, or "
                "remove it."
            ),
        ),
        (
            {"posts": "posts/только"},
            (
                "posts: “posts/только” has no text in en. Translate it, remove it, or let "
                "weekly-en fall back to the original."
            ),
        ),
        ({"posts": "posts/a, posts/a"}, "posts: “posts/a” is listed twice. Delete one."),
        (
            {"window_start": "2026-11-09", "window_end": "2026-11-09"},
            (
                "window_end: is not after window_start. The next draft begins where this one ends; "
                "take both times from the draft."
            ),
        ),
        (
            {"title": "x" * 151},
            (
                "title: has 151 characters and is the subject, which has 150 at most. Shorten it, "
                "or write a subject."
            ),
        ),
    ],
)
def test_mistake_is_told_with_the_way_out(fields, problem):
    assert told(fields).partition(": ")[2] == problem


def test_post_of_an_earlier_issue_is_refused_in_the_later_one():
    error = told(
        {"posts": "posts/a", "date": "2026-11-16"}, {"posts": "posts/a", "date": "2026-11-09"}
    )
    assert error == (
        "content/en/newsletter/n0.md:5: posts: “posts/a” was in content/en/newsletter/n1.md "
        "already. Remove it: readers of the list have already received it."
    )


def test_post_whose_file_has_mistakes_is_not_told_of_twice():
    site = make_site()
    site.failed_keys.add("posts/broken")
    site.entries = [issue_file(site, posts="posts/broken")]
    editions = {lang: make_edition(site, lang=lang) for lang in ("en", "ru")}
    build_issues(site, LISTS, editions)
    assert list(site.errors) == []


@cases(
    ("line", "problem", "fix"),
    [
        ('subject: "a\\nb"', "has a line break.", "Write it as one line."),
        ('preheader: "a\\u2028b"', "has a line break.", "Write it as one line."),
        (f"subject: {'x' * 151}", "has 151 characters.", "Use 150 at most."),
        (
            "posts: [{key: posts/a, nots: x}]",
            "entry 1 has “nots”, which is not a field here.",
            "Did you mean note?",
        ),
        (
            "posts: {key: posts/a}",
            "is not a list.",
            "Begin each entry with a hyphen: - key: posts/",
        ),
        ("posts: [{note: x}]", "entry 1 names nothing.", "Write - key: posts/my-post."),
        ("posts: [{key: [a]}]", "entry 1: key is not one line of text.", "Write key: …"),
        (
            "events: [[a]]",
            "entry 1 is neither a key nor key and note.",
            "Write - posts/my-post.",
        ),
        ("subjct: x", "is not a field here.", "Did you mean subject?"),
        ("considered: {a: b}", "is not a list of single lines.", "Write considered: [one, two]."),
    ],
)
def test_field_that_cannot_be_read_is_told(line, problem, fix):
    fields = parse_header(f"---\ntitle: T\nlist: weekly-en\n{line}\n---\n").fields
    problems = check(ISSUE, fields, ZONE)
    assert isinstance(problems, list)
    (found,) = problems
    assert (found.field, found.problem) == (line.partition(":")[0], problem)
    assert found.fix.startswith(fix)


def test_issue_without_a_list_is_told():
    problems = check(ISSUE, {"title": "T"}, ZONE)
    assert isinstance(problems, list)
    assert [(p.field, p.problem) for p in problems] == [("list", "is missing.")]


def test_issue_without_a_date_is_a_draft_without_tags():
    site = make_site()
    entry = read_issue(site, "---\ntitle: T\nlist: weekly-en\ntags: [desk]\n---\nA #tag\n")
    assert (entry.status, entry.tags, entry.url) == ("draft", (), "en/drafts/newsletter/weekly-1/")
