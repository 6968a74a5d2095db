"""References in a text: resolved to addresses, or told as mistakes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rubric.markup.files import ContentFiles
from rubric.markup.links import LinkResolver, find_tag_pages
from rubric.markup.named_files import find_picture
from rubric.model.entry import Entry
from rubric.model.errors import SiteError
from rubric.model.kinds import FAQ, POST
from rubric.model.language import Language, Languages
from rubric.model.metadata import PostMetadata, Status
from rubric.model.references import find_references, put_links, survey
from rubric.model.site import Site
from rubric.model.tag import parse_tag
from tests.cases import cases

FILES = {"images/desk.jpg", "en/posts/plan.pdf", "images/стол и стул.jpg"}


class FewFiles(ContentFiles):
    def find(self, path: str) -> str:
        return path if path in FILES else ""

    def size(self, path: str) -> int:
        return len(path)

    def similar(self, path: str, start: str) -> str:
        del start
        return "/images/desk.jpg" if path.lower() == "images/desk.jpg" else ""


def make_entry(source: str, body: str = "", status: Status = "published", **fields: str) -> Entry:
    lang, _, name = source.removesuffix(".md").partition("/posts/")
    metadata = PostMetadata.model_validate({"title": "A", **fields})
    return Entry(
        kind=POST,
        lang=lang,
        key=f"posts/{name}",
        source=source,
        slug=name,
        url=f"{lang}/{name}/",
        status=status,
        title="A",
        metadata=metadata,
        html=body,
        lines=dict.fromkeys(fields, 3),
    )


def resolver(*entries: Entry, url: str = "https://example.org") -> LinkResolver:
    site = Site(
        url,
        ZoneInfo("Asia/Almaty"),
        datetime(2026, 11, 22, tzinfo=UTC),
        Languages([Language(key, key, key, key, "S", "T") for key in ("en", "ru")]),
    )
    others = [
        make_entry("en/posts/second-reply.md", '<h2 id="part">Part</h2>'),
        make_entry("en/posts/тихо.md"),
        make_entry("ru/posts/second-reply.md"),
        make_entry("en/posts/draft.md", status="draft"),
        make_entry("en/posts/hidden.md", status="hidden"),
    ]
    return LinkResolver(
        site=site,
        texts={entry.source: entry for entry in (*others, *entries)},
        files=FewFiles(Path()),
        tag_pages=frozenset({"en/tags/desk/", "en/tags/服务/"}),
        lines_of=lambda source, patterns: [len(source) + len(patterns)],
    )


def resolve(body: str, url: str = "https://example.org", status: Status = "published") -> str:
    """The resolved body of a text without mistakes."""
    entry = make_entry("en/posts/quiet.md", body, status)
    links = resolver(entry, url=url)
    entry.links = links.resolve(entry)
    links.check({"en/about/", "en/quiet/about/", "en/feed.rss.xml"}.__contains__)
    assert list(links.site.errors) == []
    return entry.body


def mistake(body: str) -> SiteError:
    entry = make_entry("en/posts/quiet.md", body)
    links = resolver(entry)
    links.resolve(entry)
    links.check({"en/about/", "en/second-reply/"}.__contains__)
    (error,) = links.site.errors
    return error


@cases(
    ("reference", "address"),
    [
        ("{filename}second-reply.md", "/en/second-reply/"),
        ("{filename}./second-reply.md", "/en/second-reply/"),
        ("{filename}../../ru/posts/second-reply.md", "/ru/second-reply/"),
        ("{filename}/ru/posts/second-reply.md", "/ru/second-reply/"),
        ("{filename}second-reply.md#part", "/en/second-reply/#part"),
        ("{filename}second-reply.md?a=b", "/en/second-reply/?a=b"),
        ("{filename}quiet.md", "/en/quiet/"),
        ("{filename}hidden.md", "/en/hidden/"),
        ("{filename}тихо.md", "/en/%D1%82%D0%B8%D1%85%D0%BE/"),
        ("{filename}%D1%82%D0%B8%D1%85%D0%BE.md", "/en/%D1%82%D0%B8%D1%85%D0%BE/"),
        ("{static}/images/desk.jpg", "/images/desk.jpg"),
        ("{static}plan.pdf", "/en/posts/plan.pdf"),
        ("{attach}plan.pdf#page=2", "/en/posts/plan.pdf#page=2"),
        (
            "{static}/images/стол%20и%20стул.jpg",
            "/images/%D1%81%D1%82%D0%BE%D0%BB%20%D0%B8%20%D1%81%D1%82%D1%83%D0%BB.jpg",
        ),
        ("/en/about/", "/en/about/"),
        ("//example.org/x", "//example.org/x"),
        ("https://example.org/x", "https://example.org/x"),
        ("#top", "#top"),
        ("#", "#"),
        ("about/", "/en/quiet/about/"),
        ("../about/", "/en/about/"),
        ("plan.pdf", "/en/posts/plan.pdf"),
        ("second-reply.md#part", "/en/second-reply/#part"),
        ("/images/desk.jpg", "/images/desk.jpg"),
        ("../feed.rss.xml", "/en/feed.rss.xml"),
    ],
)
@cases("quote", ['"', "'"])
def test_reference_becomes_an_address(reference: str, address: str, quote: str) -> None:
    body = f"<p><a href={quote}{reference}{quote}>x</a></p>"
    assert resolve(body) == f"<p><a href={quote}{address}{quote}>x</a></p>"


def test_site_below_a_path_is_linked_below_it() -> None:
    body = '<a href="/en/about/">x</a><img src="{static}/images/desk.jpg">'
    assert resolve(body, "https://example.org/blog") == (
        '<a href="/blog/en/about/">x</a><img src="/blog/images/desk.jpg">'
    )


def test_hashtag_is_linked_below_the_path_once() -> None:
    body = '<a class="hashtag" href="{tag}desk">#desk</a>'
    assert resolve(body, "https://example.org/blog") == (
        '<a class="hashtag" rel="tag" href="/blog/en/tags/desk/">#desk</a>'
    )


def test_hashtag_leads_to_the_tag_page_of_its_language() -> None:
    body = '<a class="hashtag" href="{tag}服务">#服务</a>'
    assert 'href="/en/tags/%E6%9C%8D%E5%8A%A1/"' in resolve(body)


def test_hashtag_without_a_page_stays_as_words() -> None:
    body = '<a class="hashtag" href="{tag}phone">#phone</a>'
    assert resolve(body) == '<span class="hashtag">#phone</span>'


@cases(
    "body",
    [
        '<code>href="{filename}missing.md"</code>',
        "<p>href='/en/about/' is how</p>",
        '<pre>&lt;a href="{static}missing.jpg"&gt;</pre>',
        '<a id="a" title="href=/x" href="#a">x</a>',
        '<!-- <a href="missing.md">x</a> -->',
        '<a data-href="x">x</a>',
    ],
)
def test_words_that_look_like_a_link_stay(body: str) -> None:
    assert resolve(body, "https://example.org/blog") == body


@cases(
    ("reference", "problem", "fix"),
    [
        (
            "{filename}second-replay.md",
            "“second-replay.md”, which doesn't exist",
            "Did you mean “second-reply.md”?",
        ),
        ("{filename}/en/second-reply.md", "doesn't exist", "Did you mean “second-reply.md”?"),
        ("{filename}zzzzzzzz.md", "doesn't exist", "Correct the file name"),
        ("{filename}../../../outside.md", "doesn't exist", "Correct the file name"),
        ("{filename}draft.md", "“draft.md”, which is a draft", "Publish it first"),
        ("{static}Plan.pdf", "“Plan.pdf”, which doesn't exist", "upper and lower case"),
        ("{static}/../secret.txt", "doesn't exist", "Correct the path"),
        ("{static}/images/missing.jpg", "doesn't exist", "add the file"),
        ("second-replay.md", "doesn't exist", "Did you mean “second-reply.md”?"),
        ("/en/second-replay/", "leads to no page", "Did you mean “/en/second-reply/”?"),
        ("/en/About/", "leads to no page", "Did you mean “/en/about/”?"),
        ("/images/DESK.jpg", "doesn't exist", "Did you mean “/images/desk.jpg”?"),
        ("missing.pdf", "doesn't exist", "add the file"),
        ("{static}www.example.org", "doesn't exist", "Did you mean “https://www.example.org”?"),
        ("example.com/a?b", "doesn't exist", "Did you mean “https://example.com/a?b”?"),
        ("{static}a@example.org", "doesn't exist", "Did you mean “mailto:a@example.org”?"),
        ("#nope", "is not a heading or id of this text", "Correct the part behind #"),
        ("second-reply.md#prt", "of content/en/posts/second-reply.md", "Did you mean “#part”?"),
        ("/en/second-reply/#prt", "of content/en/posts/second-reply.md", "Did you mean “#part”?"),
    ],
)
def test_reference_that_leads_nowhere_is_told(reference: str, problem: str, fix: str) -> None:
    error = mistake(f'<a href="{reference}">x</a>')
    assert problem in error.problem
    assert fix in error.fix
    assert error.path == "content/en/posts/quiet.md"
    assert error.line > 0


def test_text_is_never_suggested_to_itself() -> None:
    assert "quiet.md" not in mistake('<a href="{filename}quite.md">x</a>').fix


def test_draft_may_link_to_a_draft() -> None:
    """Two texts that come out together can be written, and previewed, together."""
    body = '<a href="{filename}draft.md">x</a>'
    assert resolve(body, status="draft") == '<a href="/en/draft/">x</a>'


@cases(
    ("written", "path"),
    [
        ("images/desk.jpg", "/images/desk.jpg"),
        ("/images/desk.jpg", "/images/desk.jpg"),
        ("../../images/desk.jpg", "/images/desk.jpg"),
        ("plan.pdf", "/en/posts/plan.pdf"),
    ],
)
def test_picture_is_found_below_the_content_folder_or_beside_the_text(
    written: str, path: str
) -> None:
    entry = make_entry("en/posts/quiet.md", image=written)
    links = resolver(entry)
    assert find_picture(links, entry, "image") == path
    assert links.linked == {path.lstrip("/")}
    assert list(links.site.errors) == []


@cases(
    ("written", "told"),
    [
        ("images/missing.jpg", "there is no picture “images/missing.jpg”"),
        ("../../../etc/passwd", "there is no picture"),
        ("https://example.org/desk.jpg", "would be fetched from another site"),
    ],
)
def test_picture_that_is_not_there_is_told(written: str, told: str) -> None:
    entry = make_entry("en/posts/quiet.md", image=written)
    links = resolver(entry)
    assert find_picture(links, entry, "image") == ""
    (error,) = links.site.errors
    assert told in error.problem
    assert (error.line, error.field) == (3, "image")


def test_linked_files_are_gathered() -> None:
    entry = make_entry(
        "en/posts/quiet.md",
        '<img src="{static}/images/desk.jpg"><img src="{static}x.jpg"><a href="{static}plan.pdf">',
    )
    links = resolver(entry)
    links.resolve(entry)
    assert links.linked == {"images/desk.jpg", "en/posts/plan.pdf"}


@cases(
    ("body", "references"),
    [
        ("<p>Text.</p>", ()),
        ('<p><a href="https://example.org/">x</a> <code>href="/a"</code></p>', ()),
        ('<a href="{filename}b.md#part">b</a>', ("{filename}b.md#part",)),
        ("<a href='{static}b.pdf'>b</a>", ("{static}b.pdf",)),
        ('<a class="hashtag" href="{tag}b">#b</a>', ("#b",)),
        ('<video src="/a.mp4" poster="/images/b.png"></video>', ("/a.mp4", "/images/b.png")),
        ('<img src="//other.example/b.png">', ("//other.example/b.png",)),
        ('<a href="/b/">b</a><a title="x" href="/b/">b</a>', ("/b/",)),
        ("<A HREF=b.pdf>b</A>", ("b.pdf",)),
        ('<img srcset="a.png 1x,b,c.png 2x, /d.png">', ("a.png", "b,c.png", "/d.png")),
        ('<a href="#a">a</a><a href="#b">b</a><p id="b"></p>', ("{fragment}#a",)),
        ('<a href="mailto:a@example.org">a</a><a href="?a=b">b</a><a href="">c</a>', ()),
        (
            '<link rel="me" href="//b.example"><link rel="icon" href="//c.example/d">',
            ("//c.example/d",),
        ),
    ],
)
def test_references_are_found_where_the_text_is_read(body: str, references: tuple[str, ...]):
    assert find_references(body) == references


PIECES = [
    *("<a ", "<img ", "<video ", '<a class="hashtag" ', ">", "</a>", "<code>", "</code>", "text"),
    *('href="', "href='", 'src="', 'poster="', 'title="', 'data-href="', '"', "'", " "),
    *("{filename}a.md", "{tag}a", "/b/", "//c.example/d.png", "https://c.example/", "href=/b/"),
]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=30))
def test_links_are_put_where_references_are_found(pieces: list[str]) -> None:
    """Else a page would show what nobody has resolved."""
    body = "".join(pieces)
    links = tuple((reference, "https://example.org/") for reference in find_references(body))
    left = find_references(put_links(body, links))
    assert [each for each in left if not each.startswith(("//", "https://", "{fragment}"))] == []


def test_link_to_a_text_taken_offline_is_told() -> None:
    entry = make_entry("en/posts/quiet.md", '<a href="{filename}old.md">x</a>')
    links = resolver(entry)
    links.gone = {"en/posts/old.md"}
    links.resolve(entry)
    (error,) = links.site.errors
    assert "“old.md”, which is gone" in error.problem


def test_a_thousand_dead_links_are_not_all_compared_with_every_name() -> None:
    links = resolver()
    for number in range(30):
        body = f'<a href="{{filename}}second-rep{number}.md">x</a>'
        links.resolve(make_entry(f"en/posts/{number}.md", body))
    fixes = [error.fix for error in links.site.errors]
    assert sum("Did you mean" in fix for fix in fixes) == 20
    assert len(fixes) == 30


def test_tag_pages_are_those_of_published_texts_that_are_listed() -> None:
    site = resolver().site
    texts = [make_entry("en/posts/a.md"), make_entry("ru/posts/b.md", status="draft")]
    texts.append(make_entry("en/posts/c.md"))
    texts[2].kind = FAQ
    for text, name in zip(texts, ("C++", "desk", "phone"), strict=True):
        text.tags = (parse_tag(name),)
        site.take(text)
    assert find_tag_pages(site) == {"en/tags/c-plus-plus/"}


@cases(
    ("body", "blocked"),
    [
        ('<iframe src="https://a.example/b"></iframe>', ("<iframe https://a.example/b",)),
        ("<IFRAME></IFRAME>", ("<iframe ",)),
        ('<p style="color: red" onClick="x()">a</p>', ("style=", "onclick=")),
        ("<script>x()</script>", ("<script ",)),
        ('<script type="module">x()</script>', ("<script ",)),
        ('<script type="application/ld+json">{}</script><script src="/a.js"></script>', ()),
        ('<a href="java\nscript:x">a</a>', ("java\nscript:x",)),
        ('<a href=" javascript&#58;x">a</a>', (" javascript:x",)),
        ('<img src="data:image/png;base64,AA"><a href="mailto:a@b.example">a</a>', ()),
        ('<audio src="data:audio/ogg;base64,AA"></audio>', ("data:audio/ogg;base64,AA",)),
        ("<code>&lt;iframe&gt;</code><!-- <iframe> --><p data-style=x data-onclick=y>a</p>", ()),
        ('<svg onload="x()"><style>p {}</style></svg>', ("onload=", "<style ")),
        ('<form action="/en/search/">', ("<form /en/search/",)),
    ],
)
def test_blocked_markup_is_found(body: str, blocked: tuple[str, ...]) -> None:
    assert survey(body).blocked == blocked


@cases(
    "html",
    [
        "<a " * 100_000,
        '<a="' * 100_000,
        "<a='<b=\"" * 60_000,
        "<!--" * 100_000,
        "<a " + "x " * 100_000 + ">",
        '<img srcset="' + "a ," * 60_000 + '">',
    ],
)
def test_hostile_html_is_read_in_linear_time(html: str) -> None:
    start = process_time()
    survey(html)
    put_links(html, (("a", "b"),))
    assert process_time() - start < 5
