"""Static files: found, checked, and published without private metadata.

Location, camera and author are removed from photos. Files that could run scripts are errors.
Setting: Pelican's STATIC_PATHS.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.files import passes

    pipeline.add("read", passes.add_filter)
    pipeline.add("plan", passes.plan_files)
    pipeline.add("make", passes.copy_files)
