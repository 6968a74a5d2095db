"""The project's own site, whatever content/ has: it builds, and its files are sound.

All other tests build sites of their own, with the settings of tests/sites/community.
"""

from __future__ import annotations

import feedparser
import pytest

from tests.building import ROOT, Build, FinalBuild, build, build_plainly
from tests.pages import SITEURL, invalid_pages, parse_xml, read_feeds, read_json_feeds
from tests.test_site_links import dead_links

pytestmark = pytest.mark.skipif(
    not (ROOT / "content").is_dir(), reason="there is no content folder"
)
OWN = {"RUBRIC_SITE": "", "SITEURL": SITEURL}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    output = tmp_path_factory.mktemp("content") / "output"
    result = build(ROOT / "content", output, environment=OWN, may_warn=True)
    assert result.status == 0, result.told
    return FinalBuild(result.output, result.status, result.told)


def test_every_page_is_valid_html(site: Build):
    assert invalid_pages(site) == {}
    assert "index.html" in site.files()


def test_no_link_is_dead(site: Build):
    assert dead_links(site) == set()


def test_feeds_can_be_read(site: Build):
    feeds = read_feeds(site)
    assert feeds
    for name, data in feeds.items():
        assert len(feedparser.parse(data).entries) == len(
            parse_xml(data).xpath("//*[local-name()='item' or local-name()='entry']")
        ), name
    assert len(read_json_feeds(site)) == len(feeds) / 2


def test_pelican_alone_builds_the_site(tmp_path):
    """The plain command, as a host runs it: own content, own settings, own clock."""
    site = build_plainly("content", tmp_path, "SOURCE_DATE_EPOCH", "RUBRIC_SITE")
    told = site.told
    assert site.status == 0, told
    assert "Processed" in told
    for word in ("ERROR", "CRITICAL", "Traceback"):
        assert word not in told
    assert (tmp_path / "index.html").is_file()
