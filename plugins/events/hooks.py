"""Where events meet Pelican."""

from __future__ import annotations

from pelican import signals
from pelican.generators import PagesGenerator

from plugins.events.facts import gather_event, gather_group
from plugins.model.entry import by_key
from plugins.model.moment import parse_duration
from plugins.model.site import Site


def connect() -> None:
    signals.page_generator_finalized.connect(attach_facts)


def attach_facts(generator: PagesGenerator) -> None:
    """All texts are read now, events among the articles and groups among the pages."""
    site: Site = generator.context["site"]
    duration = parse_duration(generator.settings["EVENTS"]["default_duration"])
    groups = by_key(entry for entry in site.entries if entry.kind == "group")
    for versions in groups.values():
        gather_group(site, versions)
    by_name = {key.rpartition("/")[2]: versions for key, versions in groups.items()}
    for versions in by_key(entry for entry in site.entries if entry.kind == "event").values():
        gather_event(site, versions, by_name, duration)
