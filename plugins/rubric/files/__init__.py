"""Files that are published as they are: found, checked, and without private metadata.

Photos lose location, camera and author. Files that could run scripts are errors. Setting:
Pelican's STATIC_PATHS.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.files import passes

    pipeline.add("read", passes.add_filter)
    pipeline.add("plan", passes.plan_files)
    pipeline.add("make", passes.copy_files)
