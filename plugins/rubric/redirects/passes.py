"""Passes that redirect former addresses, and warn of those that would be lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from rubric.build import Build
from rubric.model.locks import read_lock
from rubric.model.site import save_as
from rubric.redirects.findings import find_problems
from rubric.redirects.inventory import build_inventory, find_drafts, has_former_addresses
from rubric.redirects.lock import AddressLock, load_lock
from rubric.redirects.redirect_pages import make_alias_pages, make_pages
from rubric.redirects.resolve import Inventory, Outcome, resolve
from rubric.redirects.server_files import make_rules, write_map, write_redirects

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CommittedLock:
    """The committed lock of published addresses; None if the file does not exist."""

    lock: AddressLock | None


@dataclass(frozen=True, slots=True)
class RedirectPlan:
    """What happens to each former address, by the address in folded case."""

    inventory: Inventory
    outcomes: Mapping[str, Outcome]


def read_addresses(build: Build) -> None:
    """Read addresses.lock, make a page for each alias, and claim the redirect files."""
    path = build.content / build.settings["REDIRECTS"]["lock"]
    build.keep(CommittedLock(read_lock(build.site, path, load_lock)))
    build.list_views += make_alias_pages(build.view_factory)
    for address in ("_redirects", *(f"{lang}/410.html" for lang in build.site.languages)):
        build.site.claims.add(address, "a file of redirects")


def resolve_addresses(build: Build) -> None:
    """Resolve former addresses; by now, all current ones are claimed."""
    site, lock = build.site, build.get(CommittedLock).lock
    if has_former_addresses(site, lock):
        inventory = build_inventory(site, build.editions, build.views, lock)
        build.keep(RedirectPlan(inventory, resolve(inventory)))
    else:
        build.keep(RedirectPlan(Inventory(lock=AddressLock(), pages=()), {}))


def warn_of_lost_addresses(build: Build) -> None:
    """Warn of published addresses that would be lost.

    This runs after the checks: the address of a text with errors is not lost.
    """
    plan = build.get(RedirectPlan)
    for finding in find_problems(plan.inventory, dict(plan.outcomes), find_drafts(build.site)):
        if finding.level == "error":
            location = finding.where or f"{finding.guid} in addresses.lock"
            logger.warning("%s: %s %s", location, finding.problem, finding.fix)


def write_redirect_files(build: Build) -> None:
    """Write redirect pages, and redirect rules for web servers."""
    site, settings, outputs = build.site, build.settings["REDIRECTS"], build.outputs
    plan = build.get(RedirectPlan)
    outcomes, existing = plan.outcomes.values(), plan.inventory.existing
    for view in make_pages(outcomes, build.editions, existing):
        outputs.add_page(save_as(view.url), f"{view.template}.html", view=view, **view.variables)
    rules = list(make_rules(outcomes, existing, build.editions))
    redirects = write_redirects(site, rules, is_forced=settings["forced"])
    outputs.write_bytes("_redirects", redirects)
    path = build.output.parent / settings["map"]
    content = write_map(site, rules)
    # The map is outside of the output folder; the shard that has `_redirects` writes it.
    if not outputs.in_shard("_redirects"):
        return
    outputs.register_external_output(path)
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
