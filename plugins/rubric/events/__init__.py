"""Events: their facts, gathered from all translations, as instants, places and prices.

Makes the lists of events and groups, and a page of each country and city.

Settings: EVENTS["default_duration"], a length such as `2h` for events without an end, and
["tentative_dates"], how many dates to announce from the rhythm of a group;
EDITIONS["home_events"].
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.events import passes

    pipeline.add("link", passes.attach_facts)
    pipeline.add("plan", passes.plan_pages)
