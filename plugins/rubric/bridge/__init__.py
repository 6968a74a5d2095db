"""Connects the pipeline with Pelican. Only this package imports Pelican.

It must be the first of PLUGINS. PELICAN_CLASS can be its `RubricPelican`, which does nothing
if nothing has changed since the last build.
"""


def register() -> None:
    """Connect to Pelican's signals; Pelican calls this."""
    from rubric.bridge import receivers

    receivers.connect()
