"""The store: reads and writes only what has changed, and removes what is obsolete.

A file whose bytes are the same keeps its time, so that a host uploads only changes. Files of
the last build that this one does not have are removed; files that no build wrote are left
alone. The list of written files is beside the output folder, `.output.files`.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.store import passes

    pipeline.add("plan", passes.claim_addresses)
    pipeline.add("make", passes.add_pages)
