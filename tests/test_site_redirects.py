"""Former addresses: pages, server files, the lock, and what check says."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from rubric.model.errors import BuildFailed
from rubric.redirects.lock import load_lock
from tests.building import NOW, ROOT, Build, build, write_site
from tests.pages import address_of, languages, read_pages, write_text
from tests.redirects import map_of, read_map, read_redirects
from tools.checking import check_site, lock_site

SETTINGS = ROOT / "pelicanconf.py"


class Folder:
    """A content folder that is written, locked, checked and built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, folder / "content"
        self.lock_file = self.content / "addresses.lock"
        self.builds = 0

    def write(self, name: str, title: str = "Tea", **fields: Any) -> None:
        write_site(self.folder, {f"{name}.md": write_text(title, **fields)})

    def remove(self, name: str) -> None:
        (self.content / f"{name}.md").unlink()

    def lock(self) -> list[str]:
        return list(lock_site(self.content, SETTINGS))

    def check(self) -> tuple[list[str], list[str]]:
        return check_site(self.content, SETTINGS)

    def build(self, **settings: Any) -> Build:
        # Pages are read once a build, and builds are told apart by their folder.
        self.builds += 1
        site = build(self.content, self.folder / f"output-{self.builds}", **settings)
        assert site.status == 0, site.told
        return site

    def leads(self, address: str) -> str:
        """Where a former address leads by its page, map and `_redirects`, which agree."""
        (target,) = self.all_lead(address)
        return target

    def all_lead(self, *addresses: str) -> list[str]:
        """The same of several addresses, by one build."""
        site = self.build()
        pages = read_pages(site)
        table, rules = read_map(map_of(site)), read_redirects(site.page("_redirects"))
        targets = []
        for address in addresses:
            page = pages[address]
            refresh = page.one('//meta[@http-equiv="refresh"]/@content')
            assert refresh.startswith("0; url=")
            target = address_of(refresh.partition("url=")[2])
            assert page.canonical == target
            assert not page.is_indexed
            assert page.links("//body//a") == [target]
            assert (site.output / target / "index.html").is_file()
            for source in (f"/{address}", f"/{address}".rstrip("/")):
                assert unquote(table[source]) == f"/{target}"
                assert rules[source] == (f"/{target}", "301")
            targets.append(target)
        return targets


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A site of one locked text, which an edition shows in full."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    folder = Folder(tmp_path)
    folder.write("en/posts/tea")
    folder.lock()
    return folder


def test_a_locked_site_has_nothing_to_tell(site: Folder):
    assert site.check() == ([], [])
    assert set(load_lock(site.lock_file.read_text("utf-8")).entries) == {
        "en/posts/tea",
        "zh-hant/posts/tea",
    }


def test_a_changed_slug_leads_on_before_it_is_locked_and_after(site: Folder):
    site.write("en/posts/tea", slug="чай")
    (error,), advice = site.check()
    expected = "content/en/posts/tea.md:4: moved to /en/чай/; /en/tea/ redirects to it."
    assert error.startswith(expected)
    assert len(advice) == 1, "the fallback"
    result = build(site.content, site.folder / "output")
    assert result.status != 0, "publish stops at the warning"
    assert not result.output.exists(), "nothing is written by then"
    assert "en/posts/tea: /en/tea/ → /en/чай/" in site.lock()
    assert site.check() == ([], [])
    assert site.all_lead("en/tea/", "zh-hant/tea/") == ["en/чай/", "zh-hant/чай/"]


def test_a_plain_build_goes_on_with_a_stale_lock(site: Folder):
    site.remove("en/posts/tea")
    site.write("en/posts/coffee", "Coffee")
    output = site.folder / "plain"
    command = [sys.executable, "-m", "pelican", str(site.content), "-s", "pelicanconf.py"]
    run = subprocess.run(
        [*command, "-o", str(output)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert "en/posts/tea" in run.stderr + run.stdout
    assert (output / "en/coffee/index.html").is_file()


def test_chains_are_one_hop_and_a_way_back_is_no_loop(site: Folder):
    for slug in ("b", "c", "tea", "d"):
        site.write("en/posts/tea", slug=slug)
        site.lock()
    assert site.all_lead("en/tea/", "en/b/", "en/c/") == ["en/d/"] * 3
    site.write("en/posts/tea", slug="b")
    site.lock()
    assert site.leads("en/d/") == "en/b/"
    assert "en/b/" not in read_redirects(site.build().page("_redirects"))
    assert site.check() == ([], [])


def test_a_new_text_takes_a_former_address(site: Folder):
    site.write("en/posts/tea", slug="green-tea")
    site.lock()
    site.write("en/posts/other", "Coffee", slug="tea")
    built = site.build()
    assert read_pages(built)["en/tea/"].texts("//h1") == ["Coffee"]
    assert "/en/tea/" not in read_map(map_of(built))
    site.lock()
    site.write("en/posts/other", "Coffee", slug="coffee")
    site.lock()
    assert site.leads("en/tea/") == "en/coffee/", "its last holder's"
    assert site.check() == ([], [])


def test_a_deleted_text_is_told_until_something_is_said(site: Folder):
    site.remove("en/posts/tea")
    site.write("en/posts/coffee", "Coffee", date="2026-11-02 10:00")
    (error,), _ = site.check()
    assert error == (
        "content/addresses.lock:5: “en/posts/tea” was published at /en/tea/ and /zh-hant/tea/, "
        "but no page would be there now. Write aliases: [/en/tea/] in the text that replaces it, "
        "or gone = true below this heading."
    )
    assert error in site.lock(), "locking again doesn't silence it"
    assert len(site.check()[0]) == 1
    site.write("en/posts/coffee", "Coffee", aliases=["/en/tea"])
    site.lock()
    assert site.check() == ([], [])
    assert site.all_lead("en/tea/", "zh-hant/tea/") == ["en/coffee/"] * 2


def test_a_renamed_file_is_recognized(site: Folder):
    site.remove("en/posts/tea")
    site.write("en/posts/green-tea")
    (error,), _ = site.check()
    assert "If it is content/en/posts/green-tea.md now, write translation_key: posts/tea" in error
    site.write("en/posts/green-tea", translation_key="posts/tea")
    site.lock()
    assert site.leads("en/tea/") == "en/green-tea/"
    assert site.check() == ([], [])


@pytest.mark.parametrize("way", ["file", "lock"])
def test_what_is_gone_says_so(site: Folder, way: str):
    site.write("en/posts/kept", "Kept")
    site.lock()
    if way == "file":
        site.write("en/posts/tea", gone=True, aliases=["/old.html"])
    else:
        site.remove("en/posts/tea")
        heading = '["en/posts/tea"]\n'
        text = site.lock_file.read_text("utf-8")
        site.lock_file.write_text(text.replace(heading, f"{heading}gone = true\n"), "utf-8")
    assert site.check() == ([], [])
    site.lock()
    assert site.check() == ([], [])
    built = site.build()
    gone = {"en/tea/", "zh-hant/tea/"} | ({"old.html"} if way == "file" else set())
    table, rules = read_map(map_of(built)), read_redirects(built.page("_redirects"))
    for address in gone:
        page = read_pages(built)[address]
        assert not page.is_indexed
        assert page.find('//meta[@http-equiv="refresh"]') == []
        assert f"{page.lang or 'en'}/archive/" in page.links("//main//a")
        assert table[f"/{address}"] == "gone"
        assert rules[f"/{address}"] == (f"/{page.lang or 'en'}/410.html", "410")
        assert read_pages(built)[f"{page.lang or 'en'}/410.html"].texts("//h1") == page.texts(
            "//h1"
        )
    words = {lang: read_pages(built)[f"{lang}/tea/"].texts("//h1") for lang in ("en", "zh-hant")}
    assert words == {"en": ["No longer here"], "zh-hant": ["此頁已下架"]}
    listed = {
        link
        for page in read_pages(built).values()
        for link in page.links('//main//a[starts-with(@href, "/")]')
    }
    assert listed.isdisjoint(gone)


def test_a_draft_again_is_told_with_its_line(site: Folder):
    site.write("en/posts/tea", status="draft")
    (error,), _ = site.check()
    assert error.startswith("content/en/posts/tea.md:4: is a draft again. “en/posts/tea” was")
    site.write("en/posts/tea", status="hidden")
    assert site.check()[0] == [], "reachable"


def test_a_hidden_text_is_not_in_a_file_that_hosts_may_serve(site: Folder):
    site.write("en/posts/tea", slug="very-private", status="hidden")
    site.lock()
    built = site.build()
    assert "very-private" not in built.page("_redirects")
    assert read_pages(built)["en/tea/"].canonical == "en/very-private/"
    assert read_map(map_of(built))["/en/tea/"] == "/en/very-private/"


def test_a_translation_takes_the_place_of_its_fallback(site: Folder):
    site.write("zh-hant/posts/tea", "茶", slug="茶")
    errors, advice = site.check()
    assert errors == [], "a translation that appears by its date stops no nightly build"
    assert len(advice) == 1
    assert site.leads("zh-hant/tea/") == "zh-hant/茶/"
    site.lock()
    assert site.check() == ([], [])
    assert site.leads("zh-hant/tea/") == "zh-hant/茶/"
    site.remove("zh-hant/posts/tea")
    assert site.check()[0] == [], "the original stands in again"
    assert site.leads("zh-hant/茶/") == "zh-hant/tea/"


def test_an_edition_that_shows_originals_no_more_leads_to_them(site: Folder):
    built = site.build(LANGUAGES=languages(zh_hant={"fallback": "list"}))
    assert read_pages(built)["zh-hant/tea/"].canonical == "en/tea/"


def test_a_slug_that_differs_in_case_is_told(site: Folder):
    site.write("en/posts/tea", slug="Tea")
    errors, _ = site.check()
    assert any("differs from /en/Tea/ only in case" in error for error in errors)


def test_feeds_and_calendars_of_a_group_move_with_it(site: Folder):
    site.write("en/groups/circle", "Circle", city="Almaty", country="KZ")
    site.lock()
    site.write("en/groups/circle", "Circle", city="Almaty", country="KZ", slug="almaty")
    site.lock()
    built = site.build()
    files = {path.name for path in (built.output / "en/groups/almaty").iterdir()}
    files -= {"index.html"}
    assert files
    table = read_map(map_of(built))
    for name in files:
        assert table[f"/en/groups/circle/{name}"] == f"/en/groups/almaty/{name}"


def test_an_alias_may_be_written_as_browsers_copy_it(site: Folder):
    site.write("en/posts/tea", aliases=[f"/2019/{quote('старый чай')}"])
    assert site.leads("2019/старый чай/") == "en/tea/"


@pytest.mark.parametrize("alias", ["/a?b=c", "/%ff/", "/%2e%2e/x/", "/a%2500/", "https://x.org/a/"])
def test_an_alias_that_is_no_address_is_refused(site: Folder, alias: str):
    site.write("en/posts/tea", aliases=[alias])
    with pytest.raises(BuildFailed, match=r"content/en/posts/tea\.md:4: aliases: “.*” is not an"):
        site.check()


def test_a_language_that_was_removed_is_told_and_can_be_gone(site: Folder):
    block = '\n["de/posts/tee"]\naddress = "/de/tee/"\n'
    with site.lock_file.open("a", encoding="utf-8") as file:
        file.write(block)
    (error,), _ = site.check()
    assert "“de/posts/tee” was published at /de/tee/" in error
    with site.lock_file.open("a", encoding="utf-8") as file:
        file.write("gone = true\n")
    assert site.check() == ([], [])
    built = site.build()
    assert read_pages(built)["de/tee/"].texts("//h1") == ["No longer here"]
    rules = read_redirects(built.page("_redirects"))
    assert rules["/de/tee/"] == ("/en/410.html", "410")
    assert (built.output / "en/410.html").is_file()


def test_a_site_below_a_path_and_netlify(site: Folder):
    site.write("en/posts/tea", slug="чай")
    site.lock()
    forced = {"lock": "addresses.lock", "map": "exports/redirects.nginx.map", "forced": True}
    built = site.build(SITEURL="https://example.org/blog", REDIRECTS=forced)
    assert f"/blog/en/tea/ /blog/en/{quote('чай')}/ 301!\n" in built.page("_redirects")
    assert read_map(map_of(built))["/blog/en/tea"] == f"/blog/en/{quote('чай')}/"


def test_a_site_without_a_lock_is_advised_to_keep_one(site: Folder):
    site.lock_file.unlink()
    assert site.check() == (
        [],
        ["No addresses.lock: moved pages will not redirect. Run invoke lock."],
    )
    site.build()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_answers_by_the_map_as_documented(site: Folder, tmp_path: Path):
    site.write("en/posts/gone", "Gone")
    site.lock()
    site.write("en/posts/gone", "Gone", gone=True)
    aliases = ["/2020/старое", "/古い/", "/p.html", "/a b (c)$d/"]
    site.write("en/posts/tea", slug="чай", aliases=aliases)
    site.lock()
    built = site.build()
    asked = {
        "/en/tea/": 301,
        "/en/tea": 301,
        "/EN/tea": 301,
        "/zh-hant/tea/": 301,
        "/2020/старое": 301,
        "/古い/": 301,
        "/p.html": 301,
        "/a b (c)$d/": 301,
        "/en/gone/": 410,
        "/en/чай/": 200,
        "/en/nothing/": 404,
        "/_redirects": 404,
    }
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = "user root;" if os.getuid() == 0 else ""  # workers can't read a folder of root's
    documented = (ROOT / "docs/addresses.md").read_text("utf-8")
    example = documented.partition("```nginx\n")[2].partition("```")[0]
    for word, replacement in {
        "/srv/rubric/exports/redirects.nginx.map": str(map_path(built)),
        "/srv/rubric/output": str(built.output),
        "server {": f"server {{ listen 127.0.0.1:{port};",
    }.items():
        assert word in example
        example = example.replace(word, replacement)
    configuration = f"""
{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}
http {{
  access_log off; client_body_temp_path {tmp_path}/t; proxy_temp_path {tmp_path}/t;
  fastcgi_temp_path {tmp_path}/t; uwsgi_temp_path {tmp_path}/t; scgi_temp_path {tmp_path}/t;
  {example}
}}
"""
    (tmp_path / "nginx.conf").write_text(configuration, encoding="utf-8")
    command = ["nginx", "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]
    with subprocess.Popen(command) as run:
        try:
            answers = {path: ask(port, path) for path in asked}
        finally:
            run.terminate()
    assert {path: status for path, (status, _) in answers.items()} == asked
    places = {place for status, place in answers.values() if status == 301}
    assert places == {f"/en/{quote('чай')}/", f"/zh-hant/{quote('чай')}/"}


def map_path(site: Build) -> Path:
    return site.output.parent / "exports/redirects.nginx.map"


def ask(port: int, path: str) -> tuple[int, str]:
    """Status and path of the Location; the server may need a moment to begin."""
    for attempt in range(50):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", quote(path, safe="/"))
            answer = connection.getresponse()
            place = answer.getheader("Location") or ""
            return answer.status, place.partition(f"127.0.0.1:{port}")[2] or place
        except ConnectionRefusedError:
            assert attempt < 49
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError
