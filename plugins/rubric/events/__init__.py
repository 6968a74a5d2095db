"""Events and user groups: merges the front matter of all translations into facts.

Makes the lists of events and groups, and a page of each country and city.

Settings: EVENTS["default_duration"], a length such as `2h` for events without an end, and
EVENTS["tentative_dates"], the number of tentative dates to announce from a group's rhythm;
EDITIONS["home_events"], the number of events on a home page.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.events import passes

    pipeline.add("link", passes.attach_facts)
    pipeline.add("plan", passes.plan_pages)
