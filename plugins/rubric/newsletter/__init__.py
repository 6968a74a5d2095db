"""Newsletters: issues are content files, drafted by a task, edited by a person, shown here.

Reads content/<lang>/newsletter/ with the lists of NEWSLETTER["lists"].
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.newsletter import passes

    pipeline.add("plan", passes.plan_issues)
    pipeline.add("make", passes.export_issues)
