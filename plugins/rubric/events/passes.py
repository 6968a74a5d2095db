"""Passes that build the facts of events and groups, and make the pages about them."""

from __future__ import annotations

from functools import partial

from rubric.build import Build
from rubric.events.cities import identify_cities
from rubric.events.event_views import make_event_views, make_group_rests, show_on_home
from rubric.events.facts import gather_event
from rubric.events.groups import (
    check_file_names,
    check_group_names,
    gather_group,
    missing_words,
    set_tentative_dates,
)
from rubric.events.incomplete import check_incomplete
from rubric.events.merging import file_name
from rubric.model.entry import by_key
from rubric.model.event import EventFacts
from rubric.model.kinds import EVENT, GROUP
from rubric.model.moment import parse_duration


def attach_facts(build: Build) -> None:
    """Set `entry.event` of all events, `entry.group` of all groups, and `site.cities`."""
    site, settings = build.site, build.settings["EVENTS"]
    duration = parse_duration(settings["default_duration"])
    groups = by_key(entry for entry in site.entries if entry.kind == GROUP)
    check_file_names(site, groups)
    rhythms = {key: gather_group(site, versions) for key, versions in groups.items()}
    check_incomplete(site, GROUP, gather_group)
    incomplete = by_key(entry for entry in site.incomplete if entry.group)
    known = {file_name(key): versions for key, versions in (*incomplete.items(), *groups.items())}
    check_group_names(site, known)
    if line := missing_words(site):
        build.notices.append(line)
    events = [entry for entry in site.entries if entry.kind == EVENT]
    has_recaps = any(getattr(entry.metadata, "recap", None) for entry in events)
    posts = {file_name(e.key) for e in site.entries if has_recaps and e.is_post}
    gather = partial(gather_event, groups=known, posts=posts, default_duration=duration)
    for versions in by_key(events).values():
        gather(site, versions)
    check_incomplete(site, EVENT, gather)
    events_of: dict[str, list[EventFacts]] = {}
    for entry in events:
        # Readers cannot see a draft, so it confirms no date.
        if entry.is_published and entry.event and entry.event.group:
            events_of.setdefault(entry.event.group, []).append(entry.event)
    for key, rhythm in rhythms.items():
        if rhythm:
            held, limit = events_of.get(file_name(key), ()), settings["tentative_dates"]
            set_tentative_dates(groups[key], rhythm, held, site.now, limit)
    site.cities = identify_cities(site)


def plan_pages(build: Build) -> None:
    """Make lists of events and groups, and pages of places; show the next events on home pages."""
    factory = build.view_factory
    show_on_home(factory, build.list_views, build.settings["EDITIONS"]["home_events"])
    build.list_views += make_event_views(factory)
    build.list_views += [*make_group_rests(factory, build.views)]
