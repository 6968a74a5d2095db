"""Connects the pipeline with Pelican. Only this package imports Pelican.

It must be the first of PLUGINS. `RubricPelican` can be used as PELICAN_CLASS: it skips a build
if nothing has changed since the last one.
"""


def register() -> None:
    """Connect to Pelican's signals; Pelican calls this."""
    from rubric.bridge import receivers

    receivers.connect()
