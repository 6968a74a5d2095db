"""Gates: every mistake is told, and a good letter passes."""

from __future__ import annotations

from dataclasses import replace

from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering
from rubric.newsletter.checks import check, local_addresses
from rubric.newsletter.unsupported import unsupported_declarations
from tests.cases import cases
from tests.letters import make_issue, make_site, render_issue

KNOWN = {
    *("ru/", "ru/tea/", "ru/drucker/", "ru/archive/", "ru/events/", "images/tea.jpg"),
    *("ru/events/meetup/", "ru/events/workshop/", "ru/events/meetup/event.ics"),
    *("ru/newsletter/tuesday/", "ru/newsletter/thanks/"),
}


def with_html(extra: str) -> Rendering:
    """A letter with something more in its HTML, and every address of that in its text."""
    rendering = render_issue("ru")
    html = rendering.html.replace("</body>", f"{extra}</body>")
    assert html != rendering.html
    return replace(rendering, html=html, text=rendering.text + extra)


def told(rendering: Rendering) -> list[tuple[str, str]]:
    report = check(rendering, make_site()).with_link_checks(KNOWN.__contains__)
    return [(finding.level, finding.problem) for finding in report.findings]


def errors(rendering: Rendering) -> str:
    return "\n".join(problem for level, problem in told(rendering) if level == "error")


def test_good_letter_passes():
    assert told(render_issue("ru")) == []


def test_findings_name_the_issue_s_file():
    (finding,) = check(replace(render_issue("ru"), subject=""), make_site()).findings
    assert str(finding).startswith("content/ru/newsletter/tuesday.md: has no subject. ")


@cases(
    ("extra", "problem"),
    [
        ('<a href="/ru/tea/">x</a>', "only works on the site"),
        ('<a href="#top">x</a>', "only works on the site"),
        ('<a href="">x</a>', "only works on the site"),
        ('<a href="javascript:1">x</a>', "only works on the site"),
        ('<a href="https://circle.example/blog/ru/none/?a=1">x</a>', "links to “ru/none/”"),
        ('<a href="https://a.example/{{ id }}">x</a>', "has a merge tag"),
        ('<a href="*|UNSUB|*">x</a>', "has a merge tag"),
        ("<p>rubric-slot-typo-1</p>", "no provider replaces"),
        (f"<p>{UNSUBSCRIBE_SLOT}</p>", "has 2 ways to unsubscribe"),
        ('<img src="https://a.example/a.png" width="1" height="1">', "has no alt text"),
        ('<img src="https://a.example/a.png" alt="" width="1">', "the size of"),
        (
            '<img src="https://a.example/a.webp?v=1" alt="" width="1" height="1">',
            "not a PNG or JPEG",
        ),
        ('<img src="https://a.example/a.SVG" alt="" width="1" height="1">', "not a PNG or JPEG"),
        ("<video></video>", "has <video>"),
        ("<form></form>", "has <form>"),
        ("<!-- x -->", "HTML comments"),
        ('<p style="display: flex">x</p>', "“display: flex”"),
        ('<p style="background: url(https://a.example/)">x</p>', "is not supported in mails"),
        ("<style>@import 'x';</style>", "@import"),
        ("<style>@media all{@media print{p{color:red}}}</style>", "inside of another"),
        ("<style>p{position:fixed}</style>", "“position:fixed”"),
        (f"<style>{'p{color:red}' * 1400}</style>", "more than 16 KB"),
        ("x" * 90_000, "Gmail cuts off"),
    ],
)
def test_mistake_in_the_html_is_an_error(extra, problem):
    assert problem in errors(with_html(extra))


def test_large_letter_is_an_advice_first():
    extra = "x" * (95_000 - len(render_issue("ru").html.encode()))
    assert [level for level, problem in told(with_html(extra)) if "bytes" in problem] == ["advice"]


@cases(
    ("subject", "level"),
    [("", "error"), (" ", "error"), ("a\nb", "error"), ("x" * 151, "error"), ("茶" * 36, "advice")],
)
def test_subject_is_one_line_that_phones_show(subject, level):
    assert [found for found, _ in told(replace(render_issue("ru"), subject=subject))] == [level]


def test_missing_way_to_unsubscribe_is_an_error():
    rendering = render_issue("ru")
    rendering = replace(rendering, text=rendering.text.replace(UNSUBSCRIBE_SLOT, ""))
    assert "text has 0 ways to unsubscribe" in errors(rendering)


def test_empty_text_is_an_error():
    assert "its text part is empty" in errors(replace(render_issue("ru"), text="\n"))


def test_address_the_text_lacks_is_an_error():
    rendering = render_issue("ru")
    text = rendering.text.replace("https://tickets.example", "")
    assert "the text part lacks “https://tickets.example" in errors(replace(rendering, text=text))


@cases("literal", ["{{ name }}", "{% if x %}", "*|FNAME|*", "{$url}", "%%{x}"])
def test_literal_merge_tag_is_an_advice(literal):
    rendering = replace(render_issue("ru"), subject=f"Как писать {literal}")
    assert [level for level, _ in told(rendering)] == ["advice"]


def test_picture_left_out_is_an_advice():
    rendering = render_issue("ru", measure=lambda path: None)
    (found,) = told(rendering)
    assert found == ("advice", "the picture of “Чай в три часа ночи” is left out.")


def test_links_to_this_machine_are_an_advice():
    rendering = render_issue("ru")
    findings = check(rendering, make_site("http://localhost:8000")).findings
    assert "its links lead to http://localhost:8000." in [f.problem for f in findings]


def test_links_are_followed_once_addresses_are_known():
    report = check(
        with_html('<a href="https://circle.example/blog/ru/x/?a=1#b">x</a>'), make_site()
    )
    assert report.findings == ()
    assert report.is_sendable
    assert report.links.keys() == {*KNOWN, "ru/x/"}
    assert report.with_link_checks({*KNOWN, "ru/x/"}.__contains__).findings == ()
    (finding,) = report.with_link_checks(KNOWN.__contains__).findings
    assert str(finding).startswith("content/ru/newsletter/tuesday.md: links to “ru/x/”")
    assert not report.with_link_checks(KNOWN.__contains__).is_sendable


@cases("style", ["", "color: red", "margin: 0 auto; width: 100% !important"])
def test_plain_styles_are_fit(style):
    assert unsupported_declarations(style) == []


def test_issue_of_the_fixture_is_whole():
    assert len(make_issue("ru").posts) == 2


@cases(
    "address",
    [
        "http://localhost:8000/ru/",
        "http://LOCALHOST/",
        "http://localhost.:80/",
        "http://circle.localhost/",
        "http://127.0.0.1:8000/",
        "http://127.1.2.3/",
        "http://[::1]:8000/",
        "http://0.0.0.0:8000/",
    ],
)
def test_address_of_this_machine_is_found(address):
    rendering = with_html(f'<a href="{address}">x</a>')
    assert local_addresses(rendering) == [address]
    assert ("advice", f"links to “{address}”, which readers can't open.") in told(rendering)


@cases(
    "address",
    [
        "https://localhost.example.org/",
        "https://example.org/localhost",
        "https://example.org/?from=http://localhost:8000/",
        "https://127.0.0.1.example.org/",
        "mailto:me@localhost.example",
        "https://10.0.0.1/",
        "http://[not-an-address/",
    ],
)
def test_other_addresses_are_not_this_machine_s(address):
    assert local_addresses(with_html(f'<a href="{address}">x</a>')) == []


def test_link_to_another_program_on_the_host_is_an_advice():
    rendering = with_html('<a href="https://circle.example/blog/register/42">x</a>')
    assert ("advice", "links to “register/42”, which does not exist.") in told(rendering)
    assert errors(rendering) == ""
