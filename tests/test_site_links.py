"""Every link of the site leads somewhere, and no page loads anything from elsewhere."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest

import pelicanconf
from tests.building import ROOT, Build, build, write_site
from tests.pages import (
    SITEURL,
    Page,
    links_of,
    parse_html,
    parse_xml,
    read_feeds,
    read_pages,
    write_text,
)

MAX_PAGE = 65_536
MAX_SCRIPTS = 10 * 1024


def dead_links(site: Build, siteurl: str = SITEURL) -> set[tuple[str, str]]:
    """(page, link) of every link within the site that no written file or id answers."""
    files, pages, root = site.files(), read_pages(site), f"{siteurl}/"
    ids = {address: set(page.find("//@id")) for address, page in pages.items()}
    ids |= {
        name: set(parse_xml(data).xpath("//@id"))
        for name, data in files.items()
        if name.endswith(".svg")
    }
    dead = set()
    for page in pages.values():
        for _, _, written in links_of(page):
            # A calendar's subscription is its address by another scheme.
            link = re.sub("^webcal:", f"{urlsplit(root).scheme}:", written)
            target = urlsplit(urljoin(root + page.address, link))
            if target.scheme not in ("http", "https") or target.netloc != urlsplit(root).netloc:
                continue
            if not target.path.startswith(urlsplit(root).path):
                dead.add((page.address, link))
                continue
            address = unquote(target.path.removeprefix(urlsplit(root).path), errors="strict")
            name = f"{address}index.html" if address.endswith("/") or not address else address
            fragment = unquote(target.fragment)
            if name not in files or (fragment and fragment not in ids[address]):
                dead.add((page.address, link))
    return dead


def loaded_by(page: Page) -> set[str]:
    """Addresses of everything a browser fetches to show a page."""
    loading = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect"}
    return {
        link
        for element, name, link in links_of(page)
        if (element.tag == "link" and loading & set(element.get("rel").split()))
        or (element.tag not in ("a", "link", "meta", "form") and name != "cite")
    }


def test_every_internal_link_and_fragment_resolves(own_site: Build):
    assert dead_links(own_site) == set()


def test_the_site_has_links_of_every_kind_that_is_crawled(own_site: Build):
    """Guards the crawl: it would find no dead link in an empty site either."""
    found = [
        (el.tag, link) for page in read_pages(own_site).values() for el, _, link in links_of(page)
    ]
    assert {"a", "link", "script", "use"} <= {tag for tag, _ in found}
    assert any("%E5" in link for _, link in found)
    assert any(tag == "use" and ".svg#" in link for tag, link in found)
    assert any(tag == "a" and link.startswith("#") for tag, link in found)


def test_links_to_addresses_in_chinese_and_cyrillic_are_percent_encoded(own_site: Build):
    for page in read_pages(own_site).values():
        for _, _, link in links_of(page):
            assert link.isascii(), f"{page.address}: {link}"


@pytest.fixture(scope="module")
def linked_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Texts that link each other, a picture, a heading, a footnote and a tag."""
    files = {
        "images/дом.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        "en/posts/first.md": write_text(
            "First",
            "See [the other](second.md#后记), [top](#deep), [home](/en/) and #客服.\n\n"
            '## Deep\n\nWrite `href="{filename}nowhere.md"` or `src="/gone.png"`.\n\n'
            "![House](/images/дом.svg)\n\nNote[^1].\n\n[^1]: A note.\n\n#服務 #C++",
            image="images/дом.svg",
            image_alt="House",
        ),
        "en/posts/second.md": write_text("Second", "Text.\n\n## 后记\n\nEnd.\n\n#客服"),
    }
    folder = tmp_path_factory.mktemp("linked")
    return build(write_site(folder, files), folder / "output", SITEURL="https://example.org/blog")


def test_all_links_work_below_a_path(linked_site: Build):
    """A site may live in a folder of its host, as project pages do."""
    assert linked_site.status == 0, linked_site.told
    assert dead_links(linked_site, "https://example.org/blog") == set()


def test_no_link_leaves_the_path_the_site_lives_under(linked_site: Build):
    for page in read_pages(linked_site).values():
        for _, _, link in links_of(page):
            inside = ("/blog/", "https://example.org/blog/", "webcal://example.org/blog/", "#")
            is_elsewhere = urlsplit(link).netloc not in ("", "example.org")
            assert is_elsewhere or link.startswith(inside), f"{page.address}: {link}"


def test_a_code_sample_of_a_link_stays_as_written(linked_site: Build):
    page = read_pages(linked_site)["en/first/"]
    assert page.texts("//code") == ['href="{filename}nowhere.md"', 'src="/gone.png"']


def test_feeds_below_a_path_link_pages_there(linked_site: Build):
    feed = parse_xml(read_feeds(linked_site)["en/feed.rss.xml"])
    links = feed.xpath("//link/text() | //@href")
    for content in feed.xpath("//*[local-name()='encoded']/text()"):
        links += parse_html(f"<div>{content}</div>").xpath("//@href | //@src")
    assert len(links) > 6
    for link in links:
        assert link.startswith("https://example.org/blog/"), link


def test_only_links_a_reader_follows_leave_the_site(own_site: Build):
    """`cite` names a source and is not fetched; a form goes where a reader sends it."""
    host = urlsplit(SITEURL).netloc
    for page in read_pages(own_site).values():
        for element, name, link in links_of(page):
            target = urlsplit(urljoin(f"{SITEURL}/{page.address}", link))
            if element.tag not in ("a", "form") and name != "cite":
                assert target.netloc == host, f"{page.address}: <{element.tag} {name}={link}>"


def test_nothing_is_loaded_by_an_absolute_address(own_site: Build):
    for page in read_pages(own_site).values():
        for link in loaded_by(page):
            assert link.startswith("/"), f"{page.address}: {link}"
            assert not link.startswith("//"), f"{page.address}: {link}"


def test_style_sheets_load_nothing(own_site: Build):
    sheets = {name: data for name, data in own_site.files().items() if name.endswith(".css")}
    assert sheets
    for name, data in sheets.items():
        assert not re.search(rb"url\((?![\"']?data:)|@import", data), name


def test_a_page_with_its_style_and_scripts_is_light(own_site: Build):
    files = own_site.files()
    heavy = {}
    for page in read_pages(own_site).values():
        name = f"{page.address}index.html" if page.address.endswith("/") else page.address
        parts = [name or "index.html"]
        parts += [
            link.removeprefix("/") for link in loaded_by(page) if link.endswith((".css", ".js"))
        ]
        size = sum(len(files[part]) for part in parts)
        assert len(parts) >= 3, page.address
        if size > MAX_PAGE:
            heavy[page.address] = size
    assert heavy == {}


def test_scripts_of_every_page_are_small(own_site: Build):
    """A page reads less than 10 KB of script, one with the search less than 12 KB."""
    sizes = {f"/{name}": len(data) for name, data in own_site.files().items()}
    for page in read_pages(own_site).values():
        scripts = [element.get("src") for element in page.find("//script[@src]")]
        has_finder = any("finder" in script for script in scripts)
        total = sum(sizes[script] for script in scripts)
        assert total < (12_288 if has_finder else MAX_SCRIPTS), page.address


def test_every_page_forbids_what_it_does_not_need(own_site: Build):
    """The policy stands before anything it governs, and allows the site itself alone; but
    forms go to the newsletters' providers."""
    lists = pelicanconf.NEWSLETTER["lists"].values()
    hosts = {"{0.scheme}://{0.netloc}".format(urlsplit(item["form_action"])) for item in lists}
    for page in read_pages(own_site).values():
        policy = page.one('//meta[@http-equiv="Content-Security-Policy"]')
        rules = {
            words[0]: words[1:]
            for part in policy.get("content").split(";")
            if (words := part.split())
        }
        assert rules["default-src"] == ["'none'"]
        assert rules["script-src"] == rules["style-src"] == ["'self'"]
        assert rules["base-uri"] == ["'none'"]
        assert rules.pop("form-action") == ["'self'", *sorted(hosts)]
        assert {word for words in rules.values() for word in words} <= {"'none'", "'self'", "data:"}
        assert not policy.xpath("preceding::script | preceding::link"), page.address


def test_no_page_has_inline_script_or_style(own_site: Build):
    """The policy would block them; data blocks are not executed."""
    for page in read_pages(own_site).values():
        assert page.find("//style | //@style | //base | //iframe | //object | //embed") == []
        assert page.find('//script[not(@src)][not(@type="application/ld+json")]') == []
        assert page.find('//@*[starts-with(name(), "on")]') == []
        assert page.find('//@href[starts-with(., "javascript:")]') == []


def test_the_policy_is_the_same_in_redirects(tmp_path):
    files = {"en/posts/new.md": write_text("New", aliases=["/old/"])}
    site = build(write_site(tmp_path, files), tmp_path / "output")
    pages = read_pages(site)
    policy = '//meta[@http-equiv="Content-Security-Policy"]/@content'
    assert pages["old/"].find(policy) == pages["en/new/"].find(policy)


def test_the_address_of_the_site_is_the_configured_one(own_site: Build):
    """Guards the tests above, which tell the site from elsewhere by it."""
    assert (ROOT / "pelicanconf.py").is_file()
    assert read_pages(own_site)["en/"].one('//link[@rel="canonical"]/@href') == f"{SITEURL}/en/"
