"""Passes that write /sitemap.xml and /robots.txt."""

from __future__ import annotations

from rubric.build import Build
from rubric.sitemap.sitemap import find_urls, is_listed, part_address, robots, write_sitemaps


def claim_addresses(build: Build) -> None:
    """Claim robots.txt, the sitemap, and its parts if there are too many pages for one file."""
    max_urls = build.settings["SITEMAPS"]["max_urls"]
    parts = -(-sum(map(is_listed, build.views)) // max_urls)
    names = [part_address(number) for number in range(1, parts + 1)] if parts > 1 else []
    for name in ("robots.txt", "sitemap.xml", *names):
        build.site.claims.add(name, "a file for search engines")


def write_files(build: Build) -> None:
    """Write the sitemap and robots.txt."""
    site, max_urls = build.site, build.settings["SITEMAPS"]["max_urls"]
    urls = find_urls(site, build.views, build.editions)
    for address, content in write_sitemaps(site, urls, max_urls):
        build.outputs.write_bytes(address, content)
    build.outputs.write_bytes("robots.txt", robots(site))
