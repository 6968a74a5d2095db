"""Where events meet Pelican."""

from __future__ import annotations

from pelican import signals
from pelican.generators import PagesGenerator

from plugins.events.cities import identify_cities
from plugins.events.facts import gather_event
from plugins.events.groups import check_file_names, check_names, gather_group, promise_dates
from plugins.events.incomplete import check_incomplete_events, check_incomplete_groups
from plugins.model.entry import by_key
from plugins.model.event import EventFacts
from plugins.model.moment import parse_duration
from plugins.model.site import Site


def connect() -> None:
    signals.page_generator_finalized.connect(attach_facts)


def attach_facts(generator: PagesGenerator) -> None:
    """All texts are read now, events among the articles and groups among the pages."""
    site: Site = generator.context["site"]
    settings = generator.settings["EVENTS"]
    duration = parse_duration(settings["default_duration"])
    groups = by_key(entry for entry in site.entries if entry.kind == "group")
    by_name = {key.rpartition("/")[2]: versions for key, versions in groups.items()}
    check_file_names(site, groups)
    rhythms = {key.rpartition("/")[2]: gather_group(site, v) for key, v in groups.items()}
    known = {**check_incomplete_groups(site), **by_name}
    check_names(site, known)
    events = [entry for entry in site.entries if entry.kind == "event"]
    has_recaps = any(getattr(entry.metadata, "recap", None) for entry in events)
    posts = {e.key.rpartition("/")[2] for e in site.entries if has_recaps and e.is_post}
    for versions in by_key(events).values():
        gather_event(site, versions, known, posts, duration)
    check_incomplete_events(site, known, posts, duration)
    held: dict[str, list[EventFacts]] = {}
    for entry in events:
        # A draft confirms nothing that readers can see.
        if entry.is_published and entry.event and entry.event.group:
            held.setdefault(entry.event.group, []).append(entry.event)
    for name, rhythm in rhythms.items():
        if rhythm:
            limit = settings["tentative_dates"]
            promise_dates(by_name[name], rhythm, held.get(name, ()), site.now, limit)
    site.cities = identify_cities(site)
