"""Where sitemaps meet Pelican."""

from __future__ import annotations

from functools import partial

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.sitemap.sitemap import find_urls, is_told, part_address, robots, write_sitemaps


def connect() -> None:
    signals.all_generators_finalized.connect(claim_addresses)
    signals.article_writer_finalized.connect(write_files)


def claim_addresses(generators: list[Generator]) -> None:
    context, settings = generators[0].context, generators[0].settings["SITEMAPS"]
    told = sum(map(is_told, context["views"]))
    parts = -(-told // settings["max_urls"])
    names = [part_address(number) for number in range(1, parts + 1)] if parts > 1 else []
    for name in ("robots.txt", "sitemap.xml", *names):
        context["site"].claims.add(name, "a file for search engines")


def write_files(generator: ArticlesGenerator, writer: Writer) -> None:
    writer.put_off(partial(plan_files, generator, writer))


def plan_files(generator: ArticlesGenerator, writer: Writer) -> None:
    """By now everyone has said when what changed."""
    context, settings = generator.context, generator.settings["SITEMAPS"]
    site = context["site"]
    urls = find_urls(site, context["views"], context["editions"])
    for address, content in write_sitemaps(site, urls, settings["max_urls"]):
        writer.write_bytes(address, content)
    writer.write_bytes("robots.txt", robots(site))
