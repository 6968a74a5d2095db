"""Cities: which spellings are one place, a map drawn by the build, and a list to search.

The data are in data/ (see its README for sources and licences), made once by tools/geodata.py.
No page makes a request to another site.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.places import passes

    pipeline.add("plan", passes.plan_maps)
    pipeline.add("make", passes.write_gazetteers)
