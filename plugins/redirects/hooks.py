"""Where redirects meet Pelican."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.model.locks import read_lock
from plugins.model.site import Site, save_as
from plugins.redirects.files import make_rules, write_map, write_redirects
from plugins.redirects.findings import find_problems
from plugins.redirects.lock import AddressLock
from plugins.redirects.lock_file import load_lock
from plugins.redirects.pages import make_pages
from plugins.redirects.resolve import Facts, Fate, resolve
from plugins.redirects.survey import find_drafts, has_former, survey

logger = logging.getLogger(__name__)


def connect() -> None:
    signals.get_generators.connect(get_generators)
    signals.get_writer.connect(tell)


def get_generators(pelican: object) -> type[Generator]:
    del pelican
    return RedirectsGenerator


class RedirectsGenerator(Generator):  # type: ignore[misc]
    """Reads the lock with everything else, and writes what no live page has taken."""

    def generate_context(self) -> None:
        site: Site = self.context["site"]
        path = Path(self.path, self.settings["REDIRECTS"]["lock"])
        self.context["address_lock"] = read_lock(site, path, load_lock)
        for address in ("_redirects", *(f"{lang}/410.html" for lang in site.languages)):
            site.claims.add(address, "a file of redirects")
        self.settings["RUBRIC_REDIRECTS"] = self

    def generate_output(self, writer: Writer) -> None:
        site, settings = self.context["site"], self.settings["REDIRECTS"]
        facts, fates = self.decided
        for view in make_pages(fates.values(), self.context["editions"], facts.taken):
            template = f"{view.template}.html"
            writer.add_page(save_as(view.url), template, view=view, **view.variables)
        rules = list(make_rules(fates.values(), facts.taken, self.context["editions"]))
        redirects = write_redirects(site, rules, is_forced=settings["forced"])
        writer.write_bytes("_redirects", redirects)
        path = Path(self.output_path).parent / settings["map"]
        content = write_map(site, rules)
        # It lies outside of the output, and so goes with the file that says the same.
        if not writer.is_ours("_redirects"):
            return
        writer.note_beside(path)
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    @cached_property
    def decided(self) -> tuple[Facts, dict[str, Fate]]:
        """To be asked once everybody has claimed what will be written."""
        context = self.context
        site, lock = context["site"], context["address_lock"]
        if not has_former(site, lock):
            return Facts(lock=AddressLock(), places=()), {}
        facts = survey(site, context["editions"], context["views"], lock)
        return facts, resolve(facts)


def tell(pelican: Pelican) -> None:
    """Warn of addresses that would vanish, once everybody has claimed what will be written."""
    generator: RedirectsGenerator = pelican.settings["RUBRIC_REDIRECTS"]
    site: Site = generator.context["site"]
    if site.errors:
        return  # a text that failed is not one that vanished
    for finding in find_problems(*generator.decided, find_drafts(site)):
        if finding.level == "error":
            place = finding.where or f"{finding.guid} in addresses.lock"
            logger.warning("%s: %s %s", place, finding.problem, finding.fix)
