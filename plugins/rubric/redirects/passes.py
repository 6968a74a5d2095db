"""Passes that keep former addresses working, or report that they would vanish."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from rubric.build import Build
from rubric.model.locks import read_lock
from rubric.model.site import save_as
from rubric.redirects.files import make_rules, write_map, write_redirects
from rubric.redirects.findings import find_problems
from rubric.redirects.lock import AddressLock
from rubric.redirects.lock_file import load_lock
from rubric.redirects.pages import make_alias_pages, make_pages
from rubric.redirects.resolve import Facts, Fate, resolve
from rubric.redirects.survey import find_drafts, has_former, survey

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LockedAddresses:
    """The committed lock of published addresses; None if there is none."""

    lock: AddressLock | None


@dataclass(frozen=True, slots=True)
class RedirectPlan:
    """What becomes of each former address."""

    facts: Facts
    fates: Mapping[str, Fate]


def read_addresses(build: Build) -> None:
    """Read addresses.lock, make a page for each alias, and claim the files that redirect."""
    path = build.content / build.settings["REDIRECTS"]["lock"]
    build.keep(LockedAddresses(read_lock(build.site, path, load_lock)))
    build.list_views += make_alias_pages(build.frames)
    for address in ("_redirects", *(f"{lang}/410.html" for lang in build.site.languages)):
        build.site.claims.add(address, "a file of redirects")


def resolve_addresses(build: Build) -> None:
    """Find out where former addresses lead, now that all present ones are claimed."""
    site, lock = build.site, build.get(LockedAddresses).lock
    if has_former(site, lock):
        facts = survey(site, build.editions, build.views, lock)
        build.keep(RedirectPlan(facts, resolve(facts)))
    else:
        build.keep(RedirectPlan(Facts(lock=AddressLock(), places=()), {}))


def warn_of_lost_addresses(build: Build) -> None:
    """Warn of addresses that would vanish; a text with errors has not vanished."""
    plan = build.get(RedirectPlan)
    for finding in find_problems(plan.facts, dict(plan.fates), find_drafts(build.site)):
        if finding.level == "error":
            place = finding.where or f"{finding.guid} in addresses.lock"
            logger.warning("%s: %s %s", place, finding.problem, finding.fix)


def write_redirect_files(build: Build) -> None:
    """Write pages that redirect, and rules for web servers."""
    site, settings, outputs = build.site, build.settings["REDIRECTS"], build.outputs
    plan = build.get(RedirectPlan)
    fates, taken = plan.fates.values(), plan.facts.taken
    for view in make_pages(fates, build.editions, taken):
        outputs.add_page(save_as(view.url), f"{view.template}.html", view=view, **view.variables)
    rules = list(make_rules(fates, taken, build.editions))
    redirects = write_redirects(site, rules, is_forced=settings["forced"])
    outputs.write_bytes("_redirects", redirects)
    path = build.output.parent / settings["map"]
    content = write_map(site, rules)
    # The map is not in the output folder, so it belongs to the shard of the same rules.
    if not outputs.in_shard("_redirects"):
        return
    outputs.register_external_output(path)
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
