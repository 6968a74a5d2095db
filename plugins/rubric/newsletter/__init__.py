"""Newsletters: content files drafted by a task, edited by a person and rendered by the build.

Input: content/<lang>/newsletter/ and the mailing lists of NEWSLETTER["lists"].
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.newsletter import passes

    pipeline.add("plan", passes.plan_issues)
    pipeline.add("make", passes.export_issues)
